#pragma once

#include "ui/plots/column_paint.h"

#include <QImage>

#include <vector>

namespace winnow::ui {

/// How a line is drawn, in pixels of the device.
struct Stroke {
    double width = 1;
    std::vector<double> dashes = {}; ///< lengths drawn and left out in turn; empty: a solid line
};

/// How much of each pixel the shapes added to it cover; where they overlap, the one that covers most counts. It takes a
/// tenth of the time of a painter's outlines for zigzags of many points. Places are in pixels from its corner.
class CoverageMask {
public:
    void resize(const QSize &size);
    QSize size() const { return m_size; }
    /// Pixels from row to row, not fewer than its width; a multiple of 8.
    int stride() const { return m_stride; }
    void addSpans(const std::vector<ColumnSpan> &spans, int pixelsAColumn);
    /// Round where it turns. A single point is a dot.
    void addLine(const std::vector<QPointF> &points, const Stroke &stroke);
    /// Paints what is covered over the pixels of a picture of stride() pixels a row and empties the mask. The rectangle
    /// that it painted in.
    QRect paint(QRgb *picture, const QColor &color);

private:
    void addSpan(const ColumnSpan &span, int pixelsAColumn, int doneFrom, int doneTo);
    void addSegment(const QPointF &a, const QPointF &b, double half);
    uchar *row(int y) { return m_bits.data() + static_cast<std::ptrdiff_t>(y) * m_stride; }

    QSize m_size;
    int m_stride = 0;
    std::vector<uchar> m_bits;
    QRect m_used;
};

} // namespace winnow::ui
