#pragma once

#include "app/cli/run_figures.h"
#include "core/eval/statistics.h"

namespace winnow::cli
{

/// What is read of one run for a comparison.
struct ComparedRun {
    RunRecord run;
    std::optional<EvaluationRecord> evaluation; ///< at the selected step
    std::optional<EvaluationRecord> last;
    std::map<std::string, bool> correct; ///< of `evaluation`, by the question's key
    std::string testSha256; ///< empty: no test data
    std::string trainSha256;
    std::map<std::string, double> suspicion; ///< minus the learned weight, by row key; empty: none learned
    std::int64_t weightStep = -1;
    std::optional<Detection> detection; ///< of the learned weights
};
Result<ComparedRun> readForComparison(Database &database, const std::string &text);

/// How run b stands against run a on the questions that both answered.
struct AccuracyComparison {
    std::size_t questions = 0; ///< in both
    BootstrapDifference bootstrap; ///< b minus a
    McNemar test; ///< onlyA: a alone is right
};
/// How alike the two runs order the training rows.
struct WeightComparison {
    std::size_t rows = 0; ///< in both
    double spearman = 0; ///< NaN where one side is constant
    std::size_t top = 0;
    double topOverlap = 0; ///< share of a's `top` lowest weights that are among b's
};
struct PairComparison {
    bool sameTestData = false;
    bool sameTrainData = false;
    std::vector<std::string> notes; ///< why a figure is missing, or must be read with care
    std::vector<std::string> settings; ///< keys that differ
    std::optional<AccuracyComparison> accuracy;
    std::optional<WeightComparison> weights;
};
/// The same seed gives the same interval.
Result<PairComparison> compareRuns(const ComparedRun &a, const ComparedRun &b, std::size_t top, std::uint64_t seed);

} // namespace winnow::cli
