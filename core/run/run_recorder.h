#pragma once

#include "core/base/ids.h"
#include "core/base/stop_flag.h"
#include "core/run/run_events.h"
#include "core/store/store_writer.h"

#include <chrono>
#include <vector>

namespace winnow {

struct MetricRow;

/// Writes what a run tells into the store, through its writing thread. Called on the run's thread; only
/// beforeCheckpoint() waits.
class WINNOW_CORE_API RunRecorder : public RunEvents {
public:
    /// `writer` and `stop` must outlive it. The run must be claimed already.
    RunRecorder(StoreWriter &writer, RunId run, const StopFlag &stop);

    void onProgress(std::string_view phase, std::int64_t step, std::int64_t total) override;
    void onMetrics(std::int64_t step, std::span<const MetricPoint> points) override;
    void onVisits(std::int64_t step, std::span<const SampleVisit> visits) override;
    void onWeights(const WeightSnapshot &snapshot) override;
    void onScores(const StepScores &scores) override;
    /// Flushes. While the store cannot be written (disk full) the run waits here; after a stop it waits for 30 more
    /// seconds, then durable() tells the error and the checkpoint must not be used.
    void beforeCheckpoint(std::int64_t step) override;
    void onCheckpoint(const CheckpointInfo &checkpoint) override;
    void onEvent(EventLevel level, std::int64_t step, std::string_view text) override;
    void onPaused(std::int64_t step) override;
    void onResumed(std::int64_t step) override;
    /// The run was taken up again from a checkpoint of this iteration.
    void goesOnFrom(std::int64_t step);

    /// The first write that was refused or given up; success when every row reached the store.
    const Status &durable() const { return m_durable; }
    /// Flushes the rest; the same as durable() after it.
    Status finish();

private:
    void event(std::int64_t step, const std::string &level, const std::string &kind, std::string text);
    void postProgress();

    StoreWriter &m_writer;
    const RunId m_run;
    const StopFlag &m_stop;
    Status m_durable;
    std::string m_phase;
    std::int64_t m_step = 0;
    std::int64_t m_total = 0;
    bool m_paused = false;
    std::chrono::steady_clock::time_point m_progressPosted{};
};

} // namespace winnow
