#include "ui/support/launch_estimate.h"

namespace winnow::ui
{

namespace
{
constexpr std::size_t runsLookedAt = 200; // the dialog asks again at every key
}

std::vector<EarlierRun> earlierRunsOf(const RunRows &rows)
{
    std::vector<EarlierRun> runs;
    for (const RunRow &row : rows) {
        if (runs.size() == runsLookedAt)
            break;
        runs.push_back(earlierRun(row.record, row.options));
        runs.back().finished = runs.back().finished && row.optionsValid;
    }
    return runs;
}

LaunchEstimate estimateLaunch(const RunOptions &options, const RunRows &earlier, const QString &runsFolder)
{
    return estimateRun(options, earlierRunsOf(earlier), runsFolder.toStdString());
}

} // namespace winnow::ui
