#pragma once

#include "ui/models/page_data.h"

#include <QStringList>

#include <variant>

namespace winnow::ui
{

/// Something that a run can be filtered, grouped and sorted by, and that a column can show: figures, words, and every
/// setting by its key.
struct RunField {
    enum class Kind { Number, Text, Choice, Flag, Date };
    QString key; ///< as typed in a query: "seed", "meta.gradient_ema"
    QString label; ///< words of a column
    Kind kind = Kind::Text;
    QStringList choices; ///< of a Choice, in order
    bool setting = false;
    int builtin = -1; ///< place in the list of fields that are no setting
};

/// Absent when the run has no such value (not evaluated, settings unreadable). Dates are UTC milliseconds.
using RunValue = std::variant<std::monostate, double, QString>;

const std::vector<RunField> &runFields();
const RunField *findRunField(const QString &key);
RunValue runValue(const RunRow &row, const RunField &field);
/// All words of a field; several only for "tag".
QStringList runWords(const RunRow &row, const RunField &field);
/// As a cell or a group's name shows it; empty when absent.
QString runValueText(const RunRow &row, const RunField &field);
double runSeconds(const RunRow &row); ///< NaN: not started

VaryingSettings varyingSettings(const RunRows &rows);

/// The known word that is nearest to `word` by edit distance, or an empty text.
QString closestWord(const QString &word, const QStringList &known);

} // namespace winnow::ui
