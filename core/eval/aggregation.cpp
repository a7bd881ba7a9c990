#include "core/eval/aggregation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace winnow {

double aggregate(std::span<const float> pPlus, Aggregation how)
{
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    if (pPlus.empty() || std::any_of(pPlus.begin(), pPlus.end(), [](float p) { return std::isnan(p); }))
        return none;
    const auto logSum = [&] {
        return std::accumulate(pPlus.begin(), pPlus.end(), 0.0,
                               [](double sum, float p) { return sum + std::log(static_cast<double>(p)); });
    };
    const auto count = static_cast<double>(pPlus.size());
    switch (how) {
    case Aggregation::Mean: return std::accumulate(pPlus.begin(), pPlus.end(), 0.0) / count;
    case Aggregation::Min: return *std::min_element(pPlus.begin(), pPlus.end());
    case Aggregation::Max: return *std::max_element(pPlus.begin(), pPlus.end());
    case Aggregation::LogMean: return logSum() / count;
    case Aggregation::Last: return pPlus.back();
    case Aggregation::SumLog: return logSum();
    }
    return none;
}

} // namespace winnow
