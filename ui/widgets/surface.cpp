#include "ui/widgets/surface.h"

#include "ui/widgets/painting.h"

#include <QVBoxLayout>

namespace winnow::ui
{

Surface::Surface(const Theme &theme, QWidget *content, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->addWidget(content);
}

void Surface::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintBox(painter, QRectF(rect()), 8, m_theme.color(Token::Surface), m_theme.color(Token::Border));
}

} // namespace winnow::ui
