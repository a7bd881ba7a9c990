#pragma once

#include "ui/models/page_data.h"

#include <QString>

#include <functional>
#include <optional>

namespace winnow::ui {

/// A filter on runs: `name op value` joined by `and`. Operators = != > >= < <= and ~ (matches a regular expression).
/// Values: numbers, dates (2026-11-20), words, or text in quotes.
class RunQuery {
public:
    struct Problem {
        QString message;
        int from = 0; ///< the wrong part
        int length = 0;
    };

    /// An empty text matches everything.
    static std::optional<RunQuery> parse(const QString &text, Problem *problem);
    bool matches(const RunRow &row) const;
    /// Names that may stand at the left, for completion and "did you mean".
    static QStringList names();

private:
    struct Term {
        QString name;
        QString op;
        QString value;
    };
    std::vector<Term> m_terms;
};

} // namespace winnow::ui
