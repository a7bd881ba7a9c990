#pragma once

#include "ui/theme/theme.h"

#include <QDialog>
#include <QVector>

#include <functional>

class QStackedWidget;
class QVBoxLayout;

namespace winnow::ui {

class ActionRegistry;
class Button;
class Preferences;

/// The settings of the program on this machine: they hold at once, there is nothing to confirm.
class SettingsDialog : public QDialog {
    Q_OBJECT
public:
    enum Section { Appearance, Store, Devices, Thumbnails, Alerts, Shortcuts, SectionCount };
    /// What is known only outside: where the store is, and what the machine has.
    struct Facts {
        QString store;
        QString device; ///< of the newest run; empty: no run yet
        qsizetype thumbnailKilobytes = 0;
    };
    SettingsDialog(Theme &theme, Preferences &preferences, const ActionRegistry &actions, const Facts &facts, QWidget *parent);
    void showSection(Section section);

Q_SIGNALS:
    void openStoreRequested();
    void backupRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QVBoxLayout *addSection(Section section, const QString &name);
    void addRow(QVBoxLayout *layout, const QString &name, QWidget *editor, const QString &hint = {});
    void addSwitch(QVBoxLayout *layout, const QString &name, bool on, const QString &hint, std::function<void(bool)> set);
    void buildAppearance();
    void buildStore();
    void buildDevices();
    void buildThumbnails();
    void buildAlerts();

    Theme &m_theme;
    Preferences &m_preferences;
    Facts m_facts;
    QVBoxLayout *m_list = nullptr;
    QStackedWidget *m_stack = nullptr;
    QVector<Button *> m_buttons;
};

} // namespace winnow::ui
