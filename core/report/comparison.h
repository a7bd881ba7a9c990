#pragma once

#include "core/eval/paired_test.h"
#include "core/eval/scoring.h"
#include "core/rank/agreement.h"
#include "core/report/run_figures.h"
#include "core/store/metric_store.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace winnow
{

// A comparison of runs as `winnow compare`, `winnow report` and the window's report show it; the first run is the
// reference. Everything follows from the store, nothing is inferred anew.

using SharedSamples = std::shared_ptr<const std::vector<SampleRecord>>;

struct ComparisonOptions {
    /// How candidates are picked, the same for all runs, from their stored step scores. Nothing: as each run was
    /// evaluated.
    std::optional<ScoringChoice> scoring;
    std::size_t top = 100; ///< lowest weights whose overlap is told as one figure
    std::uint64_t seed = 1; ///< of the bootstrap
};

/// Accuracy among the first n candidates, or at one iteration.
struct AccuracyPoint {
    std::int64_t at = 0; ///< n, or the iteration
    std::int64_t correct = 0;
    std::int64_t questions = 0;

    double accuracy() const { return static_cast<double>(correct) / static_cast<double>(questions); }
};

/// What is read of one run.
struct ComparedRun {
    RunRecord run;
    RunOptions options;
    std::map<std::string, DatasetRecord> datasets; ///< by role
    std::optional<EvaluationRecord> evaluation; ///< as stored, at the selected step
    std::optional<EvaluationRecord> last;
    std::vector<AccuracyPoint> againstIteration; ///< as stored
    SharedSamples questions; ///< of the test data; null: none
    std::optional<StoredScores> scores; ///< at the selected step
    BestOfN picked; ///< by question; no questions: not evaluated
    std::vector<AccuracyPoint> againstN; ///< needs step scores
    std::string pickedNote; ///< why `picked` is missing, or not picked as asked for
    SharedSamples rows; ///< of the training data; null: none
    std::vector<std::int8_t> noise; ///< by row; empty when no row is marked
    std::vector<float> weights; ///< by row; empty: none learned (yet)
    std::int64_t weightStep = -1;
    std::optional<Detection> detection; ///< of the learned weights
    MetricSeries loss;

    WINNOW_CORE_API std::string hash(const std::string &role) const;
};

/// How run b weighs the rows against run a; rows are matched by their keys.
struct WeightComparison {
    WeightAgreement agreement;
    std::vector<std::uint32_t> rowOfA; ///< row in a's data of each matched row
    std::vector<float> a; ///< by matched row
    std::vector<float> b;
    std::size_t top = 0;
    double topOverlap = 0; ///< share of a's `top` lowest weights that are among b's
};

struct PairComparison {
    bool sameTestData = false;
    bool sameTrainData = false;
    std::vector<std::string> notes; ///< why a figure is missing, or must be read with care
    std::vector<std::string> settings; ///< keys that differ
    std::optional<PairedTest> accuracy; ///< `changed` counts places in `questionOfA`
    std::vector<std::uint32_t> questionOfA;
    std::optional<WeightComparison> weights;
};

/// What needs no model: expected accuracy of a random pick, the majority answer, the best pick there is.
struct Baselines {
    std::vector<std::size_t> counts; ///< of candidates
    std::vector<double> random;
    std::vector<AccuracyPoint> selfConsistency;
    std::vector<AccuracyPoint> oracle;
    std::int64_t answers = 0; ///< candidates looked at
    std::int64_t unparsable = 0; ///< of them, without "Answer:"; they do not vote
    std::int64_t votesTied = 0; ///< questions at the largest count
};

struct Comparison {
    ScoringChoice choice; ///< of the first run when none was asked for
    bool asStored = false;
    std::vector<ComparedRun> runs;
    std::vector<PairComparison> pairs; ///< each run but the first against the first
    Baselines baselines; ///< of the first run's test data
    std::vector<std::string> differingSettings; ///< keys that are not the same in all runs, the name left out
};

WINNOW_CORE_API Result<Comparison> compareRuns(Database &database, const std::vector<RunRecord> &runs,
                                               const ComparisonOptions &options = {});

/// A, B, .. Z, A2, ..
WINNOW_CORE_API std::string runLetter(std::size_t run);
/// The value of a setting as it is typed after --set; "(empty)" for no text.
WINNOW_CORE_API std::string settingText(const RunOptions &options, const std::string &key);

/// Baselines of a test set at the counts 1, 2, 4, .. up to the candidates that every question has.
WINNOW_CORE_API Baselines baselinesOf(const std::vector<SampleRecord> &questions);
/// The same of answers that were parsed already (finalAnswer() of each candidate).
WINNOW_CORE_API Baselines baselinesOf(const CandidateTruth &truth,
                                      const std::vector<std::vector<std::optional<std::string>>> &answers);
WINNOW_CORE_API CandidateTruth truthOf(const std::vector<SampleRecord> &questions);

} // namespace winnow
