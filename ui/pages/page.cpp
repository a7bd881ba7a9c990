#include "ui/pages/page.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace winnow::ui {

Rule::Rule(const Theme &theme, Qt::Orientation orientation, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    if (orientation == Qt::Horizontal)
        setFixedHeight(1);
    else
        setFixedWidth(1);
}

void Rule::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), m_theme.color(Token::Border));
}

Ground::Ground(const Theme &theme, Token token, QWidget *parent) : QWidget(parent), m_theme(theme), m_token(token) {}

void Ground::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), m_theme.color(m_token));
}

} // namespace winnow::ui
