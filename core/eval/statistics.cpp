#include "core/eval/statistics.h"

#include "core/base/random.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace winnow {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Continued fraction of the incomplete beta function (modified Lentz).
double betaFraction(double a, double b, double x)
{
    constexpr double tiny = 1e-300;
    const auto safe = [](double value) { return std::abs(value) < tiny ? tiny : value; };
    double c = 1;
    double d = 1 / safe(1 - (a + b) * x / (a + 1));
    double h = d;
    for (int m = 1; m <= 500; ++m) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / safe(1 + even * d);
        c = safe(1 + even / c);
        h *= d * c;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / safe(1 + odd * d);
        c = safe(1 + odd / c);
        h *= d * c;
        if (std::abs(d * c - 1) < 1e-15)
            break;
    }
    return h;
}

/// Regularised incomplete beta function.
double incompleteBeta(double a, double b, double x)
{
    if (x <= 0)
        return 0;
    if (x >= 1)
        return 1;
    const double front =
        std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x));
    if (x < (a + 1) / (a + b + 2))
        return front * betaFraction(a, b, x) / a;
    return 1 - front * betaFraction(b, a, 1 - x) / b;
}

/// P(T > t) for t >= 0.
double studentUpperTail(double t, double degrees)
{
    return 0.5 * incompleteBeta(degrees / 2, 0.5, degrees / (degrees + t * t));
}

/// Quantile of sorted values, linear between neighbours.
double sortedQuantile(const std::vector<double> &sorted, double share)
{
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto low = static_cast<std::size_t>(place);
    const std::size_t high = std::min(low + 1, sorted.size() - 1);
    return sorted[low] + (place - static_cast<double>(low)) * (sorted[high] - sorted[low]);
}

} // namespace

Interval wilsonInterval(std::int64_t correct, std::int64_t trials, double z)
{
    if (trials <= 0)
        return {0, 1};
    const auto n = static_cast<double>(trials);
    const double share = static_cast<double>(correct) / n;
    const double z2 = z * z;
    const double centre = (share + z2 / (2 * n)) / (1 + z2 / n);
    const double half = z / (1 + z2 / n) * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n));
    return {std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

Interval bootstrapInterval(std::int64_t correct, std::int64_t trials, double confidence)
{
    if (trials <= 0)
        return {0, 1};
    const auto n = static_cast<double>(trials);
    const double share = static_cast<double>(correct) / n;
    if (correct <= 0 || correct >= trials)
        return {share, share};
    const double tail = (1 - confidence) / 2;
    // A quantile of a whole-numbered law is the least count whose distribution function reaches the level; the slack
    // is for levels that are met exactly but for rounding.
    constexpr double slack = 1e-12;
    Interval result{0, 1};
    bool lowFound = false;
    double reached = 0;
    const double all = std::lgamma(n + 1);
    for (std::int64_t k = 0; k <= trials; ++k) {
        const auto x = static_cast<double>(k);
        reached += std::exp(all - std::lgamma(x + 1) - std::lgamma(n - x + 1) + x * std::log(share)
                            + (n - x) * std::log1p(-share));
        if (!lowFound && reached >= tail - slack) {
            result.low = x / n;
            lowFound = true;
        }
        if (reached >= 1 - tail - slack) {
            result.high = x / n;
            break;
        }
    }
    return result;
}

MeanSd meanAndSd(std::span<const double> values)
{
    MeanSd result{none, none, static_cast<std::int64_t>(values.size())};
    if (values.empty())
        return result;
    const auto n = static_cast<double>(values.size());
    result.mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
    if (values.size() < 2)
        return result;
    double squares = 0;
    for (double value : values)
        squares += (value - result.mean) * (value - result.mean);
    result.sd = std::sqrt(squares / (n - 1));
    return result;
}

double studentQuantile(double probability, double degrees)
{
    if (!(probability > 0 && probability < 1 && degrees > 0))
        return none;
    if (probability < 0.5)
        return -studentQuantile(1 - probability, degrees);
    const double tail = 1 - probability;
    double low = 0;
    double high = 1;
    while (studentUpperTail(high, degrees) > tail && high < 1e300)
        high *= 2;
    for (int i = 0; i < 200 && low < high; ++i) {
        const double middle = low + (high - low) / 2;
        (studentUpperTail(middle, degrees) > tail ? low : high) = middle;
    }
    return low + (high - low) / 2;
}

Interval tInterval(std::span<const double> values, double confidence)
{
    const MeanSd summary = meanAndSd(values);
    if (summary.n < 2)
        return {none, none};
    const auto n = static_cast<double>(summary.n);
    const double half = studentQuantile(0.5 + confidence / 2, n - 1) * summary.sd / std::sqrt(n);
    return {summary.mean - half, summary.mean + half};
}

BootstrapDifference pairedBootstrap(std::span<const double> a, std::span<const double> b, std::uint64_t seed,
                                    std::int64_t resamples, double confidence)
{
    assert(a.size() == b.size() && resamples > 0);
    if (a.empty())
        return {none, {none, none}, none};
    const std::size_t count = a.size();
    std::vector<double> gap(count);
    for (std::size_t i = 0; i < count; ++i)
        gap[i] = a[i] - b[i];
    std::vector<double> drawn(static_cast<std::size_t>(resamples));
    double above = 0;
    for (std::size_t r = 0; r < drawn.size(); ++r) {
        Random random(seed, RandomStream::Bootstrap, {r});
        double sum = 0;
        for (std::size_t i = 0; i < count; ++i)
            sum += gap[random.below(count)];
        drawn[r] = sum / static_cast<double>(count);
        above += drawn[r] > 0 ? 1 : drawn[r] == 0 ? 0.5 : 0;
    }
    std::sort(drawn.begin(), drawn.end());
    const double tail = (1 - confidence) / 2;
    return {std::accumulate(gap.begin(), gap.end(), 0.0) / static_cast<double>(count),
            {sortedQuantile(drawn, tail), sortedQuantile(drawn, 1 - tail)},
            above / static_cast<double>(resamples)};
}

McNemar mcNemarExact(std::span<const double> a, std::span<const double> b)
{
    assert(a.size() == b.size());
    McNemar result;
    for (std::size_t i = 0; i < a.size(); ++i) {
        result.onlyA += a[i] > b[i] ? 1 : 0;
        result.onlyB += b[i] > a[i] ? 1 : 0;
    }
    const std::int64_t n = result.onlyA + result.onlyB;
    double logTerm = -static_cast<double>(n) * std::log(2.0);
    double sum = 0;
    for (std::int64_t k = 0; k <= std::min(result.onlyA, result.onlyB); ++k) {
        sum += std::exp(logTerm);
        logTerm += std::log(static_cast<double>(n - k)) - std::log(static_cast<double>(k + 1));
    }
    result.pValue = std::min(1.0, 2 * sum);
    return result;
}

} // namespace winnow
