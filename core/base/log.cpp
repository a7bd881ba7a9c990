#include "core/base/log.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace winnow {
namespace {

spdlog::level::level_enum toSpdlog(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug: return spdlog::level::debug;
    case LogLevel::Info: return spdlog::level::info;
    case LogLevel::Warning: return spdlog::level::warn;
    case LogLevel::Error: return spdlog::level::err;
    }
    return spdlog::level::info;
}

spdlog::logger &logger()
{
    // Standard error only: standard output belongs to results and to --json.
    static const std::shared_ptr<spdlog::logger> instance = [] {
        auto made = spdlog::stderr_color_mt("winnow");
        made->set_pattern("%H:%M:%S %^%l%$ %v");
        return made;
    }();
    return *instance;
}

} // namespace

void log(LogLevel level, std::string_view message)
{
    logger().log(toSpdlog(level), "{}", message);
}

void setLogLevel(LogLevel level)
{
    logger().set_level(toSpdlog(level));
}

bool setLogFile(const std::string &path)
{
    try {
        constexpr std::size_t maxBytes = 5u << 20;
        auto sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(path, maxBytes, 3);
        sink->set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");
        logger().sinks().push_back(std::move(sink));
        return true;
    } catch (const spdlog::spdlog_ex &) {
        return false;
    }
}

} // namespace winnow
