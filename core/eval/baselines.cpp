#include "core/eval/baselines.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace winnow {

namespace {

MajorityPick majority(std::span<const std::optional<std::string>> answers)
{
    MajorityPick pick;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const bool first = answers[i]
            && std::find(answers.begin(), answers.begin() + static_cast<std::ptrdiff_t>(i), answers[i])
                == answers.begin() + static_cast<std::ptrdiff_t>(i);
        if (!first)
            continue;
        const std::int64_t votes = std::count(answers.begin(), answers.end(), answers[i]);
        if (votes == pick.votes)
            pick.tie = true;
        if (votes > pick.votes)
            pick = {i, votes, false, false};
    }
    return pick;
}

} // namespace

RandomBaseline randomBaseline(const CandidateTruth &truth, std::size_t n)
{
    double sum = 0;
    double variance = 0;
    for (const std::vector<bool> &question : truth) {
        const std::size_t count = std::min(n, question.size());
        if (count == 0)
            continue;
        const auto right = std::count(question.begin(), question.begin() + static_cast<std::ptrdiff_t>(count), true);
        const double share = static_cast<double>(right) / static_cast<double>(count);
        sum += share;
        variance += share * (1 - share);
    }
    const auto questions = static_cast<double>(truth.size());
    return {sum / questions, std::sqrt(variance) / questions};
}

std::int64_t oracleCorrect(const CandidateTruth &truth, std::size_t n)
{
    return std::count_if(truth.begin(), truth.end(), [n](const std::vector<bool> &question) {
        const auto count = static_cast<std::ptrdiff_t>(std::min(n, question.size()));
        return std::find(question.begin(), question.begin() + count, true) != question.begin() + count;
    });
}

SelfConsistency selfConsistency(const std::vector<std::vector<std::optional<std::string>>> &answers,
                                const CandidateTruth &truth, std::size_t n)
{
    assert(answers.size() == truth.size());
    SelfConsistency result;
    for (std::size_t q = 0; q < answers.size(); ++q) {
        assert(answers[q].size() == truth[q].size());
        MajorityPick pick = majority(std::span(answers[q]).first(std::min(n, answers[q].size())));
        pick.correct = pick.votes > 0 && truth[q][pick.candidate];
        ++result.questions;
        result.correct += pick.correct ? 1 : 0;
        result.ties += pick.tie ? 1 : 0;
        result.withoutVotes += pick.votes == 0 ? 1 : 0;
        result.picks.push_back(pick);
    }
    return result;
}

} // namespace winnow
