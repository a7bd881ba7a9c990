#pragma once

#include "ui/plots/coverage_mask.h"

namespace winnow::ui {

/// The picture that the curves of a plot are painted into one after the other, and that comes onto the plot as a whole: a
/// layerable above the curves. Nothing of it is used for a vector file.
class CurveSheet : public QCPLayerable {
    Q_OBJECT
public:
    /// On a layer of its own above the graphs.
    explicit CurveSheet(QCustomPlot *plot);
    void addSpans(QCPPainter &painter, const PixelColumns &columns, const std::vector<ColumnSpan> &spans, const QColor &color);
    /// Lines by PixelColumns::place, but x in device pixels.
    void addLines(QCPPainter &painter, const PixelColumns &columns, const std::vector<std::vector<QPointF>> &lines,
                  const Stroke &stroke, const QColor &color);

protected:
    QRect clipRect() const override;
    void applyDefaultAntialiasingHint(QCPPainter *painter) const override;
    void draw(QCPPainter *painter) override;

private:
    void begin(QCPPainter &painter, const PixelColumns &columns);
    void paint(QCPPainter &painter);

    CoverageMask m_mask;
    QImage m_picture;
    QRect m_area;  ///< of the plot on the device
    QRect m_dirty; ///< of the picture
};

} // namespace winnow::ui
