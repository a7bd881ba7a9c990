#pragma once

#include "ui/plots/qcustomplot_keywords.h"

#include <optional>
#include <vector>

namespace winnow::ui {

/// The pixel columns of a plot's area on the device that is painted.
struct PixelColumns {
    QTransform toDevice;
    QRect area;   ///< device pixels
    int step = 1; ///< device pixels a column: a column is about as wide as a pixel of the plot

    /// Nothing where the device has no pixels, or they do not lie along the axes.
    static std::optional<PixelColumns> of(const QCPPainter &painter, const QRectF &area);
    int count() const { return (area.width() + step - 1) / step; }
    /// x in columns, y in device pixels, from the corner of the area.
    QPointF place(const QPointF &pixel) const;
};

/// The stretch of each column that a line passes, however many points it has there: a line that never goes back covers one
/// stretch a column, from its highest to its lowest place in it.
class ColumnLine {
public:
    explicit ColumnLine(int columns);
    /// A line through these places (PixelColumns::place), x not descending.
    void set(const std::vector<QPointF> &places);
    /// Stretches of neighbours that do not touch meet half way, so that the line has no gap.
    void close();
    int from() const { return m_from; }
    int to() const { return m_to; } ///< one behind the last
    double top(int column) const { return m_top[static_cast<std::size_t>(column)]; }
    double bottom(int column) const { return m_bottom[static_cast<std::size_t>(column)]; }

private:
    void extend(int column, double y);
    void addSegment(const QPointF &a, const QPointF &b);

    std::vector<double> m_top;
    std::vector<double> m_bottom;
    int m_from = 0;
    int m_to = 0;
};

/// What is covered of a column, from its highest to its lowest place.
struct ColumnSpan {
    int column;
    double top;
    double bottom;
    double topFade = 1; ///< rows around it over which the cover fades: more than 1 where an edge slants in the column
    double bottomFade = 1;
};

/// A place as a whole number that surely fits, rounded down.
int wholePlace(double place);

} // namespace winnow::ui
