#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace winnow
{

/// The strings of a Python list literal such as `['a', "it's"]`, as MMMU keeps its options in (spec data-formats.md
/// section 3). Parsed, never evaluated: single and double quotes, the escapes \n \t \r \\ \' \" \xNN \uNNNN
/// \UNNNNNNNN, adjacent strings joined, a trailing comma; numbers, True, False and None count as their text. Error:
/// what is wrong and at which character (0-based byte).
WINNOW_CORE_API Result<std::vector<std::string>> parsePythonList(std::string_view text);

} // namespace winnow
