#include "core/rank/health_watch.h"

#include "core/rank/collapse.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace winnow {
namespace {

std::string figure(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value);
    return text;
}

std::string percent(double share)
{
    return figure(100.0 * share) + " %";
}

std::vector<float> known(const std::vector<float> &values)
{
    std::vector<float> found;
    std::copy_if(values.begin(), values.end(), std::back_inserter(found), [](float w) { return !std::isnan(w); });
    return found;
}

} // namespace

HealthWatch::HealthWatch(RunEvents &next, const RunOptions &options)
    : m_next(next), m_weighting(options.weighting), m_health(options.health)
{
}

void HealthWatch::onWeights(const WeightSnapshot &snapshot)
{
    m_next.onWeights(snapshot);
    const std::vector<float> weights = known(snapshot.values);
    if (weights.empty())
        return;
    const WeightBounds bounds = weightBounds(m_weighting);
    const WeightHealth health = weightHealth(weights, bounds.low, bounds.high);
    const std::string of = " of " + std::to_string(weights.size()) + " weights";
    if (health.collapsed && !m_piledUp)
        m_next.onEvent(EventLevel::Warning, snapshot.step,
                       "The weights have piled up: " + percent(health.shareAtBound) + of + " stand at a bound ("
                           + figure(bounds.low) + " or " + figure(bounds.high)
                           + "), so they tell little apart. A lower meta learning rate or other bounds may help.");
    constexpr double over = 0.8;
    m_piledUp = health.collapsed || (m_piledUp && health.shareAtBound > over);
    const double share = health.effectiveSize / static_cast<double>(weights.size());
    const bool few = share < m_health.effectiveShare;
    if (few && !m_few)
        m_next.onEvent(EventLevel::Warning, snapshot.step,
                       "Few rows carry the training: the effective sample size is " + figure(health.effectiveSize) + of
                           + " (" + percent(share) + ").");
    m_few = few || (m_few && share < 1.5 * m_health.effectiveShare);
}

void HealthWatch::onMetrics(std::int64_t step, std::span<const MetricPoint> points)
{
    m_next.onMetrics(step, points);
    for (const MetricPoint &point : points) {
        if (point.series == "loss.train" && std::isfinite(point.value))
            watchLoss(step, point.value);
    }
}

void HealthWatch::watchLoss(std::int64_t step, double loss)
{
    constexpr double keep = 0.95;
    constexpr std::int64_t settled = 20;
    m_average = m_losses == 0 ? loss : keep * m_average + (1.0 - keep) * loss;
    if (++m_losses == settled)
        m_first = m_lowest = m_average;
    if (m_losses <= settled || m_health.divergence <= 0)
        return;
    m_lowest = std::min(m_lowest, m_average);
    const double limit = std::max(m_first, m_health.divergence * m_lowest);
    const bool diverging = m_average > limit;
    if (diverging && !m_diverging)
        m_next.onEvent(EventLevel::Warning, step,
                       "The training loss diverges: its average is " + figure(m_average) + ", after "
                           + figure(m_lowest) + " at its lowest and " + figure(m_first)
                           + " at the start. A lower learning rate may help.");
    constexpr double over = 0.8;
    m_diverging = diverging || (m_diverging && m_average > over * limit);
}

void HealthWatch::onProgress(std::string_view phase, std::int64_t step, std::int64_t total)
{
    m_next.onProgress(phase, step, total);
}

void HealthWatch::onVisits(std::int64_t step, std::span<const SampleVisit> visits)
{
    m_next.onVisits(step, visits);
}

void HealthWatch::onScores(const StepScores &scores)
{
    m_next.onScores(scores);
}

void HealthWatch::beforeCheckpoint(std::int64_t step)
{
    m_next.beforeCheckpoint(step);
}

void HealthWatch::onCheckpoint(const CheckpointInfo &checkpoint)
{
    m_next.onCheckpoint(checkpoint);
}

void HealthWatch::onEvent(EventLevel level, std::int64_t step, std::string_view text)
{
    m_next.onEvent(level, step, text);
}

void HealthWatch::onPaused(std::int64_t step)
{
    m_next.onPaused(step);
}

void HealthWatch::onResumed(std::int64_t step)
{
    m_next.onResumed(step);
}

} // namespace winnow
