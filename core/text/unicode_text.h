#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <string>
#include <string_view>

namespace winnow
{

/// UTF-8 in which every ill-formed stretch (maximal subpart, as the Unicode standard recommends) became one U+FFFD.
WINNOW_CORE_API std::string repairUtf8(std::string_view text);
/// Repaired UTF-8 in Unicode normalisation form C.
WINNOW_CORE_API std::string composeUtf8(std::string_view text);
/// The same without a copy where there is nothing to do: the result is `text` itself or lies in `storage`.
WINNOW_CORE_API std::string_view composeUtf8(std::string_view text, std::string &storage);
/// The same by the tables of Unicode 9, which the library `tokenizers` carries: a mark that came later, or got its
/// combining class later (U+0EBA), neither moves nor composes. For telling where its ids differ.
WINNOW_CORE_API std::string composeUtf8ByUnicode9(std::string_view text);
/// Fails when the ICU data that these need cannot be read.
Status checkUnicodeData();

bool isLetter(char32_t character); ///< category L*
bool isNumber(char32_t character); ///< category N*
bool isDecimalDigit(char32_t character); ///< category Nd
/// White space of the Qwen2 pattern (spec tokenizer.md); Python's own also has U+001C..001F.
bool isPatternSpace(char32_t character);
bool isPythonSpace(char32_t character);

/// Code points of repaired `text`, and back.
std::u32string toCodePoints(std::string_view text);
std::string fromCodePoints(std::u32string_view text);

/// Python's str.strip().
WINNOW_CORE_API std::string pythonStrip(std::string_view text);

} // namespace winnow
