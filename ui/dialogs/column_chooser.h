#pragma once

#include "ui/models/page_data.h"
#include "ui/theme/theme.h"

#include <QFrame>

class QLineEdit;
class QListWidget;

namespace winnow::ui
{

/// Which columns a runs table shows: the fixed ones, then figures, then settings, those that differ between the runs
/// first. A popup below its button.
class ColumnChooser : public QFrame
{
    Q_OBJECT
public:
    struct Entry {
        QString key; ///< "#3" for a fixed column, else the key of a field
        QString label;
        bool on = false;
        QString section;
    };
    ColumnChooser(const Theme &theme, std::vector<Entry> entries, QWidget *parent);

    void openBelow(QWidget *button);

Q_SIGNALS:
    void toggled(const QString &key, bool on);

private:
    void fill(const QString &filter);

    const Theme &m_theme;
    std::vector<Entry> m_entries;
    QLineEdit *m_filter;
    QListWidget *m_list;
    bool m_filling = false;
};

} // namespace winnow::ui
