#include "ui/action_registry.h"

#include <QAction>
#include <QKeySequence>
#include <QWidget>

namespace winnow::ui {

ActionRegistry::ActionRegistry(QWidget *window) : QObject(window), m_window(window) {}

QAction *ActionRegistry::add(const QString &menu, const QString &text, const QString &icon, const QString &shortcut,
                             std::function<void()> run)
{
    auto *action = new QAction(text, m_window);
    action->setIconVisibleInMenu(false);
    if (!shortcut.isEmpty())
        action->setShortcut(QKeySequence(shortcut));
    connect(action, &QAction::triggered, m_window, [this, text, run = std::move(run)] {
        Q_EMIT chosen(text);
        run();
    });
    m_window->addAction(action);
    m_entries.push_back({menu, icon, action});
    return action;
}

} // namespace winnow::ui
