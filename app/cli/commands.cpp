#include "app/cli/commands.h"

namespace winnow::cli {

std::vector<Command> addCommands(CLI::App &app, GlobalOptions &global)
{
    return {
        addCheckModel(app, global),
        addTokenize(app, global),
        addTile(app, global),
    };
}

} // namespace winnow::cli
