// What may be typed at a place of a query.
#include "ui/models/run_query_parts.h"

#include <algorithm>

namespace winnow::ui
{

namespace
{

using Part = QueryPart;

constexpr qsizetype mostWords = 200; // of a popup

QString quoted(const QString &word)
{
    const auto parts = queryParts(word);
    const bool plain =
        parts.size() == 2 && parts[0].kind == Part::Kind::Word && !parts[0].is("and") && !parts[0].is("or");
    return plain || word.contains(QLatin1Char('"')) ? word : QLatin1Char('"') + word + QLatin1Char('"');
}

QStringList valuesOf(const RunField &field, const RunRows &rows)
{
    if (field.kind == RunField::Kind::Flag)
        return {QStringLiteral("true"), QStringLiteral("false")};
    if (!field.choices.isEmpty())
        return field.choices;
    QStringList values;
    for (const RunRow &row : rows) {
        QStringList own = runWords(row, field);
        if (field.kind == RunField::Kind::Number)
            own = {runValueText(row, field)};
        for (const QString &word : own)
            if (!word.isEmpty() && !values.contains(quoted(word)))
                values << quoted(word);
        if (values.size() >= mostWords)
            break;
    }
    values.sort(Qt::CaseInsensitive);
    return values;
}

QStringList operatorsOf(const RunField &field)
{
    if (field.kind == RunField::Kind::Number || field.kind == RunField::Kind::Date)
        return {QStringLiteral("="),  QStringLiteral(">"),  QStringLiteral(">="),  QStringLiteral("<"),
                QStringLiteral("<="), QStringLiteral("!="), QStringLiteral("in (")};
    return {QStringLiteral("="), QStringLiteral("~"), QStringLiteral("!="), QStringLiteral("in (")};
}

/// What a word at the end of `before` may be.
QStringList wordsAfter(const std::vector<Part> &before, const RunRows &rows)
{
    const QStringList starts = QStringList{QStringLiteral("not")} + RunQuery::names();
    if (before.empty())
        return starts;
    const Part &last = before.back();
    if (last.is("and") || last.is("or") || last.is("not"))
        return starts;
    if (last.kind == Part::Kind::Sign || last.kind == Part::Kind::Comma || last.kind == Part::Kind::Open) {
        const RunField *field = nullptr; // the name that this value is for
        for (auto part = before.rbegin(); part != before.rend() && !field; ++part) {
            if (part->is("and") || part->is("or"))
                break;
            if (part->kind == Part::Kind::Word)
                field = findRunField(part->text);
        }
        return field ? valuesOf(*field, rows) : starts;
    }
    const bool name = before.size() < 2 || before[before.size() - 2].is("and") || before[before.size() - 2].is("or")
        || before[before.size() - 2].is("not") || before[before.size() - 2].kind == Part::Kind::Open;
    if (last.kind == Part::Kind::Word && name && findRunField(last.text))
        return operatorsOf(*findRunField(last.text));
    return {QStringLiteral("and"), QStringLiteral("or")};
}

} // namespace

RunQuery::Completion RunQuery::complete(const QString &text, int cursor, const RunRows &rows)
{
    std::vector<Part> parts = queryParts(text.left(cursor));
    parts.pop_back(); // the end
    Completion result{cursor, 0, {}};
    QString begun;
    if (!parts.empty() && parts.back().from + parts.back().length == cursor
        && (parts.back().kind == Part::Kind::Word || parts.back().kind == Part::Kind::Wrong)) {
        result.from = parts.back().from;
        result.length = parts.back().length;
        begun = parts.back().text;
        begun.remove(QLatin1Char('"'));
        parts.pop_back();
    }
    for (const QString &word : wordsAfter(parts, rows))
        if (word.contains(begun, Qt::CaseInsensitive) && word != begun)
            result.words << word;
    std::stable_sort(result.words.begin(), result.words.end(), [&begun](const QString &a, const QString &b) {
        return a.startsWith(begun, Qt::CaseInsensitive) && !b.startsWith(begun, Qt::CaseInsensitive);
    });
    return result;
}

} // namespace winnow::ui
