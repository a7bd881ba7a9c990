#include "ui/plots/film_plot.h"

#include <algorithm>
#include <cmath>

namespace winnow::ui {

FilmPlot::FilmPlot(const Theme &theme, QWidget *parent)
    : Plot(theme, parent), m_map(new QCPColorMap(xAxis, yAxis)), m_rim(addGraph()), m_median(addGraph()),
      m_low(addGraph()), m_high(addGraph())
{
    m_map->setInterpolate(false);
    m_map->setTightBoundary(true);
    FilmPlot::applyTheme();
}

void FilmPlot::setFilm(const FilmData &film)
{
    m_film = film;
    if (film.steps.empty()) {
        m_map->data()->clear();
        queueReplot();
        return;
    }
    const double first = film.steps.front();
    const double last = std::max(film.steps.back(), first + 1);
    const int columns = std::clamp(static_cast<int>(film.steps.size()) * 4, 2, 600);
    m_map->data()->setSize(columns, film.binCount);
    m_map->data()->setRange(QCPRange(first, last), QCPRange(film.low + 0.5 * (film.high - film.low) / film.binCount,
                                                            film.high - 0.5 * (film.high - film.low) / film.binCount));
    double most = 1;
    for (int c = 0; c < columns; ++c) {
        // Between two snapshots the counts go over evenly; the film is a picture of a flow, the histogram is exact.
        const double x = first + (last - first) * c / (columns - 1);
        const auto right = static_cast<std::size_t>(
            std::clamp<std::ptrdiff_t>(std::lower_bound(film.steps.begin(), film.steps.end(), x) - film.steps.begin(), 0,
                                       static_cast<std::ptrdiff_t>(film.steps.size()) - 1));
        const std::size_t left = right > 0 ? right - 1 : 0;
        const double gap = film.steps[right] - film.steps[left];
        const double share = gap > 0 ? (x - film.steps[left]) / gap : 0;
        for (int b = 0; b < film.binCount; ++b) {
            const auto bin = static_cast<std::size_t>(b);
            const double count = film.bins[left][bin] * (1 - share) + film.bins[right][bin] * share;
            const double value = std::log1p(count);
            most = std::max(most, value);
            m_map->data()->setCell(c, b, value);
        }
    }
    m_map->setDataRange(QCPRange(0, most * 0.92));
    if (!userZoomed())
        fitAxes();
    queueReplot();
}

void FilmPlot::setXRange(double low, double high)
{
    m_xLow = low;
    m_xHigh = high;
    if (!userZoomed())
        xAxis->setRange(low, high);
    queueReplot();
}

void FilmPlot::setSelectionBand(const std::vector<double> &steps, const std::vector<double> &median,
                                const std::vector<double> &low, const std::vector<double> &high)
{
    const QVector<double> x(steps.begin(), steps.end());
    const QVector<double> y(median.begin(), median.end());
    m_rim->setData(x, y, true);
    m_median->setData(x, y, true);
    m_low->setData(x, QVector<double>(low.begin(), low.end()), true);
    m_high->setData(x, QVector<double>(high.begin(), high.end()), true);
    queueReplot();
}

void FilmPlot::styleBand()
{
    m_rim->setPen(QPen(theme().color(Token::Surface), 5));
    m_median->setPen(QPen(theme().color(Token::Sel), 2.25));
    m_low->setPen(linePen(theme().color(Token::SelLine), 1.25, 2));
    m_high->setPen(linePen(theme().color(Token::SelLine), 1.25, 2));
}

void FilmPlot::applyTheme()
{
    Plot::applyTheme();
    QCPColorGradient gradient;
    gradient.clearColorStops();
    for (std::size_t i = 0; i < 5; ++i)
        gradient.setColorStopAt(static_cast<double>(i) / 4, theme().tokens().film[i]);
    gradient.setColorInterpolation(QCPColorGradient::ciRGB);
    m_map->setGradient(gradient);
    styleBand();
}

void FilmPlot::fitAxes()
{
    xAxis->setRange(m_xLow, m_xHigh);
    yAxis->setRange(m_film.low, m_film.high);
}

void FilmPlot::setRidges(bool on)
{
    m_ridges = on;
    m_map->setVisible(!on);
    queueReplot();
}

void FilmPlot::paintRidges(QCPPainter &painter)
{
    const std::size_t count = m_film.steps.size();
    const std::size_t stride = std::max<std::size_t>(1, count / 24);
    double most = 1;
    for (const auto &bins : m_film.bins)
        most = std::max(most, static_cast<double>(*std::max_element(bins.begin(), bins.end())));
    const double room = plotRect().width() / static_cast<double>(std::max<std::size_t>(1, count / stride)) * 1.6;
    painter.setPen(QPen(mixed(theme().color(Token::Control), theme().color(Token::Text), 0.3), 1));
    painter.setBrush(theme().withOpacity(theme().color(Token::Control), 0.18));
    for (std::size_t s = 0; s < count; s += stride) {
        const double x = xAxis->coordToPixel(m_film.steps[s]);
        QPolygonF outline{QPointF(x, yAxis->coordToPixel(m_film.low))};
        for (int b = 0; b < m_film.binCount; ++b) {
            const double y = m_film.low + (b + 0.5) * (m_film.high - m_film.low) / m_film.binCount;
            const double share = std::log1p(m_film.bins[s][static_cast<std::size_t>(b)]) / std::log1p(most);
            outline << QPointF(x + share * room, yAxis->coordToPixel(y));
        }
        outline << QPointF(x, yAxis->coordToPixel(m_film.high));
        painter.drawPolygon(outline);
    }
}

void FilmPlot::paintOverlay(QCPPainter &painter)
{
    if (m_ridges)
        paintRidges(painter);
    if (!m_dragFrom)
        return;
    const QRectF area = plotRect();
    const double top = std::clamp(std::min(m_dragFrom->y(), m_dragTo.y()), area.top(), area.bottom());
    const double bottom = std::clamp(std::max(m_dragFrom->y(), m_dragTo.y()), area.top(), area.bottom());
    const double x = std::round(std::clamp(m_dragTo.x(), area.left(), area.right()));
    painter.fillRect(QRectF(x - 4, top, 8, bottom - top), theme().withOpacity(theme().color(Token::Sel), 0.45));
    painter.setPen(QPen(theme().color(Token::SelLine), 1));
    painter.drawLine(QPointF(area.left(), top), QPointF(area.right(), top));
    painter.drawLine(QPointF(area.left(), bottom), QPointF(area.right(), bottom));
}

void FilmPlot::mousePressEvent(QMouseEvent *event)
{
    if (!m_brushable)
        return Plot::mousePressEvent(event);
    if (event->button() == Qt::LeftButton && plotRect().contains(event->position()))
        m_dragFrom = m_dragTo = event->position();
}

void FilmPlot::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_dragFrom)
        return Plot::mouseMoveEvent(event);
    m_dragTo = event->position();
    queueReplot();
}

void FilmPlot::mouseReleaseEvent(QMouseEvent *event)
{
    if (!m_dragFrom)
        return Plot::mouseReleaseEvent(event);
    const QPointF from = *m_dragFrom;
    m_dragFrom.reset();
    const double x = std::clamp(xAxis->pixelToCoord(event->position().x()), xAxis->range().lower, xAxis->range().upper);
    const double a = yAxis->pixelToCoord(from.y());
    const double b = yAxis->pixelToCoord(event->position().y());
    if (std::abs(event->position().y() - from.y()) < 4)
        Q_EMIT stepClicked(x);
    else
        Q_EMIT regionBrushed(x, std::min(a, b), std::max(a, b), event->modifiers());
    queueReplot();
}

} // namespace winnow::ui
