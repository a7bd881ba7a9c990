#include "ui/dialogs/shortcuts_view.h"

#include "ui/action_registry.h"
#include "ui/models/simple_table.h"
#include "ui/pages/page.h"
#include "ui/plots/plot.h"
#include "ui/support/preferences.h"
#include "ui/widgets/button.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/text_label.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeySequenceEdit>
#include <QLineEdit>
#include <QVBoxLayout>

namespace winnow::ui {

namespace {

QString keysInWords(const QList<QKeySequence> &keys)
{
    QStringList words;
    for (const QKeySequence &key : keys)
        words << key.toString(QKeySequence::NativeText);
    return words.join(QStringLiteral("  "));
}

} // namespace

ShortcutsView::ShortcutsView(const Theme &theme, Preferences &preferences, const ActionRegistry &actions, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_preferences(preferences), m_actions(actions), m_model(new SimpleTable(this)),
      m_table(new DataTable(theme)), m_find(new QLineEdit), m_edit(new QKeySequenceEdit),
      m_set(new Button(theme, tr("Set"))), m_reset(new Button(theme, tr("Reset"))), m_words(new TextLabel(theme, {}, TextRole::Caption, "text3"))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    m_find->setPlaceholderText(tr("Find an action or a key"));
    m_find->setAccessibleName(m_find->placeholderText());
    layout->addWidget(m_find);
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Shortcuts"));
    auto *framed = new QVBoxLayout; // a line ends the list, so that a row that is cut reads as one to scroll to
    framed->setSpacing(0);
    framed->addWidget(m_table, 1);
    framed->addWidget(new Rule(theme, Qt::Horizontal));
    layout->addLayout(framed, 1);
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    m_edit->setAccessibleName(tr("New key"));
    m_edit->setToolTip(tr("Press the key that the chosen action should have"));
    line->addWidget(m_edit, 1);
    line->addWidget(m_set);
    line->addWidget(m_reset);
    auto *all = new Button(theme, tr("Reset all"));
    line->addWidget(all);
    layout->addLayout(line);
    m_words->setWordWrap(true);
    layout->addWidget(m_words);
    connect(m_find, &QLineEdit::textChanged, this, &ShortcutsView::fill);
    connect(m_table, &DataTable::currentRowChanged, this, &ShortcutsView::choose);
    connect(m_set, &Button::clicked, this, [this] { assign(m_table->currentIndex().row(), m_edit->keySequence()); });
    connect(m_reset, &Button::clicked, this, [this] {
        if (const QAction *action = current())
            m_preferences.resetShortcuts(action->objectName());
        fill();
    });
    connect(all, &Button::clicked, this, [this] {
        for (const auto &entry : m_actions.entries())
            m_preferences.resetShortcuts(entry.action->objectName());
        fill();
    });
    fill();
    choose(-1);
}

void ShortcutsView::fill()
{
    const int before = m_table->currentIndex().row();
    m_rows.clear();
    const QString wanted = m_find->text().trimmed();
    const auto add = [&](const Row &row) {
        const QString all = row.place + QLatin1Char(' ') + row.what + QLatin1Char(' ') + row.keys;
        if (all.contains(wanted, Qt::CaseInsensitive))
            m_rows << row;
    };
    for (const auto &entry : m_actions.entries())
        add({entry.menu, entry.action->text().remove(QLatin1Char('&')), keysInWords(entry.action->shortcuts()), entry.action});
    for (const Plot::KeyHelp &help : Plot::keyHelp())
        add({tr("Plots"), help.text, help.keys, nullptr});
    add({tr("Tables"), tr("Move the current row; with Shift a range of runs is selected"), tr("Up, Down, Home, End, Page Up, Page Down"), nullptr});
    add({tr("Tables"), tr("Leave the table for the next control"), tr("Tab"), nullptr});
    std::vector<SimpleTable::Row> cells;
    for (const Row &row : m_rows)
        cells.push_back({TextCell{.text = row.place, .token = Token::Text3}, TextCell{.text = row.what},
                         TextCell{.text = row.keys.isEmpty() ? QStringLiteral("–") : row.keys,
                                  .token = row.action ? Token::Text : Token::Text3,
                                  .mono = true}});
    m_model->set({{tr("Where")}, {tr("What")}, {tr("Keys")}}, std::move(cells));
    m_table->setColumns({{110}, {200, 1}, {190}});
    if (before >= 0 && before < m_model->rowCount())
        m_table->setCurrentIndex(m_model->index(before, 0));
}

QAction *ShortcutsView::current() const
{
    const int row = m_table->currentIndex().row();
    return row >= 0 && row < m_rows.size() ? m_rows[row].action : nullptr;
}

void ShortcutsView::choose(int row)
{
    const QAction *action = row >= 0 && row < m_rows.size() ? m_rows[row].action : nullptr;
    for (QWidget *editor : {static_cast<QWidget *>(m_edit), static_cast<QWidget *>(m_set), static_cast<QWidget *>(m_reset)})
        editor->setEnabled(action != nullptr);
    m_edit->setKeySequence(action ? action->shortcut() : QKeySequence());
    m_words->setText(action     ? tr("Letters without Ctrl or Alt act only outside text fields.")
                     : row >= 0 ? tr("This key cannot be changed.")
                                : tr("Choose an action to change its key."));
    m_words->setColorRole("text3");
}

bool ShortcutsView::assign(int row, const QKeySequence &key)
{
    QAction *action = row >= 0 && row < m_rows.size() ? m_rows[row].action : nullptr;
    if (!action)
        return false;
    if (const auto *holder = key.isEmpty() ? nullptr : m_actions.holderOf(key, action)) {
        m_words->setText(tr("%1 is the key of: %2, %3. Choose another one, or change that first.")
                             .arg(key.toString(QKeySequence::NativeText), holder->menu, holder->action->text()));
        m_words->setColorRole("failed");
        return false;
    }
    m_preferences.setShortcuts(action->objectName(), key.isEmpty() ? QList<QKeySequence>() : QList<QKeySequence>{key});
    fill();
    return true;
}

} // namespace winnow::ui
