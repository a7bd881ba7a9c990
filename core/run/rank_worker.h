#pragma once

#include "core/run/engine.h"
#include "core/run/run_preparation.h"

#include <functional>

namespace winnow
{

// How the ranks of one run come to the same request. Rank 0 knows the run from its store and tells the others, so they
// need neither store nor settings, only the files that the settings name, at the same paths.

/// Rank 0, before it prepares the run: the settings.
WINNOW_CORE_API Status tellSettings(Engine &engine, const RunOptions &options, const std::string &initialConfigJson);
/// Rank 0, when it is prepared: folder, checkpoint to go on from, and what the data must be.
WINNOW_CORE_API Status tellStart(Engine &engine, const PreparedRun &prepared);

/// Any other rank: joins, prepares what rank 0 says, and trains its share until the run ends. Keeps no store and writes
/// no checkpoint. `stop` ends the run on all ranks at the next step.
WINNOW_CORE_API Status workAsRank(const RankPlace &place, StopFlag &stop,
                                  const std::function<Result<std::unique_ptr<Engine>>()> &open = openEngine);

} // namespace winnow
