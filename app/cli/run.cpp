#include "app/cli/commands.h"
#include "app/cli/preflight_report.h"
#include "app/cli/run_execution.h"
#include "app/cli/settings.h"
#include "app/cli/stop_signals.h"
#include "app/cli/training_ranks.h"
#include "core/base/options_command.h"
#include "core/base/options_io.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>

namespace winnow::cli
{

namespace
{

struct RunArguments {
    std::string config;
    std::vector<std::string> settings;
    int processes = 1;
    bool lookOnly = false;
};

Result<RunOptions> readOptions(const RunArguments &arguments)
{
    RunOptions options;
    if (!arguments.config.empty()) {
        WINNOW_ASSIGN(options, readOptionsFile(arguments.config));
    }
    for (const std::string &setting : arguments.settings)
        WINNOW_TRY(applySetting(options, setting));
    WINNOW_TRY(makePathsAbsolute(options));
    return options;
}

/// Looks at the files first, so that what is wrong with them is said at once and not by a failed run.
Result<Preflight> lookFirst(const GlobalOptions &global, const RunOptions &options, const StopFlag &stop)
{
    PreflightContext context;
    context.stop = &stop;
    WINNOW_ASSIGN(const std::string store, storePathOf(global.store));
    context.runsFolder = std::filesystem::path(store).parent_path().string();
    if (std::error_code ec; std::filesystem::exists(store, ec)) { // a look makes no store
        WINNOW_ASSIGN(Database database, Database::open(store));
        WINNOW_ASSIGN(context.earlier, earlierRuns(database));
    }
    WINNOW_ASSIGN(Preflight found, preflight(options, context));
    printPreflight(found);
    return found;
}

int run(const GlobalOptions &global, const RunArguments &arguments)
{
    if (const std::optional<int> status = workForRank0())
        return *status;
    const Result<RunOptions> options = readOptions(arguments);
    if (!options.ok())
        return fail(global, options.error().message);
    if (const auto problems = checkOptions(*options); !problems.empty()) // before a store is made for nothing
        return fail(global, problems.front().key + ": " + problems.front().message);
    StopFlag stop;
    const StopSignals signals(stop); // before the store's thread starts
    const Result<Preflight> found = lookFirst(global, *options, stop);
    if (!found.ok())
        return fail(global, found.error().message);
    if (arguments.lookOnly) {
        if (global.json)
            printPreflightJson(*found);
        return found->canStart() ? 0 : 1;
    }
    if (!found->canStart())
        return fail(global, found->firstProblem());
    Result<TrainingRanks> ranks = TrainingRanks::start(arguments.processes);
    if (!ranks.ok())
        return fail(global, ranks.error().message);
    const Result<std::unique_ptr<Services>> services = Services::open(global.store);
    if (!services.ok())
        return fail(global, services.error().message);
    ranks->joinTo((*services)->runs());
    RunOrigin origin;
    origin.command = optionsToCommand(*options, (*services)->storePath()); // a file of settings may change later
    if (arguments.processes > 1)
        origin.command += " --processes " + std::to_string(arguments.processes);
    const Result<RunId> id = (*services)->runs().create(*options, origin);
    if (!id.ok())
        return fail(global, id.error().message);
    std::cerr << "Run " << id->value << " in " << (*services)->storePath() << '\n';
    return executeRun(global, **services, *id, stop);
}

} // namespace

Command addRun(CLI::App &app, GlobalOptions &global)
{
    auto arguments = std::make_shared<RunArguments>();
    CLI::App *command = app.add_subcommand("run", "Carry out one run: cold start or bi-level training, and evaluation");
    command->add_option("CONFIG", arguments->config, "Settings of the run; without it the defaults")->type_name("FILE.toml");
    command->add_option("--set", arguments->settings, "Change one setting, as train.batch=8; may be repeated")
        ->type_name("KEY=VALUE")
        ->allow_extra_args(false);
    addProcessesOption(*command, arguments->processes);
    command->add_flag("--preflight", arguments->lookOnly,
                      "Only look: at every row and picture, rows that the files share, disk, memory and time");
    return {command, [arguments, &global] { return run(global, *arguments); }};
}

} // namespace winnow::cli
