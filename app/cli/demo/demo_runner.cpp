#include "app/cli/demo/demo_runner.h"

#include "core/base/log.h"
#include "core/base/options_io.h"
#include "core/base/resource_path.h"
#include "core/data/demo/demo_base.h"
#include "core/data/demo/demo_files.h"
#include "core/data/demo/digit_steps.h"
#include "core/rank/collapse.h"
#include "core/store/evaluation_store.h"
#include "core/store/metric_store.h"
#include "core/store/weight_store.h"

#include <filesystem>
#include <thread>

namespace winnow::cli {
namespace {

namespace fs = std::filesystem;

struct MethodPreset {
    const char *name;
    const char *file;
};
constexpr MethodPreset methodPresets[] = {{"none", "demo-none"},
                                          {"domain", "demo-domain"},
                                          {"table", "demo-table"},
                                          {"net", "demo-net"},
                                          {"none+meta", "demo-none-meta-rows"}};

std::string cellName(std::int64_t seed, const std::optional<double> &noise)
{
    std::string name = "s" + std::to_string(seed);
    if (noise)
        name += "-n" + std::to_string(static_cast<int>(*noise * 100 + 0.5));
    return name;
}

/// Every stage in a minute: fewer rows and iterations, nothing else.
void makeQuick(RunOptions &options)
{
    options.train.iterations = options.stage == Stage::ColdStart ? 20 : 15;
    options.train.batch = 8;
    options.meta.batch = 8;
    options.checkpointEvery = 10;
    options.evaluation.every = 0;
}

DemoTaskOptions taskOptions(const DemoOptions &demo, const DemoCell &cell)
{
    DemoTaskOptions task;
    task.seed = static_cast<std::uint64_t>(cell.seed);
    if (cell.noise)
        task.noise.fill(*cell.noise);
    if (demo.quick) {
        task.trainRows = 200;
        task.metaRows = 40;
        task.holdoutRows = 20;
        task.questions = 40;
    }
    return task;
}

std::optional<double> lastValue(MetricStore &metrics, RunId run, const std::string &series)
{
    const auto curve = metrics.series(run, series);
    if (!curve.ok() || curve->values.empty())
        return std::nullopt;
    return curve->values.back();
}

} // namespace

double DemoCell::countedSeconds() const
{
    double total = coldStartSeconds;
    for (const DemoMethodResult &result : methods) {
        if (result.name != "none+meta")
            total += result.seconds;
    }
    return total;
}

const DemoMethodResult *DemoCell::method(const std::string &name) const
{
    for (const DemoMethodResult &result : methods) {
        if (result.name == name)
            return &result;
    }
    return nullptr;
}

DemoRunner::DemoRunner(StoreWriter &writer, RunService &service, DemoOptions options, RunEvents *viewer,
                       StopFlag &stop) :
    m_writer(writer), m_service(service), m_options(std::move(options)), m_viewer(viewer), m_stop(stop)
{
    if (m_options.threads == 0) // nothing else runs beside a demo started on a terminal
        m_options.threads = std::max(1u, std::thread::hardware_concurrency());
}

Status DemoRunner::generate(DemoCell &cell, const std::string &folder)
{
    WINNOW_ASSIGN(const DigitSheet sheet, DigitSheet::load(resourceFolder() + "/demo"));
    WINNOW_ASSIGN(const DemoTask task, generateDemoTask(sheet, taskOptions(m_options, cell)));
    cell.randomAccuracy = task.randomAccuracy();
    cell.oracleAccuracy = task.oracleAccuracy();
    return writeDemoTask(task, sheet, folder);
}

Result<RunOptions> DemoRunner::preset(const std::string &file, const DemoCell &cell, const std::string &folder) const
{
    WINNOW_ASSIGN(RunOptions options, readOptionsFile(resourceFolder() + "/presets/" + file + ".toml"));
    options.name = file + "-" + cellName(cell.seed, cell.noise) + (m_options.quick ? "-quick" : "");
    options.seed = cell.seed;
    options.threads = m_options.threads;
    options.data.train = folder + "/train.json";
    options.data.test = folder + "/test.json";
    options.data.holdout = folder + "/holdout.json";
    if (options.stage == Stage::Bilevel)
        options.data.meta = folder + "/meta.json";
    options.data.maxTiles = demoMaxTiles;
    options.data.maxTilesTest = demoMaxTiles;
    if (m_options.quick)
        makeQuick(options);
    return options;
}

/// The finished run with these settings: an old one, an unfinished one carried on, or a new one.
Result<RunRecord> DemoRunner::ensureRun(const RunOptions &options, RunId parent)
{
    WINNOW_ASSIGN(Database database, Database::open(m_writer.path()));
    RunStore runs(database);
    const std::string config = optionsToJson(options);
    WINNOW_ASSIGN(const std::vector<RunRecord> known, runs.list());
    RunId run;
    for (const RunRecord &record : known) {
        if (record.configJson != config)
            continue;
        if (record.state == RunState::Finished)
            return record;
        if (record.state == RunState::Interrupted || record.state == RunState::Stopped
            || record.state == RunState::Failed) {
            WINNOW_TRY(m_service.requeue(record.id));
            run = record.id;
            break;
        }
    }
    if (!run) {
        RunOrigin origin;
        origin.command = "winnow demo";
        origin.parent = parent;
        origin.tags = {"demo"};
        WINNOW_ASSIGN(run, m_service.create(options, origin));
    }
    logInfo("run " + std::to_string(run.value) + ": " + options.name);
    WINNOW_ASSIGN(const RunSummary summary, m_service.execute(run, m_stop, m_viewer));
    if (!summary.outcome.finished)
        return Error{options.name + " was stopped at iteration " + std::to_string(summary.outcome.steps)
                     + "; run the same command again to go on."};
    return runs.get(run);
}

Result<DemoMethodResult> DemoRunner::readResult(const std::string &name, const RunRecord &run) const
{
    WINNOW_ASSIGN(Database database, Database::open(m_writer.path()));
    EvaluationStore evaluations(database);
    MetricStore metrics(database);
    DemoMethodResult result;
    result.name = name;
    result.run = run.id;
    result.selectedStep = run.result.selectedStep;
    result.seconds = run.result.seconds;
    WINNOW_ASSIGN(const std::vector<EvaluationRecord> all, evaluations.ofRun(run.id));
    for (const EvaluationRecord &record : all) {
        if (record.step == run.result.steps)
            result.accuracyLast = record.accuracy;
        if (record.step != run.result.selectedStep)
            continue;
        result.accuracy = record.accuracy;
        result.n = record.n;
        result.ties = record.ties;
        WINNOW_ASSIGN(const std::vector<EvaluationPick> picks, evaluations.picks(record.id));
        result.selectedRight.clear();
        for (const EvaluationPick &pick : picks)
            result.selectedRight.push_back(pick.correct ? 1.0 : 0.0);
    }
    if (result.selectedRight.empty())
        return Error{run.name + " has no evaluation at its selected iteration "
                     + std::to_string(run.result.selectedStep) + "."};
    result.aurocWeight = lastValue(metrics, run.id, "auroc.weight");
    result.aurocLossEma = lastValue(metrics, run.id, "auroc.loss_ema");
    result.meanWeightClean = lastValue(metrics, run.id, "weights.mean_clean");
    result.meanWeightCorrupted = lastValue(metrics, run.id, "weights.mean_corrupted");
    WINNOW_ASSIGN(const auto snapshot, WeightStore(database).latest(run.id));
    if (snapshot) {
        WINNOW_ASSIGN(const RunOptions options, optionsFromJson(run.configJson));
        const WeightBounds bounds = weightBounds(options.weighting);
        result.collapsed = weightHealth(snapshot->values, bounds.low, bounds.high).collapsed;
    }
    return result;
}

Result<DemoCell> DemoRunner::runCell(std::int64_t seed, std::optional<double> noise)
{
    DemoCell cell;
    cell.seed = seed;
    cell.noise = noise;
    const std::string folder
        = m_options.folder + "/" + cellName(seed, noise) + (m_options.quick ? std::string("-quick") : std::string());
    std::error_code error;
    fs::create_directories(folder, error);
    WINNOW_TRY(generate(cell, fs::absolute(folder, error).string()));
    const std::string data = fs::absolute(folder, error).string();

    WINNOW_ASSIGN(RunOptions cold, preset("demo-cold-start", cell, data));
    cold.model.checkpoint = resourceFolder() + "/demo/base";
    WINNOW_ASSIGN(const RunRecord coldRun, ensureRun(cold, {}));
    cell.coldStart = coldRun.id;
    cell.coldStartSeconds = coldRun.result.seconds;
    for (const MethodPreset &method : methodPresets) {
        WINNOW_ASSIGN(RunOptions options, preset(method.file, cell, data));
        options.model.checkpoint = coldRun.result.lastCheckpoint;
        WINNOW_ASSIGN(const RunRecord run, ensureRun(options, coldRun.id));
        WINNOW_ASSIGN(DemoMethodResult result, readResult(method.name, run));
        cell.methods.push_back(std::move(result));
    }
    return cell;
}

} // namespace winnow::cli
