#include "ui/support/ranking.h"

#include "core/rank/correlation.h"
#include "core/rank/metrics.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace winnow::ui {

namespace {

std::optional<std::vector<DetectionCase>> casesOf(std::span<const float> suspicion, std::span<const std::int8_t> noise)
{
    const std::size_t n = std::min(suspicion.size(), noise.size());
    const std::vector<double> values(suspicion.begin(), suspicion.begin() + static_cast<std::ptrdiff_t>(n));
    auto cases = detectionCases(values, noise.first(n));
    if (!cases.ok())
        return std::nullopt;
    return std::move(cases).value();
}

} // namespace

std::optional<Interval> aurocOf(std::span<const float> suspicion, std::span<const std::int8_t> noise)
{
    const auto cases = casesOf(suspicion, noise);
    if (!cases)
        return std::nullopt;
    const Auroc area = auroc(*cases);
    if (std::isnan(area.value))
        return std::nullopt;
    return Interval{area.value, std::isnan(area.low) ? 0.0 : area.low, std::isnan(area.high) ? 1.0 : area.high};
}

std::optional<double> averagePrecisionOf(std::span<const float> suspicion, std::span<const std::int8_t> noise)
{
    const auto cases = casesOf(suspicion, noise);
    const double value = cases ? averagePrecision(*cases) : std::nan("");
    return std::isnan(value) ? std::nullopt : std::optional(value);
}

std::optional<double> spearmanOf(std::span<const float> a, std::span<const float> b)
{
    const std::size_t n = std::min(a.size(), b.size());
    const std::vector<double> x(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(n));
    const std::vector<double> y(b.begin(), b.begin() + static_cast<std::ptrdiff_t>(n));
    const double value = spearman(x, y);
    return std::isnan(value) ? std::nullopt : std::optional(value);
}

std::vector<float> ranksDescending(std::span<const float> values)
{
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!std::isnan(values[i]))
            order.push_back(i);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
    std::vector<float> ranks(values.size(), std::numeric_limits<float>::quiet_NaN());
    for (std::size_t i = 0; i < order.size();) {
        std::size_t j = i;
        while (j < order.size() && values[order[j]] == values[order[i]])
            ++j;
        for (std::size_t k = i; k < j; ++k)
            ranks[order[k]] = static_cast<float>(i + j + 1) / 2;
        i = j;
    }
    return ranks;
}

double effectiveSampleSize(std::span<const float> weights)
{
    double sum = 0;
    double squares = 0;
    for (const float w : weights) {
        const double positive = std::isfinite(w) ? std::max(0.0F, w) : 0;
        sum += positive;
        squares += positive * positive;
    }
    return squares > 0 ? sum * sum / squares : 0;
}

} // namespace winnow::ui
