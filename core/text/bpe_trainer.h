#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/text/tokenizer.h"

#include <span>
#include <string>

namespace winnow
{

/// Learns a byte-level BPE of the Qwen2 kind: the 256 bytes get Qwen's ids (so `+` 10, `-` 12, newline 198), then one
/// token per merge, then `addedTokens` in their order. Deterministic: the most frequent pair inside the pattern's
/// pieces first, equal counts by the lower ids. A pair whose bytes already are a token is passed over, so the
/// vocabulary has exactly 256 + merges + addedTokens entries. Added tokens inside the corpus are cut out as encode()
/// does. Fails when the corpus has too few pairs for `merges`.
WINNOW_CORE_API Result<Tokenizer> trainByteLevelBpe(std::span<const std::string> corpus, int merges,
                                                    std::span<const std::string> addedTokens);

} // namespace winnow
