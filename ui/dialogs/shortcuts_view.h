#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QAction;
class QKeySequenceEdit;
class QLineEdit;

namespace winnow::ui {

class ActionRegistry;
class Button;
class DataTable;
class Preferences;
class SimpleTable;
class TextLabel;

/// All shortcuts, from the actions themselves: where, what, keys. The key of the chosen row is changed below the table; keys
/// that plots and tables always have are listed too and stay.
class ShortcutsView : public QWidget {
    Q_OBJECT
public:
    ShortcutsView(const Theme &theme, Preferences &preferences, const ActionRegistry &actions, QWidget *parent = nullptr);
    int rowCount() const { return static_cast<int>(m_rows.size()); }
    /// Gives the action of a row this key; false where another one has it.
    bool assign(int row, const QKeySequence &key);

private:
    struct Row {
        QString place;
        QString what;
        QString keys;
        QAction *action = nullptr; ///< null: fixed
    };
    void fill();
    void choose(int row);
    QAction *current() const;

    const Theme &m_theme;
    Preferences &m_preferences;
    const ActionRegistry &m_actions;
    QVector<Row> m_rows;
    SimpleTable *m_model;
    DataTable *m_table;
    QLineEdit *m_find;
    QKeySequenceEdit *m_edit;
    Button *m_set;
    Button *m_reset;
    TextLabel *m_words;
};

} // namespace winnow::ui
