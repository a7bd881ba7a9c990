#pragma once

#include "core/base/export.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace winnow {

/// Truth of each candidate of each question.
using CandidateTruth = std::vector<std::vector<bool>>;

/// A uniform pick among the first `n` candidates, worked out and not drawn: the expected accuracy is the mean over
/// questions of the share of right candidates, and picks of different questions are independent.
struct RandomBaseline {
    double accuracy = 0;
    double standardDeviation = 0; ///< of the accuracy of one such draw over all questions
};
WINNOW_CORE_API RandomBaseline randomBaseline(const CandidateTruth &truth, std::size_t n);

/// Questions with at least one right candidate among the first `n`.
WINNOW_CORE_API std::int64_t oracleCorrect(const CandidateTruth &truth, std::size_t n);

/// Majority vote. A candidate without an answer does not vote; of answers with equally many votes the one that was
/// given first wins; its first giver is the pick. Without any vote: candidate 0, wrong.
struct MajorityPick {
    std::size_t candidate = 0;
    std::int64_t votes = 0;
    bool tie = false;
    bool correct = false;
};
struct SelfConsistency {
    std::int64_t questions = 0;
    std::int64_t correct = 0;
    std::int64_t ties = 0;
    std::int64_t withoutVotes = 0;
    std::vector<MajorityPick> picks;
};
/// `answers[question][candidate]`: normalised final answers, none when a candidate has none; shaped like `truth`.
WINNOW_CORE_API SelfConsistency selfConsistency(const std::vector<std::vector<std::optional<std::string>>> &answers,
                                                const CandidateTruth &truth, std::size_t n);

} // namespace winnow
