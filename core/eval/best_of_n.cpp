#include "core/eval/best_of_n.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <map>

namespace winnow {

Pick pickBest(std::span<const double> scores, Ties ties)
{
    Pick pick;
    pick.score = std::numeric_limits<double>::quiet_NaN();
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const double score = scores[i];
        if (std::isnan(score))
            continue;
        const bool better = !pick.taken || score > pick.score;
        const bool equal = pick.taken && score == pick.score;
        if (better)
            pick.tie = false;
        else if (equal)
            pick.tie = true;
        if (better || (equal && ties == Ties::Last)) {
            pick.candidate = i;
            pick.score = score;
            pick.taken = true;
        }
    }
    return pick;
}

BestOfN bestOfN(std::span<const ScoredQuestion> questions, std::size_t n, Ties ties)
{
    BestOfN result;
    result.picks.reserve(questions.size());
    std::map<std::string, std::size_t> subjectIndex;
    for (const ScoredQuestion &question : questions) {
        assert(question.scores.size() == question.trueFalse.size());
        const std::size_t count = std::min(n, question.scores.size());
        Pick pick = pickBest(std::span(question.scores).first(count), ties);
        pick.correct = pick.taken && question.trueFalse[pick.candidate];
        const auto [place, added] = subjectIndex.emplace(question.subject, result.subjects.size());
        if (added)
            result.subjects.push_back({question.subject, 0, 0});
        SubjectAccuracy &subject = result.subjects[place->second];
        ++subject.questions;
        subject.correct += pick.correct ? 1 : 0;
        ++result.questions;
        result.correct += pick.correct ? 1 : 0;
        result.ties += pick.tie ? 1 : 0;
        result.notTaken += pick.taken ? 0 : 1;
        result.picks.push_back(pick);
    }
    result.accuracy = static_cast<double>(result.correct) / static_cast<double>(result.questions);
    return result;
}

std::vector<CurvePoint> bestOfNCurve(std::span<const ScoredQuestion> questions, std::size_t maximum, Ties ties)
{
    std::vector<CurvePoint> curve;
    for (std::size_t n = 1; n <= maximum; ++n) {
        const BestOfN result = bestOfN(questions, n, ties);
        curve.push_back({n, result.correct, result.questions, result.accuracy});
    }
    return curve;
}

} // namespace winnow
