#pragma once

#include "app/cli/command.h"

#include <vector>

namespace winnow::cli {

/// Adds every command; the one list of them is in commands.cpp.
std::vector<Command> addCommands(CLI::App &app, GlobalOptions &global);

// One function a file, in the order of `winnow --help`.
Command addCheckModel(CLI::App &app, GlobalOptions &global);
Command addTokenize(CLI::App &app, GlobalOptions &global);
Command addTile(CLI::App &app, GlobalOptions &global);
} // namespace winnow::cli
