#include "ui/plots/column_paint.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace winnow::ui {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// A place as a whole number that surely fits.
int whole(double place)
{
    return static_cast<int>(std::floor(std::clamp(place, -1e9, 1e9)));
}

/// Pixels of one colour in a picture. Written by hand: a painter goes through rectangles a pixel wide row by row.
class SpanPicture {
public:
    SpanPicture(const QRect &box, const QColor &color)
        : m_image(box.size(), QImage::Format_ARGB32_Premultiplied), m_origin(box.topLeft())
    {
        m_image.fill(0);
        m_bits = reinterpret_cast<QRgb *>(m_image.bits());
        m_stride = m_image.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb));
        for (std::size_t i = 0; i < m_shades.size(); ++i) {
            const int alpha = color.alpha() * static_cast<int>(i) / 255;
            m_shades[i] = qPremultiply(qRgba(color.red(), color.green(), color.blue(), alpha));
        }
    }

    void fill(int left, int wide, double top, double bottom)
    {
        left -= m_origin.x();
        top -= m_origin.y();
        bottom -= m_origin.y();
        wide = std::min(wide, m_image.width() - left);
        const int first = std::max(0, whole(top));
        const int last = std::min(m_image.height() - 1, whole(bottom));
        for (int row = first; row <= last; ++row) {
            QRgb *pixel = m_bits + row * m_stride + left;
            const double covered = std::min(bottom, row + 1.0) - std::max(top, static_cast<double>(row));
            const QRgb shade = m_shades[static_cast<std::size_t>(std::lround(255 * std::clamp(covered, 0.0, 1.0)))];
            for (int i = 0; i < wide; ++i)
                if (qAlpha(shade) > qAlpha(pixel[i])) // two stretches may share a column
                    pixel[i] = shade;
        }
    }

    const QImage &image() const { return m_image; }

private:
    QImage m_image;
    QPoint m_origin;
    QRgb *m_bits = nullptr;
    qsizetype m_stride = 0;
    std::array<QRgb, 256> m_shades{};
};

} // namespace

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
        extend(whole(places[i].x()), places[i].y());
        if (i > 0)
            addSegment(places[i - 1], places[i]);
    }
    m_from = std::min(m_from, m_to);
}

/// Only where it passes a column that holds neither end, and then its ends' columns too: what lies between points of
/// neighbouring columns is close()'s, else a column would show more than the values in it.
void ColumnLine::addSegment(const QPointF &a, const QPointF &b)
{
    const int first = whole(a.x());
    const int last = whole(b.x());
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

void paintSpans(QCPPainter &painter, const PixelColumns &columns, const std::vector<ColumnSpan> &spans,
                const QColor &color)
{
    int left = columns.count();
    int right = -1;
    double top = columns.area.height();
    double bottom = 0;
    for (const ColumnSpan &span : spans) {
        if (span.bottom <= 0 || span.top >= columns.area.height())
            continue;
        left = std::min(left, span.column);
        right = std::max(right, span.column);
        top = std::min(top, std::max(0.0, span.top));
        bottom = std::max(bottom, span.bottom);
    }
    if (right < left)
        return;
    const int firstRow = whole(top);
    const int rows = std::min(columns.area.height(), whole(std::ceil(bottom))) - firstRow;
    const QRect box(left * columns.step, firstRow, (right - left + 1) * columns.step, std::max(1, rows));
    SpanPicture picture(box, color);
    for (const ColumnSpan &span : spans)
        if (span.column >= left && span.column <= right && span.bottom > span.top)
            picture.fill(span.column * columns.step, columns.step, span.top, span.bottom);
    painter.save();
    painter.setWorldTransform(columns.toDevice.inverted() * painter.worldTransform()); // device pixels
    painter.drawImage(columns.area.topLeft() + box.topLeft(), picture.image());
    painter.restore();
}

} // namespace winnow::ui
