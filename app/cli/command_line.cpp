#include "app/cli/command_line.h"

#include "app/cli/command.h"
#include "app/cli/commands.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <iostream>
#include <vector>

namespace winnow::cli {

int fail(const GlobalOptions &global, const std::string &message)
{
    std::cerr << "error: " << message << '\n';
    if (global.json)
        std::cout << nlohmann::json{{"error", message}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
                  << '\n';
    return 1;
}

int runCommandLine(int argc, char **argv)
{
    // Spinning OpenMP threads beside other work multiply step times; must be set before the engine is opened.
    ::setenv("OMP_WAIT_POLICY", "PASSIVE", 0);

    CLI::App app{"Winnow learns one weight per training sample of a process reward model and shows which samples hurt."};
    app.require_subcommand(1);
    app.fallthrough();
    app.set_version_flag("--version", WINNOW_VERSION);
    GlobalOptions global;
    app.add_flag("--json", global.json, "Print one JSON object as the last line of standard output");
    app.add_option("--store", global.store, "Store file (default: winnow/winnow.db in the XDG data folder)");

    const std::vector<Command> commands = addCommands(app, global);
    CLI11_PARSE(app, argc, argv);
    for (const Command &command : commands) {
        if (command.app->parsed())
            return command.run();
    }
    return fail(global, "no command was given; see winnow --help");
}

} // namespace winnow::cli
