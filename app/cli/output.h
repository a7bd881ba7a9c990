#pragma once

#include "core/base/options.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::cli
{

using Json = nlohmann::ordered_json; ///< keys stay in the order in which they were written

/// One line on standard output. Texts that are no UTF-8 are mended, NaN becomes null.
void printJson(const Json &value);

/// A number, or null where it is NaN or infinite.
Json jsonNumber(double value);

/// The value of an enumeration by its name; for options that were checked against its names already.
template <typename E>
E choiceOf(std::string_view name)
{
    const auto &names = ChoiceNames<E>::names;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name)
            return static_cast<E>(i);
    return E{};
}

template <typename E>
std::vector<std::string> choiceNames()
{
    return {ChoiceNames<E>::names.begin(), ChoiceNames<E>::names.end()};
}

} // namespace winnow::cli
