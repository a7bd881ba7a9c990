#pragma once

#include "core/base/export.h"
#include "core/base/options.h"

#include <span>

namespace winnow {

/// State of a vector of weights (after the activation). A run whose weights nearly all stand at one of their bounds
/// separates nothing, whatever its AUROC says (design.md section 7).
struct WeightHealth {
    double shareAtBound = 0; ///< of weights within 1e-3 of `low` or `high`; NaN without weights
    bool collapsed = false; ///< shareAtBound > 0.9
    double effectiveSize = 0; ///< (sum w)^2 / sum w^2; 0 when all are 0. Negative weights count against the rest
};
/// Range of an activation; infinite where it has none.
struct WeightBounds {
    double low = 0;
    double high = 0;
};
WINNOW_CORE_API WeightBounds weightBounds(const RunOptions::Weighting &weighting);

WINNOW_CORE_API WeightHealth weightHealth(std::span<const float> weights, double low, double high);

} // namespace winnow
