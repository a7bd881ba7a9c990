#include "ui/plots/plot.h"

#include "ui/plots/plot_parts.h"
#include "ui/support/number_format.h"

#include <QEvent>
#include <QGuiApplication>
#include <QStyleHints>

#include <algorithm>
#include <cmath>

namespace winnow::ui {

Plot::Plot(const Theme &theme, QWidget *parent) : QCustomPlot(parent), m_theme(theme)
{
    setNoAntialiasingOnDrag(true);
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    axisRect()->setAutoMargins(QCP::msNone);
    xAxis->setTicker(QSharedPointer<NumberTicker>::create(TickStyle::Number));
    yAxis->setTicker(QSharedPointer<NumberTicker>::create(TickStyle::Number));
    setPlotMargins(40, 12, 14, 24);
    addLayer(QStringLiteral("cursor"), layer(QStringLiteral("overlay")), QCustomPlot::limAbove);
    layer(QStringLiteral("cursor"))->setMode(QCPLayer::lmBuffered);
    new PlotOverlay(this); // QCustomPlot owns its layerables
    new PlotCursor(this);
    Plot::applyTheme();
}

Plot::~Plot() = default;

void Plot::setPlotMargins(int left, int top, int right, int bottom)
{
    axisRect()->setMargins(QMargins(left, top, right, bottom));
}

void Plot::setXUnit(const QString &unit)
{
    m_xUnit = unit;
}

void Plot::setXName(const QString &name)
{
    m_xName = name;
}

void Plot::setYName(const QString &name)
{
    m_yName = name;
}

void Plot::setXStyle(TickStyle style)
{
    m_styles[0] = style;
    if (!m_logNamed[0])
        xAxis->setTicker(QSharedPointer<NumberTicker>::create(style));
}

void Plot::setYStyle(TickStyle style)
{
    m_styles[1] = style;
    if (!m_logNamed[1])
        yAxis->setTicker(QSharedPointer<NumberTicker>::create(style));
}

void Plot::setYTicks(int count)
{
    yAxis->ticker()->setTickCount(count);
}

void Plot::setXTicks(int count)
{
    xAxis->ticker()->setTickCount(count);
}

void Plot::setLogX(const QVector<double> &ticks)
{
    xAxis->setScaleType(QCPAxis::stLogarithmic);
    auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (const double tick : ticks)
        ticker->addTick(tick, thousands(std::llround(tick)));
    xAxis->setTicker(ticker);
}

void Plot::setLinearX()
{
    m_logNamed[0] = false;
    xAxis->setScaleType(QCPAxis::stLinear);
    setXStyle(TickStyle::Number);
}

void Plot::setLogScale(bool x, bool y)
{
    for (const bool horizontal : {true, false}) {
        const bool on = horizontal ? x : y;
        QCPAxis *axis = horizontal ? xAxis : yAxis;
        bool &named = m_logNamed[horizontal ? 0 : 1];
        if (on == named)
            continue;
        named = on;
        axis->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
        if (on)
            axis->setTicker(QSharedPointer<PowerTicker>::create());
        else
            axis->setTicker(QSharedPointer<NumberTicker>::create(m_styles[horizontal ? 0 : 1]));
    }
    m_zoomed = false;
    scaleChanged();
}

void Plot::showX(double low, double high)
{
    m_zoomed = true;
    xAxis->setRange(low, high);
    plotResized();
    queueReplot();
}

void Plot::fit()
{
    m_zoomed = false;
    m_pinned = false;
    fitAxes();
    plotResized();
    queueReplot();
}

void Plot::moved()
{
    m_zoomed = true;
    plotResized();
    queueReplot();
    Q_EMIT viewMoved(xAxis->range().lower, xAxis->range().upper);
}

void Plot::setDirectLabels(const QVector<DirectLabel> &labels)
{
    m_labels = labels;
}

void Plot::setEvents(const QVector<Event> &events)
{
    m_events = events;
}

void Plot::setCorners(const QVector<Corner> &corners)
{
    m_corners = corners;
}

void Plot::setNewest(std::optional<double> x)
{
    m_newest = x;
}

void Plot::setGuides(const QVector<double> &horizontal, const QVector<double> &vertical)
{
    m_guidesY = horizontal;
    m_guidesX = vertical;
}

void Plot::setCursor(std::optional<double> x, const QString &flag)
{
    if (m_cursor == x && m_flag == flag)
        return;
    m_cursor = x;
    m_flag = flag;
    if (x && !m_name.isEmpty()) {
        QStringList words{m_name, readoutTitle(*x)};
        for (const ReadoutRow &row : readout(*x))
            words << row.name + QLatin1Char(' ') + row.value;
        setAccessibleDescription(words.join(QStringLiteral(", ")));
    }
    layer(QStringLiteral("cursor"))->replot();
}

void Plot::setReadoutVisible(bool visible)
{
    m_readoutVisible = visible;
}

void Plot::setDescription(const QString &name)
{
    m_name = name;
    setAccessibleName(name);
}

QVector<Plot::ReadoutRow> Plot::readout(double) const
{
    return {};
}

QString Plot::readoutTitle(double x) const
{
    return QStringLiteral("Iteration %1").arg(thousands(std::llround(x)));
}

void Plot::paintOverlay(QCPPainter &) {}

void Plot::styleAxis(QCPAxis *axis)
{
    const bool bottom = axis == xAxis;
    const QPen line(m_theme.color(Token::Control), 1);
    axis->setBasePen(bottom ? line : QPen(Qt::NoPen));
    axis->setTickPen(bottom ? line : QPen(Qt::NoPen));
    axis->setSubTicks(false);
    axis->setTickLength(0, bottom ? 4 : 0);
    axis->setTickLabelFont(m_theme.font(TextRole::MonoSmall));
    axis->setTickLabelColor(m_theme.color(Token::Text3));
    axis->setTickLabelPadding(bottom ? 4 : 6);
    axis->grid()->setVisible(!bottom);
    axis->grid()->setPen(QPen(m_theme.color(Token::Border), 1));
    axis->grid()->setZeroLinePen(Qt::NoPen);
    axis->grid()->setAntialiased(false);
}

void Plot::applyTheme()
{
    setBackground(QBrush(m_theme.color(Token::Surface)));
    styleAxis(xAxis);
    styleAxis(yAxis);
}

void Plot::changeEvent(QEvent *event)
{
    QCustomPlot::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        applyTheme();
        queueReplot();
    }
}

