#pragma once

#include "core/base/export.h"

#include <cstdint>
#include <string>

namespace winnow {

/// What tells a process from every other one of its machine, for ever: "<boot id>/<pid namespace>/<start in ticks>", beside
/// its number. A number alone is given to another process after the first has ended. Any thread.
struct WINNOW_CORE_API ProcessMark {
    std::int64_t pid = 0;
    std::string host;
    std::string mark;

    bool operator==(const ProcessMark &) const = default;
    /// Of the calling process; right after a fork too.
    static ProcessMark own();
};

enum class ProcessLife {
    Alive,
    Dead,
    Unknown, ///< on another machine or in another container: only its heartbeat tells
};

WINNOW_CORE_API ProcessLife lifeOf(const ProcessMark &process);

} // namespace winnow
