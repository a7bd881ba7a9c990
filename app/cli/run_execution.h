#pragma once

#include "app/cli/command.h"
#include "app/services.h"

namespace winnow::cli
{

/// Carries out a queued run with progress on standard error, ends it at a step boundary when `stop` asks so, and prints
/// what came of it. The exit status: 0 only when the run is finished.
int executeRun(const GlobalOptions &global, Services &services, RunId run, StopFlag &stop);

/// The result of a run that has ended; for `run` and `resume` (design.md section 4).
int printRunResult(const GlobalOptions &global, const RunRecord &run);

} // namespace winnow::cli
