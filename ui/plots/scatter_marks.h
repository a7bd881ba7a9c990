#pragma once

#include <QColor>
#include <QImage>
#include <QPolygonF>

#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

namespace winnow::ui {

/// Data to pixels by two multiplications: the axis' own function costs 20 times as much at a million points.
struct ScatterMap {
    double x0 = 0;
    double y0 = 0;
    double sx = 1;
    double sy = 1;
    QPointF operator()(float x, float y) const { return {x0 + sx * x, y0 + sy * y}; }
};

/// The columns of a scatter plot. Plain data that several threads read.
struct ScatterPoints {
    std::shared_ptr<const std::vector<float>> x;
    std::shared_ptr<const std::vector<float>> y;
    std::shared_ptr<const std::vector<std::int8_t>> noise;     ///< null or shorter: unknown
    std::shared_ptr<const std::vector<std::uint8_t>> selected; ///< null or shorter: no

    std::size_t size() const { return x && y ? std::min(x->size(), y->size()) : 0; }
    bool finite(std::size_t i) const { return std::isfinite((*x)[i]) && std::isfinite((*y)[i]); }
    bool isFlipped(std::size_t i) const { return noise && i < noise->size() && (*noise)[i] == 1; }
    bool isSelected(std::size_t i) const { return selected && i < selected->size() && (*selected)[i] != 0; }
};

/// All that the marks of a scatter plot are painted from, so that a worker thread can paint them.
struct ScatterScene {
    ScatterPoints points;
    ScatterMap map;
    QRectF area;   ///< of the plot, pixels
    QRectF inView; ///< data coordinates
    QSize size;
    double ratio = 1; ///< device pixels a pixel
    QColor selected;
    QColor selectedLine;
    QColor selectedDense; ///< least of a selected cell
    QColor flipped;
    QColor clean;
    std::array<QColor, 5> density; ///< from few to many
};

/// Above 50 000 visible points a density map in which outliers stay points. Known flipped = cross, else dot.
QImage paintScatter(const ScatterScene &scene);
/// Points inside a polygon of pixels (odd-even rule), ascending.
std::vector<std::uint32_t> pointsIn(const ScatterPoints &points, const ScatterMap &map, const QPolygonF &polygon);

} // namespace winnow::ui
