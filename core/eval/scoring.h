#pragma once

#include "core/eval/baselines.h"
#include "core/eval/best_of_n.h"

#include <string>
#include <vector>

namespace winnow
{

/// How step probabilities become picks; changing it needs no inference.
struct ScoringChoice {
    std::size_t candidates = 8;
    Aggregation aggregate = Aggregation::Mean;
    Readout readout = Readout::Full;
    Ties ties = Ties::Last;

    bool operator==(const ScoringChoice &) const = default;
};

/// The questions with a score a candidate. `pPlus[candidate, flat][step]` in the order of `truth`; empty when the
/// counts do not fit (scores of another test set, or of one with candidates left out).
WINNOW_CORE_API std::vector<ScoredQuestion> scoredQuestions(const CandidateTruth &truth,
                                                            const std::vector<std::string> &subjects,
                                                            const std::vector<std::vector<float>> &pPlus,
                                                            Aggregation aggregate);

/// 1 right, 0 wrong, by question.
WINNOW_CORE_API std::vector<double> correctness(const BestOfN &result);

/// The candidate counts that a curve is drawn at: 1, 2, 4, .. and `most` itself.
WINNOW_CORE_API std::vector<std::size_t> curveCounts(std::size_t most);

/// The largest number of candidates that every question has; 0 without questions.
WINNOW_CORE_API std::size_t commonCandidates(const CandidateTruth &truth);

} // namespace winnow
