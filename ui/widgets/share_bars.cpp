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

void ShareBars::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    std::int64_t total = 0, largest = 1;
    int nameWidth = 20, countWidth = 20;
    for (const Row &row : m_rows) {
        total += row.count;
        largest = std::max(largest, row.count);
        nameWidth = std::max(nameWidth, textWidth(m_theme.font(TextRole::Panel), row.name));
        countWidth = std::max(countWidth, textWidth(m_theme.font(TextRole::Mono), thousands(row.count)));
    }
    nameWidth = std::min(nameWidth, width() * 2 / 5);
    const double shareWidth = textWidth(m_theme.font(TextRole::MonoSmall), QStringLiteral("100.0%"));
    const double left = 14 + nameWidth + 12;
    const double right = width() - 14 - shareWidth - 10 - countWidth - 12;
    double y = 2;
    for (const Row &row : m_rows) {
        const double high = rowHeight();
        paintText(painter, QRectF(14, y, nameWidth + 4, high), row.name, m_theme.font(TextRole::Panel),
                  m_theme.color(Token::Text), Qt::AlignLeft, Qt::ElideMiddle);
        const double share = static_cast<double>(row.count) / static_cast<double>(std::max<std::int64_t>(1, total));
        const double part = m_relative ? static_cast<double>(row.count) / static_cast<double>(largest) : share;
        if (right > left) {
            const QRectF groove(left, y + high / 2 - 4, right - left, 8);
            paintBox(painter, groove, 2, m_theme.color(Token::Sunken), Qt::transparent);
            if (row.count > 0)
                paintBox(painter, QRectF(groove.left(), groove.top(), std::max(2.0, groove.width() * part), 8), 2,
                         m_theme.color(row.token), Qt::transparent);
        }
        paintText(painter, QRectF(right + 12, y, countWidth + 2, high), thousands(row.count),
                  m_theme.font(TextRole::Mono), m_theme.color(Token::Text), Qt::AlignRight);
        paintText(painter, QRectF(width() - 14 - shareWidth, y, shareWidth, high), percentText(share),
                  m_theme.font(TextRole::MonoSmall), m_theme.color(Token::Text3), Qt::AlignRight);
        y += high;
    }
}

} // namespace winnow::ui
