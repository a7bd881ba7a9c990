#include "core/rank/collapse.h"

#include <cmath>
#include <limits>

namespace winnow {

WeightBounds weightBounds(const RunOptions::Weighting &weighting)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    switch (weighting.activation) {
    case WeightActivation::Clip: return {weighting.clipLow, weighting.clipHigh};
    case WeightActivation::Sigmoid: return {0.0, 1.0};
    case WeightActivation::ReLU: return {0.0, infinity};
    case WeightActivation::LeakyReLU:
    case WeightActivation::No: break;
    }
    return {-infinity, infinity};
}

WeightHealth weightHealth(std::span<const float> weights, double low, double high)
{
    // A float weight of 1 - 1e-3 lies a hair off its decimal value.
    constexpr double reach = 1e-3 + 1e-7;
    double atBound = 0;
    double sum = 0;
    double squares = 0;
    for (const float weight : weights) {
        const double w = weight;
        atBound += std::abs(w - low) <= reach || std::abs(w - high) <= reach ? 1 : 0;
        sum += w;
        squares += w * w;
    }
    WeightHealth health;
    health.shareAtBound =
        weights.empty() ? std::numeric_limits<double>::quiet_NaN() : atBound / static_cast<double>(weights.size());
    health.collapsed = health.shareAtBound > 0.9;
    health.effectiveSize = squares > 0 ? sum * sum / squares : 0;
    return health;
}

} // namespace winnow
