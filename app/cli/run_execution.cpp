#include "app/cli/run_execution.h"

#include "app/cli/output.h"
#include "app/cli/progress_bar.h"
#include "app/cli/run_figures.h"
#include "app/cli/text_table.h"

#include <iostream>

namespace winnow::cli
{

namespace
{

Json resultJson(const RunRecord &run)
{
    Json out;
    out["run"] = run.id.value;
    out["state"] = runStateName(run.state);
    out["steps"] = run.result.steps;
    out["weights_sha256"] = run.result.weightsSha256;
    out["instance_weights_sha256"] = run.result.instanceWeightsSha256;
    return out;
}

int failedRun(const GlobalOptions &global, RunId run, const std::string &message)
{
    const std::string id = std::to_string(run.value);
    std::cerr << "error: run " << id << " failed: " << message << '\n'
              << "When the cause is gone, go on with: winnow resume " << id << '\n';
    if (global.json)
        printJson({{"run", run.value}, {"state", runStateName(RunState::Failed)}, {"error", message}});
    return 1;
}

void printText(const RunRecord &run, const std::optional<EvaluationRecord> &selected,
               const std::optional<EvaluationRecord> &last)
{
    std::cout << "run          " << run.id.value << " (" << plainLine(run.name) << "), " << runStateName(run.state)
              << " after " << run.result.steps << " of " << run.totalSteps << " steps in "
              << durationText(run.result.seconds) << '\n';
    if (selected && run.result.selectedStep >= 0)
        std::cout << "accuracy     " << accuracyText(*selected) << " at step " << selected->step
                  << ", chosen by the hold-out\n";
    if (last)
        std::cout << "last         " << accuracyText(*last) << " at step " << last->step << '\n';
    if (!run.result.lastCheckpoint.empty())
        std::cout << "checkpoint   " << plainLine(run.result.lastCheckpoint) << '\n';
    if (!run.result.weightsSha256.empty())
        std::cout << "weights      sha256 " << run.result.weightsSha256 << '\n';
    if (!run.result.instanceWeightsSha256.empty())
        std::cout << "learned      sha256 " << run.result.instanceWeightsSha256 << '\n';
}

} // namespace

int printRunResult(const GlobalOptions &global, const RunRecord &run)
{
    Result<Database> database = openStoreToRead(global.store);
    if (!database.ok())
        return fail(global, database.error().message);
    const auto selected = evaluationAt(*database, run, Moment::Selected);
    const auto last = evaluationAt(*database, run, Moment::Last);
    if (!selected.ok() || !last.ok())
        return fail(global, (selected.ok() ? last : selected).error().message);
    printText(run, *selected, *last);
    if (run.state != RunState::Finished)
        std::cerr << "The run is " << runStateName(run.state) << "; go on with: winnow resume " << run.id.value << '\n';
    if (global.json)
        printJson(resultJson(run));
    return run.state == RunState::Finished ? 0 : 1;
}

int executeRun(const GlobalOptions &global, Services &services, RunId run, StopFlag &stop)
{
    Result<RunSummary> summary = Error{};
    {
        ProgressBar bar;
        summary = services.runs().execute(run, stop, &bar);
    }
    if (!summary.ok())
        return failedRun(global, run, summary.error().message);
    Result<Database> database = services.database();
    if (!database.ok())
        return fail(global, database.error().message);
    const auto record = RunStore(*database).get(run);
    if (!record.ok())
        return fail(global, record.error().message);
    return printRunResult(global, *record);
}

} // namespace winnow::cli
