#pragma once

#include "core/run/run_events.h"

#include <vector>

namespace winnow {

/// Passes every event of a run to several receivers, in the order in which they were added: what must be durable comes
/// first, what only shows comes last. The receivers must outlive it. Used on the run's thread.
class RunEventsFanout : public RunEvents {
public:
    explicit RunEventsFanout(std::vector<RunEvents *> receivers) : m_receivers(std::move(receivers)) {}

    void onProgress(std::string_view phase, std::int64_t step, std::int64_t total) override
    {
        for (RunEvents *r : m_receivers)
            r->onProgress(phase, step, total);
    }
    void onMetrics(std::int64_t step, std::span<const MetricPoint> points) override
    {
        for (RunEvents *r : m_receivers)
            r->onMetrics(step, points);
    }
    void onVisits(std::int64_t step, std::span<const SampleVisit> visits) override
    {
        for (RunEvents *r : m_receivers)
            r->onVisits(step, visits);
    }
    void onWeights(const WeightSnapshot &snapshot) override
    {
        for (RunEvents *r : m_receivers)
            r->onWeights(snapshot);
    }
    void onScores(const StepScores &scores) override
    {
        for (RunEvents *r : m_receivers)
            r->onScores(scores);
    }
    /// Backwards: what follows from events (curves, detection) is posted before the recorder's barrier waits for it.
    void beforeCheckpoint(std::int64_t step) override
    {
        for (auto r = m_receivers.rbegin(); r != m_receivers.rend(); ++r)
            (*r)->beforeCheckpoint(step);
    }
    void onCheckpoint(const CheckpointInfo &checkpoint) override
    {
        for (RunEvents *r : m_receivers)
            r->onCheckpoint(checkpoint);
    }
    void onEvent(EventLevel level, std::int64_t step, std::string_view text) override
    {
        for (RunEvents *r : m_receivers)
            r->onEvent(level, step, text);
    }
    void onPaused(std::int64_t step) override
    {
        for (RunEvents *r : m_receivers)
            r->onPaused(step);
    }
    void onResumed(std::int64_t step) override
    {
        for (RunEvents *r : m_receivers)
            r->onResumed(step);
    }

private:
    std::vector<RunEvents *> m_receivers;
};

/// A receiver of only some events: everything does nothing.
class RunEventsAdapter : public RunEvents {
public:
    void onProgress(std::string_view, std::int64_t, std::int64_t) override {}
    void onMetrics(std::int64_t, std::span<const MetricPoint>) override {}
    void onVisits(std::int64_t, std::span<const SampleVisit>) override {}
    void onWeights(const WeightSnapshot &) override {}
    void onScores(const StepScores &) override {}
    void beforeCheckpoint(std::int64_t) override {}
    void onCheckpoint(const CheckpointInfo &) override {}
    void onEvent(EventLevel, std::int64_t, std::string_view) override {}
    void onPaused(std::int64_t) override {}
    void onResumed(std::int64_t) override {}
};

} // namespace winnow
