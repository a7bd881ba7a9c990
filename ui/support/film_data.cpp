#include "ui/support/film_data.h"

#include <algorithm>
#include <cmath>

namespace winnow::ui {

void FilmRange::add(std::span<const float> weights)
{
    for (const float w : weights)
        if (std::isfinite(w)) {
            low = std::min(low, w);
            high = std::max(high, w);
        }
}

FilmData::FilmData(const FilmRange &range)
{
    const double unit = range.high - range.low > 3 ? 1.0 : 0.5;
    low = std::floor((range.low - 0.02) / unit) * unit;
    high = std::ceil((range.high + 0.02) / unit) * unit;
}

void FilmData::add(double step, std::span<const float> weights)
{
    const double scale = binCount / (high - low);
    std::vector<std::uint32_t> counts(static_cast<std::size_t>(binCount));
    for (const float w : weights)
        if (std::isfinite(w))
            ++counts[static_cast<std::size_t>(std::clamp((w - low) * scale, 0.0, binCount - 1.0))];
    steps.push_back(step);
    bins.push_back(std::move(counts));
}

} // namespace winnow::ui
