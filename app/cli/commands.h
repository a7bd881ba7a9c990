#pragma once

#include "app/cli/command.h"

#include <vector>

namespace winnow::cli {

/// Adds every command; the one list of them is in commands.cpp.
std::vector<Command> addCommands(CLI::App &app, GlobalOptions &global);

// One function a file, in the order of `winnow --help`.
Command addRun(CLI::App &app, GlobalOptions &global);
Command addResume(CLI::App &app, GlobalOptions &global);
Command addRuns(CLI::App &app, GlobalOptions &global);
Command addShow(CLI::App &app, GlobalOptions &global);
Command addCompare(CLI::App &app, GlobalOptions &global);
Command addReport(CLI::App &app, GlobalOptions &global);
Command addWeights(CLI::App &app, GlobalOptions &global);
Command addRank(CLI::App &app, GlobalOptions &global);
Command addConfidentLearning(CLI::App &app, GlobalOptions &global);
Command addEvaluate(CLI::App &app, GlobalOptions &global);
Command addScore(CLI::App &app, GlobalOptions &global);
Command addLogits(CLI::App &app, GlobalOptions &global);
Command addBench(CLI::App &app, GlobalOptions &global);
Command addImport(CLI::App &app, GlobalOptions &global);
Command addCheckModel(CLI::App &app, GlobalOptions &global);
Command addConvert(CLI::App &app, GlobalOptions &global);
Command addTokenize(CLI::App &app, GlobalOptions &global);
Command addTile(CLI::App &app, GlobalOptions &global);
Command addDemo(CLI::App &app, GlobalOptions &global);

} // namespace winnow::cli
