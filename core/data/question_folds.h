#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace winnow
{

/// What tells the question of a row.
struct FoldRow {
    std::string question;
    std::string picture; ///< path of its first picture; empty for text only
};

/// Deals rows to folds for cross-validation: the fold of each row, 0 .. folds - 1. Rows of one question stay together,
/// so that a model is never asked a question that it was trained on. Two rows are of one question when their words are
/// equal (normalizedQuestion) and the bytes of their first pictures are; a picture that cannot be read is known by its
/// path. Questions are shuffled by the seed and dealt one after the other to the fold with the fewest rows.
/// Error: fewer than two folds, or fewer questions than folds.
WINNOW_CORE_API Result<std::vector<std::uint32_t>> questionFolds(std::span<const FoldRow> rows, std::size_t folds,
                                                                 std::uint64_t seed);

} // namespace winnow
