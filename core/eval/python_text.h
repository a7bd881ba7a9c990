#pragma once

#include "core/base/export.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

// Python's text rules, which MMMU's answer parser relies on. Strings of code points, as Python counts them.
WINNOW_CORE_API std::u32string decodeUtf8(std::string_view text); ///< ill-formed bytes become U+FFFD
WINNOW_CORE_API std::string encodeUtf8(std::u32string_view text);
std::u32string_view stripSpace(std::u32string_view text);
std::u32string_view stripCharacter(std::u32string_view text, char32_t c);
std::u32string lowerCase(std::u32string_view text);
std::size_t wordCount(std::u32string_view text);
/// float(text): signs, underscores between digits, exponents, nan, inf, Unicode digits, surrounding white space.
WINNOW_CORE_API std::optional<double> pythonFloat(std::u32string_view text);
/// round(value, 2): half to even on the exact binary value.
WINNOW_CORE_API double roundTwo(double value);
/// All numbers in the text, in the order of the official code's three patterns.
WINNOW_CORE_API std::vector<std::u32string> findNumbers(std::u32string_view text);

} // namespace winnow
