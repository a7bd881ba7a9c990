#include "ui/widgets/text_label.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

namespace winnow::ui {

TextLabel::TextLabel(const Theme &theme, const QString &text, TextRole role, const char *colorRole, QWidget *parent)
    : QLabel(text, parent), m_theme(theme), m_role(role)
{
    setTextFormat(Qt::PlainText);
    setFont(theme.font(role));
    setProperty("role", QString::fromLatin1(colorRole));
}

void TextLabel::setElide(Qt::TextElideMode mode)
{
    m_elide = mode;
    updateGeometry();
}

void TextLabel::setColorRole(const char *role)
{
    if (property("role").toString() == QLatin1String(role))
        return;
    setProperty("role", QString::fromLatin1(role));
    style()->unpolish(this);
    style()->polish(this);
    setFont(m_theme.font(m_role));
}

void TextLabel::setFullText(const QString &text)
{
    setText(text);
    setToolTip(m_elide == Qt::ElideNone ? QString() : text.toHtmlEscaped());
}

QSize TextLabel::minimumSizeHint() const
{
    const QSize size = QLabel::minimumSizeHint();
    return m_elide == Qt::ElideNone ? size : QSize(std::min(size.width(), 24), size.height());
}

void TextLabel::paintEvent(QPaintEvent *event)
{
    if (m_elide == Qt::ElideNone) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    painter.drawText(contentsRect(), static_cast<int>(alignment()),
                     fontMetrics().elidedText(text(), m_elide, contentsRect().width()));
}

void TextLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::StyleChange && font() != m_theme.font(m_role))
        setFont(m_theme.font(m_role));
}

void TextLabel::mouseReleaseEvent(QMouseEvent *event)
{
    QLabel::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        Q_EMIT clicked();
}

} // namespace winnow::ui
