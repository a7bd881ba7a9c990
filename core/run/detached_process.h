#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace winnow {

struct DetachedCommand {
    std::vector<std::string> arguments; ///< the program's path first
    std::string logFile;                ///< standard output and error are added to it; its folder is made
};

/// Starts a program that outlives this one: a session of its own (so that neither a terminal nor a log-out signal ends
/// it), standard input closed, no descriptor of ours but the log, signals as a fresh program has them. Returns its number;
/// while this process lives it is the parent and must wait for it. Any thread.
WINNOW_CORE_API Result<std::int64_t> startDetached(const DetachedCommand &command);

/// The last line of a log that says something; empty when there is none.
WINNOW_CORE_API std::string lastLineOfLog(const std::string &logFile);

} // namespace winnow
