#pragma once

#include "ui/plots/plot.h"

#include <QImage>
#include <QPolygonF>

#include <cstdint>
#include <memory>
#include <vector>

namespace winnow::ui {

/// Points of all samples. Marks are painted into one image that is kept until data, view, theme or selection change;
/// above 50 000 visible points it becomes a density map with the outliers as points. Known flipped = cross, else dot.
class ScatterPlot : public Plot {
    Q_OBJECT
public:
    enum class Brush { Rectangle, Lasso };
    struct Region {
        QRectF area; ///< data coordinates, top = high y
        bool shaded = true;
    };

    explicit ScatterPlot(const Theme &theme, QWidget *parent = nullptr);

    /// Columns of equal length; `noise` may be empty. NaN points are left out.
    void setPoints(std::vector<float> x, std::vector<float> y, std::vector<std::int8_t> noise);
    void setSelected(std::vector<std::uint8_t> selected);
    void setCurrent(std::optional<std::size_t> index, const QString &key);
    void setShade(std::optional<QRectF> area, bool line);
    void setBrush(Brush brush) { m_brush = brush; }
    void setRanges(double xLow, double xHigh, double yLow, double yHigh);

Q_SIGNALS:
    void brushed(const std::vector<std::uint32_t> &indices, Qt::KeyboardModifiers modifiers);
    void pointClicked(std::size_t index);

protected:
    void applyTheme() override;
    void fitAxes() override;
    void plotResized() override { m_image = {}; }
    void paintOverlay(QCPPainter &painter) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    /// Data to pixels by two multiplications: the axis' own function costs 20 times as much at a million points.
    struct PixelMap {
        double x0 = 0;
        double y0 = 0;
        double sx = 1;
        double sy = 1;
        QPointF operator()(float x, float y) const { return {x0 + sx * x, y0 + sy * y}; }
    };
    /// Shared with the worker that finds what lies in a lasso.
    struct Points {
        std::vector<float> x;
        std::vector<float> y;
        std::size_t size() const { return x.size(); }
        bool finite(std::size_t i) const;
    };
    PixelMap pixelMap() const;
    QPointF pixelOf(std::size_t index) const { return pixelMap()(m_points->x[index], m_points->y[index]); }
    void renderMarks();
    void renderDensity(QPainter &painter, const std::vector<std::uint32_t> &visible);
    void drawMark(QPainter &painter, std::size_t index) const;
    void finishBrush(const QPolygonF &polygon, Qt::KeyboardModifiers modifiers);
    static std::vector<std::uint32_t> indicesIn(const Points &points, const PixelMap &map, const QPolygonF &pixels);
    std::optional<std::size_t> nearest(const QPointF &pixel, double distance) const;

    std::shared_ptr<const Points> m_points;
    int m_brushNumber = 0; ///< newest wins
    std::vector<std::int8_t> m_noise;
    std::vector<std::uint8_t> m_selected;
    QImage m_image;
    std::optional<std::size_t> m_current;
    QString m_currentKey;
    std::optional<QRectF> m_shade;
    bool m_shadeLine = false;
    Brush m_brush = Brush::Rectangle;
    QPolygonF m_drag;
    QRectF m_fixed;
};

} // namespace winnow::ui
