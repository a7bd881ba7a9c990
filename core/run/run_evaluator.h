#pragma once

#include "core/run/run_events_fanout.h"
#include "core/run/run_preparation.h"
#include "core/store/evaluation_store.h"
#include "core/store/store_writer.h"
#include "core/store/visit_store.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace winnow {

/// What detection of known noise is measured on, by training row.
struct DetectionInput {
    std::int64_t step = 0;
    std::vector<float> weights;         ///< empty for a run without weights
    std::vector<double> lossEma;        ///< NaN for a row that was not visited yet
    std::vector<double> hypergradientSum;
    std::vector<std::int8_t> noise;     ///< 1 noise, 0 clean, -1 unknown; empty when no row is marked
};
/// Gives curves (name, value) of one step: "auroc.weight", "ap.loss_ema", ...
using DetectionHook = std::function<std::vector<std::pair<std::string, double>>(const DetectionInput &)>;

/// Best-of-N of step scores under the run's settings.
struct EvaluatedScores {
    EvaluationRecord record;
    std::vector<EvaluationPick> picks;
};
WINNOW_CORE_API EvaluatedScores evaluateScores(const RowDataset &test, const RunOptions::Evaluation &settings,
                                               const StepScores &scores);

/// Turns step scores into accuracy ("accuracy", "accuracy.<subject>", evaluations with picks) and weight snapshots into
/// detection curves, and stores them. On the run's thread, beside RunRecorder.
class WINNOW_CORE_API RunEvaluator : public RunEventsAdapter {
public:
    /// `writer` and `prepared` must outlive it. `testDataset` may be 0. `earlier`: visits up to the checkpoint that a
    /// resumed run goes on from, so that its running values are those of an unbroken run.
    RunEvaluator(StoreWriter &writer, RunId run, const PreparedRun &prepared, DatasetId testDataset,
                 DetectionHook detection, const VisitColumns &earlier);

    void onVisits(std::int64_t step, std::span<const SampleVisit> visits) override;
    void onWeights(const WeightSnapshot &snapshot) override;
    void onScores(const StepScores &scores) override;

private:
    void visit(std::uint32_t sample, double loss, double hypergradient);

    StoreWriter &m_writer;
    const RunId m_run;
    const PreparedRun &m_prepared;
    const DatasetId m_testDataset;
    const DetectionHook m_detection;
    DetectionInput m_input;
};

} // namespace winnow
