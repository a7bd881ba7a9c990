#include "app/cli/bench/bench_parts.h"
#include "app/cli/commands.h"

#include <CLI/CLI.hpp>

#include <vector>

namespace winnow::cli
{

Command addBench(CLI::App &app, GlobalOptions &global)
{
    CLI::App *command = app.add_subcommand("bench", "Measure speed");
    command->require_subcommand(1);
    const std::vector<Command> parts{addBenchStep(*command, global), addBenchScore(*command, global),
                                     addBenchLoad(*command, global), addBenchTokenize(*command, global),
                                     addBenchTile(*command, global), addBenchStore(*command, global)};
    return {command, [parts] {
                for (const Command &part : parts) {
                    if (part.app->parsed())
                        return part.run();
                }
                return 1; // CLI11 lets none through: a part is required
            }};
}

} // namespace winnow::cli
