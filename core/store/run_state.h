#pragma once

#include "core/base/export.h"

#include <optional>
#include <string_view>
#include <vector>

namespace winnow {

/// States of a run. `Interrupted` is given at the next start to a run that a dead process left active.
enum class RunState { Queued, Running, Paused, Finished, Failed, Stopped, Interrupted };

/// As stored and shown with --json: "queued", "running", ...
WINNOW_CORE_API std::string_view runStateName(RunState state);
WINNOW_CORE_API std::optional<RunState> runStateFromName(std::string_view name);
WINNOW_CORE_API const std::vector<RunState> &allRunStates();

/// The state machine. A finished run never changes; a failed, stopped or interrupted one may be queued again (resume).
WINNOW_CORE_API bool runStateMayBecome(RunState from, RunState to);

/// Running or paused: a process holds the run.
inline bool runIsActive(RunState state) { return state == RunState::Running || state == RunState::Paused; }
/// May be resumed from a checkpoint.
inline bool runIsResumable(RunState state)
{
    return state == RunState::Stopped || state == RunState::Interrupted || state == RunState::Failed;
}

} // namespace winnow
