#include "ui/plots/curve_plot.h"

#include "ui/support/number_format.h"
#include "ui/widgets/painting.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace winnow::ui {

struct CurvePlot::Drawn {
    QCPGraph *line = nullptr;
    QCPGraph *low = nullptr;
    QCPGraph *high = nullptr;
    SeriesPyramid raw;
    std::vector<double> smoothed;
};

double steppedUpper(double value)
{
    if (!(value > 0))
        return 1;
    const double scale = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0})
        if (step * scale >= value * (1 - 1e-12))
            return step * scale;
    return 10 * scale;
}

CurvePlot::CurvePlot(const Theme &theme, QWidget *parent) : Plot(theme, parent)
{
    m_formatter = [](double value) { return lossText(value); };
    setAntialiasedElements(QCP::aePlottables | QCP::aeFills | QCP::aeItems);
}

CurvePlot::~CurvePlot() = default;

void CurvePlot::setCurves(std::vector<Curve> curves)
{
    clearGraphs();
    m_drawn.clear();
    m_curves = std::move(curves);
    for (const Curve &curve : m_curves) {
        auto drawn = std::make_unique<Drawn>();
        drawn->raw = SeriesPyramid(curve.x, curve.y);
        if (curve.rawBand || !curve.low.empty()) {
            drawn->low = addGraph();
            drawn->high = addGraph();
            drawn->high->setChannelFillGraph(drawn->low);
        }
        m_drawn.push_back(std::move(drawn));
    }
    for (std::size_t i = 0; i < m_curves.size(); ++i) { // lines over all bands
        m_drawn[i]->line = addGraph();
        m_drawn[i]->line->setAdaptiveSampling(false);
        if (m_curves[i].steps)
            m_drawn[i]->line->setLineStyle(QCPGraph::lsStepLeft);
    }
    smoothAll();
    styleCurves();
    if (!userZoomed())
        fitAxes();
    feed();
    queueReplot();
}

void CurvePlot::setSmoothing(double share)
{
    m_smoothing = std::clamp(share, 0.0, 0.99);
    smoothAll();
    feed();
    queueReplot();
}

void CurvePlot::setXRange(double low, double high)
{
    m_xLow = low;
    m_xHigh = std::max(high, low + 1e-9);
    if (!userZoomed())
        xAxis->setRange(m_xLow, m_xHigh);
    feed();
    queueReplot();
}

void CurvePlot::setYRange(std::optional<double> low, std::optional<double> high)
{
    m_yLow = low;
    m_yHigh = high;
}

double CurvePlot::lastValue(std::size_t curve) const
{
    const auto &values = m_drawn[curve]->smoothed;
    for (std::size_t i = values.size(); i-- > 0;)
        if (std::isfinite(values[i]))
            return values[i];
    return std::numeric_limits<double>::quiet_NaN();
}

void CurvePlot::smoothAll()
{
    for (std::size_t c = 0; c < m_curves.size(); ++c) {
        const std::vector<double> &y = m_curves[c].y;
        std::vector<double> &out = m_drawn[c]->smoothed;
        out.assign(y.begin(), y.end());
        if (!m_curves[c].smooth || m_smoothing <= 0)
            continue;
        double value = 0;
        double weight = 0; // corrects the start, where few values were seen
        for (std::size_t i = 0; i < y.size(); ++i) {
            if (!std::isfinite(y[i]))
                continue;
            value = m_smoothing * value + (1 - m_smoothing) * y[i];
            weight = m_smoothing * weight + (1 - m_smoothing);
            out[i] = value / weight;
        }
    }
}

void CurvePlot::styleCurves()
{
    for (std::size_t c = 0; c < m_curves.size() && c < m_drawn.size(); ++c) {
        const Curve &curve = m_curves[c];
        const QColor color = theme().seriesColor(curve.look);
        m_drawn[c]->line->setPen(linePen(color, curve.width, curve.look.dash));
        if (!m_drawn[c]->low)
            continue;
        for (QCPGraph *edge : {m_drawn[c]->low, m_drawn[c]->high})
            edge->setPen(Qt::NoPen);
        m_drawn[c]->high->setBrush(theme().withOpacity(color, theme().tokens().bandOpacity));
    }
}

void CurvePlot::applyTheme()
{
    Plot::applyTheme();
    styleCurves();
}

void CurvePlot::fitAxes()
{
    xAxis->setRange(m_xLow, m_xHigh);
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (std::size_t c = 0; c < m_curves.size(); ++c) {
        const auto [a, b] = m_drawn[c]->raw.range(0, m_drawn[c]->raw.size());
        low = std::fmin(low, a);
        high = std::fmax(high, b);
        for (const double v : m_curves[c].high)
            high = std::fmax(high, v);
        for (const double v : m_curves[c].low)
            low = std::fmin(low, v);
    }
    if (!(high >= low)) {
        low = 0;
        high = 1;
    }
    const double lower = m_yLow.value_or(low >= 0 && low < 0.4 * high ? 0 : low - 0.05 * (high - low));
    double upper = m_yHigh.value_or(lower + (high - lower) * 1.06);
    if (!(upper > lower))
        upper = lower + std::max(1e-6, std::abs(lower) * 0.1);
    yAxis->setRange(lower, upper);
}

void CurvePlot::plotResized()
{
    feed();
}

