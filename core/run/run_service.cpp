#include "core/run/run_service.h"

#include "core/base/options_io.h"
#include "core/run/alert_monitor.h"
#include "core/run/checkpoint_manifest.h"
#include "core/run/hardware_recorder.h"
#include "core/run/picture_guard.h"
#include "core/run/rank_worker.h"
#include "core/run/run_hold.h"
#include "core/run/run_recorder.h"
#include "core/store/event_store.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <thread>

namespace winnow {

namespace fs = std::filesystem;

namespace {

/// Of one process: all cores but one, shared by the processes of this machine.
std::int64_t threadsOfProcess(const std::optional<RankPlace> &place)
{
    const std::int64_t cores = static_cast<std::int64_t>(std::thread::hardware_concurrency()) - 1;
    return std::max<std::int64_t>(1, cores / (place ? place->onThisMachine : 1));
}

/// The other ranks must not wait for a start that does not come; after a training nobody listens any more.
class EndOfOtherRanks
{
public:
    explicit EndOfOtherRanks(Engine &engine) : m_engine(engine) { }
    ~EndOfOtherRanks() { m_engine.leave("the run does not start; the message of rank 0 says why."); }
    EndOfOtherRanks(const EndOfOtherRanks &) = delete;
    EndOfOtherRanks &operator=(const EndOfOtherRanks &) = delete;

private:
    Engine &m_engine;
};

NewRun newRun(const RunOptions &options, const RunOrigin &origin, const RunServiceSettings &settings)
{
    NewRun run;
    run.project = origin.project;
    run.parent = origin.parent;
    run.name = options.name;
    run.configJson = optionsToJson(options);
    run.stage = choiceName(options.stage);
    if (options.stage == Stage::Bilevel)
        run.method = choiceName(options.weighting.method);
    run.seed = options.seed;
    run.command = origin.command;
    run.codeVersion = settings.codeVersion;
    run.environment = settings.environment;
    run.threads = options.threads;
    run.totalSteps = options.train.iterations;
    run.tags = origin.tags;
    run.note = origin.note;
    return run;
}

std::string endText(const RunRecord &run)
{
    const std::string step = std::to_string(run.step);
    if (run.state == RunState::Stopped)
        return "Stopped at iteration " + step + " of " + std::to_string(run.totalSteps) + ".";
    std::string text = "Finished after " + step + " iterations";
    if (run.result.accuracy) {
        std::array<char, 16> accuracy{};
        std::snprintf(accuracy.data(), accuracy.size(), "%.3f", *run.result.accuracy);
        text += std::string(", accuracy ") + accuracy.data();
    }
    return text + ".";
}

/// An error when something stands in the way of the run.
Status tellFindings(const PreflightReport &report, RunEvents &events)
{
    for (const PreflightFinding &finding : report.findings)
        if (finding.severity == PreflightFinding::Severity::Warning)
            events.onEvent(EventLevel::Warning, -1, finding.text);
    return report.canStart() ? Status{} : Status{Error{report.firstProblem()}};
}

std::string checkpointToGoOnFrom(const std::string &folder, RunEvents &events)
{
    std::vector<std::string> damaged;
    std::string checkpoint = newestVerifiedCheckpoint(folder, &damaged);
    for (const std::string &text : damaged)
        events.onEvent(EventLevel::Warning, -1, text);
    return checkpoint;
}

std::int64_t stepOf(const std::string &checkpoint)
{
    return checkpointStepOf(checkpoint).value_or(-1);
}

/// Accuracy at a step, as it was stored by the run's own evaluations.
std::optional<double> accuracyAt(const std::vector<EvaluationRecord> &evaluations, std::int64_t step)
{
    for (const EvaluationRecord &e : evaluations)
        if (e.step == step && e.purpose == "test")
            return e.accuracy;
    return std::nullopt;
}

} // namespace

RunService::RunService(StoreWriter &writer, RunServiceSettings settings) :
    m_writer(writer), m_settings(std::move(settings))
{
    if (m_settings.runsFolder.empty())
        m_settings.runsFolder = (fs::absolute(m_writer.path()).parent_path() / "runs").string();
}

std::string RunService::folderOf(const RunRecord &run) const
{
    return run.folder.empty() ? (fs::path(m_settings.runsFolder) / run.uuid).string() : run.folder;
}

Result<RunRecord> RunService::record(RunId run)
{
    WINNOW_ASSIGN(Database db, Database::open(m_writer.path()));
    return RunStore(db).get(run);
}

Result<RunId> RunService::create(const RunOptions &options, const RunOrigin &origin)
{
    if (const auto problems = checkOptions(options); !problems.empty())
        return Error{problems.front().key + ": " + problems.front().message};
    RunOptions fixed = options;
    if (fixed.threads <= 0)
        fixed.threads = threadsOfProcess(m_place);
    RunId id;
    WINNOW_TRY(m_writer.execute([&](Database &db) -> Status {
        const auto created = RunStore(db).create(newRun(fixed, origin, m_settings));
        if (!created.ok())
            return created.error();
        id = *created;
        return {};
    }));
    return id;
}

Status RunService::requeue(RunId run)
{
    return m_writer.execute([run](Database &db) { return RunStore(db).setState(run, RunState::Queued); });
}

Status RunService::cancelQueued(RunId run)
{
    return m_writer.execute([run](Database &db) { return RunStore(db).setState(run, RunState::Stopped); });
}

Status RunService::storePrepared(const RunRecord &run, PreparedRun &prepared, DatasetId &testDataset)
{
    return m_writer.execute([&](Database &db) -> Status {
        for (const PreparedDataset &dataset : prepared.datasets) {
            const auto id = DatasetStore(db).put(dataset.record, dataset.samples);
            if (!id.ok())
                return id.error();
            if (dataset.role == "test")
                testDataset = *id;
            if (Status status = RunStore(db).setDataset(run.id, dataset.role, *id); !status.ok())
                return status;
        }
        return WeightStore(db).setUnits(run.id, prepared.units);
    });
}

Status RunService::joinRanks(Engine &engine, const RunOptions &options, const std::string &initialConfigJson,
                             RunEvents &events)
{
    if (!m_place)
        return {};
    WINNOW_TRY(engine.join(*m_place));
    if (options.train.batch < m_place->size)
        return Error{"train.batch is " + std::to_string(options.train.batch) + ", too few rows for "
                     + std::to_string(m_place->size) + " processes; each needs at least one row of every batch."};
    events.onEvent(EventLevel::Info, -1, std::to_string(m_place->size) + " processes train together; this is rank 0.");
    return tellSettings(engine, options, initialConfigJson);
}

Result<VisitColumns> RunService::visitsBefore(RunId run, const std::string &checkpoint)
{
    if (checkpoint.empty())
        return VisitColumns{};
    const std::int64_t step = stepOf(checkpoint);
    WINNOW_ASSIGN(Database db, Database::open(m_writer.path()));
    return VisitStore(db).ofRun(run, -1, step); // iterations count from 1
}

Result<RunSummary> RunService::carryOut(const RunRecord &run, StopFlag &stop, RunEvents *viewer,
                                        const std::string &initialConfigJson)
{
    WINNOW_ASSIGN(const RunOptions options, optionsFromJson(run.configJson));
    const std::string folder = folderOf(run);
    std::error_code ec;
    fs::create_directories(folder, ec);
    if (ec)
        return Error{"Cannot make the folder \"" + folder + "\" of the run: " + ec.message() + "."};
    WINNOW_ASSIGN(std::unique_ptr<Engine> engine, m_settings.openEngine());
    WINNOW_TRY(m_writer.execute([&](Database &db) {
        return RunStore(db).claim(run.id, folder, engine->deviceDescription(), options.threads);
    }));
    AlertMonitor alerts(m_writer, run.id, folder);
    HardwareRecorder hardware(m_writer, run.id, folder);
    std::optional<RunHold> hold(std::in_place, m_writer, run.id, stop, [&alerts, &hardware] {
        alerts.tick();
        hardware.tick();
    });
    RunRecorder recorder(m_writer, run.id, stop);
    recorder.onProgress("prepare", run.step, options.train.iterations);
    const EndOfOtherRanks others(*engine);
    WINNOW_TRY(joinRanks(*engine, options, initialConfigJson, recorder));
    const auto prepared = prepareRun(options, {folder, initialConfigJson, &stop, m_settings.tileBytes});
    if (stop.stopRequested()) {
        hold.reset();
        return stoppedBeforeTraining(run);
    }
    WINNOW_TRY(tellFindings(prepared->report, recorder));
    DatasetId testDataset;
    WINNOW_TRY(storePrepared(run, *prepared, testDataset));

    prepared->request.resumeFrom = checkpointToGoOnFrom(folder, recorder);
    WINNOW_ASSIGN(const VisitColumns earlier, visitsBefore(run.id, prepared->request.resumeFrom));
    if (!prepared->request.resumeFrom.empty())
        recorder.goesOnFrom(stepOf(prepared->request.resumeFrom));
    if (m_place)
        WINNOW_TRY(tellStart(*engine, *prepared));
    RunEvaluator evaluator(m_writer, run.id, *prepared, testDataset, earlier);
    PictureGuard pictures(*prepared, stop);
    std::vector<RunEvents *> receivers{&recorder, &evaluator, &alerts, &hardware, &pictures};
    if (viewer)
        receivers.push_back(viewer);
    RunEventsFanout events(receivers);
    WINNOW_ASSIGN(const TrainOutcome outcome, engine->train(prepared->request, events, stop));
    Status sound = recorder.finish();
    if (sound.ok())
        sound = pictures.check();
    if (!sound.ok()) {
        // Rows before this checkpoint are missing, or it was computed without pictures: it must not be resumed from.
        if (!outcome.lastCheckpoint.empty() && outcome.lastCheckpoint != prepared->request.resumeFrom)
            WINNOW_TRY(invalidateCheckpoint(outcome.lastCheckpoint));
        return sound.error();
    }
    hold.reset(); // it must not take the end of the run for the loss of it
    return finish(run, outcome, !outcome.finished && stop.discardRequested());
}

Status RunService::giveUp(RunId run, std::int64_t step)
{
    return m_writer.execute([run, step](Database &db) -> Status {
        RunStore runs(db);
        WINNOW_ASSIGN(const RunRecord before, runs.get(run));
        WINNOW_TRY(runs.discardAfter(run, step));
        if (before.step <= step)
            return {};
        const std::string text = "Gave up iterations " + std::to_string(step + 1) + " to " + std::to_string(before.step)
            + ": the run was stopped without a checkpoint.";
        return EventStore(db).append({{0, run, step, "info", "discarded", text, 0}});
    });
}

Status RunService::end(Database &db, RunId run, RunState state)
{
    RunStore runs(db);
    WINNOW_ASSIGN(const bool here, runs.heldHere(run));
    if (!here)
        return Error{"Run " + std::to_string(run.value)
                     + " was taken over by another program while this one did not answer; it goes on there."};
    if (state == RunState::Stopped && m_leavePaused)
        return runs.leavePaused(run);
    WINNOW_TRY(runs.setState(run, state));
    WINNOW_ASSIGN(const RunRecord record, runs.get(run));
    return EventStore(db).append({{0, run, record.step, "info", "ended", endText(record), 0}});
}

Result<RunSummary> RunService::stoppedBeforeTraining(const RunRecord &run)
{
    WINNOW_TRY(m_writer.execute([&](Database &db) { return end(db, run.id, RunState::Stopped); }));
    return RunSummary{run.id, RunState::Stopped, {}, run.result};
}

Result<RunSummary> RunService::finish(const RunRecord &run, const TrainOutcome &outcome, bool discard)
{
    if (discard)
        WINNOW_TRY(giveUp(run.id, outcome.steps));
    RunSummary summary{run.id, outcome.finished ? RunState::Finished : RunState::Stopped, outcome, {}};
    RunResult &result = summary.result;
    result.steps = outcome.steps;
    result.lastCheckpoint = outcome.lastCheckpoint;
    result.selectedCheckpoint = outcome.selectedCheckpoint;
    result.selectedStep = outcome.selectedStep;
    result.weightsSha256 = outcome.weightsSha256;
    result.instanceWeightsSha256 = outcome.instanceWeightsSha256;
    result.seconds = outcome.seconds; // a resumed run counts on from its checkpoint
    {
        WINNOW_ASSIGN(Database db, Database::open(m_writer.path()));
        WINNOW_ASSIGN(const std::vector<EvaluationRecord> evaluations, EvaluationStore(db).ofRun(run.id));
        result.accuracyLast = accuracyAt(evaluations, outcome.steps);
        result.accuracy = outcome.selectedStep >= 0 ? accuracyAt(evaluations, outcome.selectedStep)
                                                    : result.accuracyLast;
    }
    const Status stored = m_writer.execute([&](Database &db) -> Status {
        WINNOW_TRY(RunStore(db).setResult(run.id, result));
        return end(db, run.id, summary.state);
    });
    return stored.ok() ? Result<RunSummary>(summary) : Result<RunSummary>(stored.error());
}

Result<RunSummary> RunService::execute(RunId id, StopFlag &stop, RunEvents *viewer, const std::string &initialConfigJson)
{
    WINNOW_ASSIGN(const RunRecord run, record(id));
    auto summary = carryOut(run, stop, viewer, initialConfigJson);
    if (summary.ok())
        return summary;
    const std::string reason = summary.error().message;
    const Status stored = m_writer.execute([&](Database &db) -> Status {
        WINNOW_ASSIGN(const RunRecord now, RunStore(db).get(id));
        WINNOW_ASSIGN(const bool here, RunStore(db).heldHere(id));
        if (now.held() && !here) // the other program's run is none of our business
            return {};
        if (Status status = EventStore(db).append({{0, id, -1, "error", "state", reason, 0}}); !status.ok())
            return status;
        return RunStore(db).setState(id, RunState::Failed, reason);
    });
    if (!stored.ok())
        return Error{reason + " (And this could not be stored: " + stored.error().message + ")"};
    return summary;
}

} // namespace winnow
