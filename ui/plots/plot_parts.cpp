#include "ui/plots/plot_parts.h"

#include "ui/support/number_format.h"
#include "ui/widgets/painting.h"

#include <QDateTime>

#include <algorithm>
#include <cmath>

namespace winnow::ui {

QString NumberTicker::getTickLabel(double tick, const QLocale &, QChar, int)
{
    if (m_style == TickStyle::Clock)
        return QDateTime::fromMSecsSinceEpoch(std::llround(tick * 1000))
            .toString(m_step < 60 ? QStringLiteral("hh:mm:ss") : QStringLiteral("hh:mm"));
    if (m_style == TickStyle::Percent)
        return QString::number(std::lround(tick * 100)) + QLatin1Char('%');
    if (std::abs(tick) >= 1000 && m_step >= 1)
        return thousands(std::llround(tick));
    const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(m_step) - 1e-9)), 0, 6);
    const bool quarter = decimals > 0 && std::abs(m_step * std::pow(10, decimals) - std::round(m_step * std::pow(10, decimals))) > 1e-6;
    return fixedText(tick, m_step >= 1 ? (std::abs(m_step - std::round(m_step)) > 1e-9 ? 1 : 0) : decimals + quarter);
}

QVector<double> NumberTicker::createTickVector(double tickStep, const QCPRange &range)
{
    m_step = tickStep;
    return QCPAxisTicker::createTickVector(tickStep, range);
}

QString PowerTicker::getTickLabel(double tick, const QLocale &, QChar, int)
{
    return tick >= 1000 && tick < 1e9 ? thousands(std::llround(tick)) : QString::number(tick, 'g', 6);
}

QVector<double> PowerTicker::createTickVector(double, const QCPRange &range)
{
    QVector<double> ticks;
    if (!(range.lower > 0) || !(range.upper > range.lower))
        return ticks;
    const double decades = std::log10(range.upper / range.lower);
    const int every = std::max(1, static_cast<int>(decades / 6));
    for (int power = static_cast<int>(std::floor(std::log10(range.lower))); power <= std::ceil(std::log10(range.upper)); ++power)
        for (const double factor : {1.0, 2.0, 5.0})
            if ((factor == 1 && power % every == 0) || decades < 2)
                ticks << factor * std::pow(10, power);
    return ticks;
}

PlotOverlay::PlotOverlay(Plot *plot) : QCPLayerable(plot, QStringLiteral("overlay")), m_plot(plot) {}
void PlotOverlay::applyDefaultAntialiasingHint(QCPPainter *painter) const
{
    painter->setAntialiasing(true);
}
void PlotOverlay::draw(QCPPainter *painter)
{
    m_plot->paintDecoration(*painter);
}

PlotCursor::PlotCursor(Plot *plot) : QCPLayerable(plot, QStringLiteral("cursor")), m_plot(plot) {}
void PlotCursor::applyDefaultAntialiasingHint(QCPPainter *painter) const
{
    painter->setAntialiasing(true);
}
void PlotCursor::draw(QCPPainter *painter)
{
    m_plot->paintCursor(*painter);
}

namespace {

/// The unit of x after its last number. Where a number stands at the edge, both move to the left together; where the
/// number before is in their way, the unit stands after that one.
void paintXUnit(QCPPainter &painter, const QCPAxis &axis, const QString &unit, const Theme &theme, int wide)
{
    const QVector<double> ticks = axis.tickVector();
    const QVector<QString> numbers = axis.tickVectorLabels();
    const QFont caption = theme.font(TextRole::Caption);
    const QFont mono = theme.font(TextRole::MonoSmall);
    const QColor grey = theme.color(Token::Text3);
    const double top = axis.axisRect()->bottom() + 6;
    const int words = textWidth(caption, unit);
    const auto half = [&](qsizetype i) { return textWidth(mono, numbers[i]) / 2.0; };
    bool last = true;
    for (qsizetype i = std::min(ticks.size(), numbers.size()); i-- > 0;) {
        if (ticks[i] > axis.range().upper * (1 + 1e-9))
            continue;
        const double at = axis.coordToPixel(ticks[i]);
        double x = at + half(i) + 3;
        const bool fits = x + words <= wide - 1;
        if (!fits && last) {
            const double left = wide - 3 - words - 3 - 2 * half(i);
            if (i == 0 || axis.coordToPixel(ticks[i - 1]) + half(i - 1) + 8 < left) {
                painter.fillRect(QRectF(at - half(i) - 2, top, 2 * half(i) + 4, 18), theme.color(Token::Surface));
                paintText(painter, QRectF(left, top + 1, 2 * half(i) + 2, 16), numbers[i], mono, grey, Qt::AlignLeft,
                          Qt::ElideNone);
                x = wide - 3 - words;
            }
        }
        last = false;
        if (x + words > wide - 1)
            continue;
        paintText(painter, QRectF(x, top, words + 4, 16), unit, caption, grey, Qt::AlignLeft, Qt::ElideNone);
        return;
    }
}

} // namespace

