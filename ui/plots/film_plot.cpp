#include "ui/plots/film_plot.h"

#include <algorithm>
#include <cmath>

namespace winnow::ui {

FilmData makeFilm(const std::vector<double> &steps, const std::vector<std::vector<float>> &weights)
{
    FilmData film;
    film.steps = steps;
    float low = 0.9F;
    float high = 1.1F;
    for (const auto &snapshot : weights)
        for (const float w : snapshot)
            if (std::isfinite(w)) {
                low = std::min(low, w);
                high = std::max(high, w);
            }
    const double unit = high - low > 3 ? 1.0 : 0.5;
    film.low = std::floor((low - 0.02) / unit) * unit;
    film.high = std::ceil((high + 0.02) / unit) * unit;
    const double scale = film.binCount / (film.high - film.low);
    for (const auto &snapshot : weights) {
        std::vector<std::uint32_t> bins(static_cast<std::size_t>(film.binCount));
        for (const float w : snapshot)
            if (std::isfinite(w))
                ++bins[static_cast<std::size_t>(std::clamp((w - film.low) * scale, 0.0, film.binCount - 1.0))];
        film.bins.push_back(std::move(bins));
    }
    return film;
}

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

} // namespace winnow::ui
