#include "ui/support/film_data.h"

#include <algorithm>
#include <cmath>

namespace winnow::ui {

FilmData makeFilm(const std::vector<double> &steps, const std::vector<std::vector<float>> &weights)
{
    FilmData film;
    film.steps = steps;
    float low = 0.9F;
    float high = 1.1F;
    for (const auto &snapshot : weights)
        for (const float w : snapshot)
            if (std::isfinite(w)) {
                low = std::min(low, w);
                high = std::max(high, w);
            }
    const double unit = high - low > 3 ? 1.0 : 0.5;
    film.low = std::floor((low - 0.02) / unit) * unit;
    film.high = std::ceil((high + 0.02) / unit) * unit;
    const double scale = film.binCount / (film.high - film.low);
    for (const auto &snapshot : weights) {
        std::vector<std::uint32_t> bins(static_cast<std::size_t>(film.binCount));
        for (const float w : snapshot)
            if (std::isfinite(w))
                ++bins[static_cast<std::size_t>(std::clamp((w - film.low) * scale, 0.0, film.binCount - 1.0))];
        film.bins.push_back(std::move(bins));
    }
    return film;
}

} // namespace winnow::ui
