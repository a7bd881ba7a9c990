#include "ui/support/scoring.h"

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
    CandidateTruth truth;
    std::vector<std::string> subjects;
    for (const SampleRecord &question : data.questions) {
        truth.push_back(question.labels);
        subjects.push_back(question.subject);
    }
    return winnow::scoredQuestions(truth, subjects, all, choice.aggregate);
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
