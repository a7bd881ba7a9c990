#pragma once

#include "core/rank/metrics.h"

namespace winnow {

/// Average precision with the 2.5 and 97.5 percentiles of a bootstrap over the samples (drawn with replacement, seeded).
struct AveragePrecisionInterval {
    double value = 0; ///< as averagePrecision()
    double low = 0;
    double high = 0;
    int resamples = 0; ///< that held at least one noisy sample
};
WINNOW_CORE_API AveragePrecisionInterval averagePrecisionInterval(std::span<const DetectionCase> cases, int resamples,
                                                                  std::uint64_t seed);

} // namespace winnow
