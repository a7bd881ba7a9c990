#pragma once

#include <QByteArray>
#include <QStringList>
#include <QVector>

namespace winnow::ui {

enum class TableForm { Csv, Markdown, Latex };

/// A table as words, for files and the clipboard.
struct TableText {
    QStringList header;
    QVector<bool> numbers; ///< columns that are set to the right
    QVector<QStringList> rows;
};

/// CSV: RFC 4180, numbers with a plain minus and without spaces. Markdown: a pipe table. LaTeX: a tabular for the package
/// booktabs. Text of any kind stays text: what means something in the form is escaped.
QByteArray formatTable(const TableText &table, TableForm form);

/// By the suffix .csv, .md or .tex; anything else is CSV.
TableForm tableFormOf(const QString &path);

} // namespace winnow::ui
