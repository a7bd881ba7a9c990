#include "app/cli/commands.h"
#include "app/cli/run_figures.h"
#include "app/cli/text_table.h"
#include "app/services.h"
#include "core/base/options_io.h"
#include "core/rank/collapse.h"
#include "core/store/event_store.h"
#include "core/store/metric_store.h"
#include "core/store/ranker_score_store.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace winnow::cli
{

namespace
{

struct Shown {
    RunRecord run;
    RunOptions options;
    std::map<std::string, DatasetRecord> datasets; ///< by role
    std::optional<EvaluationRecord> selected;
    std::optional<EvaluationRecord> last;
    std::map<std::string, MetricSeries> series;
    std::optional<Detection> detection; ///< of the learned weights
    std::optional<RankerScores> confidentLearning;
    std::optional<Detection> byConfidentLearning;
    std::optional<WeightHealth> health;
    std::int64_t weightStep = -1;
    std::vector<EventRecord> events;
};

Status readWeights(Database &database, Shown &shown)
{
    WINNOW_ASSIGN(const std::optional<RowWeights> weights, rowWeights(database, shown.run));
    if (!weights)
        return {};
    shown.weightStep = weights->step;
    const RunOptions::Weighting &bounds = shown.options.weighting;
    if (bounds.activation == WeightActivation::Clip)
        shown.health = weightHealth(weights->ofRow, bounds.clipLow, bounds.clipHigh);
    WINNOW_ASSIGN(const TrainingRows rows, trainingRows(database, shown.run));
    WINNOW_ASSIGN(shown.detection, detectionOf(suspicionFromWeights(weights->ofRow), rows.noise));
    return {};
}

Status readConfidentLearning(Database &database, Shown &shown)
{
    WINNOW_ASSIGN(shown.confidentLearning, RankerScoreStore(database).get(shown.run.id, confidentLearningName));
    if (!shown.confidentLearning)
        return {};
    WINNOW_ASSIGN(const TrainingRows rows, trainingRows(database, shown.run));
    const std::vector<float> &scores = shown.confidentLearning->suspicion;
    WINNOW_ASSIGN(shown.byConfidentLearning, detectionOf({scores.begin(), scores.end()}, rows.noise));
    return {};
}

Result<Shown> readShown(Database &database, const std::string &text)
{
    Shown shown;
    WINNOW_ASSIGN(shown.run, RunStore(database).find(text));
    WINNOW_ASSIGN(shown.options, optionsFromJson(shown.run.configJson));
    for (const auto &[role, id] : shown.run.datasets) {
        WINNOW_ASSIGN(shown.datasets[role], DatasetStore(database).get(id));
    }
    WINNOW_ASSIGN(shown.selected, evaluationAt(database, shown.run, Moment::Selected));
    WINNOW_ASSIGN(shown.last, evaluationAt(database, shown.run, Moment::Last));
    WINNOW_ASSIGN(shown.series, MetricStore(database).allSeries(shown.run.id));
    WINNOW_TRY(readWeights(database, shown));
    WINNOW_TRY(readConfidentLearning(database, shown));
    WINNOW_ASSIGN(shown.events, EventStore(database).ofRun(shown.run.id));
    return shown;
}

void printField(const std::string &name, const std::string &value)
{
    if (!value.empty())
        std::cout << name << std::string(name.size() < 13 ? 13 - name.size() : 1, ' ') << plainLine(value) << '\n';
}

void printHead(const Shown &shown)
{
    const RunRecord &run = shown.run;
    printField("run", std::to_string(run.id.value) + " (" + run.name + ")");
    printField("uuid", run.uuid);
    printField("state",
               std::string(runStateName(run.state)) + ", step " + std::to_string(run.step) + " of "
                   + std::to_string(run.totalSteps));
    printField("error", run.error);
    printField("method",
               run.stage + (run.method.empty() ? "" : ", " + run.method) + ", seed " + std::to_string(run.seed));
    printField("device", run.device + ", " + std::to_string(run.threads) + " threads");
    printField("code", run.codeVersion);
    printField("command", run.command);
    printField("created", timeText(run.createdMs));
    printField("started", timeText(run.startedMs));
    printField("finished", timeText(run.finishedMs));
    if (run.result.seconds > 0)
        printField("time", durationText(run.result.seconds));
    printField("folder", run.folder);
    std::string tags;
    for (const std::string &tag : run.tags)
        tags += (tags.empty() ? "" : ", ") + tag;
    printField("tags", tags);
    printField("note", run.note);
}

void printResults(const Shown &shown)
{
    const RunResult &result = shown.run.result;
    if (shown.selected)
        printField("accuracy",
                   accuracyText(*shown.selected) + " at step " + std::to_string(shown.selected->step)
                       + (result.selectedStep >= 0 ? ", chosen by the hold-out" : "") + "; "
                       + std::to_string(shown.selected->ties) + " decided by the tie rule");
    if (shown.last && result.selectedStep >= 0)
        printField("last", accuracyText(*shown.last) + " at step " + std::to_string(shown.last->step));
    if (shown.detection)
        printField("detection",
                   "AUROC of the weights " + detectionText(*shown.detection) + " at step "
                       + std::to_string(shown.weightStep));
    if (shown.confidentLearning)
        printField("confident",
                   "learning over " + std::to_string(shown.confidentLearning->suspicion.size()) + " rows"
                       + (shown.byConfidentLearning
                              ? ", AUROC " + detectionText(*shown.byConfidentLearning) + ", average precision "
                                  + fixedText(shown.byConfidentLearning->averagePrecision)
                              : ""));
    if (shown.health)
        printField("weights",
                   fixedText(shown.health->shareAtBound * 100, 1) + " % at a bound"
                       + (shown.health->collapsed ? " (collapsed)" : "") + ", effective size "
                       + fixedText(shown.health->effectiveSize, 1));
    printField("checkpoint", result.lastCheckpoint);
    if (result.selectedCheckpoint != result.lastCheckpoint)
        printField("selected", result.selectedCheckpoint);
    printField("sha256", result.weightsSha256);
    printField("instance", result.instanceWeightsSha256);
}

void printDatasets(const Shown &shown)
{
    TextTable table({"data", "rows", "read", "sha256", "path"});
    for (const auto &[role, data] : shown.datasets)
        table.add({role + (data.form.empty() ? "" : " (" + data.form + ")"), std::to_string(data.rowsKept),
                   std::to_string(data.rowsRead), data.sha256.substr(0, 16), data.path});
    if (!table.empty())
        std::cout << '\n' << table.text();
    for (const auto &[role, data] : shown.datasets)
        for (const DatasetDrop &drop : data.drops)
            std::cout << role << ": " << drop.count << " left out: " << plainLine(drop.reason) << '\n';
}

void printSeries(const Shown &shown)
{
    TextTable table({"series", "points", "step", "latest"});
    for (const auto &[name, series] : shown.series)
        if (!series.steps.empty())
            table.add({name, std::to_string(series.steps.size()), std::to_string(series.steps.back()),
                       fixedText(series.values.back(), 6)});
    if (!table.empty())
        std::cout << '\n' << table.text();
}

void printText(const Shown &shown)
{
    printHead(shown);
    printResults(shown);
    printDatasets(shown);
    printSeries(shown);
    std::cout << "\nSettings that differ from the defaults\n" << optionsToToml(shown.options);
    bool first = true;
    for (const EventRecord &event : shown.events) {
        if (event.level == "info")
            continue;
        std::cout << (first ? "\n" : "") << timeText(event.atMs) << "  " << event.level << ": " << plainLine(event.text)
                  << '\n';
        first = false;
    }
}

Json shownJson(const Shown &shown)
{
    const RunRecord &run = shown.run;
    Json out{{"run", run.id.value},
             {"uuid", run.uuid},
             {"name", run.name},
             {"state", runStateName(run.state)},
             {"stage", run.stage},
             {"method", run.method},
             {"seed", run.seed},
             {"step", run.step},
             {"total_steps", run.totalSteps},
             {"device", run.device},
             {"threads", run.threads},
             {"code_version", run.codeVersion},
             {"command", run.command},
             {"folder", run.folder},
             {"error", run.error},
             {"created_ms", run.createdMs},
             {"finished_ms", run.finishedMs},
             {"seconds", run.result.seconds},
             {"last_checkpoint", run.result.lastCheckpoint},
             {"selected_checkpoint", run.result.selectedCheckpoint},
             {"weights_sha256", run.result.weightsSha256},
             {"instance_weights_sha256", run.result.instanceWeightsSha256}};
    out["accuracy"] = shown.selected ? accuracyJson(*shown.selected) : Json(nullptr);
    out["accuracy_last"] = shown.last ? accuracyJson(*shown.last) : Json(nullptr);
    out["detection"] = shown.detection ? detectionJson(*shown.detection) : Json(nullptr);
    if (shown.confidentLearning) {
        out["confident_learning"] = Json::parse(shown.confidentLearning->report, nullptr, false);
        out["confident_learning"]["detection"] =
            shown.byConfidentLearning ? detectionJson(*shown.byConfidentLearning) : Json(nullptr);
    }
    out["collapsed"] = shown.health ? Json(shown.health->collapsed) : Json(nullptr);
    for (const auto &[role, data] : shown.datasets)
        out["data"][role] = {{"path", data.path}, {"sha256", data.sha256}, {"rows", data.rowsKept}};
    for (const auto &[name, series] : shown.series)
        if (!series.steps.empty())
            out["latest"][name] = {{"step", series.steps.back()}, {"value", jsonNumber(series.values.back())}};
    out["settings"] = Json::parse(run.configJson, nullptr, false);
    return out;
}

int show(const GlobalOptions &global, const std::string &text)
{
    Result<Database> database = openStoreToRead(global.store);
    if (!database.ok())
        return fail(global, database.error().message);
    const Result<Shown> shown = readShown(*database, text);
    if (!shown.ok())
        return fail(global, shown.error().message);
    printText(*shown);
    if (global.json)
        printJson(shownJson(*shown));
    return 0;
}

} // namespace

Command addShow(CLI::App &app, GlobalOptions &global)
{
    auto text = std::make_shared<std::string>();
    CLI::App *command = app.add_subcommand("show", "Everything about one run: state, results, data and settings");
    command->add_option("RUN", *text, "Number, name or UUID of the run")->required();
    return {command, [text, &global] { return show(global, *text); }};
}

} // namespace winnow::cli
