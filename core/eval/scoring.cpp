#include "core/eval/scoring.h"

#include "core/eval/aggregation.h"

#include <algorithm>

namespace winnow
{

std::vector<ScoredQuestion> scoredQuestions(const CandidateTruth &truth, const std::vector<std::string> &subjects,
                                            const std::vector<std::vector<float>> &pPlus, Aggregation how)
{
    std::vector<ScoredQuestion> result;
    std::size_t flat = 0;
    for (std::size_t q = 0; q < truth.size(); ++q) {
        ScoredQuestion scored;
        scored.subject = q < subjects.size() ? subjects[q] : std::string();
        scored.trueFalse = truth[q];
        if (flat + truth[q].size() > pPlus.size())
            return {};
        for (std::size_t c = 0; c < truth[q].size(); ++c)
            scored.scores.push_back(aggregate(pPlus[flat++], how));
        result.push_back(std::move(scored));
    }
    return flat == pPlus.size() ? result : std::vector<ScoredQuestion>();
}

std::vector<double> correctness(const BestOfN &result)
{
    std::vector<double> values;
    values.reserve(result.picks.size());
    for (const Pick &pick : result.picks)
        values.push_back(pick.correct ? 1 : 0);
    return values;
}

std::vector<std::size_t> curveCounts(std::size_t most)
{
    std::vector<std::size_t> counts;
    for (std::size_t n = 1; n < most; n *= 2)
        counts.push_back(n);
    if (most > 0)
        counts.push_back(most);
    return counts;
}

std::size_t commonCandidates(const CandidateTruth &truth)
{
    std::size_t least = truth.empty() ? 0 : truth.front().size();
    for (const std::vector<bool> &question : truth)
        least = std::min(least, question.size());
    return least;
}

} // namespace winnow
