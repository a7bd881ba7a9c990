#include "core/train/training_loop.h"

#include "core/model/model_loader.h"
#include "core/run/checkpoint_manifest.h"
#include "core/train/process_group.h"
#include "core/train/scoring.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace winnow {
namespace {

constexpr std::int64_t snapshotEvery = 10; ///< iterations between weight snapshots

class Stopwatch {
public:
    double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count(); }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

} // namespace

TrainingLoop::TrainingLoop(const TrainRequest &request, Trainer &trainer, BatchPasses &passes, RunEvents &events,
                           StopFlag &stop)
    : m_request(request), m_trainer(trainer), m_passes(passes), m_events(events), m_stop(stop)
{
}

bool TrainingLoop::due(std::int64_t every) const
{
    return last() || (every > 0 && m_progress.step % every == 0);
}

Result<TrainOutcome> TrainingLoop::run(TrainingProgress progress)
{
    m_progress = progress;
    m_savedStep = progress.step > 0 ? progress.step : -1;
    m_lastCheckpoint = m_request.resumeFrom;
    m_passes.setMicroBatch(static_cast<std::size_t>(m_progress.microBatch));
    const std::int64_t iterations = m_request.options.train.iterations;
    bool finished = true;
    if (m_progress.evaluationPending)
        WINNOW_TRY(finishStep());
    while (m_progress.step < iterations) {
        WINNOW_ASSIGN(const Gate passed, gate());
        if (passed == Gate::Stop) {
            finished = false;
            break;
        }
        WINNOW_TRY(iterate());
    }
    TrainOutcome outcome;
    outcome.finished = finished && !m_progress.evaluationPending; // a stop may have cut the last evaluation
    const bool discarded = !outcome.finished && m_stop.discardRequested();
    outcome.steps = discarded ? std::max<std::int64_t>(0, m_savedStep) : m_progress.step;
    outcome.lastCheckpoint = m_lastCheckpoint;
    outcome.selectedStep = m_progress.selectedStep;
    if (m_progress.selectedStep >= 0)
        outcome.selectedCheckpoint = m_request.runFolder + "/" + checkpointFolderName(m_progress.selectedStep);
    outcome.seconds = m_progress.seconds;
    return outcome;
}

Result<TrainingLoop::Gate> TrainingLoop::gate()
{
    if (!anyRank(m_stop.request() != StopFlag::Request::Run))
        return Gate::GoOn;
    if (m_stop.discardRequested())
        return Gate::Stop;
    WINNOW_TRY(save());
    if (m_stop.pauseRequested()) {
        m_events.onPaused(m_progress.step);
        m_stop.waitWhilePaused();
    }
    if (anyRank(m_stop.stopRequested())) // the others wait here while one is paused
        return Gate::Stop;
    m_events.onResumed(m_progress.step);
    return Gate::GoOn;
}

Status TrainingLoop::iterate()
{
    const Stopwatch watch;
    StepReport stepReport;
    m_trainer.step(m_progress.step, stepReport);
    ++m_progress.step;
    const double stepSeconds = watch.seconds();
    tellMemory();
    if (stepReport.nonFinite.empty())
        m_skipsInARow = 0;
    else
        WINNOW_TRY(answerNonFinite(stepReport.nonFinite));
    for (const MetricPoint &point : stepReport.metrics) {
        if (std::isfinite(point.value))
            continue;
        const std::string what =
            std::string(point.series) + " is not a number at iteration " + std::to_string(m_progress.step);
        m_events.onEvent(EventLevel::Error, m_progress.step, what + ".");
        return Error{what + "; the run can be resumed from its last checkpoint with a lower learning rate."};
    }
    report(stepReport, stepSeconds);
    m_progress.evaluationPending = due(m_request.options.evaluation.every);
    m_progress.seconds += watch.seconds();
    return finishStep();
}

void TrainingLoop::tellMemory()
{
    if (!m_passes.takeMemoryNotice())
        return;
    m_progress.microBatch = static_cast<std::int64_t>(m_passes.microBatch());
    m_events.onEvent(EventLevel::Warning, m_progress.step,
                     "Memory was short: from here on at most " + std::to_string(m_progress.microBatch)
                         + " rows go through the model at once on each worker. The batch stays what it was, its gradients "
                           "are added up.");
}

Status TrainingLoop::answerNonFinite(const std::string &what)
{
    const std::string found = what + " is not a number at iteration " + std::to_string(m_progress.step);
    const auto &health = m_request.options.health;
    const MetricPoint point{"health.skipped", 1.0};
    m_events.onMetrics(m_progress.step, {&point, 1});
    if (health.nonFinite == NonFinite::Stop) {
        m_events.onEvent(EventLevel::Error, m_progress.step, found + "."); // the mark on the curve
        return Error{found + "; no weight was changed by it. The run can be resumed from its last checkpoint with a lower "
                             "learning rate, or with health.non_finite skip or roll-back."};
    }
    ++m_progress.skipped;
    if (health.nonFinite == NonFinite::Skip) {
        if (++m_skipsInARow > health.mostSkips)
            return Error{found + ", and so it was in the " + std::to_string(health.mostSkips)
                         + " iterations before; the run stops, because skipping does not help. Lower the learning rate."};
        m_events.onEvent(EventLevel::Warning, m_progress.step,
                         "Skipped: " + found + "; it changed no weight (" + std::to_string(m_progress.skipped)
                             + " skipped so far).");
        return {};
    }
    if (++m_progress.rollBacks > health.mostSkips)
        return Error{found + ", after " + std::to_string(health.mostSkips)
                     + " roll-backs; the run stops. Lower the learning rate."};
    const std::string folder = m_lastCheckpoint;
    WINNOW_TRY(rollBack());
    m_events.onEvent(EventLevel::Warning, m_progress.step,
                     "Rolled back: " + found + "; the weights are those of " + folder + " again ("
                         + std::to_string(m_progress.rollBacks) + " roll-backs so far).");
    return {};
}

