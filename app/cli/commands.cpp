#include "app/cli/commands.h"

namespace winnow::cli {

std::vector<Command> addCommands(CLI::App &, GlobalOptions &)
{
    return {};
}

} // namespace winnow::cli
