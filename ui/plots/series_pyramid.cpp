#include "ui/plots/series_pyramid.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace winnow::ui {

namespace {
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::size_t block = 16; // points of the lowest level: fewer would cost more memory than they save time

using Extent = std::pair<double, double>;
constexpr Extent nothing{infinity, -infinity};

void join(Extent &extent, const Extent &other)
{
    extent.first = std::min(extent.first, other.first);
    extent.second = std::max(extent.second, other.second);
}

Extent ofPoints(const double *begin, const double *end)
{
    Extent extent = nothing;
    for (const double *y = begin; y != end; ++y)
        if (std::isfinite(*y))
            join(extent, {*y, *y});
    return extent;
}
} // namespace

void SeriesPyramid::read(std::span<const double> x, std::span<const double> y)
{
    const std::size_t known = m_y.size();
    const std::size_t count = std::min(x.size(), y.size());
    m_x = x.first(count);
    m_y = y.first(count);
    for (std::size_t i = known; i < count; ++i)
        if (!std::isfinite(y[i]))
            m_bad.push_back(i);
    extendLevels();
}

void SeriesPyramid::extendLevels()
{
    for (std::size_t level = 0;; ++level) {
        const std::size_t complete = level == 0 ? m_y.size() / block : m_levels[level - 1].size() / 2;
        if (complete == 0)
            return;
        if (m_levels.size() == level)
            m_levels.emplace_back();
        auto &blocks = m_levels[level];
        while (blocks.size() < complete) {
            const std::size_t i = blocks.size();
            if (level == 0) {
                blocks.push_back(ofPoints(m_y.data() + i * block, m_y.data() + (i + 1) * block));
                continue;
            }
            Extent both = m_levels[level - 1][2 * i];
            join(both, m_levels[level - 1][2 * i + 1]);
            blocks.push_back(both);
        }
    }
}

std::pair<double, double> SeriesPyramid::range(std::size_t first, std::size_t last) const
{
    last = std::min(last, m_y.size());
    if (first >= last)
        return {nan, nan};
    Extent result;
    std::size_t left = (first + block - 1) / block;
    std::size_t right = last / block;
    if (left >= right) {
        result = ofPoints(m_y.data() + first, m_y.data() + last);
    } else {
        result = ofPoints(m_y.data() + first, m_y.data() + left * block);
        join(result, ofPoints(m_y.data() + right * block, m_y.data() + last));
        for (std::size_t level = 0; left < right; ++level, left /= 2, right /= 2) {
            if (left % 2 == 1)
                join(result, m_levels[level][left++]);
            if (right % 2 == 1)
                join(result, m_levels[level][--right]);
        }
    }
    return result.first <= result.second ? result : Extent{nan, nan};
}

std::vector<SeriesPyramid::Column> SeriesPyramid::columns(double low, double high, std::size_t count) const
{
    if (m_x.empty() || count == 0 || !(high > low))
        return {};
    std::vector<double> edges(count + 1);
    for (std::size_t c = 0; c <= count; ++c)
        edges[c] = low + (high - low) * static_cast<double>(c) / static_cast<double>(count);
    edges.back() = high;
    return columns(edges);
}

std::vector<SeriesPyramid::Column> SeriesPyramid::columns(std::span<const double> edges) const
{
    std::vector<Column> result;
    if (m_x.empty() || edges.size() < 2)
        return result;
    result.reserve(edges.size());
    std::size_t first = indexFrom(edges.front());
    const auto end = static_cast<std::size_t>(std::upper_bound(m_x.begin(), m_x.end(), edges.back()) - m_x.begin());
    std::size_t stride = 1; // neighbours hold about as many points
    for (std::size_t c = 0; c + 1 < edges.size() && first < end; ++c) {
        const std::size_t last = c + 2 == edges.size() ? end : std::min(end, indexFrom(edges[c + 1], first, stride));
        if (last == first)
            continue;
        stride = last - first;
        Column column;
        column.first = first;
        column.count = last - first;
        column.x = m_x[first];
        column.end = m_x[last - 1];
        std::tie(column.low, column.high) = range(first, last);
        column.last = nan;
        for (std::size_t i = last; i > first; --i)
            if (std::isfinite(m_y[i - 1])) {
                column.last = m_y[i - 1];
                column.lastIndex = i - 1;
                break;
            }
        const auto bad = std::lower_bound(m_bad.begin(), m_bad.end(), first);
        column.gap = bad != m_bad.end() && *bad < last;
        result.push_back(column);
        first = last;
    }
    return result;
}

std::size_t SeriesPyramid::indexFrom(double x) const
{
    return static_cast<std::size_t>(std::lower_bound(m_x.begin(), m_x.end(), x) - m_x.begin());
}

std::size_t SeriesPyramid::indexFrom(double x, std::size_t from, std::size_t stride) const
{
    std::size_t step = std::max<std::size_t>(1, stride);
    while (from + step <= m_x.size() && m_x[from + step - 1] < x) {
        from += step;
        step *= 2;
    }
    const auto begin = m_x.begin() + static_cast<std::ptrdiff_t>(from);
    const auto end = m_x.begin() + static_cast<std::ptrdiff_t>(std::min(m_x.size(), from + step));
    return static_cast<std::size_t>(std::lower_bound(begin, end, x) - m_x.begin());
}

std::size_t SeriesPyramid::nearest(double x) const
{
    const auto right = std::lower_bound(m_x.begin(), m_x.end(), x);
    if (right == m_x.end())
        return m_x.size() - 1;
    const auto index = static_cast<std::size_t>(right - m_x.begin());
    return index > 0 && x - m_x[index - 1] < *right - x ? index - 1 : index;
}

} // namespace winnow::ui
