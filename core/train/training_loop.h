#pragma once

#include "core/base/stop_flag.h"
#include "core/train/checkpoint.h"
#include "core/train/batch_passes.h"

namespace winnow {

/// Runs a trainer from where it stands to its last iteration: reports, weight snapshots, evaluation, checkpoints, pause
/// and stop at the step boundary. A stop that discards writes no checkpoint, and its outcome is at the last one. Lives on
/// the run's thread.
///
/// An iteration whose gradient is no number has changed no weight by it. What follows is health.non_finite: the run
/// stops; or goes on with the next iteration; or takes model and optimisers back to the last checkpoint and goes on
/// with the next iteration, so that the batches since that checkpoint count as left out. Each is told as an event and
/// counted.
///
/// Where several processes train together (process_group.h) each runs this loop; a pause or stop that any of them is
/// asked for is everybody's, and only rank 0 writes checkpoints.
class TrainingLoop {
public:
    TrainingLoop(const TrainRequest &request, Trainer &trainer, BatchPasses &passes, RunEvents &events, StopFlag &stop);

    /// `progress` is where a resumed run stands; default: a new run.
    Result<TrainOutcome> run(TrainingProgress progress = {});

private:
    enum class Gate { GoOn, Stop };
    Result<Gate> gate();
    Status iterate();
    /// What follows an iteration: evaluation, snapshot, checkpoint.
    Status finishStep();
    Status evaluate();
    Status save();
    Result<CheckpointInfo> saveOnce();
    bool anyRank(bool value) const;
    /// After an iteration whose gradient was no number; an error ends the run.
    Status answerNonFinite(const std::string &what);
    Status rollBack();
    void tellMemory();
    void report(const StepReport &report, double seconds);
    void sendSnapshot();
    bool due(std::int64_t every) const;
    bool last() const { return m_progress.step == m_request.options.train.iterations; }

    const TrainRequest &m_request;
    Trainer &m_trainer;
    BatchPasses &m_passes;
    RunEvents &m_events;
    StopFlag &m_stop;
    TrainingProgress m_progress;
    std::int64_t m_savedStep = -1;
    std::int64_t m_skipsInARow = 0;
    bool m_improved = false; ///< the hold-out prefers this step: its checkpoint must exist
    std::string m_lastCheckpoint;
};

} // namespace winnow
