#include "app/cli/output.h"

#include <cmath>
#include <iostream>

namespace winnow::cli
{

void printJson(const Json &value)
{
    std::cout << value.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
}

Json jsonNumber(double value)
{
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

} // namespace winnow::cli
