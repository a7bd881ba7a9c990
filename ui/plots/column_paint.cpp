#include "ui/plots/column_paint.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace winnow::ui {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

} // namespace

int wholePlace(double place)
{
    return static_cast<int>(std::floor(std::clamp(place, -1e9, 1e9)));
}

std::optional<PixelColumns> PixelColumns::of(const QCPPainter &painter, const QRectF &area)
{
    PixelColumns columns;
    columns.toDevice = painter.deviceTransform();
    if (painter.modes().testFlag(QCPPainter::pmVectorized) || columns.toDevice.type() > QTransform::TxScale)
        return std::nullopt;
    columns.area = columns.toDevice.mapRect(area).toAlignedRect();
    columns.step = std::max(1, static_cast<int>(std::lround(columns.toDevice.m11())));
    if (columns.area.isEmpty())
        return std::nullopt;
    return columns;
}

QPointF PixelColumns::place(const QPointF &pixel) const
{
    constexpr double beyond = 1e7; // any view, and numbers stay exact
    const QPointF at = toDevice.map(pixel) - area.topLeft();
    return {at.x() / step, std::clamp(at.y(), -beyond, beyond)};
}

ColumnLine::ColumnLine(int columns)
    : m_top(static_cast<std::size_t>(columns), infinity), m_bottom(static_cast<std::size_t>(columns), -infinity)
{
}

void ColumnLine::extend(int column, double y)
{
    if (column < 0 || column >= static_cast<int>(m_top.size()))
        return;
    const auto at = static_cast<std::size_t>(column);
    m_top[at] = std::min(m_top[at], y);
    m_bottom[at] = std::max(m_bottom[at], y);
    m_from = std::min(m_from, column);
    m_to = std::max(m_to, column + 1);
}

void ColumnLine::set(const std::vector<QPointF> &places)
{
    std::fill(m_top.begin(), m_top.end(), infinity);
    std::fill(m_bottom.begin(), m_bottom.end(), -infinity);
    m_from = static_cast<int>(m_top.size());
    m_to = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        extend(wholePlace(places[i].x()), places[i].y());
        if (i > 0)
            addSegment(places[i - 1], places[i]);
    }
    m_from = std::min(m_from, m_to);
}

/// Only where it passes a column that holds neither end, and then its ends' columns too: what lies between points of
/// neighbouring columns is close()'s, else a column would show more than the values in it.
void ColumnLine::addSegment(const QPointF &a, const QPointF &b)
{
    const int first = wholePlace(a.x());
    const int last = wholePlace(b.x());
    if (last - first < 2)
        return;
    const double slope = (b.y() - a.y()) / (b.x() - a.x());
    const int end = std::min(last, static_cast<int>(m_top.size()));
    for (int edge = std::max(first + 1, 0); edge <= end; ++edge) { // the left edge of a column
        const double y = a.y() + slope * (edge - a.x());
        extend(edge - 1, y);
        extend(edge, y);
    }
}

void ColumnLine::close()
{
    double top = 0; // of the column before, as it was
    double bottom = 0;
    for (int c = m_from; c < m_to; ++c) {
        const auto at = static_cast<std::size_t>(c);
        const double thisTop = m_top[at];
        const double thisBottom = m_bottom[at];
        if (c > m_from && thisTop > bottom) {
            m_top[at] = std::min(m_top[at], (bottom + thisTop) / 2);
            m_bottom[at - 1] = std::max(m_bottom[at - 1], (bottom + thisTop) / 2);
        } else if (c > m_from && thisBottom < top) {
            m_bottom[at] = std::max(m_bottom[at], (top + thisBottom) / 2);
            m_top[at - 1] = std::min(m_top[at - 1], (top + thisBottom) / 2);
        }
        top = thisTop;
        bottom = thisBottom;
    }
}

} // namespace winnow::ui
