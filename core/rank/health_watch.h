#pragma once

#include "core/base/export.h"
#include "core/base/options.h"
#include "core/run/run_events.h"

namespace winnow {

/// Passes a run's events on, and adds a warning when a run goes wrong in one of these ways, once an episode:
/// - weights pile up: more than 90 % of the known weights within 1e-3 of a bound of the activation (clip bounds, or a
///   saturated sigmoid); over when it is 80 % or less;
/// - few weights count: effective sample size (sum w)^2 / sum w^2 below health.effective_share of the known weights; over
///   when it reaches one and a half times that;
/// - divergence: the average training loss (0.95 old + 0.05 new) above its first settled value (20 iterations) and above
///   health.divergence times its lowest; over when below 80 % of that.
/// Lives on the run's thread. A resumed run forgets its episodes.
class WINNOW_CORE_API HealthWatch : public RunEvents {
public:
    HealthWatch(RunEvents &next, const RunOptions &options);

    void onProgress(std::string_view phase, std::int64_t step, std::int64_t total) override;
    void onMetrics(std::int64_t step, std::span<const MetricPoint> points) override;
    void onVisits(std::int64_t step, std::span<const SampleVisit> visits) override;
    void onWeights(const WeightSnapshot &snapshot) override;
    void onScores(const StepScores &scores) override;
    void beforeCheckpoint(std::int64_t step) override;
    void onCheckpoint(const CheckpointInfo &checkpoint) override;
    void onEvent(EventLevel level, std::int64_t step, std::string_view text) override;
    void onPaused(std::int64_t step) override;
    void onResumed(std::int64_t step) override;

private:
    void watchLoss(std::int64_t step, double loss);

    RunEvents &m_next;
    const RunOptions::Weighting m_weighting;
    const RunOptions::Health m_health;
    bool m_piledUp = false, m_few = false, m_diverging = false;
    std::int64_t m_losses = 0;
    double m_average = 0, m_first = 0, m_lowest = 0;
};

} // namespace winnow
