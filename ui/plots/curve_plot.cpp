#include "ui/plots/curve_plot.h"

#include "ui/plots/curve_line.h"
#include "ui/support/number_format.h"
#include "ui/widgets/painting.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace winnow::ui {

struct CurvePlot::Drawn {
    CurveLine *line = nullptr;
    QCPGraph *low = nullptr;
    QCPGraph *high = nullptr;
    SeriesPyramid raw; ///< over the points of the curve
    std::vector<double> smoothed;
    double value = 0;  ///< of the smoothing at the end of the curve
    double weight = 0; ///< corrects the start, where few values were seen
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

namespace {

/// Pixels that all lines together may pass to be painted as lines; more of them are painted by columns.
constexpr double mostLinePixels = 2e6;

double lowestPositive(const std::vector<Curve> &curves, double fallback)
{
    double low = std::numeric_limits<double>::infinity();
    for (const Curve &curve : curves)
        for (const double y : curve.y)
            if (y > 0 && y < low)
                low = y;
    return std::isfinite(low) ? low : fallback;
}

} // namespace

CurvePlot::CurvePlot(const Theme &theme, QWidget *parent) : Plot(theme, parent), m_sheet(new CurveSheet(this))
{
    m_formatter = [](double value) { return lossText(value); };
    setPannable(true);
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
        if (curve.smooth || !curve.low.empty()) {
            drawn->low = addGraph();
            drawn->high = new CurveBand(xAxis, yAxis, drawn->low, *m_sheet, [this] { feed(); }); // the plot owns it
        }
        m_drawn.push_back(std::move(drawn));
    }
    for (std::size_t i = 0; i < m_curves.size(); ++i) { // lines over all bands
        m_drawn[i]->line = new CurveLine(xAxis, yAxis, *m_sheet, [this] { feed(); });
        m_drawn[i]->line->setMostPixels(mostLinePixels / static_cast<double>(m_curves.size()));
        if (m_curves[i].steps)
            m_drawn[i]->line->setLineStyle(QCPGraph::lsStepLeft);
    }
    smoothAll();
    styleCurves();
    countBelowZero();
    changed();
}

void CurvePlot::append(const std::vector<CurveTail> &tails)
{
    const std::size_t first = m_curves.empty() ? 0 : m_curves[0].y.size();
    for (std::size_t c = 0; c < m_curves.size() && c < tails.size(); ++c) {
        Curve &curve = m_curves[c];
        curve.x.insert(curve.x.end(), tails[c].x.begin(), tails[c].x.end());
        curve.y.insert(curve.y.end(), tails[c].y.begin(), tails[c].y.end());
        m_drawn[c]->raw.read(curve.x, curve.y);
        if (smoothed(curve))
            smoothOn(c);
        if (logY())
            m_belowZero += static_cast<std::size_t>(std::count_if(tails[c].y.begin(), tails[c].y.end(), [](double y) { return y <= 0; }));
    }
    findExtreme(std::max<std::size_t>(1, first));
    changed();
}

void CurvePlot::setSmoothing(double share)
{
    m_smoothing = std::clamp(share, 0.0, 0.99);
    smoothAll();
    m_fed.reset();
    queueReplot();
}

void CurvePlot::setXRange(double low, double high)
{
    m_xLow = low;
    m_xHigh = high > low ? high : low + 1; // an empty range would be ticked in billionths
    changed();
}

/// The points are made anew when they are painted, once for all changes until then.
void CurvePlot::changed()
{
    if (!userZoomed())
        fitAxes();
    m_fed.reset();
    queueReplot();
}

void CurvePlot::setYRange(std::optional<double> low, std::optional<double> high)
{
    m_yLow = low;
    m_yHigh = high;
}

double CurvePlot::shownValue(std::size_t curve, std::size_t point) const
{
    const auto &values = m_drawn[curve]->smoothed;
    return values.empty() ? m_curves[curve].y[point] : values[point];
}

double CurvePlot::lastValue(std::size_t curve) const
{
    for (std::size_t i = m_curves[curve].y.size(); i-- > 0;)
        if (const double value = shownValue(curve, i); std::isfinite(value))
            return value;
    return std::numeric_limits<double>::quiet_NaN();
}

std::size_t CurvePlot::notFinite() const
{
    std::size_t count = 0;
    for (const auto &drawn : m_drawn)
        count += drawn->raw.notFinite();
    return count;
}

