// The pinned cursor of a plot, differences measured with it, and its values as a table or a file.
#include "ui/plots/curve_plot.h"
#include "ui/plots/film_plot.h"
#include "ui/plots/histogram_plot.h"
#include "ui/plots/plot_parts.h"
#include "ui/plots/scatter_plot.h"
#include "ui/support/number_format.h"
#include "ui/widgets/painting.h"

#include <algorithm>
#include <cmath>

namespace winnow::ui {

namespace {

QString withSign(double value, const QString &size)
{
    return (value < 0 ? QString(QChar(0x2212)) : QStringLiteral("+")) + size;
}

QString plain(double value)
{
    return std::isfinite(value) ? QString::number(value, 'g', 17) : QString();
}

/// A field of pasted text must not begin a new one.
QString field(QString text)
{
    return text.replace(QLatin1Char('\t'), QLatin1Char(' ')).simplified();
}

} // namespace

void Plot::setMarks(bool pinned, std::optional<double> from)
{
    if (m_pinned == pinned && m_from == from)
        return;
    m_pinned = pinned;
    m_from = from;
    tellAccessibly();
    layer(QStringLiteral("cursor"))->replot();
}

void Plot::markClicked(double x)
{
    if (!m_pinned)
        setMarks(true, std::nullopt);
    else if (!m_from && m_cursor)
        setMarks(true, m_cursor);
    else
        setMarks(false, std::nullopt);
    Q_EMIT marksChanged(m_pinned, m_from);
    Q_EMIT cursorMoved(x);
}

void Plot::markByKey()
{
    if (!m_cursor)
        return;
    if (m_pinned && m_from)
        setMarks(false, std::nullopt);
    else // from here on the arrows measure
        setMarks(true, m_cursor);
    Q_EMIT marksChanged(m_pinned, m_from);
}

void Plot::unmark()
{
    setMarks(false, std::nullopt);
    Q_EMIT marksChanged(false, std::nullopt);
}

void Plot::tellAccessibly()
{
    if (!m_cursor || m_name.isEmpty())
        return;
    QStringList words{m_name, measuredTitle()};
    for (const ReadoutRow &row : measured())
        words << row.name + QLatin1Char(' ') + row.value;
    setAccessibleDescription(words.join(QStringLiteral(", ")));
}

QString Plot::differenceText(double difference) const
{
    return withSign(difference, QString::number(std::abs(difference), 'g', 3));
}

QVector<Plot::ReadoutRow> Plot::measured() const
{
    QVector<ReadoutRow> rows = readout(*m_cursor);
    if (!m_from)
        return rows;
    const QVector<ReadoutRow> before = readout(*m_from);
    for (ReadoutRow &row : rows)
        for (const ReadoutRow &old : before)
            if (old.name == row.name && old.y && row.y)
                row.value += QStringLiteral("  Δ ") + differenceText(*row.y - *old.y);
    return rows;
}

QString Plot::measuredTitle() const
{
    QString title = readoutTitle(*m_cursor);
    if (m_from) {
        const double span = *m_cursor - *m_from;
        const double size = std::abs(span);
        title += tr(", Δ %1 from the mark")
                     .arg(withSign(span, size >= 10 ? thousands(std::llround(size)) : QString::number(size, 'g', 3)));
    }
    return title;
}

void Plot::paintFrom(QCPPainter &painter)
{
    if (!m_from)
        return;
    const QRectF area = plotRect();
    const auto place = [&](double x) { return std::clamp(std::round(xAxis->coordToPixel(x)), area.left(), area.right()); };
    const double a = place(*m_from);
    const double b = place(*m_cursor);
    painter.setAntialiasing(false);
    painter.fillRect(QRectF(std::min(a, b), area.top(), std::abs(a - b), area.height()),
                     m_theme.withOpacity(m_theme.color(Token::Text2), 0.06));
    if (!xAxis->range().contains(*m_from))
        return;
    painter.setPen(linePen(m_theme.color(Token::Text2), 1, 1));
    painter.drawLine(QPointF(a, area.top()), QPointF(a, area.bottom()));
}

QString CurvePlot::differenceText(double difference) const
{
    if (yAxis->ticker().dynamicCast<NumberTicker>() && m_formatter(0.5).endsWith(QLatin1Char('%')))
        return pointsText(difference); // of two shares: points, not percent
    return withSign(difference, m_formatter(std::abs(difference)));
}

QByteArray CurvePlot::csv(bool visibleOnly) const
{
    QByteArray out = "series,x,value\n";
    for (const Curve &curve : m_curves) {
        QString name = curve.name;
        const QByteArray quoted = '"' + name.replace(QLatin1Char('"'), QStringLiteral("\"\"")).toUtf8() + '"';
        for (std::size_t i = 0; i < curve.x.size(); ++i)
            if (!visibleOnly || xAxis->range().contains(curve.x[i]))
                out += quoted + ',' + QByteArray::number(curve.x[i], 'g', 17) + ',' + QByteArray::number(curve.y[i], 'g', 17) + '\n';
    }
    return out;
}

QString CurvePlot::tableText() const
{
    std::vector<double> at;
    for (const Curve &curve : m_curves)
        for (const double x : curve.x)
            if (xAxis->range().contains(x))
                at.push_back(x);
    std::sort(at.begin(), at.end());
    at.erase(std::unique(at.begin(), at.end()), at.end());
    if (at.empty())
        return {};
    QStringList head{QStringLiteral("x")};
    for (const Curve &curve : m_curves) {
        head << field(curve.name);
        if (!curve.low.empty())
            head << field(curve.name) + QStringLiteral(" low") << field(curve.name) + QStringLiteral(" high");
    }
    QString out = head.join(QLatin1Char('\t')) + QLatin1Char('\n');
    std::vector<std::size_t> next(m_curves.size());
    for (const double x : at) {
        out += plain(x);
        for (std::size_t c = 0; c < m_curves.size(); ++c) {
            const Curve &curve = m_curves[c];
            while (next[c] < curve.x.size() && curve.x[next[c]] < x)
                ++next[c];
            const std::size_t i = next[c];
            const bool here = i < curve.x.size() && curve.x[i] == x;
            out += QLatin1Char('\t') + (here ? plain(curve.y[i]) : QString());
            if (!curve.low.empty())
                out += QLatin1Char('\t') + (here ? plain(curve.low[i]) : QString()) + QLatin1Char('\t') +
                       (here ? plain(curve.high[i]) : QString());
        }
        out += QLatin1Char('\n');
    }
    return out;
}

QString ScatterPlot::tableText() const
{
    QString out;
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const auto x = static_cast<double>((*m_points.x)[i]), y = static_cast<double>((*m_points.y)[i]);
        if (m_points.finite(i) && xAxis->range().contains(x) && yAxis->range().contains(y))
            out += QStringLiteral("%1\t%2\t%3\t%4\n").arg(i).arg(plain(x), plain(y)).arg(m_points.isSelected(i) ? 1 : 0);
    }
    return out.isEmpty() ? out : QStringLiteral("row\tx\ty\tselected\n") + out;
}

