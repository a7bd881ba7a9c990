#include "ui/widgets/rail.h"

#include "ui/theme/icons.h"
#include "ui/widgets/painting.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainterPath>

namespace winnow::ui {

namespace {
constexpr int markHeight = 48;
constexpr int itemHeight = 54;
} // namespace

Rail::Rail(const Theme &theme, const QVector<Item> &items, const Item &bottom, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_items(items)
{
    m_items.push_back(bottom);
    m_dots.resize(m_items.size());
    setFixedWidth(theme.scaled(76));
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Pages"));
}

void Rail::setCurrent(int index)
{
    m_current = index;
    update();
}

void Rail::setDot(int index, bool on)
{
    if (m_dots[index] == on)
        return;
    m_dots[index] = on;
    update();
}

QSize Rail::sizeHint() const
{
    return {m_theme.scaled(76), 400};
}

QRect Rail::itemRect(int index) const
{
    const int high = m_theme.scaled(itemHeight);
    if (index == m_items.size() - 1)
        return {0, height() - high - 4, width(), high};
    return {0, markHeight + index * high, width(), high};
}

int Rail::itemAt(const QPoint &point) const
{
    for (int i = 0; i < m_items.size(); ++i)
        if (itemRect(i).contains(point))
            return i;
    return -1;
}

void Rail::paintItem(QPainter &painter, int index) const
{
    const QRect box = itemRect(index);
    const bool here = index == m_current;
    const QRectF cell = QRectF(box).adjusted(6, 1, -6, -1);
    if (here)
        paintBox(painter, cell, 6, m_theme.color(m_theme.dark() ? Token::Hover : Token::Surface),
                 m_theme.color(Token::Border));
    else if (index == m_hover)
        paintBox(painter, cell, 6, m_theme.color(Token::Hover), Qt::transparent);
    if (here)
        paintBox(painter, QRectF(0, box.center().y() - 11, 3, 24), 1.5, m_theme.color(Token::Sel), Qt::transparent);
    const QColor ink = m_theme.color(here ? Token::Text : Token::Text2);
    paintIcon(painter, m_items[index].icon, QRectF(box.center().x() - 9, box.top() + 9, 20, 20), ink);
    QFont font = m_theme.font(TextRole::Caption);
    if (here)
        font.setWeight(QFont::DemiBold);
    paintText(painter, QRectF(box.left(), box.top() + 31, box.width(), 16), m_items[index].text, font, ink,
              Qt::AlignHCenter, Qt::ElideNone);
    if (m_dots[index]) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(m_theme.color(here ? Token::Surface : Token::Sunken), 1.5));
        painter.setBrush(m_theme.color(Token::Running));
        painter.drawEllipse(QPointF(box.center().x() + 11, box.top() + 12), 4.2, 4.2);
    }
}

void Rail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Sunken));
    painter.fillRect(QRect(width() - 1, 0, 1, height()), m_theme.color(Token::Border));
    paintMark(painter, m_theme, QRectF(width() / 2.0 - 13, 10, 26, 26));
    for (int i = 0; i < m_items.size(); ++i)
        paintItem(painter, i);
    if (hasFocus())
        paintFocusRing(painter, m_theme, QRectF(itemRect(m_current)).adjusted(4, 0, -4, 0), 7);
}

void Rail::mousePressEvent(QMouseEvent *event)
{
    if (const int index = itemAt(event->position().toPoint()); index >= 0)
        Q_EMIT chosen(index);
}

void Rail::mouseMoveEvent(QMouseEvent *event)
{
    const int index = itemAt(event->position().toPoint());
    if (index == m_hover)
        return;
    m_hover = index;
    setToolTip(index < 0 ? QString()
                         : QStringLiteral("%1 (%2)").arg(m_items[index].text, m_items[index].shortcut).toHtmlEscaped());
    update();
}

void Rail::leaveEvent(QEvent *)
{
    m_hover = -1;
    update();
}

void Rail::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(m_items.size()) - 1;
    if (event->key() == Qt::Key_Up && m_current > 0)
        Q_EMIT chosen(m_current - 1);
    else if (event->key() == Qt::Key_Down && m_current < last)
        Q_EMIT chosen(m_current + 1);
    else
        QWidget::keyPressEvent(event);
}

void paintMark(QPainter &painter, const Theme &theme, const QRectF &rect)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(rect.topLeft());
    painter.scale(rect.width() / 26, rect.height() / 26);
    QPainterPath basket;
    basket.moveTo(2.5, 12.5);
    basket.quadTo(13, 28, 23.5, 12.5);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.color(Token::Text), 2.2, Qt::SolidLine, Qt::RoundCap));
    painter.drawPath(basket);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Token::Sel));
    for (const QPointF &grain : {QPointF(8.4, 10.6), QPointF(13, 14.2), QPointF(13.6, 8.2), QPointF(17.8, 11.4)})
        painter.drawEllipse(grain, 2.3, 2.3);
    painter.setBrush(theme.color(Token::Text3));
    painter.drawEllipse(QPointF(19.8, 3.8), 1.5, 1.5);
    painter.restore();
}

} // namespace winnow::ui
