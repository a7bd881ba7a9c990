#include "core/rank/correlation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

namespace winnow {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
using Pairs = std::vector<std::pair<double, double>>;

Pairs complete(std::span<const double> a, std::span<const double> b)
{
    assert(a.size() == b.size());
    Pairs pairs;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!std::isnan(a[i]) && !std::isnan(b[i]))
            pairs.emplace_back(a[i], b[i]);
    }
    return pairs;
}

std::vector<double> meanRanks(const std::vector<double> &values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return values[i] < values[j]; });
    std::vector<double> ranks(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t last = first;
        while (last < order.size() && values[order[last]] == values[order[first]])
            ++last;
        for (std::size_t i = first; i < last; ++i)
            ranks[order[i]] = static_cast<double>(first + last - 1) / 2;
        first = last;
    }
    return ranks;
}

double pearson(const std::vector<double> &a, const std::vector<double> &b)
{
    const auto n = static_cast<double>(a.size());
    const double meanA = std::accumulate(a.begin(), a.end(), 0.0) / n;
    const double meanB = std::accumulate(b.begin(), b.end(), 0.0) / n;
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += (a[i] - meanA) * (b[i] - meanB);
        aa += (a[i] - meanA) * (a[i] - meanA);
        bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : none;
}

/// Pairs of equal neighbours in a sorted range.
template <typename Range, typename Equal>
double tiedPairs(const Range &sorted, Equal equal)
{
    double total = 0;
    double run = 0;
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        run = equal(sorted[i - 1], sorted[i]) ? run + 1 : 0;
        total += run;
    }
    return total;
}

/// Sorts by merging and counts the exchanges that bubble sort would make.
double sortCountingSwaps(std::vector<double> &values, std::vector<double> &buffer, std::size_t first, std::size_t last)
{
    if (last - first < 2)
        return 0;
    const std::size_t middle = first + (last - first) / 2;
    double swaps = sortCountingSwaps(values, buffer, first, middle) + sortCountingSwaps(values, buffer, middle, last);
    std::size_t left = first;
    std::size_t right = middle;
    for (std::size_t out = first; out < last; ++out) {
        if (right == last || (left < middle && values[left] <= values[right])) {
            buffer[out] = values[left++];
        } else {
            swaps += static_cast<double>(middle - left);
            buffer[out] = values[right++];
        }
    }
    std::copy(buffer.begin() + static_cast<std::ptrdiff_t>(first), buffer.begin() + static_cast<std::ptrdiff_t>(last),
              values.begin() + static_cast<std::ptrdiff_t>(first));
    return swaps;
}

std::vector<std::size_t> highest(const Pairs &pairs, std::size_t k, bool second)
{
    std::vector<std::size_t> order(pairs.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto value = [&](std::size_t i) { return second ? pairs[i].second : pairs[i].first; };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return value(i) > value(j); });
    order.resize(k);
    std::sort(order.begin(), order.end());
    return order;
}

} // namespace

double spearman(std::span<const double> a, std::span<const double> b)
{
    const Pairs pairs = complete(a, b);
    if (pairs.size() < 2)
        return none;
    std::vector<double> first;
    std::vector<double> second;
    for (const auto &[x, y] : pairs) {
        first.push_back(x);
        second.push_back(y);
    }
    return pearson(meanRanks(first), meanRanks(second));
}

double kendallTauB(std::span<const double> a, std::span<const double> b)
{
    Pairs pairs = complete(a, b);
    if (pairs.size() < 2)
        return none;
    std::sort(pairs.begin(), pairs.end());
    const double tiedA = tiedPairs(pairs, [](const auto &x, const auto &y) { return x.first == y.first; });
    const double tiedBoth = tiedPairs(pairs, [](const auto &x, const auto &y) { return x == y; });
    std::vector<double> second;
    for (const auto &pair : pairs)
        second.push_back(pair.second);
    std::vector<double> buffer(second.size());
    const double discordant = sortCountingSwaps(second, buffer, 0, second.size());
    const double tiedB = tiedPairs(second, [](double x, double y) { return x == y; });
    const auto n = static_cast<double>(pairs.size());
    const double all = n * (n - 1) / 2;
    const double scale = std::sqrt(all - tiedA) * std::sqrt(all - tiedB);
    return scale > 0 ? (all - tiedA - tiedB + tiedBoth - 2 * discordant) / scale : none;
}

double topOverlap(std::span<const double> a, std::span<const double> b, std::size_t k)
{
    const Pairs pairs = complete(a, b);
    k = std::min(k, pairs.size());
    if (k == 0)
        return none;
    const auto first = highest(pairs, k, false);
    const auto second = highest(pairs, k, true);
    std::vector<std::size_t> both;
    std::set_intersection(first.begin(), first.end(), second.begin(), second.end(), std::back_inserter(both));
    return static_cast<double>(both.size()) / static_cast<double>(k);
}

} // namespace winnow
