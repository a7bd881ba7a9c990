#pragma once

#include "core/base/export.h"
#include "core/base/options.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace winnow {

/// A question as best-of-N sees it: one score and one truth a candidate.
struct ScoredQuestion {
    std::string subject;
    std::vector<double> scores; ///< of aggregate(); NaN: no score
    std::vector<bool> trueFalse; ///< same length as `scores`
};

struct Pick {
    std::size_t candidate = 0;
    double score = 0; ///< NaN when none was taken
    bool taken = false; ///< false: no candidate had a score; candidate 0 stands for it and counts as wrong
    bool tie = false; ///< another candidate has exactly the winning score
    bool correct = false;
};

struct SubjectAccuracy {
    std::string subject;
    std::int64_t questions = 0;
    std::int64_t correct = 0;
};

struct BestOfN {
    std::int64_t questions = 0;
    std::int64_t correct = 0;
    std::int64_t ties = 0; ///< questions decided by the tie rule
    std::int64_t notTaken = 0; ///< questions without a usable score
    double accuracy = 0; ///< correct / questions; NaN without questions
    std::vector<Pick> picks; ///< by question
    std::vector<SubjectAccuracy> subjects; ///< in order of first appearance
};

/// Walks the candidates in order and takes one whose score is >= the best so far (Ties::Last: the last of equals, as
/// the reference) or > it (Ties::First). NaN never wins (spec preprocessing.md section 6, step 5). The reference starts
/// from 0, which no mean of probabilities falls below; here the start is -infinity, so that logarithms work too.
WINNOW_CORE_API Pick pickBest(std::span<const double> scores, Ties ties);

/// Accuracy of the picks among the first `n` candidates of each question (all when a question has fewer).
WINNOW_CORE_API BestOfN bestOfN(std::span<const ScoredQuestion> questions, std::size_t n, Ties ties);

struct CurvePoint {
    std::size_t n = 0;
    std::int64_t correct = 0;
    std::int64_t questions = 0;
    double accuracy = 0;
};

/// bestOfN for n = 1 .. maximum.
WINNOW_CORE_API std::vector<CurvePoint> bestOfNCurve(std::span<const ScoredQuestion> questions, std::size_t maximum,
                                                     Ties ties);

} // namespace winnow
