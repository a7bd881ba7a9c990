#include "ui/dialogs/column_chooser.h"

#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

namespace winnow::ui
{

ColumnChooser::ColumnChooser(const Theme &theme, std::vector<Entry> entries, QWidget *parent)
    : QFrame(parent, Qt::Popup),
      m_theme(theme),
      m_entries(std::move(entries)),
      m_filter(new QLineEdit),
      m_list(new QListWidget)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty("role", QStringLiteral("popup"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    m_filter->setPlaceholderText(tr("Find a column or setting"));
    m_filter->setAccessibleName(tr("Find a column or setting"));
    layout->addWidget(m_filter);
    m_list->setAccessibleName(tr("Columns"));
    m_list->setFont(theme.font(TextRole::Panel));
    layout->addWidget(m_list, 1);
    connect(m_filter, &QLineEdit::textChanged, this, &ColumnChooser::fill);
    connect(m_list, &QListWidget::itemChanged, this, [this](QListWidgetItem *item) {
        if (m_filling)
            return;
        const QString key = item->data(Qt::UserRole).toString();
        const bool on = item->checkState() == Qt::Checked;
        for (Entry &entry : m_entries)
            if (entry.key == key)
                entry.on = on;
        Q_EMIT toggled(key, on);
    });
    fill({});
}

void ColumnChooser::fill(const QString &filter)
{
    m_filling = true;
    m_list->clear();
    QString section;
    const QSize room(0, m_theme.scaled(24));
    for (const Entry &entry : m_entries) {
        if (!entry.label.contains(filter, Qt::CaseInsensitive) && !entry.key.contains(filter, Qt::CaseInsensitive))
            continue;
        if (entry.section != section) {
            section = entry.section;
            auto *head = new QListWidgetItem(section, m_list);
            head->setFlags(Qt::NoItemFlags);
            head->setFont(m_theme.font(TextRole::Label));
            head->setForeground(m_theme.color(Token::Text3));
            head->setSizeHint(room);
        }
        auto *item = new QListWidgetItem(entry.label, m_list);
        item->setSizeHint(room);
        item->setData(Qt::UserRole, entry.key);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable);
        item->setCheckState(entry.on ? Qt::Checked : Qt::Unchecked);
    }
    m_filling = false;
}

void ColumnChooser::openBelow(QWidget *button)
{
    resize(m_theme.scaled(300), m_theme.scaled(420));
    move(button->mapToGlobal(QPoint(button->width() - width(), button->height() + 4)));
    show();
    m_filter->setFocus();
}

} // namespace winnow::ui
