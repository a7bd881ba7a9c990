#include "core/rank/agreement.h"

#include "core/rank/correlation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace winnow
{

namespace
{

std::vector<std::uint32_t> lowestFirst(std::span<const double> weights)
{
    std::vector<std::uint32_t> order(weights.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](auto i, auto j) { return weights[i] < weights[j]; });
    return order;
}

/// Mean ranks from 1 of the kept samples, spread over all samples.
std::vector<double> meanRanks(std::span<const double> weights, const std::vector<std::uint32_t> &kept, std::size_t all)
{
    const std::vector<std::uint32_t> order = lowestFirst(weights);
    std::vector<double> ranks(all, std::numeric_limits<double>::quiet_NaN());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t last = first;
        while (last < order.size() && weights[order[last]] == weights[order[first]])
            ++last;
        for (std::size_t i = first; i < last; ++i)
            ranks[kept[order[i]]] = static_cast<double>(first + last + 1) / 2;
        first = last;
    }
    return ranks;
}

/// The k at which a sample is among the k lowest of both is the larger of its two places, so one count answers all k.
std::vector<OverlapPoint> overlapCurve(std::span<const double> a, std::span<const double> b)
{
    const std::size_t n = a.size();
    std::vector<std::size_t> place(n);
    const std::vector<std::uint32_t> orderA = lowestFirst(a);
    for (std::size_t i = 0; i < n; ++i)
        place[orderA[i]] = i;
    std::vector<std::size_t> entersAt(n + 1, 0);
    const std::vector<std::uint32_t> orderB = lowestFirst(b);
    for (std::size_t i = 0; i < n; ++i)
        ++entersAt[std::max(i, place[orderB[i]]) + 1];
    std::partial_sum(entersAt.begin(), entersAt.end(), entersAt.begin());
    std::vector<OverlapPoint> curve;
    for (double k = 10; static_cast<std::size_t>(k) < n; k *= 1.25)
        curve.push_back({static_cast<std::size_t>(k), entersAt[static_cast<std::size_t>(k)]});
    if (n > 0)
        curve.push_back({n, entersAt[n]});
    return curve;
}

} // namespace

WeightAgreement weightAgreement(std::span<const float> a, std::span<const float> b, float limit)
{
    assert(a.size() == b.size());
    WeightAgreement result;
    std::vector<std::uint32_t> kept;
    std::vector<double> x, y;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (std::isnan(a[i]) || std::isnan(b[i]))
            continue;
        kept.push_back(static_cast<std::uint32_t>(i));
        x.push_back(static_cast<double>(a[i]));
        y.push_back(static_cast<double>(b[i]));
        ++result.quadrants[static_cast<std::size_t>(quadrantOf(a[i], b[i], limit))];
    }
    result.samples = kept.size();
    result.leftOut = a.size() - kept.size();
    result.spearman = spearman(x, y);
    result.kendall = kendallTauB(x, y);
    result.overlap = overlapCurve(x, y);
    result.rankA = meanRanks(x, kept, a.size());
    result.rankB = meanRanks(y, kept, b.size());
    return result;
}

std::vector<std::uint32_t> samplesOfQuadrant(const WeightAgreement &agreement, std::span<const float> a,
                                             std::span<const float> b, Quadrant quadrant, float limit)
{
    std::vector<std::uint32_t> inside;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (!std::isnan(a[i]) && !std::isnan(b[i]) && quadrantOf(a[i], b[i], limit) == quadrant)
            inside.push_back(static_cast<std::uint32_t>(i));
    const auto gap = [&](std::uint32_t i) { return std::abs(agreement.rankA[i] - agreement.rankB[i]); };
    std::stable_sort(inside.begin(), inside.end(), [&](auto i, auto j) { return gap(i) > gap(j); });
    return inside;
}

} // namespace winnow
