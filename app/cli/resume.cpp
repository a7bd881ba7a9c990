#include "app/cli/commands.h"
#include "app/cli/run_execution.h"
#include "app/cli/stop_signals.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace winnow::cli
{

namespace
{

Result<RunRecord> findRun(Services &services, const std::string &text)
{
    WINNOW_ASSIGN(Database database, services.database());
    return RunStore(database).find(text);
}

int resume(const GlobalOptions &global, const std::string &text)
{
    // A mistyped store would be made, only to find that the run is not in it.
    if (const Result<Database> there = openStoreToRead(global.store); !there.ok())
        return fail(global, there.error().message);
    StopFlag stop;
    const StopSignals signals(stop); // before the store's thread starts
    const Result<std::unique_ptr<Services>> services = Services::open(global.store);
    if (!services.ok())
        return fail(global, services.error().message);
    const Result<RunRecord> run = findRun(**services, text);
    if (!run.ok())
        return fail(global, run.error().message);
    const std::string id = std::to_string(run->id.value);
    if (run->state == RunState::Finished) {
        std::cerr << "Run " << id << " is finished already.\n";
        return printRunResult(global, *run);
    }
    if (runIsActive(run->state))
        return fail(global,
                    "Run " + id + " is " + std::string(runStateName(run->state)) + " in process "
                        + std::to_string(run->pid) + " on " + run->host + "; stop it there first.");
    if (runIsResumable(run->state)) {
        if (const Status queued = (*services)->runs().requeue(run->id); !queued.ok())
            return fail(global, queued.error().message);
    }
    return executeRun(global, **services, run->id, stop);
}

} // namespace

Command addResume(CLI::App &app, GlobalOptions &global)
{
    auto text = std::make_shared<std::string>();
    CLI::App *command =
        app.add_subcommand("resume", "Go on with a stopped, failed or interrupted run from its newest checkpoint");
    command->add_option("RUN", *text, "Number, name or UUID of the run")->required();
    return {command, [text, &global] { return resume(global, *text); }};
}

} // namespace winnow::cli
