#include "ui/widgets/run_badge.h"

#include "ui/theme/icons.h"
#include "ui/widgets/painting.h"

#include <QCoreApplication>

namespace winnow::ui {

BadgeLook stateBadge(RunState state)
{
    const auto words = [](const char *text) { return QCoreApplication::translate("RunState", text); };
    switch (state) {
    case RunState::Queued: return {QStringLiteral("clock"), Token::Unsure, words(QT_TRANSLATE_NOOP("RunState", "Queued"))};
    case RunState::Running: return {QStringLiteral("play"), Token::Running, words(QT_TRANSLATE_NOOP("RunState", "Running"))};
    case RunState::Paused: return {QStringLiteral("pause"), Token::Paused, words(QT_TRANSLATE_NOOP("RunState", "Paused"))};
    case RunState::Finished: return {QStringLiteral("check"), Token::Finished, words(QT_TRANSLATE_NOOP("RunState", "Finished"))};
    case RunState::Failed: return {QStringLiteral("cross"), Token::Failed, words(QT_TRANSLATE_NOOP("RunState", "Failed"))};
    case RunState::Stopped: return {QStringLiteral("stop"), Token::Unsure, words(QT_TRANSLATE_NOOP("RunState", "Stopped"))};
    case RunState::Interrupted: return {QStringLiteral("bolt"), Token::Interrupted, words(QT_TRANSLATE_NOOP("RunState", "Interrupted"))};
    }
    return {};
}

void paintBadge(QPainter &painter, const Theme &theme, const BadgeLook &look, const QRectF &rect)
{
    const QColor color = theme.color(look.token);
    paintIcon(painter, look.icon, QRectF(rect.left(), rect.center().y() - 6.5, 13, 13), color);
    QFont font = theme.font(TextRole::Panel);
    font.setWeight(QFont::Medium);
    paintText(painter, rect.adjusted(17, 0, 0, 0), look.text, font, color);
}

Badge::Badge(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Badge::setLook(const BadgeLook &look)
{
    m_look = look;
    setAccessibleName(look.text);
    updateGeometry();
    update();
}

QSize Badge::sizeHint() const
{
    QFont font = m_theme.font(TextRole::Panel);
    font.setWeight(QFont::Medium);
    return {textWidth(font, m_look.text) + 19, m_theme.scaled(18)};
}

void Badge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBadge(painter, m_theme, m_look, rect());
}

} // namespace winnow::ui
