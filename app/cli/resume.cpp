#include "app/cli/commands.h"
#include "app/cli/run_execution.h"
#include "app/cli/stop_signals.h"
#include "app/cli/training_ranks.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>

namespace winnow::cli
{

namespace
{

Result<RunRecord> findRun(Services &services, const std::string &text)
{
    WINNOW_ASSIGN(Database database, services.database());
    return RunStore(database).find(text);
}

/// Puts the run where it can be carried out; an error when that is not possible.
Status makeReady(Services &services, const RunRecord &run)
{
    if (run.held())
        return Error{"Run " + std::to_string(run.id.value) + " is " + std::string(runStateName(run.state)) + " in process "
                     + std::to_string(run.pid) + " on " + run.host + "; stop it there first."};
    if (runIsResumable(run.state))
        return services.runs().requeue(run.id);
    return {}; // queued, or left paused
}

struct ResumeArguments {
    std::vector<std::string> texts;
    int processes = 1;
};

int resumeOne(const GlobalOptions &global, Services &services, const std::string &text, int processes, StopFlag &stop)
{
    const Result<RunRecord> run = findRun(services, text);
    if (!run.ok())
        return fail(global, run.error().message);
    if (run->state == RunState::Finished) {
        std::cerr << "Run " << run->id.value << " is finished already.\n";
        return printRunResult(global, *run);
    }
    if (const Status ready = makeReady(services, *run); !ready.ok())
        return fail(global, ready.error().message);
    Result<TrainingRanks> ranks = TrainingRanks::start(processes);
    if (!ranks.ok())
        return fail(global, ranks.error().message);
    ranks->joinTo(services.runs());
    return executeRun(global, services, run->id, stop);
}

int resume(const GlobalOptions &global, const ResumeArguments &arguments)
{
    if (const std::optional<int> status = workForRank0())
        return *status;
    StopFlag stop;
    const StopSignals signals(stop); // before the store's thread starts
    const Result<std::unique_ptr<Services>> services = Services::openExisting(global.store);
    if (!services.ok())
        return fail(global, services.error().message);
    int worst = 0;
    for (const std::string &text : arguments.texts) {
        if (stop.stopRequested())
            return 1; // the runs that are left stay as they are
        worst = std::max(worst, resumeOne(global, **services, text, arguments.processes, stop));
    }
    return worst;
}

} // namespace

Command addResume(CLI::App &app, GlobalOptions &global)
{
    auto arguments = std::make_shared<ResumeArguments>();
    CLI::App *command =
        app.add_subcommand("resume", "Go on with a stopped, failed or interrupted run from its newest checkpoint");
    command
        ->add_option("RUN", arguments->texts,
                     "Numbers, names or UUIDs of runs; several are carried out one after the other")
        ->required();
    addProcessesOption(*command, arguments->processes);
    return {command, [arguments, &global] { return resume(global, *arguments); }};
}

} // namespace winnow::cli
