#pragma once

// For core/store only: what the files of RunStore share.

#include "core/store/run_store.h"

#include <string_view>

namespace winnow {

Error noRun(const Database &database, RunId run);
Result<RunState> stateOf(Database &database, RunId run);
/// An error when the state machine does not let the run become `to`.
Status checkTransition(Database &database, RunId run, RunState to);

std::string_view runRequestName(RunRequest request);
RunRequest runRequestFromName(std::string_view name);

} // namespace winnow
