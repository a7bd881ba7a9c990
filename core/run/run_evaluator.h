#pragma once

#include "core/rank/rankers.h"
#include "core/run/run_events_fanout.h"
#include "core/run/run_preparation.h"
#include "core/store/evaluation_store.h"
#include "core/store/store_writer.h"
#include "core/store/visit_store.h"

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace winnow {

/// How well each ranker finds the known noise, as curves: "auroc.<ranker>", "ap.<ranker>" and "precision.<ranker>" (at
/// k = number of noisy rows) for "weight", the rankers of core/rank/rankers.h and "combined"; "weights.mean_clean" and
/// "weights.mean_corrupted". `weights` may be empty (method none); `weightsOfRows` says that they are of single rows, not of
/// subjects. `noise`: 1 noise, 0 clean, -1 unknown.
WINNOW_CORE_API Result<std::vector<std::pair<std::string, double>>> detectionCurves(
    std::span<const float> weights, bool weightsOfRows, const Rankers &rankers, std::span<const std::int8_t> noise);

/// Best-of-N of step scores under the run's settings.
struct EvaluatedScores {
    EvaluationRecord record;
    std::vector<EvaluationPick> picks;
};
WINNOW_CORE_API EvaluatedScores evaluateScores(const RowDataset &test, const RunOptions::Evaluation &settings,
                                               const StepScores &scores);

/// Keeps an evaluation of a checkpoint of `run` that a person asked for. On the run's own test data (or where it has none
/// yet) and `likeTheRun`, with the run's own settings, it is a point of the run's accuracy curve and its scores are those
/// of the run; otherwise it stands for itself, under the purpose "manual". Returns what was stored.
WINNOW_CORE_API Result<EvaluationRecord> keepEvaluation(StoreWriter &writer, RunId run, const std::string &checkpoint,
                                                        const PreparedDataset &test, const EvaluatedScores &evaluated,
                                                        const StepScores &scores, bool likeTheRun);

/// Turns step scores into accuracy ("accuracy", "accuracy.<subject>", evaluations with picks) and weight snapshots into
/// detection curves, and stores them. A run without weights gets its detection curves at every test score. On the run's thread, beside RunRecorder.
class WINNOW_CORE_API RunEvaluator : public RunEventsAdapter {
public:
    /// `writer` and `prepared` must outlive it. `testDataset` may be 0. `earlier`: visits up to the checkpoint that a
    /// resumed run goes on from, so that its running values are those of an unbroken run.
    RunEvaluator(StoreWriter &writer, RunId run, const PreparedRun &prepared, DatasetId testDataset,
                 const VisitColumns &earlier);

    void onVisits(std::int64_t step, std::span<const SampleVisit> visits) override;
    void onWeights(const WeightSnapshot &snapshot) override;
    void onScores(const StepScores &scores) override;

private:
    /// "weights.ess", "weights.saturated" (share at a bound) and "weights.known" (units with a weight).
    void postHealth(const WeightSnapshot &snapshot);
    void postDetection(std::int64_t step, std::span<const float> weights);

    StoreWriter &m_writer;
    const RunId m_run;
    const PreparedRun &m_prepared;
    const DatasetId m_testDataset;
    Rankers m_rankers;
    std::vector<std::int8_t> m_noise; ///< by training row; empty when no row is marked
};

} // namespace winnow
