#include "core/rank/average_precision_interval.h"

#include "core/base/random.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace winnow {

namespace {

/// Average precision where sorted[i] stands `times[i]` times.
double weightedPrecision(const std::vector<DetectionCase> &sorted, const std::vector<std::uint32_t> &times)
{
    double found = 0;
    double seen = 0;
    double sum = 0;
    for (std::size_t first = 0; first < sorted.size();) {
        double noisy = 0;
        std::size_t last = first;
        for (; last < sorted.size() && sorted[last].suspicion == sorted[first].suspicion; ++last) {
            seen += times[last];
            noisy += sorted[last].noise ? times[last] : 0;
        }
        found += noisy;
        if (noisy > 0)
            sum += noisy * found / seen;
        first = last;
    }
    return found > 0 ? sum / found : std::numeric_limits<double>::quiet_NaN();
}

} // namespace

AveragePrecisionInterval averagePrecisionInterval(std::span<const DetectionCase> cases, int resamples, std::uint64_t seed)
{
    std::vector<DetectionCase> sorted(cases.begin(), cases.end());
    std::sort(sorted.begin(), sorted.end(),
              [](const DetectionCase &a, const DetectionCase &b) { return a.suspicion > b.suspicion; });
    AveragePrecisionInterval result;
    std::vector<std::uint32_t> times(sorted.size(), 1);
    result.value = weightedPrecision(sorted, times);
    result.low = result.high = std::numeric_limits<double>::quiet_NaN();
    if (std::isnan(result.value))
        return result;
    std::vector<double> values;
    for (int r = 0; r < resamples; ++r) {
        Random random(seed, RandomStream::Bootstrap, {static_cast<std::uint64_t>(r)});
        std::fill(times.begin(), times.end(), 0U);
        for (std::size_t i = 0; i < sorted.size(); ++i)
            ++times[random.below(sorted.size())];
        if (const double value = weightedPrecision(sorted, times); !std::isnan(value))
            values.push_back(value);
    }
    result.resamples = static_cast<int>(values.size());
    if (values.empty())
        return result;
    std::sort(values.begin(), values.end());
    const auto at = [&](double q) {
        return values[static_cast<std::size_t>(std::lround(q * static_cast<double>(values.size() - 1)))];
    };
    result.low = at(0.025);
    result.high = at(0.975);
    return result;
}

} // namespace winnow
