#include "ui/support/scoring.h"

#include "core/eval/aggregation.h"

#include <algorithm>

namespace winnow::ui {

std::size_t flatBegin(const EvaluationData &data, std::size_t question)
{
    std::size_t begin = 0;
    for (std::size_t q = 0; q < question; ++q)
        begin += data.questions[q].steps.size();
    return begin;
}

const std::vector<float> *stepProbabilities(const EvaluationData &data, const RunScores &run, std::size_t question,
                                            std::size_t candidate, Readout readout)
{
    const auto &all = readout == Readout::Full || run.pair.empty() ? run.full : run.pair;
    const std::size_t at = flatBegin(data, question) + candidate;
    return at < all.size() ? &all[at] : nullptr;
}

std::vector<ScoredQuestion> scoredQuestions(const EvaluationData &data, const RunScores &run, const ScoringChoice &choice)
{
    const auto &all = choice.readout == Readout::Full || run.pair.empty() ? run.full : run.pair;
    std::vector<ScoredQuestion> result;
    std::size_t flat = 0;
    for (const SampleRecord &question : data.questions) {
        ScoredQuestion scored;
        scored.subject = question.subject;
        for (std::size_t c = 0; c < question.steps.size(); ++c, ++flat) {
            if (flat >= all.size())
                return {};
            scored.scores.push_back(aggregate(all[flat], choice.aggregate));
            scored.trueFalse.push_back(c < question.labels.size() && question.labels[c]);
        }
        result.push_back(std::move(scored));
    }
    return flat == all.size() ? result : std::vector<ScoredQuestion>();
}

std::vector<double> correctness(const BestOfN &result)
{
    std::vector<double> values;
    for (const Pick &pick : result.picks)
        values.push_back(pick.correct ? 1 : 0);
    return values;
}

std::size_t commonCandidates(const EvaluationData &data)
{
    std::size_t least = data.questions.empty() ? 0 : data.questions.front().steps.size();
    for (const SampleRecord &question : data.questions)
        least = std::min(least, question.steps.size());
    return least;
}

QString letterOf(std::size_t run)
{
    return QString(QChar(static_cast<char16_t>(u'A' + run % 26)));
}

} // namespace winnow::ui
