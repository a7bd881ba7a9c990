#pragma once

#include "core/base/export.h"

#include <cstdint>
#include <span>
#include <vector>

namespace winnow {

/// Agreement of several runs (seeds) on the same samples.
struct Consensus {
    int runs = 0;
    std::vector<double> meanRank; ///< 1: lowest weight, ties at their mean rank; NaN when a run has no weight of it
    std::vector<double> spread;   ///< standard deviation of the ranks (divided by runs - 1); NaN below two runs
    std::vector<std::int32_t> downWeighted; ///< runs in which the weight is below half of its start
    double agreement = 0;         ///< mean of Spearman's correlation over all pairs of runs; NaN below two runs
};

/// `last[r][i]` and `first[r][i]`: weight of sample i in run r at its newest and its first snapshot; equal lengths.
WINNOW_CORE_API Consensus consensusOf(std::span<const std::vector<float>> last, std::span<const std::vector<float>> first);

} // namespace winnow
