#include "core/run/alert_monitor.h"

#include "core/store/event_store.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>

namespace winnow {

namespace {

/// The newest iteration counts a tenth: an evaluation in between does not make every iteration look slow.
constexpr double share = 0.1;

std::string bytesText(std::uint64_t bytes)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.0f MB", static_cast<double>(bytes) / 1e6);
    return text.data();
}

std::string secondsText(double seconds)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), seconds < 10 ? "%.2g s" : "%.0f s", seconds);
    return text.data();
}

} // namespace

AlertMonitor::AlertMonitor(StoreWriter &writer, RunId run, std::string folder, AlertLimits limits) :
    m_writer(writer), m_run(run), m_folder(std::move(folder)), m_limits(limits)
{
}

void AlertMonitor::raise(const std::string &kind, std::int64_t step, EventLevel level, std::string text)
{
    if (!m_raised.insert(kind).second)
        return;
    EventRecord record{0, m_run, step, level == EventLevel::Error ? "error" : "warning", "alert", std::move(text),
                       utcMilliseconds()};
    m_writer.post([record = std::move(record)](Database &db) { return EventStore(db).appendOnce(record); });
}

void AlertMonitor::onProgress(std::string_view phase, std::int64_t step, std::int64_t)
{
    std::lock_guard lock(m_mutex);
    if (phase == "training")
        m_step = step;
    m_progress = Clock::now();
    clear("stall");
}

void AlertMonitor::onMetrics(std::int64_t step, std::span<const MetricPoint> points)
{
    std::lock_guard lock(m_mutex);
    for (const MetricPoint &point : points) {
        if (point.series == "time.iteration" && std::isfinite(point.value))
            m_usualSeconds = m_usualSeconds > 0 ? (1 - share) * m_usualSeconds + share * point.value : point.value;
        if (point.series.substr(0, 5) == "loss." && !std::isfinite(point.value))
            raise("not a number", step, EventLevel::Error,
                  std::string(point.series) + " is not a number at iteration " + std::to_string(step) + ".");
    }
}

void AlertMonitor::onCheckpoint(const CheckpointInfo &checkpoint)
{
    std::lock_guard lock(m_mutex);
    m_checkpointBytes = checkpoint.bytes;
}

void AlertMonitor::onPaused(std::int64_t)
{
    std::lock_guard lock(m_mutex);
    m_paused = true;
}

void AlertMonitor::onResumed(std::int64_t)
{
    std::lock_guard lock(m_mutex);
    m_paused = false;
    m_progress = Clock::now();
}

void AlertMonitor::tick(Clock::time_point now)
{
    std::lock_guard lock(m_mutex);
    lookForStall(now);
    lookAtDisk(now);
}

void AlertMonitor::lookForStall(Clock::time_point now)
{
    if (m_paused || m_usualSeconds <= 0)
        return;
    const double waited = std::chrono::duration<double>(now - m_progress).count();
    const double patience = std::max(m_limits.stalledSteps * m_usualSeconds,
                                     std::chrono::duration<double>(m_limits.stalledAtLeast).count());
    if (waited > patience)
        raise("stall", m_step, EventLevel::Warning,
              "No progress for " + secondsText(waited) + " after iteration " + std::to_string(m_step)
                  + ", where an iteration takes " + secondsText(m_usualSeconds) + ".");
}

void AlertMonitor::lookAtDisk(Clock::time_point now)
{
    if (m_diskLook != Clock::time_point{} && now - m_diskLook < m_limits.diskEvery)
        return;
    m_diskLook = now;
    const auto needed = std::max(m_limits.freeBytes, static_cast<std::uint64_t>(
                                                         m_limits.freeCheckpoints * static_cast<double>(m_checkpointBytes)));
    bool enough = true;
    for (const std::string &place : {m_folder, std::filesystem::path(m_writer.path()).parent_path().string()}) {
        std::error_code ec;
        const auto space = std::filesystem::space(place, ec);
        if (ec || space.available >= needed)
            continue;
        enough = false;
        raise("disk", m_step, EventLevel::Warning,
              "The disk of \"" + place + "\" is almost full: " + bytesText(space.available) + " are free, "
                  + bytesText(needed) + " are wanted for checkpoints. Free some space; the run waits when it is full.");
    }
    if (enough)
        clear("disk");
}

} // namespace winnow