void Plot::resizeEvent(QResizeEvent *event)
{
    QCustomPlot::resizeEvent(event);
    plotResized();
}

void Plot::mouseMoveEvent(QMouseEvent *event)
{
    QCustomPlot::mouseMoveEvent(event);
    if (m_pannable && m_pressedAt && (event->buttons() & Qt::LeftButton)) {
        const double dx = event->position().x() - m_pressedAt->x();
        if (m_panning || std::abs(dx) > QGuiApplication::styleHints()->startDragDistance()) {
            m_panning = true;
            // The point that was pressed stays under the pointer, on log axes too.
            xAxis->setRange(m_pressedRange);
            const double at = xAxis->coordToPixel(m_pressedRange.lower);
            const double end = xAxis->coordToPixel(m_pressedRange.upper);
            xAxis->setRange(xAxis->pixelToCoord(at - dx), xAxis->pixelToCoord(end - dx));
            moved();
        }
        return;
    }
    if (m_pinned || !plotRect().contains(event->position()))
        return;
    Q_EMIT cursorMoved(xAxis->pixelToCoord(event->position().x()));
}

void Plot::mousePressEvent(QMouseEvent *event)
{
    QCustomPlot::mousePressEvent(event);
    if (event->button() != Qt::LeftButton || !plotRect().contains(event->position()))
        return;
    m_pressedAt = event->position();
    m_pressedRange = xAxis->range();
    m_panning = false;
}

void Plot::mouseReleaseEvent(QMouseEvent *event)
{
    QCustomPlot::mouseReleaseEvent(event);
    const bool click = m_pressedAt && !m_panning && event->button() == Qt::LeftButton;
    m_pressedAt.reset();
    m_panning = false;
    if (!click)
        return;
    m_pinned = !m_pinned;
    const double x = xAxis->pixelToCoord(event->position().x());
    Q_EMIT cursorMoved(x);
    if (m_pinned)
        Q_EMIT pinned(x);
}

void Plot::mouseDoubleClickEvent(QMouseEvent *)
{
    fit();
    Q_EMIT viewFitted();
}

void Plot::leaveEvent(QEvent *)
{
    if (!m_pinned)
        Q_EMIT cursorLeft();
}

void Plot::wheelEvent(QWheelEvent *event)
{
    if (!plotRect().contains(event->position()))
        return;
    const double factor = std::pow(0.85, event->angleDelta().y() / 120.0);
    if (event->modifiers() & Qt::ControlModifier)
        yAxis->scaleRange(factor, yAxis->pixelToCoord(event->position().y()));
    else
        xAxis->scaleRange(factor, xAxis->pixelToCoord(event->position().x()));
    event->accept();
    moved();
}

void Plot::keyPressEvent(QKeyEvent *event)
{
    const QCPRange range = xAxis->range();
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    switch (event->key()) {
    case Qt::Key_Plus: xAxis->scaleRange(0.8); break;
    case Qt::Key_Minus: xAxis->scaleRange(1.25); break;
    case Qt::Key_0:
        fit();
        Q_EMIT viewFitted();
        return;
    case Qt::Key_E: Q_EMIT exportRequested(); return;
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const double step = range.size() / 100 * (event->key() == Qt::Key_Left ? -1 : 1);
        if (!shift) {
            Q_EMIT cursorMoved(std::clamp(m_cursor.value_or(range.center()) + step, range.lower, range.upper));
            return;
        }
        xAxis->moveRange(step * 10);
        break;
    }
    default: QCustomPlot::keyPressEvent(event); return;
    }
    moved();
}

} // namespace winnow::ui
