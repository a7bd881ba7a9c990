#pragma once

#include "ui/models/run_fields.h"

#include <QString>

#include <memory>
#include <optional>

namespace winnow::ui
{

/// A filter on runs, typed as one line:
///   mode = "net" and seed in (1, 2) and acc_best8 > 0.83 and tag ~ "noise"
/// `and`, `or`, `not`, round brackets; operators = != > >= < <= ~ (matches a regular expression) and in (..). Names are
/// those of runFields(); values are numbers, dates (2026-11-20), words, or text in quotes. Words are compared without
/// regard to case. A run without a value (not evaluated) meets no condition on it, != included.
class RunQuery
{
public:
    struct Problem {
        QString message;
        int from = 0; ///< the wrong part
        int length = 0;
    };
    /// What may be typed at a place: it would stand for `length` characters from `from`.
    struct Completion {
        int from = 0;
        int length = 0;
        QStringList words;
    };
    struct Node;

    /// An empty text matches everything.
    static std::optional<RunQuery> parse(const QString &text, Problem *problem);
    bool matches(const RunRow &row) const;
    bool isEmpty() const { return m_root == nullptr; }
    /// Names that may stand at the left.
    static QStringList names();
    /// `rows` give the values of fields that have no fixed choices (names, tags, data).
    static Completion complete(const QString &text, int cursor, const RunRows &rows);

private:
    std::shared_ptr<const Node> m_root;
};

} // namespace winnow::ui
