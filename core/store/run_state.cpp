#include "core/store/run_state.h"

#include <array>

namespace winnow {

namespace {

constexpr std::array<std::string_view, 7> names{"queued",  "running", "paused",     "finished",
                                                "failed", "stopped", "interrupted"};

constexpr std::size_t index(RunState state)
{
    return static_cast<std::size_t>(state);
}

// Row: from; column: to; order of the enumeration.
constexpr bool allowed[7][7] = {
    //             queued running paused finished failed stopped interrupted
    /* queued */ {false, true, false, false, true, true, false},
    /* running */ {false, false, true, true, true, true, true},
    /* paused */ {false, true, false, false, true, true, true},
    /* finished */ {false, false, false, false, false, false, false},
    /* failed */ {true, true, false, false, false, false, false},
    /* stopped */ {true, true, false, false, false, false, false},
    /* interrupted */ {true, true, false, false, false, true, false},
};

} // namespace

std::string_view runStateName(RunState state)
{
    return names[index(state)];
}

std::optional<RunState> runStateFromName(std::string_view name)
{
    for (RunState state : allRunStates())
        if (runStateName(state) == name)
            return state;
    return std::nullopt;
}

const std::vector<RunState> &allRunStates()
{
    static const std::vector<RunState> states{RunState::Queued, RunState::Running, RunState::Paused,
                                              RunState::Finished, RunState::Failed, RunState::Stopped,
                                              RunState::Interrupted};
    return states;
}

bool runStateMayBecome(RunState from, RunState to)
{
    return allowed[index(from)][index(to)];
}

} // namespace winnow
