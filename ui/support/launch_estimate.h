#pragma once

#include "core/run/run_estimate.h"
#include "ui/models/page_data.h"

namespace winnow::ui
{

using LaunchEstimate = RunEstimate;

/// The newest runs of the window as what an estimate goes by.
std::vector<EarlierRun> earlierRunsOf(const RunRows &rows);

/// `runsFolder` is where checkpoints go.
LaunchEstimate estimateLaunch(const RunOptions &options, const RunRows &earlier, const QString &runsFolder);

} // namespace winnow::ui
