#pragma once

#include "core/base/ids.h"
#include "core/run/run_events.h"
#include "core/run/run_events_fanout.h"
#include "core/store/store_writer.h"

#include <chrono>
#include <mutex>
#include <set>
#include <string>

namespace winnow {

struct AlertLimits {
    double stalledSteps = 20;                      ///< no progress for this many usual iterations ...
    std::chrono::milliseconds stalledAtLeast{30000}; ///< ... and at least this long
    std::uint64_t freeBytes = std::uint64_t{512} << 20; ///< less than this on the disk of the checkpoints or the store ...
    double freeCheckpoints = 2;                    ///< ... or than this many checkpoints
    std::chrono::milliseconds diskEvery{10000};
};

/// Raises what a person should know at once and the engine cannot tell: no progress, a disk that is almost full, a hold-out
/// loss that is no number. Each becomes one event of the run ("alert"), once until it is over, as those of the engine do
/// (diverging loss, weights at a bound: core/rank/health_watch.h); the window and its notices read them from the store. The
/// events come on the run's thread; tick() on any other one.
class WINNOW_CORE_API AlertMonitor : public RunEventsAdapter {
public:
    using Clock = std::chrono::steady_clock;
    /// `writer` must outlive it; `folder` is that of the checkpoints.
    AlertMonitor(StoreWriter &writer, RunId run, std::string folder, AlertLimits limits = {});

    void onProgress(std::string_view phase, std::int64_t step, std::int64_t total) override;
    void onMetrics(std::int64_t step, std::span<const MetricPoint> points) override;
    void onCheckpoint(const CheckpointInfo &checkpoint) override;
    void onPaused(std::int64_t step) override;
    void onResumed(std::int64_t step) override;
    /// Looks at the clock and the disk; a few times a second.
    void tick(Clock::time_point now = Clock::now());

private:
    void lookForStall(Clock::time_point now);
    void lookAtDisk(Clock::time_point now);
    /// Once until clear() of the same kind.
    void raise(const std::string &kind, std::int64_t step, EventLevel level, std::string text);
    void clear(const std::string &kind) { m_raised.erase(kind); }

    StoreWriter &m_writer;
    const RunId m_run;
    const std::string m_folder;
    const AlertLimits m_limits;
    std::mutex m_mutex; ///< guards the rest
    std::set<std::string> m_raised;
    std::int64_t m_step = 0;
    double m_usualSeconds = 0; ///< of an iteration; 0: none is known
    std::uint64_t m_checkpointBytes = 0;
    bool m_paused = false;
    Clock::time_point m_progress = Clock::now();
    Clock::time_point m_diskLook{};
};

} // namespace winnow
