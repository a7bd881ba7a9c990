#include "core/run/run_service.h"

#include "core/base/options_io.h"
#include "core/run/checkpoint_manifest.h"
#include "core/run/run_recorder.h"
#include "core/store/event_store.h"

#include <algorithm>
#include <filesystem>
#include <thread>

namespace winnow {

namespace fs = std::filesystem;

namespace {

std::int64_t allCoresButOne()
{
    return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::thread::hardware_concurrency()) - 1);
}

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
        fixed.threads = allCoresButOne();
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

Result<VisitColumns> RunService::visitsBefore(RunId run, const std::string &checkpoint)
{
    if (checkpoint.empty())
        return VisitColumns{};
    const std::int64_t step = checkpointStepOf(fs::path(checkpoint).filename().string()).value_or(-1);
    WINNOW_ASSIGN(Database db, Database::open(m_writer.path()));
    return VisitStore(db).ofRun(run, -1, step); // iterations count from 1
}

Result<RunSummary> RunService::carryOut(const RunRecord &run, StopFlag &stop, RunEvents *viewer,
                                        const std::string &initialConfigJson)
{
    WINNOW_ASSIGN(const RunOptions options, optionsFromJson(run.configJson));
    const std::string folder = run.folder.empty() ? (fs::path(m_settings.runsFolder) / run.uuid).string() : run.folder;
    std::error_code ec;
    fs::create_directories(folder, ec);
    if (ec)
        return Error{"Cannot make the folder \"" + folder + "\" of the run: " + ec.message() + "."};
    WINNOW_ASSIGN(std::unique_ptr<Engine> engine, m_settings.openEngine());
    WINNOW_TRY(m_writer.execute([&](Database &db) {
        return RunStore(db).claim(run.id, folder, engine->deviceDescription(), options.threads);
    }));
    RunRecorder recorder(m_writer, run.id, stop);
    recorder.onProgress("prepare", run.step, options.train.iterations);
    const auto prepared = prepareRun(options, {folder, initialConfigJson, &stop});
    for (const PreflightFinding &finding : prepared->report.findings)
        if (finding.severity == PreflightFinding::Severity::Warning)
            recorder.onEvent(EventLevel::Warning, -1, finding.text);
    if (!prepared->report.canStart())
        return Error{prepared->report.firstProblem()};
    DatasetId testDataset;
    WINNOW_TRY(storePrepared(run, *prepared, testDataset));

    std::vector<std::string> damaged;
    prepared->request.resumeFrom = newestVerifiedCheckpoint(folder, &damaged);
    for (const std::string &text : damaged)
        recorder.onEvent(EventLevel::Warning, -1, text);
    WINNOW_ASSIGN(const VisitColumns earlier, visitsBefore(run.id, prepared->request.resumeFrom));
    RunEvaluator evaluator(m_writer, run.id, *prepared, testDataset, earlier);
    std::vector<RunEvents *> receivers{&recorder, &evaluator};
    if (viewer)
        receivers.push_back(viewer);
    RunEventsFanout events(receivers);
    WINNOW_ASSIGN(const TrainOutcome outcome, engine->train(prepared->request, events, stop));
    if (Status durable = recorder.finish(); !durable.ok()) {
        // Rows before this checkpoint are missing, so it must not be resumed from.
        if (!outcome.lastCheckpoint.empty())
            WINNOW_TRY(invalidateCheckpoint(outcome.lastCheckpoint));
        return durable.error();
    }
    return finish(run, outcome);
}

Result<RunSummary> RunService::finish(const RunRecord &run, const TrainOutcome &outcome)
{
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
    WINNOW_TRY(m_writer.execute([&](Database &db) -> Status {
        if (Status status = RunStore(db).setResult(run.id, result); !status.ok())
            return status;
        return RunStore(db).setState(run.id, summary.state);
    }));
    return summary;
}

Result<RunSummary> RunService::execute(RunId id, StopFlag &stop, RunEvents *viewer, const std::string &initialConfigJson)
{
    WINNOW_ASSIGN(const RunRecord run, record(id));
    auto summary = carryOut(run, stop, viewer, initialConfigJson);
    if (summary.ok())
        return summary;
    const std::string reason = summary.error().message;
    const Status stored = m_writer.execute([&](Database &db) -> Status {
        if (Status status = EventStore(db).append({{0, id, -1, "error", "state", reason, 0}}); !status.ok())
            return status;
        return RunStore(db).setState(id, RunState::Failed, reason);
    });
    if (!stored.ok())
        return Error{reason + " (And this could not be stored: " + stored.error().message + ")"};
    return summary;
}

} // namespace winnow
