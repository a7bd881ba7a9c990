#pragma once

#include "app/cli/output.h"
#include "app/cli/scoring_session.h"
#include "core/eval/baselines.h"
#include "core/run/run_evaluator.h"

#include <string>

namespace winnow::cli
{

struct EvaluationJob {
    ScoringModel model;
    std::string test;
    RunOptions::Evaluation settings;
    std::int64_t maxTiles = 12;
    std::int64_t tokenLimit = 12288;
};

/// Best-of-N of a checkpoint on a test file, and what it must be held against.
struct EvaluationReport {
    EvaluationRecord record;
    EvaluatedScores evaluated; ///< the same with its picks,
    StepScores scores;         ///< the scores behind them,
    PreparedDataset test;      ///< and the file: for the store
    RandomBaseline random;
    std::int64_t oracle = 0; ///< questions with a right candidate among the first n
    SelfConsistency selfConsistency;
    std::int64_t unparsable = 0; ///< looked-at candidates without an `Answer:`; they do not vote
    std::int64_t looked = 0; ///< candidates among the first n of all questions
    std::int64_t picturesMissing = 0; ///< questions whose picture could not be opened
    std::int64_t dropped = 0; ///< rows of the file that could not be used
};

Result<EvaluationReport> evaluateFile(const EvaluationJob &job);

std::string evaluationText(const EvaluationJob &job, const EvaluationReport &report);
Json evaluationJson(const EvaluationJob &job, const EvaluationReport &report);

} // namespace winnow::cli