void Plot::paintDecoration(QCPPainter &painter)
{
    const QRectF area = plotRect();
    painter.setAntialiasing(false);
    painter.setPen(linePen(m_theme.color(Token::Control), 1, 1));
    for (const double y : m_guidesY)
        if (yAxis->range().contains(y))
            painter.drawLine(QPointF(area.left(), std::round(yAxis->coordToPixel(y))),
                             QPointF(area.right(), std::round(yAxis->coordToPixel(y))));
    for (const double x : m_guidesX)
        if (xAxis->range().contains(x))
            painter.drawLine(QPointF(std::round(xAxis->coordToPixel(x)), area.top()),
                             QPointF(std::round(xAxis->coordToPixel(x)), area.bottom()));
    if (m_newest && xAxis->range().contains(*m_newest)) {
        painter.setPen(linePen(m_theme.color(Token::Running), 1.5, 2));
        const double x = std::round(xAxis->coordToPixel(*m_newest));
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    }
    painter.setAntialiasing(true);
    paintOverlay(painter);
    paintUnits(painter);
    paintEvents(painter);
    paintLabels(painter);
}

void Plot::paintUnits(QCPPainter &painter)
{
    const QRectF area = plotRect();
    const QFont caption = m_theme.font(TextRole::Caption);
    const QColor grey = m_theme.color(Token::Text3);
    const QVector<double> ticks = xAxis->tickVector();
    const QString unitWords = m_logNamed[0] ? m_xUnit + tr(", log scale") : m_xUnit;
    if (m_logNamed[1])
        paintText(painter, QRectF(area.left() + 6, area.top() + 2, 66, 16), tr("log scale"), caption, grey);
    if (!unitWords.isEmpty() && !ticks.isEmpty())
        paintXUnit(painter, *xAxis, unitWords, m_theme, width());
    if (!m_xName.isEmpty())
        paintText(painter, QRectF(area.left(), area.bottom() + 22, area.width(), 16), m_xName, caption, grey,
                  Qt::AlignRight);
    if (!m_yName.isEmpty()) {
        const QRectF box(area.left() + 6, area.top() + 1, area.width() - 12, 16);
        painter.fillRect(QRectF(box.left() - 3, box.top(), std::min(textWidth(caption, m_yName) + 6.0, box.width() + 6), box.height()),
                         m_theme.withOpacity(m_theme.color(Token::Surface), 0.8)); // readable over marks
        paintText(painter, box, m_yName, caption, grey);
    }
    for (const Corner &corner : m_corners) {
        const bool bottom = corner.where & Qt::AlignBottom;
        const QRectF box(area.left() + 6, bottom ? area.bottom() - 19 : area.top() + 2, area.width() - 12, 16);
        const QColor ink = m_theme.color(corner.strong ? Token::Text : Token::Text2);
        const double words = textWidth(caption, corner.text) + 6;
        if (m_corners.size() == 1 && !bottom && words > box.width() + 6) { // says why there is nothing to see: whole
            painter.setFont(caption);
            painter.setPen(ink);
            painter.drawText(QRectF(box.left(), box.top(), box.width(), area.height() - 4),
                             static_cast<int>(Qt::AlignLeft | Qt::AlignTop) | Qt::TextWordWrap, corner.text);
            continue;
        }
        painter.fillRect(QRectF(corner.where & Qt::AlignRight ? box.right() - words + 3 : box.left() - 3, box.top(),
                                std::min(words, box.width() + 6), box.height()),
                         m_theme.withOpacity(m_theme.color(Token::Surface), 0.75)); // readable over marks
        paintText(painter, box, corner.text, caption, ink, corner.where & Qt::AlignHorizontal_Mask);
    }
}

