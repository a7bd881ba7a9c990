#include "ui/plots/scatter_plot.h"

#include "ui/widgets/painting.h"

#include <QtConcurrent/QtConcurrentRun>

#include <algorithm>
#include <cmath>
#include <limits>

namespace winnow::ui {

namespace {
constexpr std::size_t workerAbove = 200000;
}

ScatterPlot::ScatterPlot(const Theme &theme, QWidget *parent) : Plot(theme, parent)
{
    setPlotMargins(40, 12, 14, 40);
    setReadoutVisible(false);
}

void ScatterPlot::setPoints(std::vector<float> x, std::vector<float> y, std::vector<std::int8_t> noise)
{
    setColumns(std::make_shared<const std::vector<float>>(std::move(x)), std::make_shared<const std::vector<float>>(std::move(y)),
               std::make_shared<const std::vector<std::int8_t>>(std::move(noise)));
}

void ScatterPlot::setColumns(Column x, Column y, std::shared_ptr<const std::vector<std::int8_t>> noise)
{
    if (x == m_points.x && y == m_points.y && noise == m_points.noise)
        return;
    m_points.x = std::move(x);
    m_points.y = std::move(y);
    m_points.noise = std::move(noise);
    m_stale = true;
    if (!userZoomed())
        fitAxes();
    queueReplot();
}

void ScatterPlot::setSelected(std::vector<std::uint8_t> selected)
{
    setSelected(std::make_shared<const std::vector<std::uint8_t>>(std::move(selected)));
}

void ScatterPlot::setSelected(std::shared_ptr<const std::vector<std::uint8_t>> selected)
{
    if (selected == m_points.selected)
        return;
    m_points.selected = std::move(selected);
    m_stale = true;
    queueReplot();
}

void ScatterPlot::setCurrent(std::optional<std::size_t> index, const QString &key)
{
    m_current = index;
    m_currentKey = key;
    queueReplot();
}

void ScatterPlot::setShade(std::optional<QRectF> area, bool line)
{
    m_shade = area;
    m_shadeLine = line;
    queueReplot();
}

void ScatterPlot::setRanges(double xLow, double xHigh, double yLow, double yHigh)
{
    m_fixed = QRectF(xLow, yLow, xHigh - xLow, yHigh - yLow);
    if (!userZoomed())
        fitAxes();
}

void ScatterPlot::applyTheme()
{
    Plot::applyTheme();
    m_stale = true;
}

void ScatterPlot::fitAxes()
{
    if (!m_fixed.isNull()) {
        xAxis->setRange(m_fixed.left(), m_fixed.right());
        yAxis->setRange(m_fixed.top(), m_fixed.bottom());
        m_stale = true;
        return;
    }
    float xLow = std::numeric_limits<float>::max();
    float xHigh = -xLow;
    float yLow = xLow;
    float yHigh = -xLow;
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        if (!m_points.finite(i))
            continue;
        xLow = std::min(xLow, (*m_points.x)[i]);
        xHigh = std::max(xHigh, (*m_points.x)[i]);
        yLow = std::min(yLow, (*m_points.y)[i]);
        yHigh = std::max(yHigh, (*m_points.y)[i]);
    }
    if (!(xHigh >= xLow)) {
        xLow = yLow = 0;
        xHigh = yHigh = 1;
    }
    const double xRoom = std::max(1e-6, 0.06 * (xHigh - xLow));
    const double yRoom = std::max(1e-6, 0.04 * (yHigh - yLow));
    xAxis->setRange(xLow - xRoom, xHigh + xRoom);
    yAxis->setRange(yLow >= 0 && yLow < 0.3 * yHigh ? 0 : yLow - yRoom, yHigh + yRoom);
    m_stale = true;
}

ScatterMap ScatterPlot::pixelMap() const
{
    ScatterMap map;
    map.x0 = xAxis->coordToPixel(0);
    map.y0 = yAxis->coordToPixel(0);
    map.sx = xAxis->coordToPixel(1) - map.x0;
    map.sy = yAxis->coordToPixel(1) - map.y0;
    return map;
}

ScatterScene ScatterPlot::scene() const
{
    ScatterScene scene;
    scene.points = m_points;
    scene.map = pixelMap();
    scene.area = plotRect();
    scene.inView = QRectF(QPointF(xAxis->range().lower, yAxis->range().lower), QPointF(xAxis->range().upper, yAxis->range().upper));
    scene.size = size();
    scene.ratio = devicePixelRatioF();
    scene.selected = theme().color(Token::Sel);
    scene.selectedLine = theme().color(Token::SelLine);
    scene.selectedDense = theme().color(Token::SelRow);
    scene.flipped = theme().color(Token::Text2);
    scene.clean = theme().withOpacity(theme().color(Token::Control), 0.6);
    std::copy_n(theme().tokens().film.begin(), scene.density.size(), scene.density.begin());
    return scene;
}

