#include "app/cli/commands.h"

namespace winnow::cli {

std::vector<Command> addCommands(CLI::App &app, GlobalOptions &global)
{
    return {
        addDemo(app, global),
        addRun(app, global),
        addResume(app, global),
        addRuns(app, global),
        addShow(app, global),
        addCompare(app, global),
        addReport(app, global),
        addWeights(app, global),
        addRank(app, global),
        addConfidentLearning(app, global),
        addEvaluate(app, global),
        addScore(app, global),
        addLogits(app, global),
        addBench(app, global),
        addImport(app, global),
        addCheckModel(app, global),
        addConvert(app, global),
        addTokenize(app, global),
        addTile(app, global),
    };
}

} // namespace winnow::cli
