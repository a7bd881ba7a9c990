#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace winnow {

/// Writes a file beside `path` and puts it in its place when all of it is there. `what` begins the sentence of the error:
/// "The report".
Status writeWholeFile(const std::string &path, std::string_view bytes, const std::string &what);

} // namespace winnow
