#include "ui/widgets/count_histogram.h"

#include "ui/support/number_format.h"
#include "ui/widgets/painting.h"

#include <QHelpEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace winnow::ui
{

CountHistogram::CountHistogram(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme) { }

void CountHistogram::setBins(const Bins &bins)
{
    m_bins = bins;
    m_message.clear();
    QStringList words;
    for (std::size_t i = 0; i < bins.counts.size(); ++i) {
        if (bins.counts[i] > 0)
            words << binText(i);
    }
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    update();
}

void CountHistogram::setMessage(const QString &text)
{
    m_bins = {};
    m_message = text;
    setAccessibleDescription(text);
    update();
}

QString CountHistogram::binText(std::size_t bin) const
{
    const auto low = static_cast<std::int64_t>(std::llround(static_cast<double>(bin) * m_bins.width));
    const auto high = static_cast<std::int64_t>(std::llround(static_cast<double>(bin + 1) * m_bins.width)) - 1;
    const QString rows = thousands(m_bins.counts[bin]);
    return low >= high ? tr("%1 %2: %3 rows").arg(thousands(low), m_bins.unit, rows)
                       : tr("%1 to %2 %3: %4 rows").arg(thousands(low), thousands(high), m_bins.unit, rows);
}

QRectF CountHistogram::plotArea() const
{
    return QRectF(rect()).adjusted(14, 18, -14, -m_theme.scaled(26));
}

void CountHistogram::paintAxis(QPainter &painter, const QRectF &area) const
{
    const double end = static_cast<double>(m_bins.counts.size()) * m_bins.width;
    painter.fillRect(QRectF(area.left(), area.bottom(), area.width(), 1), m_theme.color(Token::Control));
    const QFont font = m_theme.font(TextRole::MonoSmall);
    // One value a bin: it stands under the middle of its bar, and no wider bins hide between the ticks.
    const bool whole = m_bins.width <= 1;
    const double widest = textWidth(font, thousands(std::llround(end))) + 18;
    const double most = std::max(1.0, area.width() / widest);
    double step = m_bins.width;
    for (int i = 0; end / step > most; ++i)
        step *= i % 3 == 1 ? 2.5 : 2;
    if (whole)
        step = std::ceil(step);
    for (double value = 0; value < end + (whole ? 0 : step / 2); value += step) {
        const double x = area.left() + (value + (whole ? m_bins.width / 2 : 0)) / end * area.width();
        painter.fillRect(QRectF(std::round(x), area.bottom(), 1, 4), m_theme.color(Token::Control));
        paintText(painter, QRectF(x - 40, area.bottom() + 5, 80, 16), thousands(std::llround(value)), font,
                  m_theme.color(Token::Text3), Qt::AlignHCenter, Qt::ElideNone);
    }
}

void CountHistogram::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (m_bins.counts.empty()) {
        paintText(painter, QRectF(rect()).adjusted(14, 0, -14, 0), m_message, m_theme.font(TextRole::Panel),
                  m_theme.color(Token::Text3), Qt::AlignHCenter);
        return;
    }
    const QRectF area = plotArea();
    const auto most = static_cast<double>(*std::max_element(m_bins.counts.begin(), m_bins.counts.end()));
    const double slot = area.width() / static_cast<double>(m_bins.counts.size());
    // Bars of single values stand apart; a few of them need not fill the panel.
    const double bar = m_bins.width <= 1 ? std::min(slot, static_cast<double>(m_theme.scaled(48))) : slot;
    for (std::size_t i = 0; i < m_bins.counts.size(); ++i) {
        if (m_bins.counts[i] == 0)
            continue;
        // A bin with one row among many stays visible.
        const double height = std::max(2.0, area.height() * static_cast<double>(m_bins.counts[i]) / most);
        const double begin = area.left() + slot * static_cast<double>(i) + (slot - bar) / 2;
        const double left = std::round(begin);
        const double right = std::round(begin + bar) - (slot > 4 ? 1 : 0);
        painter.fillRect(QRectF(left, area.bottom() - height, std::max(1.0, right - left), height),
                         m_theme.color(Token::Control));
    }
    paintAxis(painter, area);
    const double end = static_cast<double>(m_bins.counts.size()) * m_bins.width;
    const double shift = m_bins.width <= 1 ? m_bins.width / 2 : 0;
    const double x = std::round(area.left() + (static_cast<double>(m_bins.median) + shift) / end * area.width());
    painter.setPen(QPen(m_theme.color(Token::Text2), 1, Qt::DashLine));
    painter.drawLine(QPointF(x + 0.5, area.top() - 2), QPointF(x + 0.5, area.bottom()));
    const QString words = tr("median %1").arg(thousands(m_bins.median));
    const QFont font = m_theme.font(TextRole::Caption);
    const double wide = textWidth(font, words);
    const double left = std::clamp(x - wide / 2, area.left(), std::max(area.left(), area.right() - wide));
    paintText(painter, QRectF(left, 0, wide + 2, 16), words, font, m_theme.color(Token::Text2));
}

bool CountHistogram::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip || m_bins.counts.empty())
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QRectF area = plotArea();
    const double share = (help->x() - area.left()) / area.width();
    if (share >= 0 && share < 1)
        QToolTip::showText(
            help->globalPos(),
            binText(static_cast<std::size_t>(share * static_cast<double>(m_bins.counts.size()))).toHtmlEscaped(), this);
    return true;
}

} // namespace winnow::ui