void Plot::paintLabels(QCPPainter &painter)
{
    const QRectF area = plotRect();
    const QFont caption = m_theme.font(TextRole::Caption);
    QVector<int> order(m_labels.size());
    for (int i = 0; i < order.size(); ++i)
        order[i] = i;
    std::sort(order.begin(), order.end(), [this](int a, int b) { return m_labels[a].y > m_labels[b].y; });
    const double lowest = area.bottom() - (m_xUnit.isEmpty() ? 2 : 6); // clear of the unit below
    QVector<double> places;
    for (const int i : order) {
        const double wanted = std::clamp(yAxis->coordToPixel(m_labels[i].y), area.top() + 2, lowest);
        places.push_back(places.isEmpty() ? wanted : std::max(wanted, places.last() + 14));
    }
    // Labels that were pushed below the plot move back up together.
    double limit = lowest;
    for (qsizetype i = places.size(); i-- > 0; limit = places[i] - 14)
        places[i] = std::min(places[i], limit);
    for (qsizetype i = 0; i < order.size(); ++i) {
        const DirectLabel &label = m_labels[order[i]];
        const QColor color = label.inSeriesColor ? m_theme.seriesText(label.look) : m_theme.color(Token::Text2);
        paintText(painter, QRectF(area.right() + 8, places[i] - 8, width() - area.right() - 10, 16), label.text, caption,
                  color);
    }
}

void Plot::paintEvents(QCPPainter &painter)
{
    const QRectF area = plotRect();
    const QFont caption = m_theme.font(TextRole::Caption);
    for (const Event &event : m_events) {
        if (!xAxis->range().contains(event.x))
            continue;
        const double x = xAxis->coordToPixel(event.x);
        if (event.kind == Event::Kind::Resume) {
            painter.setPen(linePen(m_theme.color(Token::Control), 1, 2));
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
            paintText(painter, QRectF(x + 4, area.top(), 120, 16), event.text, caption, m_theme.color(Token::Text3));
            continue;
        }
        const bool top = event.kind == Event::Kind::NotFinite;
        const QColor color = m_theme.color(top ? Token::Failed : Token::Paused);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        const double y = top ? area.top() + 1 : area.bottom() - 1;
        const double d = top ? 8 : -8;
        painter.drawPolygon(QPolygonF({QPointF(x - 5, y), QPointF(x + 5, y), QPointF(x, y + d)}));
        if (top)
            paintText(painter, QRectF(x + 9, area.top() - 3, area.right() - x - 9, 16), event.text, caption, color);
    }
}

void Plot::paintCursor(QCPPainter &painter)
{
    if (!m_cursor || isEmpty())
        return;
    paintFrom(painter);
    if (!xAxis->range().contains(*m_cursor))
        return;
    const QRectF area = plotRect();
    const double x = std::round(xAxis->coordToPixel(*m_cursor));
    painter.setAntialiasing(false);
    painter.setPen(QPen(m_theme.color(Token::Text2), 1));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    painter.setAntialiasing(true);
    const QVector<ReadoutRow> rows = measured();
    for (const ReadoutRow &row : rows) {
        if (!row.y || !yAxis->range().contains(*row.y))
            continue;
        painter.setPen(QPen(m_theme.color(Token::Surface), 1.5));
        painter.setBrush(m_theme.seriesColor(row.look));
        painter.drawEllipse(QPointF(x, yAxis->coordToPixel(*row.y)), 4, 4);
    }
    if (!m_flag.isEmpty()) {
        const QFont font = m_theme.font(TextRole::Mono);
        const double words = textWidth(font, m_flag) + 12;
        const QRectF box(std::clamp(x - words / 2, 0.0, width() - words), area.top() - 1, words, 17);
        paintBox(painter, box, 3, m_theme.color(Token::Ink), Qt::transparent);
        paintText(painter, box, m_flag, font, m_theme.color(Token::OnInk), Qt::AlignHCenter);
    }
    if (m_readoutVisible && !rows.isEmpty())
        paintReadout(painter, x, rows);
}

