#include "ui/widgets/controls.h"

#include "ui/theme/icons.h"
#include "ui/widgets/painting.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>

namespace winnow::ui {

ProgressBar::ProgressBar(const Theme &theme, int height, Token token, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_token(token)
{
    setFixedHeight(height);
    setMinimumWidth(40);
}

void ProgressBar::setShare(double share)
{
    m_share = std::clamp(share, 0.0, 1.0);
    update();
}

void ProgressBar::setToken(Token token)
{
    m_token = token;
    update();
}

void ProgressBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Border2));
    painter.fillRect(QRectF(0, 0, width() * m_share, height()), m_theme.color(m_token));
}

Switch::Switch(const Theme &theme, QWidget *parent) : QAbstractButton(parent), m_theme(theme)
{
    setCheckable(true);
    setFixedSize(30, 18);
}

void Switch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool on = isChecked();
    paintBox(painter, QRectF(0, 1, 30, 16), 8, m_theme.color(on ? Token::Ink : Token::Border2),
             on ? QColor(Qt::transparent) : m_theme.color(Token::Control));
    paintMarker(painter, Marker::Disc, QPointF(on ? 22 : 8, 9), 10, m_theme.color(on ? Token::OnInk : Token::Text2), {});
    if (hasFocus())
        paintFocusRing(painter, m_theme, rect(), 9);
}

Slider::Slider(const Theme &theme, QWidget *parent) : QSlider(Qt::Horizontal, parent), m_theme(theme) {}

void Slider::setTicks(const QVector<int> &values)
{
    m_ticks = values;
    update();
}

double Slider::xOf(int value) const
{
    const double span = std::max(1, maximum() - minimum());
    return 8 + (value - minimum()) / span * (width() - 16);
}

void Slider::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const double y = height() / 2.0;
    const double x = xOf(value());
    paintBox(painter, QRectF(1, y - 2, width() - 2, 4), 2, m_theme.color(Token::Border2), Qt::transparent);
    paintBox(painter, QRectF(1, y - 2, x - 1, 4), 2, m_theme.color(isEnabled() ? Token::Text2 : Token::Control),
             Qt::transparent);
    for (const int tick : m_ticks)
        painter.fillRect(QRectF(std::round(xOf(tick)), y + 6, 1, 4), m_theme.color(Token::Control));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.color(isEnabled() ? Token::Text : Token::Control), 1.75));
    painter.setBrush(m_theme.color(Token::Surface));
    painter.drawEllipse(QPointF(x, y), 6, 6);
    if (hasFocus())
        paintFocusRing(painter, m_theme, QRectF(x - 9, y - 9, 18, 18), 9);
}

ChoiceField::ChoiceField(const Theme &theme, QWidget *parent) : QComboBox(parent), m_theme(theme)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(6);
}

void ChoiceField::setChanged(bool changed)
{
    m_changed = changed;
    update();
}

QSize ChoiceField::sizeHint() const
{
    return {std::max(90, textWidth(m_theme.font(TextRole::Panel), currentText()) + 44), m_theme.scaled(30)};
}

void ChoiceField::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool enabled = isEnabled();
    paintBox(painter, rect(), 6, m_theme.color(m_changed ? Token::SelRow : Token::Surface),
             m_theme.color(m_changed ? Token::Sel : enabled ? Token::Control : Token::Border2));
    paintText(painter, QRectF(rect()).adjusted(10, 0, -28, 0), currentText(), m_theme.font(TextRole::Panel),
              m_theme.color(enabled ? Token::Text : Token::Text3));
    paintIcon(painter, QStringLiteral("chevron-down"), QRectF(width() - 24, (height() - 14) / 2.0, 14, 14),
              m_theme.color(Token::Text2));
    if (hasFocus())
        paintFocusRing(painter, m_theme, rect(), 6);
}

void ChoiceField::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // scrolling the form must not change a setting
}

Chip::Chip(const Theme &theme, const QString &text, QWidget *parent) : QAbstractButton(parent), m_theme(theme)
{
    setText(text);
    setToolTip(text.toHtmlEscaped());
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void Chip::setActive(bool active)
{
    m_active = active;
    updateGeometry();
    update();
}

void Chip::setArrow(bool arrow)
{
    m_arrow = arrow;
    updateGeometry();
}

void Chip::setPlus(bool plus)
{
    m_plus = plus;
    updateGeometry();
}

int Chip::before() const
{
    return 10 + (m_active ? 14 : 0) + (m_plus ? 18 : 0);
}

int Chip::after() const
{
    return m_active ? 28 : m_arrow ? 28 : 10;
}

QSize Chip::sizeHint() const
{
    return {before() + textWidth(m_theme.font(TextRole::Panel), text()) + 1 + after(), m_theme.scaled(24)};
}

QSize Chip::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), m_theme.scaled(72)), sizeHint().height()};
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBox(painter, rect(), 12, m_theme.color(m_active ? Token::SelRow : underMouse() ? Token::Hover : Token::Surface),
             m_theme.color(m_active ? Token::Sel : Token::Border2));
    if (m_active) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(m_theme.color(Token::SelLine), 1));
        painter.setBrush(m_theme.color(Token::Sel));
        painter.drawEllipse(QPointF(14.5, height() / 2.0), 4.5, 4.5);
    }
    if (m_plus)
        paintIcon(painter, QStringLiteral("plus"), QRectF(before() - 20, (height() - 14) / 2.0, 14, 14),
                  m_theme.color(Token::Text2));
    paintText(painter, QRectF(before(), 0, width() - before() - after(), height()), text(), m_theme.font(TextRole::Panel),
              m_theme.color(m_active ? Token::SelLine : Token::Text2));
    if (m_active)
        paintIcon(painter, QStringLiteral("cross"), QRectF(width() - 20, (height() - 10) / 2.0, 10, 10),
                  m_theme.color(Token::SelLine));
    else if (m_arrow)
        paintIcon(painter, QStringLiteral("chevron-down"), QRectF(width() - 23, (height() - 13) / 2.0, 13, 13),
                  m_theme.color(Token::Text2));
    if (hasFocus())
        paintFocusRing(painter, m_theme, rect(), 12);
}

void Chip::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_active && event->position().x() > width() - 26) {
        Q_EMIT closed();
        return;
    }
    QAbstractButton::mouseReleaseEvent(event);
}

void Chip::keyPressEvent(QKeyEvent *event)
{
    if (m_active && (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace))
        Q_EMIT closed();
    else
        QAbstractButton::keyPressEvent(event);
}

} // namespace winnow::ui
