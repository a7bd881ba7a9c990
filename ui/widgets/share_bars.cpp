#include "ui/widgets/share_bars.h"

#include "ui/support/number_format.h"
#include "ui/widgets/painting.h"

#include <algorithm>

namespace winnow::ui
{

ShareBars::ShareBars(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme) { }

void ShareBars::setRows(std::vector<Row> rows, bool relative)
{
    m_rows = std::move(rows);
    m_relative = relative;
    m_columns = ownColumns();
    QStringList words;
    for (const Row &row : m_rows)
        words << QStringLiteral("%1 %2").arg(row.name, thousands(row.count));
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

QSize ShareBars::sizeHint() const
{
    return {300, 6 + static_cast<int>(m_rows.size()) * rowHeight()};
}

ShareBars::Columns ShareBars::ownColumns() const
{
    Columns columns;
    for (const Row &row : m_rows) {
        columns.name = std::max(columns.name, textWidth(m_theme.font(TextRole::Panel), row.name));
        columns.count = std::max(columns.count, textWidth(m_theme.font(TextRole::Mono), thousands(row.count)));
    }
    return columns;
}

void ShareBars::align(const std::vector<ShareBars *> &all)
{
    Columns widest;
    for (const ShareBars *bars : all) {
        const Columns own = bars->ownColumns();
        widest = {std::max(widest.name, own.name), std::max(widest.count, own.count)};
    }
    for (ShareBars *bars : all) {
        bars->m_columns = widest;
        bars->update();
    }
}

QRectF ShareBars::groove(int row) const
{
    const double shareWidth = textWidth(m_theme.font(TextRole::MonoSmall), QStringLiteral("100.0%"));
    const double left = 14 + std::min(m_columns.name, width() * 2 / 5) + 12;
    const double right = width() - 14 - shareWidth - 10 - m_columns.count - 12;
    return right > left ? QRectF(left, 2 + row * rowHeight() + rowHeight() / 2.0 - 4, right - left, 8) : QRectF();
}

void ShareBars::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    std::int64_t total = 0, largest = 1;
    for (const Row &row : m_rows) {
        total += row.count;
        largest = std::max(largest, row.count);
    }
    const int nameWidth = std::min(m_columns.name, width() * 2 / 5);
    const double shareWidth = textWidth(m_theme.font(TextRole::MonoSmall), QStringLiteral("100.0%"));
    const double countRight = width() - 14 - shareWidth - 10;
    double y = 2;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Row &row = m_rows[i];
        const double high = rowHeight();
        paintText(painter, QRectF(14, y, nameWidth + 4, high), row.name, m_theme.font(TextRole::Panel),
                  m_theme.color(Token::Text), Qt::AlignLeft, Qt::ElideMiddle);
        const double share = static_cast<double>(row.count) / static_cast<double>(std::max<std::int64_t>(1, total));
        const double part = m_relative ? static_cast<double>(row.count) / static_cast<double>(largest) : share;
        if (const QRectF whole = groove(static_cast<int>(i)); !whole.isEmpty()) {
            paintBox(painter, whole, 2, m_theme.color(Token::Sunken), Qt::transparent);
            if (row.count > 0)
                paintBox(painter, QRectF(whole.left(), whole.top(), std::max(2.0, whole.width() * part), 8), 2,
                         m_theme.color(row.token), Qt::transparent);
        }
        paintText(painter, QRectF(countRight - m_columns.count, y, m_columns.count + 2, high), thousands(row.count),
                  m_theme.font(TextRole::Mono), m_theme.color(Token::Text), Qt::AlignRight);
        paintText(painter, QRectF(width() - 14 - shareWidth, y, shareWidth, high), percentText(share),
                  m_theme.font(TextRole::MonoSmall), m_theme.color(Token::Text3), Qt::AlignRight);
        y += high;
    }
}

} // namespace winnow::ui