namespace {

/// How a readout lies: rows below one another, in several columns where the plot is too low for them, so that no number
/// of an axis is covered.
struct ReadoutShape {
    ReadoutShape(const QVector<Plot::ReadoutRow> &rows, const Theme &theme, const QString &title, const QSizeF &room)
    {
        const QFont names = theme.font(TextRole::Caption);
        const QFont values = theme.font(TextRole::Mono);
        for (const Plot::ReadoutRow &row : rows) {
            nameWidth = std::max(nameWidth, textWidth(names, row.name));
            valueWidth = std::max(valueWidth, textWidth(values, row.value));
        }
        const auto count = static_cast<int>(rows.size());
        const auto wideOf = [&](int columns) { return std::max(4.0 + columns * step(), textWidth(names, title) + 22.0); };
        const int fit = std::max(1, static_cast<int>((room.height() - 30) / 18));
        int columns = (count + fit - 1) / fit;
        while (columns > 1 && wideOf(columns) > room.width())
            --columns;
        perColumn = (count + columns - 1) / columns;
        wide = wideOf(columns);
        high = 26.0 + 18.0 * perColumn;
    }
    /// From one column to the next.
    double step() const { return nameWidth + valueWidth + 50.0; }

    int nameWidth = 0;
    int valueWidth = 0;
    int perColumn = 1;
    double wide = 0;
    double high = 0;
};

} // namespace

void Plot::paintReadout(QCPPainter &painter, double x, const QVector<ReadoutRow> &rows)
{
    const QRectF area = plotRect();
    const QFont names = m_theme.font(TextRole::Caption);
    const QString title = measuredTitle();
    const ReadoutShape shape(rows, m_theme, title, area.size());
    double left = x - shape.wide - 8;
    if (left < area.left())
        left = std::min(x + 8, width() - shape.wide - 2);
    // The box moves away from the values that it explains.
    // Below the words of events and of the largest value, where the plot is high enough.
    const double wanted = area.top() + (m_events.isEmpty() && area.height() < shape.high + 48 ? 8 : 24);
    const double start = std::max(1.0, std::min(wanted, area.bottom() - shape.high - 1));
    double top = start;
    const auto covers = [&](double y) {
        return std::any_of(rows.begin(), rows.end(), [&](const ReadoutRow &row) {
            const double at = row.y ? yAxis->coordToPixel(*row.y) : -1e9;
            return at > y - 6 && at < y + shape.high + 6;
        });
    };
    for (double y = start; y + shape.high < area.bottom(); y += 6)
        if (!covers(y)) {
            top = y;
            break;
        }
    const QRectF box(std::round(left), std::round(top), shape.wide, shape.high);
    paintBox(painter, box, 5, m_theme.color(Token::Surface), m_theme.color(Token::Border2));
    paintText(painter, QRectF(box.left() + 10, box.top() + 3, box.width() - 20, 18), title, names, m_theme.color(Token::Text2));
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const ReadoutRow &row = rows[i];
        const double begin = box.left() + 10 + static_cast<double>(i / shape.perColumn) * shape.step();
        const double y = box.top() + 21 + 18 * static_cast<double>(i % shape.perColumn);
        paintSwatch(painter, m_theme, row.look, QRectF(begin, y, 12, 18));
        paintText(painter, QRectF(begin + 18, y, shape.nameWidth + 4, 18), row.name, names, m_theme.color(Token::Text2));
        paintText(painter, QRectF(begin + shape.nameWidth + 30, y, shape.valueWidth + 4, 18), row.value,
                  m_theme.font(TextRole::Mono), m_theme.color(Token::Text), Qt::AlignRight);
    }
}

} // namespace winnow::ui
