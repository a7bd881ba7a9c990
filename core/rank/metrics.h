#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace winnow {

/// One sample of a detection task. Samples whose truth is unknown and samples whose score is NaN stay out of `toTask`.
struct DetectionCase {
    double suspicion = 0; ///< higher = more suspicious; finite or infinite, never NaN
    bool noise = false;
};
/// `noise`: 1 noise, 0 clean, -1 unknown, as core/store keeps it; same length as `suspicion`.
WINNOW_CORE_API Result<std::vector<DetectionCase>> detectionCases(std::span<const double> suspicion,
                                                                  std::span<const std::int8_t> noise);

/// Area under the ROC curve: the chance that a noisy sample is more suspicious than a clean one, ties counting 1/2.
/// The interval is DeLong's (1988), normal, cut to [0, 1]. NaN when one of the classes is empty.
struct Auroc {
    double value = 0;
    double standardError = 0; ///< NaN below two samples in a class
    double low = 0; ///< 95 %
    double high = 0;
    std::int64_t noisy = 0;
    std::int64_t clean = 0;
};
WINNOW_CORE_API Auroc auroc(std::span<const DetectionCase> cases);

/// Mean precision over the noisy samples, thresholds at distinct scores (tied samples enter together). NaN without
/// noise.
WINNOW_CORE_API double averagePrecision(std::span<const DetectionCase> cases);

/// Expected share of noisy samples among the k most suspicious, when ties at the k-th place are broken at random.
/// NaN for k = 0; k is cut to the number of samples.
WINNOW_CORE_API double precisionAt(std::span<const DetectionCase> cases, std::size_t k);

} // namespace winnow
