#include "app/cli/commands.h"
#include "app/cli/run_figures.h"
#include "app/cli/text_table.h"
#include "app/services.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace winnow::cli
{

namespace
{

struct RunsOptions {
    std::vector<std::string> states;
    std::string text;
    std::string tag;
    bool archived = false;
    std::int64_t limit = -1;
};

RunFilter filterOf(const RunsOptions &options)
{
    RunFilter filter;
    for (const std::string &state : options.states)
        if (const auto known = runStateFromName(state))
            filter.states.push_back(*known);
    filter.text = options.text;
    filter.tag = options.tag;
    filter.withArchived = options.archived;
    filter.limit = options.limit;
    return filter;
}

struct Listed {
    RunRecord run;
    std::optional<EvaluationRecord> selected;
};

Result<std::vector<Listed>> readRuns(Database &database, const RunsOptions &options)
{
    WINNOW_ASSIGN(const std::vector<RunRecord> runs, RunStore(database).list(filterOf(options)));
    std::vector<Listed> listed;
    for (const RunRecord &run : runs) {
        WINNOW_ASSIGN(auto selected, evaluationAt(database, run, Moment::Selected));
        listed.push_back({run, std::move(selected)});
    }
    return listed;
}

Json runJson(const Listed &listed)
{
    const RunRecord &run = listed.run;
    Json out{{"run", run.id.value},
             {"uuid", run.uuid},
             {"name", run.name},
             {"state", runStateName(run.state)},
             {"stage", run.stage},
             {"method", run.method},
             {"seed", run.seed},
             {"step", run.step},
             {"total_steps", run.totalSteps},
             {"created_ms", run.createdMs}};
    out["accuracy"] = listed.selected ? accuracyJson(*listed.selected) : Json(nullptr);
    return out;
}

void printTable(const std::vector<Listed> &runs, const std::string &store)
{
    if (runs.empty()) {
        std::cout << "No runs in " << plainLine(store) << '\n';
        return;
    }
    TextTable table({"run", "name", "state", "method", "seed", "step", "accuracy [95 %] (n)", "created"});
    for (const Listed &listed : runs) {
        const RunRecord &run = listed.run;
        table.add({std::to_string(run.id.value), shortened(run.name, 32), std::string(runStateName(run.state)),
                   run.method.empty() ? run.stage : run.method, std::to_string(run.seed),
                   std::to_string(run.step) + "/" + std::to_string(run.totalSteps),
                   listed.selected ? accuracyText(*listed.selected) : "-", timeText(run.createdMs)});
    }
    std::cout << table.text();
}

int runs(const GlobalOptions &global, const RunsOptions &options)
{
    Result<Database> database = openStoreToRead(global.store);
    if (!database.ok())
        return fail(global, database.error().message);
    const auto listed = readRuns(*database, options);
    if (!listed.ok())
        return fail(global, listed.error().message);
    printTable(*listed, database->path());
    if (global.json) {
        Json all = Json::array();
        for (const Listed &one : *listed)
            all.push_back(runJson(one));
        printJson({{"store", database->path()}, {"runs", all}});
    }
    return 0;
}

std::vector<std::string> stateNames()
{
    std::vector<std::string> names;
    for (const RunState state : allRunStates())
        names.emplace_back(runStateName(state));
    return names;
}

} // namespace

Command addRuns(CLI::App &app, GlobalOptions &global)
{
    auto options = std::make_shared<RunsOptions>();
    CLI::App *command = app.add_subcommand("runs", "List the runs of the store, newest first");
    command->add_option("--state", options->states, "Only runs in this state; may be repeated")
        ->check(CLI::IsMember(stateNames()))
        ->allow_extra_args(false);
    command->add_option("--text", options->text, "Only runs with this in name, note or UUID");
    command->add_option("--tag", options->tag, "Only runs with this tag");
    command->add_flag("--archived", options->archived, "Archived runs too");
    command->add_option("--limit", options->limit, "Only so many")->check(CLI::Range(1, 1000000));
    return {command, [options, &global] { return runs(global, *options); }};
}

} // namespace winnow::cli
