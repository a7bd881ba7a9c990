#pragma once

#include "core/base/export.h"

#include <cstdint>
#include <span>

namespace winnow {

struct Interval {
    double low = 0;
    double high = 0;
};

/// Wilson score interval of a share; z = 1.96 for 95 %. [0, 1] without trials.
WINNOW_CORE_API Interval wilsonInterval(std::int64_t correct, std::int64_t trials, double z = 1.959963984540054);

/// Percentile interval of the bootstrap of a share. Questions drawn with replacement make the number of right ones
/// binomial(trials, correct / trials), so its quantiles are worked out and not drawn. [0, 1] without trials.
WINNOW_CORE_API Interval bootstrapInterval(std::int64_t correct, std::int64_t trials, double confidence = 0.95);

struct MeanSd {
    double mean = 0;
    double sd = 0; ///< with n - 1; NaN below two values
    std::int64_t n = 0;
};
WINNOW_CORE_API MeanSd meanAndSd(std::span<const double> values);

/// Quantile of Student's t; 0 < probability < 1, degrees > 0.
WINNOW_CORE_API double studentQuantile(double probability, double degrees);
/// mean +- t * sd / sqrt(n), over seeds. NaN below two values.
WINNOW_CORE_API Interval tInterval(std::span<const double> values, double confidence = 0.95);

struct BootstrapDifference {
    double difference = 0; ///< mean of a - mean of b on the questions themselves
    Interval interval; ///< percentile interval of the resampled differences
    double shareAbove = 0; ///< share of resamples with a difference above 0; ties count 1/2
};
/// Resamples questions with replacement, both methods on the same draw. Values are 1 for right and 0 for wrong, of
/// equal length. The same seed gives the same result.
WINNOW_CORE_API BootstrapDifference pairedBootstrap(std::span<const double> a, std::span<const double> b,
                                                    std::uint64_t seed, std::int64_t resamples = 10000,
                                                    double confidence = 0.95);

struct McNemar {
    std::int64_t onlyA = 0; ///< questions that a alone got right
    std::int64_t onlyB = 0;
    double pValue = 1; ///< exact, two-sided: 2 P(X <= min) with X binomial(onlyA + onlyB, 1/2), at most 1
};
WINNOW_CORE_API McNemar mcNemarExact(std::span<const double> a, std::span<const double> b);

} // namespace winnow
