#include "ui/pages/page.h"

#include "ui/theme/theme.h"

#include <QAction>
#include <QKeyEvent>
#include <QPainter>

namespace winnow::ui {

namespace {

/// Letters and keys with Ctrl or Alt as they are; signs also where the keyboard needs Shift for them.
bool matches(const QAction &action, const QKeyEvent &event)
{
    const int key = event.key();
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const bool sign = key < Qt::Key_Escape && !(key >= Qt::Key_A && key <= Qt::Key_Z) && !(key >= Qt::Key_0 && key <= Qt::Key_9);
    for (const QKeySequence &wanted : action.shortcuts()) {
        if (wanted.count() != 1)
            continue;
        if (wanted[0] == QKeyCombination(modifiers, static_cast<Qt::Key>(key)))
            return true;
        if (sign && wanted[0] == QKeyCombination(modifiers & ~Qt::ShiftModifier, static_cast<Qt::Key>(key)))
            return true;
    }
    return false;
}

} // namespace

QAction *Page::addKey(const QString &name, const QString &text, const QList<QKeySequence> &keys, std::function<void()> run)
{
    auto *action = new QAction(text, this); // not added to the widget: text fields keep their letters, and pages their focus
    action->setObjectName(name);
    action->setShortcuts(keys);
    connect(action, &QAction::triggered, this, std::move(run));
    m_keys.push_back(action);
    return action;
}

void Page::keyPressEvent(QKeyEvent *event)
{
    for (QAction *action : m_keys)
        if (action->isEnabled() && matches(*action, *event)) {
            action->trigger();
            event->accept();
            return;
        }
    QWidget::keyPressEvent(event);
}

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
