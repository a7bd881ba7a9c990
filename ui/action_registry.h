#pragma once

#include <QKeySequence>
#include <QObject>
#include <QVector>

#include <functional>

class QAction;
class QWidget;

namespace winnow::ui {

class Preferences;

/// Every command of the window as one QAction, used by menu, palette, shortcut and the shortcuts page. The keys of the pages
/// stand in it too, so that they are listed and changed in one place. A changed shortcut is kept under the action's name.
class ActionRegistry : public QObject {
    Q_OBJECT
public:
    explicit ActionRegistry(QWidget *window);

    /// `name` stays the same in every language. `menu` is the name of the menu it stands in: "File", "Run", ...
    QAction *add(const QString &name, const QString &menu, const QString &text, const QString &icon, const QString &shortcut,
                 std::function<void()> run);
    /// A key of a page; its action belongs to the page and is in no menu. `place` is the page's title.
    void addPageKey(const QString &place, QAction *action);

    struct Entry {
        QString menu; ///< or the page
        QString icon;
        QAction *action;
        QList<QKeySequence> standard; ///< shortcuts that it came with
        bool ofPage = false;
    };
    const QVector<Entry> &entries() const { return m_entries; }
    /// The entry that has this key where `action` would collide with it: the same page, or the whole window.
    const Entry *holderOf(const QKeySequence &key, const QAction *action) const;
    /// Gives every action the keys that the person chose, or those it came with.
    void applyShortcuts(const Preferences &preferences);

Q_SIGNALS:
    /// Comes before the command is carried out.
    void chosen(const QString &name);

private:
    QWidget *m_window;
    QVector<Entry> m_entries;
};

} // namespace winnow::ui
