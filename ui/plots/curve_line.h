#pragma once

#include "ui/plots/column_paint.h"

#include <functional>

namespace winnow::ui {

/// The line of a curve. Where it is a surface rather than a line, its pixel columns are painted from minimum to maximum:
/// stroking the same zigzag takes the painter far longer. Vector files get the line itself.
class CurveLine : public QCPGraph {
    Q_OBJECT
public:
    /// `beforeDraw` brings the data up to the view.
    CurveLine(QCPAxis *x, QCPAxis *y, std::function<void()> beforeDraw);
    /// The data are minimum and maximum of pixel columns. They are never dashed: a dash could hide a spike.
    void setDense(bool dense) { m_dense = dense; }
    bool dense() const { return m_dense; }
    /// A line longer than this many pixels is painted by columns.
    void setLongest(double pixels) { m_longest = pixels; }

protected:
    void draw(QCPPainter *painter) override;

private:
    using Pieces = std::vector<std::vector<QPointF>>;
    Pieces pieces(const PixelColumns &columns) const;
    bool isLong(const Pieces &lines, const PixelColumns &columns) const;

    std::function<void()> m_beforeDraw;
    bool m_dense = false;
    double m_longest = 1e5;
};

/// The surface between a graph and this one; both have the same x.
class CurveBand : public QCPGraph {
    Q_OBJECT
public:
    CurveBand(QCPAxis *x, QCPAxis *y, QCPGraph *low, std::function<void()> beforeDraw);

protected:
    void draw(QCPPainter *painter) override;

private:
    std::function<void()> m_beforeDraw;
    QCPGraph *m_low;
};

} // namespace winnow::ui
