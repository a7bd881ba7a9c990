#include "ui/plots/series_pyramid.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace winnow::ui {

namespace {
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// fmin and fmax ignore NaN, so a pair of NaN stands for "nothing finite".
std::pair<double, double> joined(std::pair<double, double> a, std::pair<double, double> b)
{
    return {std::fmin(a.first, b.first), std::fmax(a.second, b.second)};
}

std::pair<double, double> ofPoint(double y)
{
    return std::isfinite(y) ? std::pair{y, y} : std::pair{nan, nan};
}
} // namespace

SeriesPyramid::SeriesPyramid(std::vector<double> x, std::vector<double> y)
{
    m_x.reserve(x.size());
    m_y.reserve(y.size());
    append(x, y);
}

void SeriesPyramid::append(std::span<const double> x, std::span<const double> y)
{
    for (std::size_t i = 0; i < x.size() && i < y.size(); ++i) {
        if (!std::isfinite(y[i]))
            m_bad.push_back(m_y.size());
        m_x.push_back(x[i]);
        m_y.push_back(y[i]);
    }
    extendLevels();
}

void SeriesPyramid::extendLevels()
{
    for (std::size_t level = 0;; ++level) {
        const std::size_t below = level == 0 ? m_y.size() : m_levels[level - 1].size();
        if (below < 2)
            return;
        if (m_levels.size() == level)
            m_levels.emplace_back();
        auto &blocks = m_levels[level];
        while ((blocks.size() + 1) * 2 <= below) {
            const std::size_t first = blocks.size() * 2;
            blocks.push_back(level == 0 ? joined(ofPoint(m_y[first]), ofPoint(m_y[first + 1]))
                                        : joined(m_levels[level - 1][first], m_levels[level - 1][first + 1]));
        }
    }
}

std::pair<double, double> SeriesPyramid::range(std::size_t first, std::size_t last) const
{
    std::pair<double, double> result{nan, nan};
    last = std::min(last, m_y.size());
    while (first < last) {
        // The largest complete block that starts here and ends before `last`.
        std::size_t level = 0;
        std::size_t best = 0;
        while (level < m_levels.size()) {
            const std::size_t length = std::size_t{2} << level;
            if (first % length != 0 || first + length > last || first / length >= m_levels[level].size())
                break;
            best = length;
            ++level;
        }
        if (best == 0) {
            result = joined(result, ofPoint(m_y[first++]));
            continue;
        }
        result = joined(result, m_levels[level - 1][first / best]);
        first += best;
    }
    return result;
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
    auto from = std::lower_bound(m_x.begin(), m_x.end(), edges.front());
    const auto end = std::upper_bound(from, m_x.end(), edges.back());
    for (std::size_t c = 0; c + 1 < edges.size() && from != end; ++c) {
        const auto to = c + 2 == edges.size() ? end : std::lower_bound(from, end, edges[c + 1]);
        if (to == from)
            continue;
        Column column;
        const auto first = static_cast<std::size_t>(from - m_x.begin());
        const auto last = static_cast<std::size_t>(to - m_x.begin());
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
        from = to;
    }
    return result;
}

std::size_t SeriesPyramid::indexFrom(double x) const
{
    return static_cast<std::size_t>(std::lower_bound(m_x.begin(), m_x.end(), x) - m_x.begin());
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
