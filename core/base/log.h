#pragma once

#include "core/base/export.h"

#include <string>
#include <string_view>

namespace winnow {

/// The application's log: standard error, and a rotating file once setLogFile was called. Thread-safe.
/// log.cpp is the only file that includes spdlog (torch ships another fmt).
enum class LogLevel { Debug, Info, Warning, Error };

WINNOW_CORE_API void log(LogLevel level, std::string_view message);
WINNOW_CORE_API void setLogLevel(LogLevel level);
/// Also writes to `path` (rotating, 3 files of 5 MB). False when the file cannot be opened.
WINNOW_CORE_API bool setLogFile(const std::string &path);

inline void logInfo(std::string_view message) { log(LogLevel::Info, message); }
inline void logWarning(std::string_view message) { log(LogLevel::Warning, message); }
inline void logError(std::string_view message) { log(LogLevel::Error, message); }

} // namespace winnow