void ScatterPlot::renderMarks()
{
    if (m_painting) // what changes in the meantime is painted when it is done
        return;
    m_stale = false;
    if (m_points.size() <= workerAbove) {
        m_image = paintScatter(scene());
        return;
    }
    m_painting = true;
    QtConcurrent::run([scene = scene()] { return paintScatter(scene); }).then(this, [this](const QImage &image) {
        m_painting = false;
        m_image = image;
        queueReplot();
    });
}

void ScatterPlot::paintOverlay(QCPPainter &painter)
{
    const QRectF area = plotRect();
    if (m_shade) {
        const QRectF shade = *m_shade;
        QRectF box(QPointF(xAxis->coordToPixel(shade.left()), yAxis->coordToPixel(shade.bottom())),
                   QPointF(xAxis->coordToPixel(shade.right()), yAxis->coordToPixel(shade.top())));
        box = box.normalized().intersected(area);
        painter.fillRect(box, theme().withOpacity(theme().color(Token::Sel), 0.12));
        if (m_shadeLine) {
            painter.setPen(QPen(theme().color(Token::SelLine), 1.25));
            painter.drawLine(box.topRight(), box.bottomRight());
        }
    }
    if (m_stale || m_image.size() != size() * devicePixelRatioF())
        renderMarks();
    if (m_image.size() == size() * devicePixelRatioF())
        painter.drawImage(QPointF(0, 0), m_image);
    if (m_current && *m_current < m_points.size() && m_points.finite(*m_current)) {
        const QPointF at = pixelOf(*m_current);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme().color(Token::Text), 2));
        painter.drawEllipse(at, 7, 7);
        const QFont font = theme().font(TextRole::Caption);
        const double words = textWidth(font, m_currentKey) + 12;
        QRectF box(at.x() + 10, at.y() - 24, words, 17);
        if (box.right() > area.right())
            box.moveRight(at.x() - 10);
        if (box.top() < area.top())
            box.moveTop(at.y() + 10);
        paintBox(painter, box, 3, theme().color(Token::Ink), Qt::transparent);
        paintText(painter, box, m_currentKey, font, theme().color(Token::OnInk), Qt::AlignHCenter);
    }
    if (m_drag.size() > 1) {
        painter.setBrush(theme().withOpacity(theme().color(Token::Sel), 0.12));
        painter.setPen(QPen(theme().color(Token::SelLine), 1));
        painter.drawPolygon(m_drag);
    }
}

std::optional<std::size_t> ScatterPlot::nearest(const QPointF &pixel, double distance) const
{
    std::optional<std::size_t> best;
    double closest = distance * distance;
    const ScatterMap map = pixelMap();
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        if (!m_points.finite(i))
            continue;
        const QPointF gap = map((*m_points.x)[i], (*m_points.y)[i]) - pixel;
        if (const double d = QPointF::dotProduct(gap, gap); d < closest) {
            closest = d;
            best = i;
        }
    }
    return best;
}

void ScatterPlot::finishBrush(const QPolygonF &polygon, Qt::KeyboardModifiers modifiers)
{
    const int number = ++m_brushNumber;
    if (m_points.size() <= workerAbove) {
        Q_EMIT brushed(pointsIn(m_points, pixelMap(), polygon), modifiers);
        return;
    }
    QtConcurrent::run([points = m_points, map = pixelMap(), polygon] { return pointsIn(points, map, polygon); })
        .then(this, [this, number, modifiers](const std::vector<std::uint32_t> &indices) {
            if (number == m_brushNumber)
                Q_EMIT brushed(indices, modifiers);
        });
}

void ScatterPlot::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && plotRect().contains(event->position()))
        m_drag = QPolygonF({event->position()});
}

void ScatterPlot::mouseMoveEvent(QMouseEvent *event)
{
    if (m_drag.isEmpty())
        return;
    if (m_brush == Brush::Lasso) {
        m_drag << event->position();
    } else {
        const QPointF from = m_drag.first();
        const QPointF to = event->position();
        m_drag = QPolygonF({from, QPointF(to.x(), from.y()), to, QPointF(from.x(), to.y())});
    }
    queueReplot();
}

void ScatterPlot::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_drag.isEmpty())
        return;
    const QPolygonF drag = m_drag;
    m_drag.clear();
    const QRectF box = drag.boundingRect();
    if (box.width() < 4 && box.height() < 4) {
        const auto index = nearest(event->position(), 9);
        if (index && event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier | Qt::AltModifier))
            Q_EMIT brushed({static_cast<std::uint32_t>(*index)}, event->modifiers());
        else if (index)
            Q_EMIT pointClicked(*index);
    } else {
        finishBrush(drag, event->modifiers());
    }
    queueReplot();
}

} // namespace winnow::ui
