#include "ui/plots/curve_sheet.h"

#include <algorithm>

namespace winnow::ui {

namespace {

/// The layer of a plot's sheet; made here, because a layerable needs it when it is constructed.
QString sheetLayer(QCustomPlot *plot)
{
    const QString name = QStringLiteral("curves");
    if (!plot->layer(name))
        plot->addLayer(name, plot->layer(QStringLiteral("main")), QCustomPlot::limAbove);
    return name;
}

} // namespace

CurveSheet::CurveSheet(QCustomPlot *plot) : QCPLayerable(plot, sheetLayer(plot)) {}

QRect CurveSheet::clipRect() const
{
    return mParentPlot->axisRect()->rect();
}

void CurveSheet::applyDefaultAntialiasingHint(QCPPainter *painter) const
{
    painter->setAntialiasing(false);
}

void CurveSheet::begin(QCPPainter &painter, const PixelColumns &columns)
{
    if (columns.area == m_area && m_mask.size() == m_area.size())
        return;
    paint(painter); // what lies elsewhere on the device
    m_area = columns.area;
    m_mask.resize(m_area.size());
    m_picture = QImage(m_mask.stride(), m_area.height(), QImage::Format_ARGB32_Premultiplied);
    m_picture.fill(0);
}

void CurveSheet::addSpans(QCPPainter &painter, const PixelColumns &columns, const std::vector<ColumnSpan> &spans,
                          const QColor &color)
{
    begin(painter, columns);
    m_mask.addSpans(spans, columns.step);
    m_dirty |= m_mask.paint(reinterpret_cast<QRgb *>(m_picture.bits()), color);
}

void CurveSheet::addLines(QCPPainter &painter, const PixelColumns &columns,
                          const std::vector<std::vector<QPointF>> &lines, const Stroke &stroke, const QColor &color)
{
    begin(painter, columns);
    for (const std::vector<QPointF> &line : lines)
        m_mask.addLine(line, stroke);
    m_dirty |= m_mask.paint(reinterpret_cast<QRgb *>(m_picture.bits()), color);
}

void CurveSheet::draw(QCPPainter *painter)
{
    paint(*painter);
}

void CurveSheet::paint(QCPPainter &painter)
{
    if (m_dirty.isEmpty())
        return;
    painter.save();
    painter.setWorldTransform(painter.deviceTransform().inverted() * painter.worldTransform()); // device pixels
    painter.drawImage(m_area.topLeft() + m_dirty.topLeft(), m_picture, m_dirty);
    painter.restore();
    for (int y = m_dirty.top(); y <= m_dirty.bottom(); ++y) {
        auto *row = reinterpret_cast<QRgb *>(m_picture.scanLine(y));
        std::fill(row + m_dirty.left(), row + m_dirty.right() + 1, 0);
    }
    m_dirty = {};
}

} // namespace winnow::ui
