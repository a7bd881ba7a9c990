#pragma once

#include "core/run/run_events_fanout.h"

#include <chrono>
#include <map>
#include <string>

namespace winnow::cli
{

/// Shows what a run tells on standard error: one line that is painted again, with the time left, on a terminal; a plain
/// line a phase and every ten seconds elsewhere. Called on the run's thread.
class ProgressBar : public RunEventsAdapter
{
public:
    /// `lines`: for a program that reads them, `progress 12/100 scoring` a report, at most ten a second.
    explicit ProgressBar(bool lines = false);
    ~ProgressBar() override { finish(); }

    void onProgress(std::string_view phase, std::int64_t step, std::int64_t total) override;
    void onMetrics(std::int64_t step, std::span<const MetricPoint> points) override;
    void onCheckpoint(const CheckpointInfo &checkpoint) override;
    void onEvent(EventLevel level, std::int64_t step, std::string_view text) override;
    /// Ends the painted line, so that other text can follow.
    void finish();

private:
    using Clock = std::chrono::steady_clock;
    struct Phase {
        Clock::time_point begun;
        std::int64_t firstStep = 0;
        std::int64_t lastStep = 0;
    };
    std::string describe(const std::string &phase, std::int64_t step, std::int64_t total, const Phase &state) const;
    void line(const std::string &text);

    const bool m_terminal;
    const bool m_lines;
    std::map<std::string, Phase, std::less<>> m_phases;
    std::string m_phase;
    std::string m_loss;
    Clock::time_point m_painted{};
    bool m_open = false; ///< a painted line has no line end yet
};

} // namespace winnow::cli
