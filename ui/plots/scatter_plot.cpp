#include "ui/plots/scatter_plot.h"

#include "ui/widgets/painting.h"

#include <QtConcurrent/QtConcurrentRun>

#include <algorithm>
#include <cmath>
#include <limits>

namespace winnow::ui {

namespace {
constexpr std::size_t densityAbove = 50000;
constexpr std::size_t workerAbove = 200000;
}

bool ScatterPlot::Points::finite(std::size_t i) const
{
    return std::isfinite(x[i]) && std::isfinite(y[i]);
}

ScatterPlot::ScatterPlot(const Theme &theme, QWidget *parent)
    : Plot(theme, parent), m_points(std::make_shared<const Points>())
{
    setPlotMargins(40, 12, 14, 40);
    setReadoutVisible(false);
}

void ScatterPlot::setPoints(std::vector<float> x, std::vector<float> y, std::vector<std::int8_t> noise)
{
    const std::size_t count = x.size();
    m_points = std::make_shared<const Points>(Points{std::move(x), std::move(y)});
    m_noise = std::move(noise);
    m_selected.resize(count);
    m_image = {};
    if (!userZoomed())
        fitAxes();
    queueReplot();
}

void ScatterPlot::setSelected(std::vector<std::uint8_t> selected)
{
    m_selected = std::move(selected);
    m_selected.resize(m_points->size());
    m_image = {};
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
    m_image = {};
}

void ScatterPlot::fitAxes()
{
    if (!m_fixed.isNull()) {
        xAxis->setRange(m_fixed.left(), m_fixed.right());
        yAxis->setRange(m_fixed.top(), m_fixed.bottom());
        m_image = {};
        return;
    }
    float xLow = std::numeric_limits<float>::max();
    float xHigh = -xLow;
    float yLow = xLow;
    float yHigh = -xLow;
    for (std::size_t i = 0; i < m_points->size(); ++i) {
        if (!m_points->finite(i))
            continue;
        xLow = std::min(xLow, m_points->x[i]);
        xHigh = std::max(xHigh, m_points->x[i]);
        yLow = std::min(yLow, m_points->y[i]);
        yHigh = std::max(yHigh, m_points->y[i]);
    }
    if (!(xHigh >= xLow)) {
        xLow = yLow = 0;
        xHigh = yHigh = 1;
    }
    const double xRoom = std::max(1e-6, 0.06 * (xHigh - xLow));
    const double yRoom = std::max(1e-6, 0.04 * (yHigh - yLow));
    xAxis->setRange(xLow - xRoom, xHigh + xRoom);
    yAxis->setRange(yLow >= 0 && yLow < 0.3 * yHigh ? 0 : yLow - yRoom, yHigh + yRoom);
    m_image = {};
}

ScatterPlot::PixelMap ScatterPlot::pixelMap() const
{
    PixelMap map;
    map.x0 = xAxis->coordToPixel(0);
    map.y0 = yAxis->coordToPixel(0);
    map.sx = xAxis->coordToPixel(1) - map.x0;
    map.sy = yAxis->coordToPixel(1) - map.y0;
    return map;
}

void ScatterPlot::drawMark(QPainter &painter, std::size_t index) const
{
    const bool flipped = index < m_noise.size() && m_noise[index] == 1;
    const bool selected = m_selected[index] != 0;
    const QPointF at = pixelOf(index);
    if (flipped) {
        painter.setPen(QPen(selected ? theme().color(Token::SelLine) : theme().color(Token::Text2), 1.3));
        painter.drawLine(at + QPointF(-2.6, -2.6), at + QPointF(2.6, 2.6));
        painter.drawLine(at + QPointF(-2.6, 2.6), at + QPointF(2.6, -2.6));
        return;
    }
    painter.setPen(selected ? QPen(theme().color(Token::SelLine), 1) : QPen(Qt::NoPen));
    painter.setBrush(selected ? theme().color(Token::Sel) : theme().withOpacity(theme().color(Token::Control), 0.6));
    painter.drawEllipse(at, 2.1, 2.1);
}

void ScatterPlot::renderDensity(QPainter &painter, const std::vector<std::uint32_t> &visible)
{
    const QRectF area = plotRect();
    constexpr int cell = 3;
    const int columns = std::max(1, static_cast<int>(area.width()) / cell + 1);
    const int rows = std::max(1, static_cast<int>(area.height()) / cell + 1);
    std::vector<std::uint32_t> counts(static_cast<std::size_t>(columns * rows));
    std::vector<std::uint8_t> chosen(counts.size());
    std::vector<std::uint32_t> placed(visible.size());
    const PixelMap map = pixelMap();
    std::uint32_t most = 1;
    for (std::size_t k = 0; k < visible.size(); ++k) {
        const std::uint32_t i = visible[k];
        const QPointF at = map(m_points->x[i], m_points->y[i]) - area.topLeft();
        const int c = std::clamp(static_cast<int>(at.x()) / cell, 0, columns - 1);
        const int r = std::clamp(static_cast<int>(at.y()) / cell, 0, rows - 1);
        placed[k] = static_cast<std::uint32_t>(r * columns + c);
        most = std::max(most, ++counts[placed[k]]);
        chosen[placed[k]] |= m_selected[i];
    }
    for (std::size_t at = 0; at < counts.size(); ++at) {
        if (counts[at] <= 2) // outliers stay points
            continue;
        const double share = std::log1p(static_cast<double>(counts[at])) / std::log1p(static_cast<double>(most));
        const double place = share * 4;
        const auto low = static_cast<std::size_t>(std::min(3.0, place));
        const QColor color = chosen[at] ? mixed(theme().color(Token::SelRow), theme().color(Token::Sel), share)
                                        : mixed(theme().tokens().film[low], theme().tokens().film[low + 1],
                                                place - static_cast<double>(low));
        painter.fillRect(QRectF(area.left() + static_cast<double>(at % static_cast<std::size_t>(columns)) * cell,
                                area.top() + static_cast<double>(at / static_cast<std::size_t>(columns)) * cell, cell, cell),
                         color);
    }
    for (std::size_t k = 0; k < visible.size(); ++k)
        if (counts[placed[k]] <= 2)
            drawMark(painter, visible[k]);
}

void ScatterPlot::renderMarks()
{
    const double ratio = devicePixelRatioF();
    m_image = QImage(size() * ratio, QImage::Format_ARGB32_Premultiplied);
    m_image.setDevicePixelRatio(ratio);
    m_image.fill(Qt::transparent);
    QPainter painter(&m_image);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = plotRect();
    painter.setClipRect(area.adjusted(-3, -3, 3, 3));
    std::vector<std::uint32_t> visible;
    const QCPRange inX = xAxis->range();
    const QCPRange inY = yAxis->range();
    for (std::size_t i = 0; i < m_points->size(); ++i)
        if (m_points->finite(i) && inX.contains(m_points->x[i]) && inY.contains(m_points->y[i]))
            visible.push_back(static_cast<std::uint32_t>(i));
    if (visible.size() > densityAbove) {
        renderDensity(painter, visible);
        return;
    }
    for (const bool selectedTurn : {false, true})
        for (const std::uint32_t i : visible)
            if ((m_selected[i] != 0) == selectedTurn)
                drawMark(painter, i);
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
    if (m_image.isNull() || m_image.size() != size() * devicePixelRatioF())
        renderMarks();
    painter.drawImage(QPointF(0, 0), m_image);
    if (m_current && *m_current < m_points->size() && m_points->finite(*m_current)) {
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

/// The polygon is painted into a mask first: inside and outside are then one look-up, only the points on its edge are
/// tested against all its corners.
std::vector<std::uint32_t> ScatterPlot::indicesIn(const Points &points, const PixelMap &map, const QPolygonF &pixels)
{
    std::vector<std::uint32_t> inside;
    const QRect bounds = pixels.boundingRect().toAlignedRect().adjusted(-1, -1, 1, 1);
    QImage mask(bounds.size(), QImage::Format_Grayscale8);
    mask.fill(0);
    QPainter painter(&mask);
    painter.translate(-bounds.topLeft());
    painter.setBrush(Qt::white);
    painter.setPen(QPen(QColor(128, 128, 128), 3));
    painter.drawPolygon(pixels);
    painter.end();
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!points.finite(i))
            continue;
        const QPointF at = map(points.x[i], points.y[i]);
        const QPointF local = at - bounds.topLeft();
        if (local.x() < 0 || local.y() < 0 || local.x() >= bounds.width() || local.y() >= bounds.height())
            continue;
        const int value = mask.constScanLine(static_cast<int>(local.y()))[static_cast<int>(local.x())];
        if (value == 255 || (value > 0 && pixels.containsPoint(at, Qt::OddEvenFill)))
            inside.push_back(static_cast<std::uint32_t>(i));
    }
    return inside;
}

std::optional<std::size_t> ScatterPlot::nearest(const QPointF &pixel, double distance) const
{
    std::optional<std::size_t> best;
    double closest = distance * distance;
    const PixelMap map = pixelMap();
    for (std::size_t i = 0; i < m_points->size(); ++i) {
        if (!m_points->finite(i))
            continue;
        const QPointF gap = map(m_points->x[i], m_points->y[i]) - pixel;
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
    if (m_points->size() <= workerAbove) {
        Q_EMIT brushed(indicesIn(*m_points, pixelMap(), polygon), modifiers);
        return;
    }
    QtConcurrent::run([points = m_points, map = pixelMap(), polygon] { return indicesIn(*points, map, polygon); })
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
