#include "core/rank/metrics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace winnow {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

std::vector<DetectionCase> mostSuspiciousFirst(std::span<const DetectionCase> cases)
{
    std::vector<DetectionCase> sorted(cases.begin(), cases.end());
    std::sort(sorted.begin(), sorted.end(),
              [](const DetectionCase &a, const DetectionCase &b) { return a.suspicion > b.suspicion; });
    return sorted;
}

/// Calls `visit(first, last, noisyCount)` for each run of equal scores.
template <typename Visit>
void forEachTie(const std::vector<DetectionCase> &sorted, Visit visit)
{
    for (std::size_t first = 0; first < sorted.size();) {
        std::size_t last = first;
        std::size_t noisy = 0;
        for (; last < sorted.size() && sorted[last].suspicion == sorted[first].suspicion; ++last)
            noisy += sorted[last].noise ? 1 : 0;
        visit(first, last, noisy);
        first = last;
    }
}

struct Spread {
    double sum = 0;
    double squares = 0;
    void add(double value, double times)
    {
        sum += value * times;
        squares += value * value * times;
    }
    /// Variance of the mean of n values.
    double ofMean(double n) const { return std::max(0.0, squares - sum * sum / n) / (n - 1) / n; }
};

} // namespace

Result<std::vector<DetectionCase>> detectionCases(std::span<const double> suspicion, std::span<const std::int8_t> noise)
{
    if (suspicion.size() != noise.size())
        return Error{"there are " + std::to_string(suspicion.size()) + " suspicion scores but "
                     + std::to_string(noise.size()) + " noise flags; both must be of the same data set"};
    std::vector<DetectionCase> cases;
    for (std::size_t i = 0; i < suspicion.size(); ++i) {
        if (noise[i] >= 0 && !std::isnan(suspicion[i]))
            cases.push_back({suspicion[i], noise[i] > 0});
    }
    return cases;
}

Auroc auroc(std::span<const DetectionCase> cases)
{
    const std::vector<DetectionCase> sorted = mostSuspiciousFirst(cases);
    Auroc result;
    result.noisy = std::count_if(sorted.begin(), sorted.end(), [](const DetectionCase &c) { return c.noise; });
    result.clean = static_cast<std::int64_t>(sorted.size()) - result.noisy;
    const auto noisy = static_cast<double>(result.noisy);
    const auto clean = static_cast<double>(result.clean);
    if (result.noisy == 0 || result.clean == 0) {
        result.value = result.standardError = result.low = result.high = none;
        return result;
    }
    // DeLong's placement values: for a noisy sample the share of clean ones below it, for a clean one the share of
    // noisy ones above it.
    Spread ofNoisy;
    Spread ofClean;
    double noisyAbove = 0;
    double cleanAbove = 0;
    forEachTie(sorted, [&](std::size_t first, std::size_t last, std::size_t noisyHere) {
        const auto tiedNoisy = static_cast<double>(noisyHere);
        const auto tiedClean = static_cast<double>(last - first - noisyHere);
        ofNoisy.add((clean - cleanAbove - tiedClean / 2) / clean, tiedNoisy);
        ofClean.add((noisyAbove + tiedNoisy / 2) / noisy, tiedClean);
        noisyAbove += tiedNoisy;
        cleanAbove += tiedClean;
    });
    result.value = ofNoisy.sum / noisy;
    if (result.noisy < 2 || result.clean < 2) {
        result.standardError = result.low = result.high = none;
        return result;
    }
    result.standardError = std::sqrt(ofNoisy.ofMean(noisy) + ofClean.ofMean(clean));
    result.low = std::max(0.0, result.value - 1.959963984540054 * result.standardError);
    result.high = std::min(1.0, result.value + 1.959963984540054 * result.standardError);
    return result;
}

double averagePrecision(std::span<const DetectionCase> cases)
{
    double found = 0;
    double sum = 0;
    forEachTie(mostSuspiciousFirst(cases), [&](std::size_t, std::size_t last, std::size_t noisyHere) {
        found += static_cast<double>(noisyHere);
        sum += static_cast<double>(noisyHere) * found / static_cast<double>(last);
    });
    return found > 0 ? sum / found : none;
}

double precisionAt(std::span<const DetectionCase> cases, std::size_t k)
{
    k = std::min(k, cases.size());
    if (k == 0)
        return none;
    double expected = 0;
    forEachTie(mostSuspiciousFirst(cases), [&](std::size_t first, std::size_t last, std::size_t noisyHere) {
        if (first >= k)
            return;
        const double taken = static_cast<double>(std::min(last, k) - first);
        expected += static_cast<double>(noisyHere) * taken / static_cast<double>(last - first);
    });
    return expected / static_cast<double>(k);
}

} // namespace winnow
