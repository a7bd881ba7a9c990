#pragma once

#include "core/base/result.h"
#include "core/text/tokenizer.h"

#include <cstdint>
#include <string>

namespace winnow::cli {

/// Writes `folder` as a checkpoint that starts where the checkpoint `from` stands, but speaks `tokenizer`, whose config
/// and tokenizer files lie in `folder` already. Rows of the embedding and of the output head go by the token's text; a
/// token that `from` did not have gets small random rows from `seed`. All other tensors are copied.
/// Error: a missing file, or an embedding or output head that is no float32 matrix.
Status writeBaseStart(const std::string &from, const Tokenizer &tokenizer, std::uint64_t seed, const std::string &folder);

} // namespace winnow::cli
