#include "app/cli/commands.h"
#include "app/cli/run_figures.h"
#include "app/cli/text_table.h"
#include "app/services.h"
#include "core/report/comparison.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace winnow::cli
{

namespace
{

struct CompareOptions {
    std::vector<std::string> runs;
    std::size_t top = 100;
    std::uint64_t seed = 1;
};

Result<Comparison> readComparison(Database &database, const CompareOptions &options)
{
    std::vector<RunRecord> runs;
    for (const std::string &text : options.runs) {
        WINNOW_ASSIGN(RunRecord run, RunStore(database).find(text));
        runs.push_back(std::move(run));
    }
    return compareRuns(database, runs, {{}, options.top, options.seed});
}

std::string methodText(const RunRecord &run)
{
    return run.method.empty() ? run.stage : run.method;
}

void printRuns(const std::vector<ComparedRun> &runs)
{
    TextTable table({"run", "name", "state", "method", "seed", "accuracy [95 %] (n)", "last [95 %] (n)",
                     "AUROC of the weights [95 %]"});
    for (const ComparedRun &one : runs)
        table.add({std::to_string(one.run.id.value), shortened(one.run.name, 28),
                   std::string(runStateName(one.run.state)), methodText(one.run), std::to_string(one.run.seed),
                   one.evaluation ? accuracyText(*one.evaluation) : "-", one.last ? accuracyText(*one.last) : "-",
                   one.detection ? detectionText(*one.detection) : "-"});
    std::cout << table.text();
}

void printSettings(const ComparedRun &a, const ComparedRun &b, const std::vector<std::string> &keys)
{
    TextTable table({"setting", "run " + std::to_string(a.run.id.value), "run " + std::to_string(b.run.id.value)});
    for (const std::string &key : keys)
        table.add({key, settingText(a.options, key), settingText(b.options, key)});
    if (table.empty())
        std::cout << "All settings are the same.\n";
    else
        std::cout << table.text();
}

void printPair(const ComparedRun &a, const ComparedRun &b, const PairComparison &pair)
{
    std::cout << "\nRun " << b.run.id.value << " against run " << a.run.id.value << '\n';
    if (pair.accuracy) {
        const PairedTest &c = *pair.accuracy;
        std::cout << "accuracy     " << (c.bootstrap.difference >= 0 ? "+" : "") << fixedText(c.bootstrap.difference)
                  << " " << intervalText(c.bootstrap.interval.low, c.bootstrap.interval.high) << " on " << c.questions
                  << " questions (paired bootstrap, 95 %); right alone: " << c.gained() << " against " << c.lost()
                  << ", McNemar p = " << fixedText(c.mcNemar.pValue) << '\n'
                  << "verdict      "
                  << verdictSentence(c, "Run " + std::to_string(a.run.id.value),
                                     "Run " + std::to_string(b.run.id.value))
                  << " Picks changed: " << c.changed.size() << ".\n";
    }
    if (pair.weights) {
        const WeightAgreement &w = pair.weights->agreement;
        std::cout << "weights      Spearman " << fixedText(w.spearman) << ", Kendall " << fixedText(w.kendall) << " on "
                  << w.samples << " rows (" << w.leftOut << " without a weight in one of them); "
                  << fixedText(pair.weights->topOverlap) << " of the " << pair.weights->top << " lowest are shared\n"
                  << "rejected     by both " << w.count(Quadrant::BothReject) << ", by the first alone "
                  << w.count(Quadrant::OnlyARejects) << ", by the second alone " << w.count(Quadrant::OnlyBRejects)
                  << ", by none " << w.count(Quadrant::BothKeep) << " (weight below 0.5)\n";
    }
    for (const std::string &note : pair.notes)
        std::cout << "note         " << note << '\n';
    printSettings(a, b, pair.settings);
}

Json accuracyOfPair(const ComparedRun &a, const PairComparison &pair)
{
    const PairedTest &c = *pair.accuracy;
    Json flips = Json::array();
    for (const FlippedPick &flip : c.changed)
        flips.push_back({{"question", (*a.questions)[pair.questionOfA[flip.question]].key},
                         {"pick_a", flip.a.candidate},
                         {"pick_b", flip.b.candidate},
                         {"right_a", flip.a.correct},
                         {"right_b", flip.b.correct}});
    return {{"difference", c.bootstrap.difference},
            {"low", c.bootstrap.interval.low},
            {"high", c.bootstrap.interval.high},
            {"n", c.questions},
            {"only_a", c.lost()},
            {"only_b", c.gained()},
            {"both", c.both},
            {"neither", c.neither},
            {"mcnemar_p", c.mcNemar.pValue},
            {"ties_a", c.tiesA},
            {"ties_b", c.tiesB},
            {"verdict", verdictSentence(c, "A", "B")},
            {"changed_picks", std::move(flips)}};
}

Json weightsOfPair(const WeightComparison &weights)
{
    const WeightAgreement &w = weights.agreement;
    Json overlap = Json::array();
    for (const OverlapPoint &point : w.overlap)
        overlap.push_back({{"k", point.k}, {"common", point.common}});
    return {{"spearman", jsonNumber(w.spearman)},
            {"kendall", jsonNumber(w.kendall)},
            {"rows", w.samples},
            {"left_out", w.leftOut},
            {"top", weights.top},
            {"top_overlap", jsonNumber(weights.topOverlap)},
            {"overlap", std::move(overlap)},
            {"only_a_rejects", w.count(Quadrant::OnlyARejects)},
            {"only_b_rejects", w.count(Quadrant::OnlyBRejects)},
            {"both_reject", w.count(Quadrant::BothReject)},
            {"both_keep", w.count(Quadrant::BothKeep)}};
}

Json pairJson(const ComparedRun &a, const ComparedRun &b, const PairComparison &pair)
{
    Json out{{"a", a.run.id.value},
             {"b", b.run.id.value},
             {"same_test_data", pair.sameTestData},
             {"same_train_data", pair.sameTrainData},
             {"settings", pair.settings},
             {"notes", pair.notes}};
    out["accuracy"] = pair.accuracy ? accuracyOfPair(a, pair) : Json(nullptr);
    out["weights"] = pair.weights ? weightsOfPair(*pair.weights) : Json(nullptr);
    return out;
}

Json comparisonJson(const Comparison &comparison)
{
    Json runs = Json::array();
    for (const ComparedRun &one : comparison.runs) {
        Json run{{"run", one.run.id.value},        {"name", one.run.name}, {"state", runStateName(one.run.state)},
                 {"method", methodText(one.run)},  {"seed", one.run.seed}, {"train_sha256", one.hash("train")},
                 {"test_sha256", one.hash("test")}};
        run["accuracy"] = one.evaluation ? accuracyJson(*one.evaluation) : Json(nullptr);
        run["accuracy_last"] = one.last ? accuracyJson(*one.last) : Json(nullptr);
        run["detection"] = one.detection ? detectionJson(*one.detection) : Json(nullptr);
        runs.push_back(std::move(run));
    }
    Json pairs = Json::array();
    for (std::size_t i = 0; i < comparison.pairs.size(); ++i)
        pairs.push_back(pairJson(comparison.runs.front(), comparison.runs[i + 1], comparison.pairs[i]));
    return {{"runs", std::move(runs)}, {"pairs", std::move(pairs)}};
}

int compare(const GlobalOptions &global, const CompareOptions &options)
{
    Result<Database> database = openStoreToRead(global.store);
    if (!database.ok())
        return fail(global, database.error().message);
    const Result<Comparison> comparison = readComparison(*database, options);
    if (!comparison.ok())
        return fail(global, comparison.error().message);
    printRuns(comparison->runs);
    for (std::size_t i = 0; i < comparison->pairs.size(); ++i)
        printPair(comparison->runs.front(), comparison->runs[i + 1], comparison->pairs[i]);
    if (global.json)
        printJson(comparisonJson(*comparison));
    return 0;
}

} // namespace

Command addCompare(CLI::App &app, GlobalOptions &global)
{
    auto options = std::make_shared<CompareOptions>();
    CLI::App *command = app.add_subcommand("compare", "Set runs beside the first one: accuracy, weights and settings");
    command->add_option("RUN", options->runs, "Numbers, names or UUIDs of two runs or more")
        ->required()
        ->expected(2, 1000);
    command->add_option("--top", options->top, "Lowest weights whose overlap is counted")
        ->check(CLI::Range(1, 100000000))
        ->capture_default_str();
    command->add_option("--seed", options->seed, "Seed of the bootstrap")->capture_default_str();
    return {command, [options, &global] { return compare(global, *options); }};
}

} // namespace winnow::cli
