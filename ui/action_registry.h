#pragma once

#include <QObject>
#include <QVector>

#include <functional>

class QAction;
class QWidget;

namespace winnow::ui {

/// Every command of the window as one QAction, used by menu, palette and shortcut.
class ActionRegistry : public QObject {
    Q_OBJECT
public:
    explicit ActionRegistry(QWidget *window);

    /// `menu` is the name of the menu it stands in: "File", "Run", ...
    QAction *add(const QString &menu, const QString &text, const QString &icon, const QString &shortcut,
                 std::function<void()> run);
    struct Entry {
        QString menu;
        QString icon;
        QAction *action;
    };
    const QVector<Entry> &entries() const { return m_entries; }

Q_SIGNALS:
    /// Comes before the command is carried out.
    void chosen(const QString &name);

private:
    QWidget *m_window;
    QVector<Entry> m_entries;
};

} // namespace winnow::ui
