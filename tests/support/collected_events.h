#pragma once

#include "core/run/run_events.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace winnow::test {

/// Keeps what a run tells.
class CollectedEvents : public RunEvents {
public:
    struct Told {
        EventLevel level;
        std::int64_t step;
        std::string text;
    };
    struct Metric {
        std::int64_t step;
        std::string series;
        double value;
    };
    std::vector<Told> events;
    std::vector<Metric> metrics;
    std::vector<std::pair<std::int64_t, SampleVisit>> visits;
    std::vector<WeightSnapshot> snapshots;
    std::vector<CheckpointInfo> checkpoints;
    std::function<void(std::int64_t)> whenProgress; ///< called with the step, where set

    void onProgress(std::string_view, std::int64_t step, std::int64_t) override
    {
        if (whenProgress)
            whenProgress(step);
    }
    void onMetrics(std::int64_t step, std::span<const MetricPoint> points) override
    {
        for (const MetricPoint &point : points)
            metrics.push_back({step, std::string(point.series), point.value});
    }
    void onVisits(std::int64_t step, std::span<const SampleVisit> seen) override
    {
        for (const SampleVisit &visit : seen)
            visits.emplace_back(step, visit);
    }
    void onWeights(const WeightSnapshot &snapshot) override { snapshots.push_back(snapshot); }
    void onScores(const StepScores &) override { }
    void beforeCheckpoint(std::int64_t) override { }
    void onCheckpoint(const CheckpointInfo &checkpoint) override { checkpoints.push_back(checkpoint); }
    void onEvent(EventLevel level, std::int64_t step, std::string_view text) override
    {
        events.push_back({level, step, std::string(text)});
    }
    void onPaused(std::int64_t) override { }
    void onResumed(std::int64_t) override { }
};

} // namespace winnow::test
