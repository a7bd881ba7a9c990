#include "core/base/log.h"

#include <atomic>
#include <cstdio>
#include <string>

// The log of engine-only builds, which have no spdlog: one line a message on standard error.
namespace winnow {
namespace {

std::atomic<LogLevel> lowestLevel{LogLevel::Info};

const char *nameOf(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug: return "debug";
    case LogLevel::Info: return "info";
    case LogLevel::Warning: return "warning";
    case LogLevel::Error: return "error";
    }
    return "info";
}

} // namespace

void log(LogLevel level, std::string_view message)
{
    if (level >= lowestLevel)
        std::fprintf(stderr, "%s: %.*s\n", nameOf(level), static_cast<int>(message.size()), message.data());
}

void setLogLevel(LogLevel level)
{
    lowestLevel = level;
}

bool setLogFile(const std::string &)
{
    return false;
}

} // namespace winnow
