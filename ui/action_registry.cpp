#include "ui/action_registry.h"

#include "ui/support/preferences.h"

#include <QAction>
#include <QWidget>

namespace winnow::ui {

ActionRegistry::ActionRegistry(QWidget *window) : QObject(window), m_window(window) {}

QAction *ActionRegistry::add(const QString &name, const QString &menu, const QString &text, const QString &icon,
                             const QString &shortcut, std::function<void()> run)
{
    auto *action = new QAction(text, m_window);
    action->setObjectName(name);
    action->setIconVisibleInMenu(false);
    if (!shortcut.isEmpty())
        action->setShortcut(QKeySequence(shortcut));
    connect(action, &QAction::triggered, m_window, [this, text, run = std::move(run)] {
        Q_EMIT chosen(text);
        run();
    });
    m_window->addAction(action);
    m_entries.push_back({menu, icon, action, action->shortcuts()});
    return action;
}

void ActionRegistry::addPageKey(const QString &place, QAction *action)
{
    m_entries.push_back({place, QString(), action, action->shortcuts(), true});
}

const ActionRegistry::Entry *ActionRegistry::holderOf(const QKeySequence &key, const QAction *action) const
{
    const Entry *own = nullptr;
    for (const Entry &entry : m_entries)
        if (entry.action == action)
            own = &entry;
    for (const Entry &entry : m_entries) {
        const bool apart = own && own->ofPage && entry.ofPage && own->menu != entry.menu; // two pages never hear the same key
        if (entry.action != action && !apart && entry.action->shortcuts().contains(key))
            return &entry;
    }
    return nullptr;
}

void ActionRegistry::applyShortcuts(const Preferences &preferences)
{
    for (const Entry &entry : m_entries) {
        const QString name = entry.action->objectName();
        entry.action->setShortcuts(preferences.hasShortcuts(name) ? preferences.shortcuts(name) : entry.standard);
    }
}

} // namespace winnow::ui