void CurvePlot::feedLine(Drawn &drawn, const Curve &curve)
{
    const QCPRange range = xAxis->range();
    const auto width = static_cast<std::size_t>(std::max(50, axisRect()->width()));
    QVector<QCPGraphData> points;
    const auto first = std::lower_bound(curve.x.begin(), curve.x.end(), range.lower) - curve.x.begin();
    const auto last = std::upper_bound(curve.x.begin(), curve.x.end(), range.upper) - curve.x.begin();
    if (static_cast<std::size_t>(last - first) <= 2 * width) {
        const auto from = std::max<std::ptrdiff_t>(0, first - 1);
        const auto to = std::min(static_cast<std::ptrdiff_t>(curve.x.size()), last + 1);
        for (auto i = from; i < to; ++i)
            points.push_back({curve.x[static_cast<std::size_t>(i)], drawn.smoothed[static_cast<std::size_t>(i)]});
    } else {
        for (const auto &column : drawn.raw.columns(range.lower, range.upper, width)) {
            if (column.gap)
                points.push_back({column.x, std::numeric_limits<double>::quiet_NaN()});
            points.push_back({curve.x[column.lastIndex], drawn.smoothed[column.lastIndex]});
        }
    }
    drawn.line->data()->set(points, true);
}

void CurvePlot::feedBand(Drawn &drawn, const Curve &curve)
{
    QVector<QCPGraphData> low;
    QVector<QCPGraphData> high;
    if (!curve.low.empty()) {
        for (std::size_t i = 0; i < curve.x.size(); ++i) {
            low.push_back({curve.x[i], curve.low[i]});
            high.push_back({curve.x[i], curve.high[i]});
        }
    } else {
        const QCPRange range = xAxis->range();
        // Columns of several pixels, so that the band is a surface and not a comb.
        const auto first = std::lower_bound(curve.x.begin(), curve.x.end(), range.lower);
        const auto last = std::upper_bound(curve.x.begin(), curve.x.end(), range.upper);
        const auto points = static_cast<std::size_t>(std::max<std::ptrdiff_t>(1, last - first));
        const std::size_t width = std::clamp<std::size_t>(points / 6, 2, static_cast<std::size_t>(std::max(50, axisRect()->width() / 4)));
        for (const auto &column : drawn.raw.columns(range.lower, range.upper, width)) {
            low.push_back({(column.x + column.end) / 2, column.low});
            high.push_back({(column.x + column.end) / 2, column.high});
        }
        if (!low.empty()) { // the band covers the whole line
            low.front().key = high.front().key = std::max(range.lower, curve.x.front());
            low.back().key = high.back().key = std::min(range.upper, curve.x.back());
        }
    }
    drawn.low->data()->set(low, true);
    drawn.high->data()->set(high, true);
}

void CurvePlot::feed()
{
    for (std::size_t c = 0; c < m_drawn.size(); ++c) {
        if (m_drawn[c]->low)
            feedBand(*m_drawn[c], m_curves[c]);
        feedLine(*m_drawn[c], m_curves[c]);
    }
}

QVector<Plot::ReadoutRow> CurvePlot::readout(double x) const
{
    QVector<ReadoutRow> rows;
    for (std::size_t c = 0; c < m_curves.size(); ++c) {
        if (m_curves[c].x.empty() || x > m_curves[c].x.back() + (m_xHigh - m_xLow) * 0.02)
            continue;
        const double value = m_drawn[c]->smoothed[m_drawn[c]->raw.nearest(x)];
        rows.push_back({m_curves[c].name, m_formatter(value), m_curves[c].look,
                        std::isfinite(value) ? std::optional(value) : std::nullopt});
    }
    return rows;
}

QString CurvePlot::readoutTitle(double x) const
{
    if (m_titleFormatter)
        return m_titleFormatter(x);
    return Plot::readoutTitle(x);
}

void CurvePlot::paintOverlay(QCPPainter &painter)
{
    for (const Curve &curve : m_curves) {
        if (!curve.markers && curve.x.size() != 1) // a single point has no line
            continue;
        for (std::size_t i = 0; i < curve.x.size(); ++i)
            if (std::isfinite(curve.y[i]))
                paintMarker(painter, curve.look.marker(),
                            QPointF(xAxis->coordToPixel(curve.x[i]), yAxis->coordToPixel(curve.y[i])), 6,
                            theme().seriesColor(curve.look), theme().color(Token::Surface));
    }
    if (!m_extremeLabel || m_curves.empty() || m_curves[0].x.size() < 20)
        return;
    // The one spike that stands out is named, so that smoothing hides nothing.
    const Curve &curve = m_curves[0];
    std::size_t best = 0;
    double most = 0;
    for (std::size_t i = 1; i < curve.x.size(); ++i) {
        const double above = curve.y[i] - m_drawn[0]->smoothed[i];
        if (std::isfinite(above) && above > most) {
            most = above;
            best = i;
        }
    }
    if (most < 0.3 * yAxis->range().size())
        return;
    const QPointF at(xAxis->coordToPixel(curve.x[best]), yAxis->coordToPixel(curve.y[best]));
    const QString words = QStringLiteral("max ") + m_formatter(curve.y[best]);
    const bool leftSide = at.x() + 100 > width();
    paintText(painter, QRectF(leftSide ? at.x() - 96 : at.x() + 6, at.y() - 8, 90, 16), words,
              theme().font(TextRole::Caption), theme().color(Token::Text3), leftSide ? Qt::AlignRight : Qt::AlignLeft);
}

} // namespace winnow::ui
