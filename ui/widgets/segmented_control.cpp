#include "ui/widgets/segmented_control.h"

#include "ui/widgets/painting.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainterPath>

#include <algorithm>

namespace winnow::ui {

SegmentedControl::SegmentedControl(const Theme &theme, const QStringList &names, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_names(names)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void SegmentedControl::setCurrent(int index)
{
    index = std::clamp(index, 0, std::max(0, static_cast<int>(m_names.size()) - 1));
    if (index == m_current)
        return;
    m_current = index;
    update();
    Q_EMIT currentChanged(index);
}

void SegmentedControl::setNames(const QStringList &names)
{
    m_names = names;
    m_current = std::clamp(m_current, 0, std::max(0, static_cast<int>(names.size()) - 1));
    updateGeometry();
    update();
}

void SegmentedControl::setSmall(bool small)
{
    m_small = small;
    updateGeometry();
}

int SegmentedControl::segmentWidth(int index) const
{
    QFont font = m_theme.font(TextRole::Panel);
    font.setWeight(QFont::DemiBold);
    return textWidth(font, m_names[index]) + 18;
}

QSize SegmentedControl::sizeHint() const
{
    int width = 2;
    for (int i = 0; i < m_names.size(); ++i)
        width += segmentWidth(i);
    return {width, m_theme.scaled(m_small ? 24 : 26)};
}

void SegmentedControl::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath shape;
    shape.addRoundedRect(box, 6, 6);
    painter.fillPath(shape, m_theme.color(Token::Sunken));
    int x = 1;
    for (int i = 0; i < m_names.size(); ++i) {
        const QRectF cell(x, 0, segmentWidth(i), height());
        const bool here = i == m_current;
        if (here) {
            painter.save();
            painter.setClipPath(shape);
            painter.fillRect(cell, m_theme.color(Token::Surface));
            painter.restore();
        }
        if (i > 0) {
            painter.setPen(m_theme.color(Token::Border2));
            painter.drawLine(QPointF(x + 0.5, 1), QPointF(x + 0.5, height() - 1));
        }
        QFont font = m_theme.font(TextRole::Panel);
        font.setWeight(here ? QFont::DemiBold : QFont::Normal);
        paintText(painter, cell, m_names[i], font,
                  m_theme.color(!isEnabled() ? Token::Text3 : here ? Token::Text : Token::Text2), Qt::AlignHCenter);
        x += segmentWidth(i);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(m_theme.color(Token::Border2));
    painter.drawPath(shape);
    if (hasFocus())
        paintFocusRing(painter, m_theme, rect(), 6);
}

void SegmentedControl::mousePressEvent(QMouseEvent *event)
{
    int x = 1;
    for (int i = 0; i < m_names.size(); ++i) {
        x += segmentWidth(i);
        if (event->position().x() < x) {
            setCurrent(i);
            return;
        }
    }
}

void SegmentedControl::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Left)
        setCurrent(m_current - 1);
    else if (event->key() == Qt::Key_Right)
        setCurrent(m_current + 1);
    else
        QWidget::keyPressEvent(event);
}

} // namespace winnow::ui
