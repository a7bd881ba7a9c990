#include "ui/plots/plot.h"

#include "ui/plots/plot_parts.h"
#include "ui/support/number_format.h"

#include <QEvent>
#include <QGuiApplication>
#include <QStyleHints>

#include <algorithm>
#include <cmath>
#include <functional>

namespace winnow::ui {

namespace {

constexpr int bareRightMargin = 22; // px: half of the last number below the axis

} // namespace

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
    layer(QStringLiteral("overlay"))->setMode(QCPLayer::lmLogical); // it never changes alone: no picture of its own
    layer(QStringLiteral("cursor"))->setMode(QCPLayer::lmBuffered);
    new PlotOverlay(this); // QCustomPlot owns its layerables
    new PlotCursor(this);
    Plot::applyTheme();
}

Plot::~Plot() = default;

void Plot::setPlotMargins(int left, int top, int right, int bottom)
{
    m_margins = QMargins(left, top, right, bottom);
    fitMargins();
}

void Plot::fitMargins()
{
    QMargins margins = m_margins;
    if (m_labels.isEmpty())
        margins.setRight(std::min(margins.right(), bareRightMargin));
    axisRect()->setMargins(margins);
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
    if (m_pinned)
        setMarks(false, std::nullopt);
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
    fitMargins();
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
    tellAccessibly();
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
    return tr("Iteration %1").arg(thousands(std::llround(x)));
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
    markClicked(xAxis->pixelToCoord(event->position().x()));
}

void Plot::mouseDoubleClickEvent(QMouseEvent *)
{
    m_pressedAt.reset(); // the release that follows is no click of its own
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

/// A key of a plot: what it is called, what it does.
struct Plot::Key {
    Qt::Key key;
    Qt::KeyboardModifiers modifiers;
    const char *text;
    std::function<void(Plot &)> act;
};

const QVector<Plot::Key> &Plot::keyTable()
{
    static const QVector<Key> keys{
        {Qt::Key_Plus, {}, QT_TR_NOOP("Zoom in on x"), [](Plot &plot) { plot.zoomBy(0.8); }},
        {Qt::Key_Minus, {}, QT_TR_NOOP("Zoom out"), [](Plot &plot) { plot.zoomBy(1.25); }},
        {Qt::Key_0, {}, QT_TR_NOOP("Show all of it"), [](Plot &plot) { plot.fitByKey(); }},
        {Qt::Key_Left, {}, QT_TR_NOOP("Move the cursor left"), [](Plot &plot) { plot.moveCursor(-0.01); }},
        {Qt::Key_Right, {}, QT_TR_NOOP("Move the cursor right"), [](Plot &plot) { plot.moveCursor(0.01); }},
        {Qt::Key_Left, Qt::ShiftModifier, QT_TR_NOOP("Move the view left"), [](Plot &plot) { plot.moveBy(-0.1); }},
        {Qt::Key_Right, Qt::ShiftModifier, QT_TR_NOOP("Move the view right"), [](Plot &plot) { plot.moveBy(0.1); }},
        {Qt::Key_Return, {}, QT_TR_NOOP("Measure from the cursor; again: stop measuring"), [](Plot &plot) { plot.markByKey(); }},
        {Qt::Key_Escape, {}, QT_TR_NOOP("Let go of the pinned cursor"), [](Plot &plot) { plot.unmark(); }},
        {Qt::Key_E, {}, QT_TR_NOOP("Export the plot"), [](Plot &plot) { Q_EMIT plot.exportRequested(); }},
    };
    return keys;
}

QVector<Plot::KeyHelp> Plot::keyHelp()
{
    QVector<KeyHelp> help;
    for (const Key &key : keyTable())
        help << KeyHelp{QKeySequence(QKeyCombination(key.modifiers, key.key)).toString(QKeySequence::NativeText), tr(key.text)};
    return help;
}

void Plot::keyPressEvent(QKeyEvent *event)
{
    // Signs and Enter may come with Shift or from the number block.
    const int wanted = event->key() == Qt::Key_Enter ? static_cast<int>(Qt::Key_Return) : event->key();
    const bool arrow = wanted == Qt::Key_Left || wanted == Qt::Key_Right;
    const Qt::KeyboardModifiers modifiers = event->modifiers() & (arrow ? Qt::ShiftModifier : Qt::NoModifier);
    const bool command = event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    if (wanted == Qt::Key_Escape && !m_pinned)
        return event->ignore(); // the page's
    for (const Key &key : keyTable())
        if (!command && key.key == wanted && key.modifiers == modifiers)
            return key.act(*this);
    QCustomPlot::keyPressEvent(event);
}

void Plot::zoomBy(double factor)
{
    xAxis->scaleRange(factor);
    moved();
}

void Plot::moveBy(double share)
{
    xAxis->moveRange(xAxis->range().size() * share);
    moved();
}

void Plot::moveCursor(double share)
{
    const QCPRange range = xAxis->range();
    Q_EMIT cursorMoved(std::clamp(m_cursor.value_or(range.center()) + range.size() * share, range.lower, range.upper));
}

void Plot::fitByKey()
{
    fit();
    Q_EMIT viewFitted();
}

} // namespace winnow::ui
