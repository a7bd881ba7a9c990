#pragma once

#include "core/run/rank_place.h"
#include "core/run/run_evaluator.h"
#include "core/store/run_store.h"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace winnow {

struct RunServiceSettings {
    std::string runsFolder;  ///< a run's checkpoints go to <runsFolder>/<uuid>; empty: "runs" beside the store
    std::string codeVersion;
    std::string environment; ///< JSON object
    std::size_t tileBytes = RowDatasetOptions().tileBytes; ///< of each data file, kept in memory
    std::function<Result<std::unique_ptr<Engine>>()> openEngine = winnow::openEngine;
};

/// What is kept of a run beside its settings.
struct RunOrigin {
    std::string command;
    RunId parent;
    ProjectId project;
    std::vector<std::string> tags;
    std::string note;
};

struct RunSummary {
    RunId run;
    RunState state = RunState::Failed;
    TrainOutcome outcome;
    RunResult result;
};

/// The one place where both programs create, carry out, resume and finish runs. Holds no run itself; execute() may be
/// called from several threads at once for different runs. `writer` must outlive it.
class WINNOW_CORE_API RunService {
public:
    RunService(StoreWriter &writer, RunServiceSettings settings);

    /// Checks the settings and stores a queued run. The thread count is fixed here.
    Result<RunId> create(const RunOptions &options, const RunOrigin &origin = {});
    /// Puts a stopped, failed or interrupted run back into the queue.
    Status requeue(RunId run);
    /// Prepares, trains, evaluates and finishes a queued run on the calling thread; goes on from the newest verified
    /// checkpoint where there is one. `viewer` (may be null) sees the events after they were handed to the store. An
    /// error is also stored with the run, which is then failed. After StopFlag::requestDiscard() the run is stopped where
    /// its last checkpoint is, and what it told since then is no longer in the store.
    Result<RunSummary> execute(RunId run, StopFlag &stop, RunEvents *viewer = nullptr,
                               const std::string &initialConfigJson = {});
    /// The runs of this process are done together with others, of which it is rank 0. Before create() and execute().
    void trainTogether(const RankPlace &place) { m_place = place; }
    /// A queued run, or one that was left paused, that will not be carried out.
    Status cancelQueued(RunId run);
    /// From now on a run that is asked to stop is left paused and held by nobody, for the next window to go on with; for a
    /// window that closes. Any thread.
    void leaveStoppedRunsPaused() { m_leavePaused = true; }
    /// Where the checkpoints and the log of a run are, or will be.
    std::string folderOf(const RunRecord &run) const;

    const std::string &runsFolder() const { return m_settings.runsFolder; }

private:
    Result<RunSummary> carryOut(const RunRecord &record, StopFlag &stop, RunEvents *viewer,
                                const std::string &initialConfigJson);
    Status joinRanks(Engine &engine, const RunOptions &options, const std::string &initialConfigJson,
                     RunEvents &events);
    Status storePrepared(const RunRecord &record, PreparedRun &prepared, DatasetId &testDataset);
    Result<VisitColumns> visitsBefore(RunId run, const std::string &checkpoint);
    Result<RunSummary> finish(const RunRecord &record, const TrainOutcome &outcome, bool discard);
    Status giveUp(RunId run, std::int64_t step);
    Result<RunSummary> stoppedBeforeTraining(const RunRecord &record);
    Status end(Database &db, RunId run, RunState state);
    Result<RunRecord> record(RunId run);

    StoreWriter &m_writer;
    RunServiceSettings m_settings;
    std::optional<RankPlace> m_place;
    std::atomic<bool> m_leavePaused{false};
};

} // namespace winnow