/// Model, optimisers and instance weights of the last checkpoint; the iteration goes on counting.
Status TrainingLoop::rollBack()
{
    if (m_lastCheckpoint.empty())
        return Error{"A gradient was not a number at iteration " + std::to_string(m_progress.step)
                     + ", before the first checkpoint, so there is nothing to go back to; start the run again with a lower "
                       "learning rate."};
    WINNOW_ASSIGN(const RestoredState state, readCheckpointState(m_lastCheckpoint));
    WINNOW_ASSIGN(const LoadedModel model, loadModel(m_lastCheckpoint, m_trainer.parameters().flat.scalar_type()));
    const c10::NoGradGuard noGrad;
    m_trainer.restore(state.optimizer, state.instance);
    at::Tensor(m_trainer.parameters().flat).copy_(model.parameters.flat);
    return {};
}

Status TrainingLoop::finishStep()
{
    const Stopwatch watch;
    m_improved = false;
    if (m_progress.evaluationPending)
        WINNOW_TRY(evaluate());
    if (due(snapshotEvery) || m_improved)
        sendSnapshot();
    m_progress.seconds += watch.seconds();
    if (due(m_request.options.checkpointEvery) || m_improved)
        WINNOW_TRY(save());
    m_events.onProgress("training", m_progress.step, m_request.options.train.iterations);
    return {};
}

void TrainingLoop::report(const StepReport &stepReport, double seconds)
{
    m_events.onMetrics(m_progress.step, stepReport.metrics);
    const MetricPoint time{"time.iteration", seconds};
    m_events.onMetrics(m_progress.step, {&time, 1});
    m_events.onVisits(m_progress.step, stepReport.visits);
}

void TrainingLoop::sendSnapshot()
{
    const WeightSnapshot snapshot = m_trainer.snapshot(m_progress.step);
    if (!snapshot.values.empty())
        m_events.onWeights(snapshot);
}

Status TrainingLoop::evaluate()
{
    const auto score = [&](const EncodedDataset &data, StepScores::Purpose purpose) {
        return scoreSamples(m_passes, m_trainer.parameters(), data, purpose, m_progress.step, m_events, m_stop);
    };
    if (m_request.holdout) {
        Scoring holdout = score(*m_request.holdout, StepScores::Purpose::Holdout);
        if (!holdout.complete)
            return {}; // stopped in between: still pending
        const MetricPoint point{"loss.holdout", holdout.scores.meanLoss};
        m_events.onMetrics(m_progress.step, {&point, 1});
        m_events.onScores(holdout.scores);
        m_improved = m_progress.selectedStep < 0 || m_progress.selectedStep == m_progress.step
            || holdout.scores.meanLoss < m_progress.selectedLoss;
        if (m_improved) {
            m_progress.selectedStep = m_progress.step;
            m_progress.selectedLoss = holdout.scores.meanLoss;
        }
    }
    if (m_improved || last())
        m_trainer.refreshWeights(m_progress.step);
    if (m_request.test) {
        Scoring test = score(*m_request.test, StepScores::Purpose::Test);
        if (!test.complete)
            return {};
        test.scores.final = last();
        m_events.onScores(test.scores);
    }
    m_progress.evaluationPending = false;
    return {};
}

bool TrainingLoop::anyRank(bool value) const
{
    ProcessGroup *group = m_passes.group();
    return group ? group->largest(value ? 1 : 0) > 0 : value;
}

/// Rank 0 writes, when no rank has found its data wanting; where it writes is known to all.
Result<CheckpointInfo> TrainingLoop::saveOnce()
{
    const ProcessGroup *group = m_passes.group();
    anyRank(false);
    if (!group || group->isRoot())
        return saveCheckpoint(m_request, m_passes.model(), m_trainer, m_progress);
    return CheckpointInfo{m_progress.step, m_request.runFolder + "/" + checkpointFolderName(m_progress.step), 0};
}

Status TrainingLoop::save()
{
    if (m_savedStep == m_progress.step || m_progress.step == 0)
        return {};
    m_events.beforeCheckpoint(m_progress.step);
    WINNOW_ASSIGN(const CheckpointInfo info, saveOnce());
    m_savedStep = m_progress.step;
    m_lastCheckpoint = info.folder;
    if (m_passes.group() && !m_passes.group()->isRoot())
        return {};
    std::vector<std::string> keep;
    if (m_progress.selectedStep >= 0)
        keep.push_back(checkpointFolderName(m_progress.selectedStep));
    WINNOW_TRY(pruneCheckpoints(m_request.runFolder, keep));
    m_events.onCheckpoint(info);
    return {};
}

} // namespace winnow
