#pragma once

#include "core/base/result.h"
#include "ui/support/table_text.h"

#include <QObject>

#include <functional>

class QMenu;
class QWidget;

namespace winnow::ui {

/// Entries of a menu that write a table as CSV, Markdown or LaTeX, or copy it. The table is asked for when it is wanted.
class TableMenu : public QObject {
    Q_OBJECT
public:
    using Source = std::function<TableText(TableForm)>;
    /// `name` is of the file, without a suffix. The menu becomes the parent.
    TableMenu(QMenu *menu, QWidget *page, const QString &name, Source source);
    /// Without a dialog; the suffix says the form.
    Status write(const QString &path) const;

Q_SIGNALS:
    void message(const QString &text);

private:
    void ask(const QString &title, const QString &suffix);
    void copy();

    QWidget *m_page;
    QString m_name;
    Source m_source;
};

} // namespace winnow::ui
