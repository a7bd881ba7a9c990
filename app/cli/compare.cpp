#include "app/cli/commands.h"
#include "app/cli/comparison.h"
#include "app/cli/text_table.h"
#include "app/services.h"
#include "core/base/options_io.h"

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

struct Comparison {
    std::vector<ComparedRun> runs;
    std::vector<PairComparison> pairs; ///< each run but the first against the first
};

Result<Comparison> readComparison(Database &database, const CompareOptions &options)
{
    Comparison out;
    for (const std::string &text : options.runs) {
        WINNOW_ASSIGN(ComparedRun run, readForComparison(database, text));
        out.runs.push_back(std::move(run));
    }
    for (std::size_t i = 1; i < out.runs.size(); ++i) {
        WINNOW_ASSIGN(PairComparison pair, compareRuns(out.runs.front(), out.runs[i], options.top, options.seed));
        out.pairs.push_back(std::move(pair));
    }
    return out;
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

Status printSettings(const RunRecord &a, const RunRecord &b, const std::vector<std::string> &keys)
{
    WINNOW_ASSIGN(const RunOptions optionsOfA, optionsFromJson(a.configJson));
    WINNOW_ASSIGN(const RunOptions optionsOfB, optionsFromJson(b.configJson));
    TextTable table({"setting", "run " + std::to_string(a.id.value), "run " + std::to_string(b.id.value)});
    for (const std::string &key : keys)
        table.add({key, settingText(optionsOfA, key), settingText(optionsOfB, key)});
    if (table.empty())
        std::cout << "All settings are the same.\n";
    else
        std::cout << table.text();
    return {};
}

Status printPair(const ComparedRun &a, const ComparedRun &b, const PairComparison &pair)
{
    std::cout << "\nRun " << b.run.id.value << " against run " << a.run.id.value << '\n';
    if (pair.accuracy) {
        const AccuracyComparison &c = *pair.accuracy;
        std::cout << "accuracy     " << (c.bootstrap.difference >= 0 ? "+" : "") << fixedText(c.bootstrap.difference)
                  << " " << intervalText(c.bootstrap.interval.low, c.bootstrap.interval.high) << " on " << c.questions
                  << " questions (paired bootstrap, 95 %); right alone: " << c.test.onlyB << " against " << c.test.onlyA
                  << ", McNemar p = " << fixedText(c.test.pValue) << '\n';
    }
    if (pair.weights)
        std::cout << "weights      Spearman " << fixedText(pair.weights->spearman) << " on " << pair.weights->rows
                  << " rows; " << fixedText(pair.weights->topOverlap) << " of the " << pair.weights->top
                  << " lowest are shared\n";
    for (const std::string &note : pair.notes)
        std::cout << "note         " << note << '\n';
    return printSettings(a.run, b.run, pair.settings);
}

Json pairJson(const ComparedRun &a, const ComparedRun &b, const PairComparison &pair)
{
    Json out{{"a", a.run.id.value},
             {"b", b.run.id.value},
             {"same_test_data", pair.sameTestData},
             {"same_train_data", pair.sameTrainData},
             {"settings", pair.settings},
             {"notes", pair.notes}};
    out["accuracy"] = nullptr;
    out["weights"] = nullptr;
    if (pair.accuracy) {
        const AccuracyComparison &c = *pair.accuracy;
        out["accuracy"] = {{"difference", c.bootstrap.difference},
                           {"low", c.bootstrap.interval.low},
                           {"high", c.bootstrap.interval.high},
                           {"n", c.questions},
                           {"only_a", c.test.onlyA},
                           {"only_b", c.test.onlyB},
                           {"mcnemar_p", c.test.pValue}};
    }
    if (pair.weights)
        out["weights"] = {{"spearman", jsonNumber(pair.weights->spearman)},
                          {"rows", pair.weights->rows},
                          {"top", pair.weights->top},
                          {"top_overlap", jsonNumber(pair.weights->topOverlap)}};
    return out;
}

Json comparisonJson(const Comparison &comparison)
{
    Json runs = Json::array();
    for (const ComparedRun &one : comparison.runs) {
        Json run{{"run", one.run.id.value},       {"name", one.run.name}, {"state", runStateName(one.run.state)},
                 {"method", methodText(one.run)}, {"seed", one.run.seed}, {"train_sha256", one.trainSha256},
                 {"test_sha256", one.testSha256}};
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
    for (std::size_t i = 0; i < comparison->pairs.size(); ++i) {
        const Status printed = printPair(comparison->runs.front(), comparison->runs[i + 1], comparison->pairs[i]);
        if (!printed.ok())
            return fail(global, printed.error().message);
    }
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
