#include "ui/support/table_text.h"

#include <algorithm>

namespace winnow::ui {

namespace {

const QChar minusSign(0x2212);
const QChar thinSpace(0x2009);

QString csvField(QString text, bool number)
{
    if (number) // as programs read it
        text.replace(minusSign, QLatin1Char('-')).remove(thinSpace);
    const bool quote = text.contains(QLatin1Char(',')) || text.contains(QLatin1Char('"')) || text.contains(QLatin1Char('\n')) ||
                       text.contains(QLatin1Char('\r'));
    return quote ? QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"') : text;
}

/// Line ends and tabs would begin another row or field. Thin spaces stay.
QString oneLine(QString text)
{
    for (QChar &c : text)
        if (c == QLatin1Char('\n') || c == QLatin1Char('\r') || c == QLatin1Char('\t'))
            c = QLatin1Char(' ');
    return text.trimmed();
}

QString markdownField(const QString &text)
{
    QString out;
    for (const QChar c : oneLine(text)) {
        if (QStringLiteral("\\|`*_<>[]").contains(c))
            out += QLatin1Char('\\');
        out += c;
    }
    return out;
}

QString latexField(const QString &text)
{
    QString out;
    for (const QChar c : oneLine(text)) {
        switch (c.unicode()) {
        case '\\': out += QStringLiteral("\\textbackslash{}"); break;
        case '~': out += QStringLiteral("\\textasciitilde{}"); break;
        case '^': out += QStringLiteral("\\textasciicircum{}"); break;
        case '<': out += QStringLiteral("$<$"); break;
        case '>': out += QStringLiteral("$>$"); break;
        case 0x2212: out += QStringLiteral("$-$"); break;
        case 0x00B1: out += QStringLiteral("$\\pm$"); break;
        case 0x2013: out += QStringLiteral("--"); break;
        case 0x2009: out += QStringLiteral("\\,"); break;
        default:
            if (QStringLiteral("&%$#_{}").contains(c))
                out += QLatin1Char('\\');
            out += c;
        }
    }
    return out;
}

QString csv(const TableText &table)
{
    QStringList head;
    for (const QString &name : table.header)
        head << csvField(name, false);
    QString out = head.join(QLatin1Char(',')) + QLatin1Char('\n');
    for (const QStringList &row : table.rows) {
        QStringList fields;
        for (qsizetype i = 0; i < row.size(); ++i)
            fields << csvField(row[i], table.numbers.value(i));
        out += fields.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
    return out;
}

QString markdown(const TableText &table)
{
    const auto line = [](const QStringList &fields) { return QStringLiteral("| ") + fields.join(QStringLiteral(" | ")) + QStringLiteral(" |\n"); };
    const auto escaped = [](const QStringList &fields) {
        QStringList out;
        for (const QString &field : fields)
            out << markdownField(field);
        return out;
    };
    QStringList rule;
    for (qsizetype i = 0; i < table.header.size(); ++i)
        rule << (table.numbers.value(i) ? QStringLiteral("---:") : QStringLiteral("---"));
    QString out = line(escaped(table.header)) + line(rule);
    for (const QStringList &row : table.rows)
        out += line(escaped(row));
    return out;
}

QString latex(const TableText &table)
{
    const auto line = [](const QStringList &fields) {
        QStringList out;
        for (const QString &field : fields)
            out << latexField(field);
        return QStringLiteral("  ") + out.join(QStringLiteral(" & ")) + QStringLiteral(" \\\\\n");
    };
    QString columns;
    for (qsizetype i = 0; i < table.header.size(); ++i)
        columns += table.numbers.value(i) ? QLatin1Char('r') : QLatin1Char('l');
    QString out = QStringLiteral("\\begin{tabular}{%1}\n  \\toprule\n").arg(columns) + line(table.header) +
                  QStringLiteral("  \\midrule\n");
    for (const QStringList &row : table.rows)
        out += line(row);
    return out + QStringLiteral("  \\bottomrule\n\\end{tabular}\n");
}

} // namespace

QByteArray formatTable(const TableText &table, TableForm form)
{
    switch (form) {
    case TableForm::Csv: return csv(table).toUtf8();
    case TableForm::Markdown: return markdown(table).toUtf8();
    case TableForm::Latex: break;
    }
    return latex(table).toUtf8();
}

TableForm tableFormOf(const QString &path)
{
    return path.endsWith(QLatin1String(".md"), Qt::CaseInsensitive)    ? TableForm::Markdown
           : path.endsWith(QLatin1String(".tex"), Qt::CaseInsensitive) ? TableForm::Latex
                                                                       : TableForm::Csv;
}

} // namespace winnow::ui
