#include "core/run/rank_worker.h"

#include "core/base/json.h"
#include "core/base/options_io.h"
#include "core/run/picture_guard.h"

#include <stdexcept>

namespace winnow
{

namespace
{

using Json = nlohmann::json;

Result<Json> told(Engine &engine, const char *what)
{
    WINNOW_ASSIGN(const std::string text, engine.shareText({}));
    return parseJson(text, what);
}

/// A rank whose pictures vanish must keep rank 0 from writing what was computed without them.
class WorkerEvents : public RunEventsAdapter
{
public:
    explicit WorkerEvents(const PictureGuard &pictures) : m_pictures(pictures) { }

    void beforeCheckpoint(std::int64_t) override
    {
        if (const Status sound = m_pictures.check(); !sound.ok())
            throw std::runtime_error(sound.error().message); // the engine tells it to the others
    }

private:
    const PictureGuard &m_pictures;
};

/// Equal files are a rank's own duty: it reads them from its machine's disks.
Status checkData(const PreparedRun &prepared, const Json &expected)
{
    for (const PreparedDataset &dataset : prepared.datasets)
        if (expected.value(dataset.role, std::string()) != dataset.record.sha256)
            return Error{"The " + dataset.role + " data \"" + dataset.record.path
                         + "\", or a picture of it, is not what rank 0 reads; give every machine the same files."};
    return {};
}

Result<std::unique_ptr<PreparedRun>> prepareAsTold(Engine &engine, StopFlag &stop)
{
    WINNOW_ASSIGN(const Json settings, told(engine, "the settings from rank 0"));
    WINNOW_ASSIGN(const RunOptions options, optionsFromJson(settings.at("config").get<std::string>()));
    PreparationContext context;
    context.initialConfigJson = settings.at("initial_config").get<std::string>();
    context.stop = &stop;
    std::unique_ptr<PreparedRun> prepared = prepareRun(options, context);
    if (!prepared->report.canStart())
        return Error{prepared->report.firstProblem()};
    WINNOW_ASSIGN(const Json start, told(engine, "the start from rank 0"));
    WINNOW_TRY(checkData(*prepared, start.at("datasets")));
    prepared->request.runFolder = start.at("folder").get<std::string>();
    prepared->request.resumeFrom = start.at("resume").get<std::string>();
    return prepared;
}

Status trainAsTold(Engine &engine, StopFlag &stop)
{
    WINNOW_ASSIGN(const std::unique_ptr<PreparedRun> prepared, prepareAsTold(engine, stop));
    StopFlag unused; // the guard's request would save a checkpoint; its check ends the rank instead
    const PictureGuard pictures(*prepared, unused);
    WorkerEvents events(pictures);
    WINNOW_ASSIGN(const TrainOutcome outcome, engine.train(prepared->request, events, stop));
    (void)outcome; // rank 0 keeps it
    return {};
}

} // namespace

Status tellSettings(Engine &engine, const RunOptions &options, const std::string &initialConfigJson)
{
    const Json settings{{"config", optionsToJson(options)}, {"initial_config", initialConfigJson}};
    const auto shared = engine.shareText(settings.dump());
    return shared.ok() ? Status{} : Status{shared.error()};
}

Status tellStart(Engine &engine, const PreparedRun &prepared)
{
    Json datasets = Json::object();
    for (const PreparedDataset &dataset : prepared.datasets)
        datasets[dataset.role] = dataset.record.sha256;
    const Json start{
        {"folder", prepared.request.runFolder}, {"resume", prepared.request.resumeFrom}, {"datasets", datasets}};
    const auto shared = engine.shareText(start.dump());
    return shared.ok() ? Status{} : Status{shared.error()};
}

Status workAsRank(const RankPlace &place, StopFlag &stop, const std::function<Result<std::unique_ptr<Engine>>()> &open)
{
    WINNOW_ASSIGN(const std::unique_ptr<Engine> engine, open());
    WINNOW_TRY(engine->join(place));
    const Status done = trainAsTold(*engine, stop);
    if (!done.ok())
        engine->leave(done.error().message);
    return done;
}

} // namespace winnow
