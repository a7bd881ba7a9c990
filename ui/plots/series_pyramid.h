#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace winnow::ui {

/// Minimum and maximum of any stretch of a curve in logarithmic time, so that a plot of a million points is fed at most
/// two values a pixel column and no spike is lost. NaN and infinite values are left out and counted. The points stay
/// where their owner keeps them; only extremes of blocks are held here.
class SeriesPyramid {
public:
    struct Column {
        double x = 0; ///< of the first point in the column
        double end = 0; ///< of the last point in the column
        double low = 0;
        double high = 0;
        std::size_t first = 0;     ///< index of the first point in the column
        std::size_t count = 0;     ///< points in the column
        double last = 0;           ///< last finite value
        std::size_t lastIndex = 0; ///< its index in the series
        bool gap = false;          ///< a value in it was not finite
    };

    SeriesPyramid() = default;
    SeriesPyramid(std::span<const double> x, std::span<const double> y) { read(x, y); }

    /// The series, x ascending, which must stay where it is until it is read again: whenever it grew or was moved. Costs
    /// by the points behind those that were read before; these must be what they were.
    void read(std::span<const double> x, std::span<const double> y);

    std::size_t size() const { return m_x.size(); }
    std::span<const double> x() const { return m_x; }
    std::size_t notFinite() const { return m_bad.size(); }
    /// Indices of the values that are not finite, ascending.
    const std::vector<std::size_t> &bad() const { return m_bad; }

    /// At most `columns` columns over [low, high], empty ones left out.
    std::vector<Column> columns(double low, double high, std::size_t columns) const;
    /// One column between each two neighbouring edges (ascending), empty ones left out; the last one holds its end.
    std::vector<Column> columns(std::span<const double> edges) const;
    /// Minimum and maximum of the finite values in [first, last); {NaN, NaN} when there are none.
    std::pair<double, double> range(std::size_t first, std::size_t last) const;
    /// Index of the point nearest to `x`; the series must not be empty.
    std::size_t nearest(double x) const;
    /// First index whose x is not below `x`.
    std::size_t indexFrom(double x) const;
    /// The same where it is known to be `from` or later, quick where it is about `stride` points on.
    std::size_t indexFrom(double x, std::size_t from, std::size_t stride) const;

private:
    void extendLevels();

    std::span<const double> m_x;
    std::span<const double> m_y;
    std::vector<std::vector<std::pair<double, double>>> m_levels; ///< level k: complete blocks of 16 * 2^k points
    std::vector<std::size_t> m_bad;
};

} // namespace winnow::ui
