#include "ui/widgets/interval_chart.h"

#include "ui/widgets/painting.h"

#include <cmath>

namespace winnow::ui {

IntervalChart::IntervalChart(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme) {}

void IntervalChart::setRows(std::vector<Row> rows, double low, double high, double tick)
{
    m_rows = std::move(rows);
    m_low = low;
    m_high = high;
    m_tick = tick;
    updateGeometry();
    update();
}

QSize IntervalChart::sizeHint() const
{
    int high = 30;
    for (const Row &row : m_rows)
        high += row.marks.size() > 1 ? 30 : 25;
    return {300, high};
}

void IntervalChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (m_rows.empty())
        return;
    int nameWidth = 40;
    int rightWidth = 20;
    for (const Row &row : m_rows) {
        nameWidth = std::max(nameWidth, textWidth(m_theme.font(TextRole::Panel), row.name));
        rightWidth = std::max(rightWidth, textWidth(m_theme.font(TextRole::Mono), row.right));
    }
    nameWidth = std::min(nameWidth, width() / 3);
    const double left = 14 + nameWidth + 16;
    const double right = width() - rightWidth - 26;
    const double bottom = height() - 22;
    const auto x = [&](double v) { return left + (v - m_low) / (m_high - m_low) * (right - left); };
    for (double tick = std::ceil(m_low / m_tick - 1e-9) * m_tick; tick <= m_high + 1e-9; tick += m_tick) {
        painter.fillRect(QRectF(std::round(x(tick)), 0, 1, bottom), m_theme.color(Token::Border));
        paintText(painter, QRectF(x(tick) - 30, bottom + 3, 60, 16),
                  QString::number(std::lround(tick * 100)) + QLatin1Char('%'), m_theme.font(TextRole::MonoSmall),
                  m_theme.color(Token::Text3), Qt::AlignHCenter);
    }
    const double step = std::min(30.0, bottom / static_cast<double>(m_rows.size()));
    double y = 0;
    for (const Row &row : m_rows) {
        paintText(painter, QRectF(14, y, nameWidth + 6, step), row.name, m_theme.font(TextRole::Panel),
                  m_theme.color(row.quiet ? Token::Text3 : Token::Text), Qt::AlignLeft, Qt::ElideMiddle);
        paintText(painter, QRectF(right + 12, y, width() - right - 24, step), row.right, m_theme.font(TextRole::Mono),
                  m_theme.color(row.quiet ? Token::Text3 : Token::Text), Qt::AlignRight);
        const auto count = static_cast<double>(row.marks.size());
        for (std::size_t i = 0; i < row.marks.size(); ++i) {
            const Mark &mark = row.marks[i];
            const double at = std::round(y + step / 2 + (static_cast<double>(i) - (count - 1) / 2) * 6);
            const QColor color = m_theme.seriesColor(mark.look);
            if (mark.value.high > mark.value.low)
                painter.fillRect(QRectF(x(mark.value.low), at - 0.75, x(mark.value.high) - x(mark.value.low), 1.5), color);
            paintMarker(painter, mark.marker, QPointF(x(mark.value.value), at), count > 1 ? 4 : 6, color,
                        m_theme.color(Token::Surface));
        }
        y += step;
    }
}

} // namespace winnow::ui
