#pragma once

#include "ui/plots/curve_sheet.h"

#include <functional>

namespace winnow::ui {

/// The line of a curve, painted on the plot's sheet: a painter takes far longer for the same zigzag. Where it is a surface
/// rather than a line, its pixel columns are painted from minimum to maximum. Vector files get the line itself.
class CurveLine : public QCPGraph {
    Q_OBJECT
public:
    /// `beforeDraw` brings the data up to the view.
    CurveLine(QCPAxis *x, QCPAxis *y, CurveSheet &sheet, std::function<void()> beforeDraw);
    /// The data are minimum and maximum of pixel columns. They are never dashed: a dash could hide a spike.
    void setDense(bool dense) { m_dense = dense; }
    bool dense() const { return m_dense; }
    /// A line that passes more pixels of the device is painted by columns.
    void setMostPixels(double pixels) { m_mostPixels = pixels; }

protected:
    void draw(QCPPainter *painter) override;

private:
    using Pieces = std::vector<std::vector<QPointF>>;
    Pieces pieces(const PixelColumns &columns) const;
    bool isLong(const Pieces &lines, const PixelColumns &columns, double width) const;
    void drawVector(QCPPainter *painter);

    CurveSheet &m_sheet;
    std::function<void()> m_beforeDraw;
    bool m_dense = false;
    double m_mostPixels = 1e6;
};

/// The surface between a graph and this one; both have the same x.
class CurveBand : public QCPGraph {
    Q_OBJECT
public:
    CurveBand(QCPAxis *x, QCPAxis *y, QCPGraph *low, CurveSheet &sheet, std::function<void()> beforeDraw);

protected:
    void draw(QCPPainter *painter) override;

private:
    CurveSheet &m_sheet;
    std::function<void()> m_beforeDraw;
    QCPGraph *m_low;
};

} // namespace winnow::ui