QString FilmPlot::tableText() const
{
    QString out;
    for (std::size_t s = 0; s < m_film.steps.size(); ++s) {
        if (!xAxis->range().contains(m_film.steps[s]))
            continue;
        out += plain(m_film.steps[s]);
        for (const std::uint32_t count : m_film.bins[s])
            out += QLatin1Char('\t') + QString::number(count);
        out += QLatin1Char('\n');
    }
    if (out.isEmpty())
        return out;
    QString head = QStringLiteral("iteration");
    const double step = (m_film.high - m_film.low) / m_film.binCount;
    for (int b = 0; b < m_film.binCount; ++b)
        head += QStringLiteral("\t%1").arg(m_film.low + b * step, 0, 'g', 6);
    return head + QLatin1Char('\n') + out;
}

QString HistogramPlot::tableText() const
{
    QString out;
    const auto selected = m_selected->data();
    int i = 0;
    for (const QCPBarsData &bar : *m_all->data()) {
        const double chosen = i < selected->size() ? selected->at(i)->value : 0;
        out += QStringLiteral("%1\t%2\t%3\n").arg(plain(bar.key)).arg(std::llround(bar.value)).arg(std::llround(chosen));
        ++i;
    }
    return out.isEmpty() ? out : QStringLiteral("weight\tsamples\tselected\n") + out;
}

} // namespace winnow::ui
