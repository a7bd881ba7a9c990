#pragma once

// For run_query*.cpp only.

#include "ui/models/run_query.h"

#include <QRegularExpression>

#include <vector>

namespace winnow::ui
{

/// One word, sign or quoted text of a query.
struct QueryPart {
    enum class Kind { Word, Quoted, Sign, Open, Close, Comma, Wrong, End };
    Kind kind = Kind::End;
    QString text;
    int from = 0;
    int length = 0;

    bool is(const char *word) const
    {
        return kind == Kind::Word && text.compare(QLatin1String(word), Qt::CaseInsensitive) == 0;
    }
};

/// Ends with one part of kind End. A quote that is not closed is a part of kind Wrong.
std::vector<QueryPart> queryParts(const QString &text);

struct RunQuery::Node {
    enum class Kind { And, Or, Not, Term };
    enum class Op { Equal, NotEqual, Greater, GreaterEqual, Less, LessEqual, Matches, In };
    Kind kind = Kind::Term;
    std::vector<std::shared_ptr<const Node>> children;
    const RunField *field = nullptr;
    Op op = Op::Equal;
    std::vector<double> numbers;
    QStringList words;
    QRegularExpression pattern;
};

} // namespace winnow::ui
