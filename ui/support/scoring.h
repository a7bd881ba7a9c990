#pragma once

#include "core/eval/scoring.h"
#include "ui/models/page_data.h"

#include <vector>

namespace winnow::ui {

/// Scores of every candidate of every question; empty when the run's scores do not fit the questions (another test set).
std::vector<ScoredQuestion> scoredQuestions(const EvaluationData &data, const RunScores &run, const ScoringChoice &choice);
/// Step probabilities of one candidate; empty when there are none.
const std::vector<float> *stepProbabilities(const EvaluationData &data, const RunScores &run, std::size_t question,
                                            std::size_t candidate, Readout readout);
/// First flat index of a question's candidates.
std::size_t flatBegin(const EvaluationData &data, std::size_t question);
/// The largest number of candidates that every question has.
std::size_t commonCandidates(const EvaluationData &data);
/// "table-s1" -> "A".
QString letterOf(std::size_t run);

} // namespace winnow::ui