const QCPGraph *CurvePlot::lineGraph(std::size_t curve) const
{
    feed();
    return m_drawn[curve]->line;
}

const QCPGraph *CurvePlot::bandTop(std::size_t curve) const
{
    feed();
    return m_drawn[curve]->high;
}

void CurvePlot::smoothAll()
{
    for (std::size_t c = 0; c < m_curves.size(); ++c) {
        Drawn &drawn = *m_drawn[c];
        drawn.smoothed.clear(); // the raw values stand for it
        drawn.value = drawn.weight = 0;
        if (smoothed(m_curves[c]))
            smoothOn(c);
    }
    findExtreme();
}

/// From where the smoothed values end.
void CurvePlot::smoothOn(std::size_t curve)
{
    const std::vector<double> &y = m_curves[curve].y;
    Drawn &drawn = *m_drawn[curve];
    const std::size_t from = drawn.smoothed.size();
    drawn.smoothed.insert(drawn.smoothed.end(), y.begin() + static_cast<std::ptrdiff_t>(from), y.end());
    for (std::size_t i = from; i < y.size(); ++i) {
        if (!std::isfinite(y[i]))
            continue;
        drawn.value = m_smoothing * drawn.value + (1 - m_smoothing) * y[i];
        drawn.weight = m_smoothing * drawn.weight + (1 - m_smoothing);
        drawn.smoothed[i] = drawn.value / drawn.weight;
    }
}

