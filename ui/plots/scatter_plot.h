#pragma once

#include "ui/plots/plot.h"
#include "ui/plots/scatter_marks.h"

#include <QImage>
#include <QPolygonF>

#include <cstdint>
#include <memory>
#include <vector>

namespace winnow::ui {

/// Points of all samples. Marks are painted into one image (scatter_marks.h) that is kept until data, view, theme or selection
/// change; above 200 000 points a worker paints it, and the image before stays until it is there.
class ScatterPlot : public Plot {
    Q_OBJECT
public:
    enum class Brush { Rectangle, Lasso };
    using Column = std::shared_ptr<const std::vector<float>>;
    struct Region {
        QRectF area; ///< data coordinates, top = high y
        bool shaded = true;
    };

    explicit ScatterPlot(const Theme &theme, QWidget *parent = nullptr);

    /// Columns of equal length; `noise` may be empty. NaN points are left out.
    void setPoints(std::vector<float> x, std::vector<float> y, std::vector<std::int8_t> noise);
    /// The same without copies; what did not change costs nothing.
    void setColumns(Column x, Column y, std::shared_ptr<const std::vector<std::int8_t>> noise);
    void setSelected(std::vector<std::uint8_t> selected);
    void setSelected(std::shared_ptr<const std::vector<std::uint8_t>> selected);
    void setCurrent(std::optional<std::size_t> index, const QString &key);
    void setShade(std::optional<QRectF> area, bool line);
    void setBrush(Brush brush) { m_brush = brush; }
    void setRanges(double xLow, double xHigh, double yLow, double yHigh);
    QString tableText() const override;

Q_SIGNALS:
    void brushed(const std::vector<std::uint32_t> &indices, Qt::KeyboardModifiers modifiers);
    void pointClicked(std::size_t index);

protected:
    void applyTheme() override;
    void fitAxes() override;
    void plotResized() override { m_stale = true; }
    void paintOverlay(QCPPainter &painter) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    ScatterMap pixelMap() const;
    QPointF pixelOf(std::size_t index) const { return pixelMap()((*m_points.x)[index], (*m_points.y)[index]); }
    ScatterScene scene() const;
    void renderMarks();
    void finishBrush(const QPolygonF &polygon, Qt::KeyboardModifiers modifiers);
    std::optional<std::size_t> nearest(const QPointF &pixel, double distance) const;

    ScatterPoints m_points;
    int m_brushNumber = 0; ///< newest wins
    QImage m_image;
    bool m_stale = true;
    bool m_painting = false; ///< on a worker
    std::optional<std::size_t> m_current;
    QString m_currentKey;
    std::optional<QRectF> m_shade;
    bool m_shadeLine = false;
    Brush m_brush = Brush::Rectangle;
    QPolygonF m_drag;
    QRectF m_fixed;
};

} // namespace winnow::ui
