#include "ui/widgets/button.h"

#include "ui/theme/icons.h"
#include "ui/widgets/painting.h"

#include <QEvent>
#include <QFocusEvent>
#include <QMenu>

namespace winnow::ui {

namespace {

/// Below the button: at its left edge, or at its right one where the menu would hang out of the window.
QPoint menuPlace(const QWidget &button, const QMenu &menu)
{
    const QPoint left = button.mapToGlobal(QPoint(0, button.height() + 4));
    const QWidget *window = button.window();
    const int room = window->mapToGlobal(QPoint(window->width(), 0)).x() - left.x();
    const int width = menu.sizeHint().width();
    return width <= room ? left : left - QPoint(width - button.width(), 0);
}

} // namespace

Button::Button(const Theme &theme, const QString &text, Kind kind, QWidget *parent)
    : QAbstractButton(parent), m_theme(theme), m_kind(kind)
{
    setText(text);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(kind == Kind::Field ? QSizePolicy::Preferred : QSizePolicy::Maximum, QSizePolicy::Fixed);
    setCursor(kind == Kind::Link ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void Button::setKind(Kind kind)
{
    m_kind = kind;
    update();
}

void Button::setIconName(const QString &name)
{
    m_icon = name;
    updateGeometry();
    update();
}

void Button::setKeyHint(const QString &key)
{
    m_key = key;
    updateGeometry();
}

void Button::setSwatch(const std::optional<SeriesLook> &look)
{
    m_swatch = look;
    updateGeometry();
    update();
}

void Button::setMenu(QMenu *menu)
{
    if (!m_menu)
        connect(this, &QAbstractButton::clicked, this, [this] {
            if (m_menu)
                m_menu->popup(menuPlace(*this, *m_menu));
        });
    m_menu = menu;
    m_arrow = true;
    updateGeometry();
}

void Button::setMenuArrow(bool on)
{
    m_arrow = on;
    updateGeometry();
}

void Button::setSmall(bool small)
{
    m_small = small;
    updateGeometry();
}

void Button::setLeading(bool on)
{
    m_leading = on;
    update();
}

void Button::setTint(std::optional<Token> token)
{
    m_tint = token;
    update();
}

void Button::setEmphasis(bool on)
{
    m_emphasis = on;
    update();
}

/// A button that has no room for words and key keeps the words: its tooltip names the key too.
bool Button::showsKey() const
{
    return !m_key.isEmpty() && width() >= sizeHint().width();
}

int Button::contentWidth() const
{
    return contentWidth(!m_key.isEmpty());
}

int Button::contentWidth(bool withKey) const
{
    int width = 0;
    const auto add = [&width](int part, int gap) { width += (width > 0 ? gap : 0) + part; };
    if (!m_icon.isEmpty())
        add(16, 6);
    if (m_swatch)
        add(18, 8);
    if (!text().isEmpty())
        {
        QFont font = m_theme.font(TextRole::Panel);
        font.setWeight(QFont::Medium); // the widest that is painted
        add(textWidth(font, text()) + 1, 6);
    }
    if (withKey)
        add(keyWidth(m_theme, m_key), 7);
    if (m_arrow)
        add(14, 7);
    return width;
}

QSize Button::sizeHint() const
{
    const int height = m_theme.scaled(m_small ? 24 : 30);
    if (m_kind == Kind::Link)
        return {contentWidth(), m_theme.scaled(18)};
    const bool iconOnly = text().isEmpty() && !m_swatch && m_key.isEmpty() && !m_arrow;
    if (iconOnly)
        return {height, height};
    return {contentWidth() + (m_small ? 16 : 22), height};
}

QSize Button::minimumSizeHint() const
{
    const QSize whole = sizeHint();
    if (m_swatch || m_kind == Kind::Field)
        return {std::min(m_theme.scaled(96), whole.width()), whole.height()};
    return {whole.width() - contentWidth() + contentWidth(false), whole.height()};
}

QColor Button::inkColor() const
{
    if (!isEnabled())
        return m_theme.color(Token::Text3);
    if (m_kind == Kind::Filled)
        return m_theme.color(Token::OnInk);
    if (m_kind == Kind::Link)
        return m_theme.color(Token::Link);
    if (m_tint)
        return m_theme.color(*m_tint);
    if (m_kind == Kind::Field)
        return m_theme.color(Token::Text3);
    return m_theme.color(m_kind == Kind::Flat ? Token::Text2 : Token::Text);
}

void Button::paintGround(QPainter &painter) const
{
    const QRectF box(rect());
    const bool hovered = underMouse() && isEnabled();
    if (m_kind == Kind::Link)
        return;
    if (m_kind == Kind::Filled && isEnabled()) {
        const QColor ink = m_theme.color(Token::Ink);
        paintBox(painter, box, 6, isDown() || hovered ? mixed(ink, m_theme.color(Token::OnInk), 0.14) : ink,
                 Qt::transparent);
        return;
    }
    if (m_kind == Kind::Flat) {
        if (hovered || isDown() || isChecked())
            paintBox(painter, box, 6, m_theme.color(isChecked() ? Token::SelRow : Token::Hover), Qt::transparent);
        return;
    }
    QColor fill = m_theme.color(!isEnabled() ? Token::Window : hovered || isDown() ? Token::Hover : Token::Surface);
    QColor line = m_theme.color(Token::Border2);
    double width = 1;
    if (m_emphasis) {
        fill = m_theme.color(Token::SelRow);
        line = m_theme.color(Token::Sel);
    }
    if (isChecked() && m_tint) {
        line = m_theme.color(*m_tint);
        width = 2;
    }
    paintBox(painter, box, 6, fill, line, width);
}

void Button::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintGround(painter);
    const QColor ink = inkColor();
    const int centerY = height() / 2;
    const int padding = m_kind == Kind::Link ? 0 : m_small ? 8 : 11;
    const bool iconOnly = text().isEmpty() && !m_swatch && m_key.isEmpty() && !m_arrow;
    int right = width() - padding;
    const bool withKey = showsKey();
    const int content = contentWidth(withKey);
    const bool fill = width() > sizeHint().width() + 2 && (m_kind == Kind::Field || m_swatch || m_arrow || m_leading);
    // Centred, but a button that is narrower than its words cuts the words and neither swatch nor icon.
    int x = fill || m_kind == Kind::Link ? padding : std::max(padding, (width() - content) / 2);
    if (m_kind == Kind::Field || fill)
        x = padding;
    if (iconOnly) {
        paintIcon(painter, m_icon, QRectF((width() - 16) / 2.0, (height() - 16) / 2.0, 16, 16), ink);
    } else {
        if (!fill)
            right = std::min(width() - padding, x + content);
        if (m_arrow) {
            paintIcon(painter, QStringLiteral("chevron-down"), QRectF(right - 14, centerY - 7, 14, 14),
                      isEnabled() && m_kind == Kind::Filled ? ink : m_theme.color(Token::Text2));
            right -= 14 + 7;
        }
        if (withKey)
            right -= paintKey(painter, m_theme, m_key, right, centerY, m_kind == Kind::Filled && isEnabled()) + 7;
        if (!m_icon.isEmpty()) {
            paintIcon(painter, m_icon, QRectF(x, (height() - 16) / 2.0, 16, 16), ink);
            x += 22;
        }
        if (m_swatch) {
            paintSwatch(painter, m_theme, *m_swatch, QRectF(x, 0, 18, height()));
            x += 26;
        }
        QFont font = m_theme.font(TextRole::Panel);
        if (m_kind == Kind::Outlined || m_kind == Kind::Filled)
            font.setWeight(QFont::Medium);
        paintText(painter, QRectF(x, 0, right - x + 2, height()), text(), font, ink, Qt::AlignLeft,
                  m_swatch ? Qt::ElideMiddle : Qt::ElideRight);
    }
    if (m_ring && hasFocus())
        paintFocusRing(painter, m_theme, rect(), 6);
}

void Button::focusInEvent(QFocusEvent *event)
{
    m_ring = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
             event->reason() == Qt::ShortcutFocusReason;
    QAbstractButton::focusInEvent(event);
    update();
}

void Button::focusOutEvent(QFocusEvent *event)
{
    m_ring = false;
    QAbstractButton::focusOutEvent(event);
    update();
}

bool Button::event(QEvent *event)
{
    if (event->type() == QEvent::Enter || event->type() == QEvent::Leave)
        update();
    return QAbstractButton::event(event);
}

} // namespace winnow::ui