/// Only points from `from` on are new since the last time.
void CurvePlot::findExtreme(std::size_t from)
{
    if (!m_extremeLabel || m_curves.empty() || m_curves[0].x.size() < 20) {
        m_extreme.reset();
        return;
    }
    if (!m_extreme)
        from = 1;
    if (from == 1)
        m_extreme.reset();
    double most = m_extreme ? m_curves[0].y[*m_extreme] - shownValue(0, *m_extreme) : 0;
    for (std::size_t i = from; i < m_curves[0].y.size(); ++i)
        if (const double above = m_curves[0].y[i] - shownValue(0, i); std::isfinite(above) && above > most) {
            most = above;
            m_extreme = i;
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
    double first = m_xLow;
    if (logX())
        for (const Curve &curve : m_curves) // a log axis begins at the first point that it can hold
            if (const auto at = std::upper_bound(curve.x.begin(), curve.x.end(), 0.0); at != curve.x.end())
                first = first > 0 ? std::min(first, *at) : *at;
    xAxis->setRange(logX() && first <= 0 ? m_xHigh / 10 : first, m_xHigh);
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
    if (logY())
        low = lowestPositive(m_curves, high);
    if (!(high >= low)) {
        low = logY() ? 0.1 : 0;
        high = 1;
    }
    if (logY()) {
        yAxis->setRange(low * 0.8, std::max(high * 1.25, low * 2));
        return;
    }
    const double lower = m_yLow.value_or(low >= 0 && low < 0.4 * high ? 0 : low - 0.05 * (high - low));
    double upper = m_yHigh.value_or(lower + (high - lower) * 1.06);
    if (!(upper > lower))
        upper = lower + std::max(1e-6, std::abs(lower) * 0.1);
    yAxis->setRange(lower, upper);
}

std::vector<double> CurvePlot::columnEdges() const
{
    const QCPRange range = xAxis->range();
    const auto width = static_cast<std::size_t>(std::max(50, axisRect()->width()));
    const double left = xAxis->coordToPixel(range.lower);
    const double step = (xAxis->coordToPixel(range.upper) - left) / static_cast<double>(width);
    std::vector<double> edges(width + 1);
    const bool laidOut = axisRect()->width() > 1; // else no pixel has a place yet
    for (std::size_t i = 0; i <= width; ++i)
        edges[i] = laidOut ? xAxis->pixelToCoord(left + step * static_cast<double>(i))
                           : range.lower + range.size() * static_cast<double>(i) / static_cast<double>(width);
    edges.front() = range.lower;
    edges.back() = range.upper;
    return edges;
}

void CurvePlot::feedLine(Drawn &drawn, const Curve &curve, std::span<const double> edges) const
{
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    const QCPRange range = xAxis->range();
    const auto width = static_cast<std::size_t>(std::max(50, axisRect()->width()));
    const std::vector<double> &shown = drawn.smoothed.empty() ? curve.y : drawn.smoothed;
    const std::size_t first = drawn.raw.indexFrom(range.lower);
    const std::size_t last = drawn.raw.indexFrom(range.upper);
    QVector<QCPGraphData> points;
    points.reserve(static_cast<qsizetype>(2 * width + 4));
    const auto addPoint = [&](std::size_t i) {
        points.push_back({curve.x[i], logY() && shown[i] <= 0 ? none : shown[i]});
    };
    drawn.line->setDense(last - first > 2 * width);
    if (!drawn.line->dense()) {
        for (std::size_t i = first > 0 ? first - 1 : 0; i < std::min(curve.x.size(), last + 2); ++i)
            addPoint(i);
    } else {
        double before = 0;
        for (auto column : drawn.raw.columns(edges)) {
            if (column.count <= 2 && drawn.smoothed.empty()) { // as they are: a view may be dense in part only
                for (std::size_t i = column.first; i < column.first + column.count; ++i)
                    addPoint(i);
                if (std::isfinite(points.back().value))
                    before = points.back().value;
                continue;
            }
            if (logY()) // what a log axis cannot hold ends at its lower edge
                column.low = column.high > 0 ? std::max(column.low, yAxis->range().lower) : none;
            if (column.gap)
                points.push_back({column.x, none});
            if (!std::isfinite(column.low))
                continue;
            if (!drawn.smoothed.empty()) {
                points.push_back({curve.x[column.lastIndex], shown[column.lastIndex]});
                continue;
            }
            // Minimum and maximum of the pixel column, the one nearer to where the line comes from first.
            const bool lowFirst = std::abs(before - column.low) <= std::abs(before - column.high);
            points.push_back({column.x, lowFirst ? column.low : column.high});
            points.push_back({column.x, lowFirst ? column.high : column.low});
            before = points.back().value;
        }
    }
    drawn.line->data()->set(points, true);
}

void CurvePlot::rawBand(const Drawn &drawn, QVector<QCPGraphData> &low, QVector<QCPGraphData> &high) const
{
    // A few pixels or points around each place, so that the band is a surface and not a comb also where points are rare.
    constexpr double reachPixels = 3;
    const std::span<const double> x = drawn.raw.x();
    const QCPRange range = xAxis->range();
    const std::size_t first = drawn.raw.indexFrom(range.lower);
    const std::size_t last = drawn.raw.indexFrom(range.upper);
    if (last <= first || axisRect()->width() < 2)
        return;
    const double pixelsEach = std::abs(xAxis->coordToPixel(x[last - 1]) - xAxis->coordToPixel(x[first]))
                              / static_cast<double>(std::max<std::size_t>(1, last - first - 1));
    const double reach = std::max(reachPixels, 2.5 * pixelsEach);
    const double from = std::max(xAxis->coordToPixel(x[first]), plotRect().left());
    const double to = std::min(xAxis->coordToPixel(x[last - 1]), plotRect().right() + 1);
    std::size_t begin = drawn.raw.indexFrom(xAxis->pixelToCoord(from - reach)); // both go on from pixel to pixel
    std::size_t end = begin;
    for (double pixel = from;; pixel = std::min(pixel + 1, to)) {
        begin = drawn.raw.indexFrom(xAxis->pixelToCoord(pixel - reach), begin, 1);
        end = drawn.raw.indexFrom(std::nextafter(xAxis->pixelToCoord(pixel + reach), 1e300), end, 1);
        const auto [least, most] = drawn.raw.range(begin, end);
        if (std::isfinite(least) && !(logY() && most <= 0)) {
            low.push_back({xAxis->pixelToCoord(pixel), logY() ? std::max(least, yAxis->range().lower) : least});
            high.push_back({xAxis->pixelToCoord(pixel), most});
        }
        if (pixel >= to)
            return;
    }
}

void CurvePlot::feedBand(Drawn &drawn, const Curve &curve) const
{
    QVector<QCPGraphData> low;
    QVector<QCPGraphData> high;
    if (!curve.low.empty()) {
        for (std::size_t i = 0; i < curve.x.size(); ++i) {
            low.push_back({curve.x[i], curve.low[i]});
            high.push_back({curve.x[i], curve.high[i]});
        }
    } else if (smoothed(curve)) {
        rawBand(drawn, low, high);
    }
    drawn.low->data()->set(low, true);
    drawn.high->data()->set(high, true);
}

void CurvePlot::feed() const
{
    const View view{xAxis->range(), logY() ? yAxis->range() : QCPRange(), axisRect()->rect(), logX(), logY()};
    if (m_fed == view)
        return;
    m_fed = view;
    ++m_timesFed;
    const std::vector<double> edges = columnEdges();
    for (std::size_t c = 0; c < m_drawn.size(); ++c) {
        if (m_drawn[c]->low)
            feedBand(*m_drawn[c], m_curves[c]);
        feedLine(*m_drawn[c], m_curves[c], edges);
    }
}

bool CurvePlot::isEmpty() const
{
    return std::all_of(m_curves.begin(), m_curves.end(), [](const Curve &curve) { return curve.x.empty(); });
}

QVector<Plot::ReadoutRow> CurvePlot::readout(double x) const
{
    QVector<ReadoutRow> rows;
    for (std::size_t c = 0; c < m_curves.size(); ++c) {
        if (m_curves[c].x.empty() || x > m_curves[c].x.back() + (m_xHigh - m_xLow) * 0.02)
            continue;
        const double value = shownValue(c, m_drawn[c]->raw.nearest(x));
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
    paintNotFinite(painter);
    paintExtreme(painter);
    if (logY() && m_belowZero > 0)
        paintText(painter, QRectF(plotRect().left() + 70, plotRect().top() + 2, plotRect().width() - 76, 16),
                  tr("%1 values of 0 or less are not on the log scale").arg(thousands(static_cast<std::int64_t>(m_belowZero))),
                  theme().font(TextRole::Caption), theme().color(Token::Text2));
}

void CurvePlot::countBelowZero()
{
    m_belowZero = 0;
    if (!logY())
        return;
    for (const Curve &curve : m_curves)
        m_belowZero += static_cast<std::size_t>(std::count_if(curve.y.begin(), curve.y.end(), [](double y) { return y <= 0; }));
}

void CurvePlot::scaleChanged()
{
    countBelowZero();
    fitAxes();
    queueReplot();
}

void CurvePlot::paintNotFinite(QCPPainter &painter) const
{
    // NaN and infinite values: a gap in the line, a mark on the top edge, and their count beside the first mark in view.
    const QRectF area = plotRect();
    const QColor color = theme().color(Token::Failed);
    double wordsFrom = -1;
    for (const auto &drawn : m_drawn) {
        const std::vector<std::size_t> &bad = drawn->raw.bad();
        auto at = std::lower_bound(bad.begin(), bad.end(), drawn->raw.indexFrom(xAxis->range().lower));
        while (at != bad.end() && drawn->raw.x()[*at] <= xAxis->range().upper) {
            const double x = xAxis->coordToPixel(drawn->raw.x()[*at]);
            painter.setPen(Qt::NoPen);
            painter.setBrush(color);
            painter.drawPolygon(QPolygonF({QPointF(x - 5, area.top() + 1), QPointF(x + 5, area.top() + 1), QPointF(x, area.top() + 9)}));
            if (wordsFrom < 0)
                wordsFrom = x;
            at = std::lower_bound(std::next(at), bad.end(), drawn->raw.indexFrom(xAxis->pixelToCoord(x + 3))); // the next that can be told apart
        }
    }
    if (wordsFrom < 0)
        return;
    const auto count = static_cast<std::int64_t>(notFinite());
    const QString words = count == 1 ? tr("1 NaN or infinite value") : tr("%1 NaN or infinite values").arg(thousands(count));
    paintText(painter, QRectF(wordsFrom + 9, area.top() - 3, area.right() - wordsFrom - 9, 16), words,
              theme().font(TextRole::Caption), color);
}

void CurvePlot::paintExtreme(QCPPainter &painter) const
{
    if (!m_extreme)
        return;
    // The one spike that stands out is named, so that smoothing hides nothing.
    const Curve &curve = m_curves[0];
    const std::size_t best = *m_extreme;
    const double most = curve.y[best] - shownValue(0, best);
    if (most < 0.3 * yAxis->range().size())
        return;
    const QPointF at(xAxis->coordToPixel(curve.x[best]), yAxis->coordToPixel(curve.y[best]));
    const QString words = tr("max %1").arg(m_formatter(curve.y[best]));
    const bool leftSide = at.x() + 100 > width();
    paintText(painter, QRectF(leftSide ? at.x() - 96 : at.x() + 6, at.y() - 8, 90, 16), words,
              theme().font(TextRole::Caption), theme().color(Token::Text3), leftSide ? Qt::AlignRight : Qt::AlignLeft);
}

} // namespace winnow::ui
