#pragma once

#include "core/base/export.h"

#include <optional>
#include <string>
#include <string_view>

namespace winnow
{

/// The printable character that stands for a byte in vocabulary files (spec tokenizer.md, "byte-to-unicode table").
char32_t byteToPrintable(unsigned char byte);
/// The byte that has id `rank` (0..255) in Qwen's vocabulary.
unsigned char qwenByteOfRank(int rank);

/// Raw bytes as vocabulary files spell them, in UTF-8.
WINNOW_CORE_API std::string bytesToPrintable(std::string_view bytes);
/// Raw bytes of a spelling; nothing when it holds a character outside the table.
WINNOW_CORE_API std::optional<std::string> printableToBytes(std::string_view printable);

} // namespace winnow
