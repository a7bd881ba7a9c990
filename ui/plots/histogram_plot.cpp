#include "ui/plots/histogram_plot.h"

#include "ui/support/number_format.h"
#include "ui/widgets/painting.h"

#include <algorithm>
#include <cmath>

namespace winnow::ui {

HistogramPlot::HistogramPlot(const Theme &theme, QWidget *parent)
    : Plot(theme, parent), m_all(new QCPBars(yAxis, xAxis)), m_selected(new QCPBars(yAxis, xAxis))
{
    setPlotMargins(2, 12, 4, 24);
    setReadoutVisible(false);
    HistogramPlot::applyTheme();
}

void HistogramPlot::applyTheme()
{
    Plot::applyTheme();
    yAxis->setTickLabels(false);
    yAxis->grid()->setVisible(false);
    xAxis->ticker()->setTickCount(2);
    for (QCPBars *bars : {m_all, m_selected}) {
        bars->setPen(Qt::NoPen);
        bars->setAntialiased(false);
    }
    m_all->setBrush(mixed(theme().color(Token::Control), theme().color(Token::Surface), 0.35));
    m_selected->setBrush(mixed(theme().color(Token::Sel), theme().color(Token::SelLine), theme().dark() ? 0.1 : 0.25));
}

void HistogramPlot::setCounts(double low, double high, const std::vector<std::uint32_t> &all,
                              const std::vector<std::uint32_t> &selected)
{
    QVector<double> keys;
    QVector<double> grey;
    QVector<double> wheat;
    const double step = (high - low) / static_cast<double>(std::max<std::size_t>(1, all.size()));
    double most = 1;
    for (std::size_t i = 0; i < all.size(); ++i) {
        keys.push_back(low + step * (static_cast<double>(i) + 0.5));
        const double chosen = i < selected.size() ? selected[i] : 0;
        grey.push_back(all[i]);
        wheat.push_back(chosen);
        most = std::max(most, static_cast<double>(all[i]));
    }
    for (QCPBars *bars : {m_all, m_selected}) {
        bars->setWidthType(QCPBars::wtPlotCoords);
        bars->setWidth(step * 0.84);
    }
    m_all->setData(keys, grey, true);
    m_selected->setData(keys, wheat, true);
    m_most = most;
    xAxis->setRange(0, most * 1.06);
    auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    ticker->addTick(0, QStringLiteral("0"));
    ticker->addTick(most, thousands(std::llround(most)));
    xAxis->setTicker(ticker);
    queueReplot();
}

void HistogramPlot::setWeightRange(double low, double high)
{
    yAxis->setRange(low, high);
    queueReplot();
}

void HistogramPlot::setLimit(std::optional<double> limit)
{
    m_limit = limit;
    queueReplot();
}

void HistogramPlot::paintOverlay(QCPPainter &painter)
{
    const QRectF area = plotRect();
    const auto shade = [&](double low, double high) {
        const double top = std::max(area.top(), yAxis->coordToPixel(high));
        const double bottom = std::min(area.bottom(), yAxis->coordToPixel(low));
        painter.fillRect(QRectF(area.left(), top, area.width(), bottom - top),
                         theme().withOpacity(theme().color(Token::Sel), 0.12));
    };
    if (m_dragFrom)
        shade(std::min(*m_dragFrom, m_dragTo), std::max(*m_dragFrom, m_dragTo));
    if (!m_limit || !yAxis->range().contains(*m_limit))
        return;
    if (!m_dragFrom)
        shade(yAxis->range().lower, *m_limit);
    const double y = std::round(yAxis->coordToPixel(*m_limit));
    painter.setPen(QPen(theme().color(Token::SelLine), 1.5));
    painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    const QFont font = theme().font(TextRole::Mono);
    const QString text = weightText(*m_limit);
    const double words = textWidth(font, text) + 10;
    const QRectF box(area.right() - words, y - 8.5, words, 17);
    paintBox(painter, box, 3, theme().color(Token::SelLine), Qt::transparent);
    paintText(painter, box, text, font, theme().color(theme().dark() ? Token::OnInk : Token::Surface), Qt::AlignHCenter);
}

void HistogramPlot::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const double y = event->position().y();
    // Taking the handle moves the limit; anywhere else a new range begins.
    const bool handle = m_limit && std::abs(yAxis->coordToPixel(*m_limit) - y) < 7;
    m_dragFrom = handle ? yAxis->range().lower : yAxis->pixelToCoord(y);
    m_dragTo = yAxis->pixelToCoord(y);
}

void HistogramPlot::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_dragFrom)
        return;
    m_dragTo = yAxis->pixelToCoord(event->position().y());
    queueReplot();
}

void HistogramPlot::mouseReleaseEvent(QMouseEvent *event)
{
    if (!m_dragFrom)
        return;
    const double low = std::min(*m_dragFrom, m_dragTo);
    const double high = std::max(*m_dragFrom, m_dragTo);
    m_dragFrom.reset();
    if (high - low > yAxis->range().size() * 0.004)
        Q_EMIT rangeBrushed(low, high, event->modifiers());
    queueReplot();
}

} // namespace winnow::ui
