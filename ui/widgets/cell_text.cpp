#include "ui/widgets/cell_text.h"

#include <QAbstractItemModel>

namespace winnow::ui {

namespace {

struct Words {
    QString operator()(std::monostate) const { return {}; }
    QString operator()(const TextCell &cell) const
    {
        return cell.note.isEmpty() ? cell.text : QStringLiteral("%1 %2").arg(cell.text, cell.note);
    }
    QString operator()(const BadgeLook &look) const { return look.text; }
    QString operator()(const NameCell &cell) const { return cell.name; }
    QString operator()(const GroupCell &cell) const { return cell.name; }
    QString operator()(const EyeCell &) const { return {}; }
    QString operator()(const SparkCell &) const { return {}; }
    QString operator()(const HistogramCell &) const { return {}; }
    QString operator()(const IntervalCell &cell) const
    {
        return cell.note.isEmpty() ? percentInterval(cell.value) : QStringLiteral("%1 %2").arg(percentInterval(cell.value), cell.note);
    }
    QString operator()(const StepsCell &cell) const
    {
        QString marks;
        for (const StepMark &step : cell.steps)
            marks += step.plus ? QLatin1Char('+') : QLatin1Char('-');
        return marks;
    }
    QString operator()(const ThumbnailCell &) const { return {}; }
    QString operator()(const StepScoreCell &cell) const { return QStringLiteral("%1 (%2)").arg(cell.text.simplified(), rateText(cell.p, 2)); }
    QString operator()(const PickCell &cell) const
    {
        QStringList letters;
        for (const auto &[letter, look] : cell.runs)
            letters << letter;
        return letters.join(QLatin1Char(' '));
    }
};

Cell cellAt(const QAbstractItemModel &model, int row, int column)
{
    return model.index(row, column).data(CellRole).value<Cell>();
}

/// How a column is written, from its cells.
struct ColumnKind {
    bool shown = false;
    bool interval = false;
    bool number = false;
};

ColumnKind kindOf(const QAbstractItemModel &model, int column)
{
    ColumnKind kind;
    kind.number = model.headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt() & Qt::AlignRight;
    for (int row = 0; row < model.rowCount(); ++row) {
        const Cell cell = cellAt(model, row, column);
        kind.shown = kind.shown || !cellText(cell).isEmpty();
        kind.interval = kind.interval || std::holds_alternative<IntervalCell>(cell);
        const auto *text = std::get_if<TextCell>(&cell);
        kind.number = kind.number || kind.interval || (text && text->mono);
    }
    return kind;
}

} // namespace

QString cellText(const Cell &cell)
{
    return std::visit(Words(), cell);
}

TableText tableOf(const QAbstractItemModel &model, TableForm form)
{
    TableText table;
    std::vector<ColumnKind> kinds;
    for (int c = 0; c < model.columnCount(); ++c) {
        kinds.push_back(kindOf(model, c));
        if (!kinds.back().shown)
            continue;
        const QString name = model.headerData(c, Qt::Horizontal, Qt::DisplayRole).toString();
        table.header << name;
        table.numbers << kinds.back().number;
        if (kinds.back().interval && form == TableForm::Csv) {
            table.header << name + QStringLiteral(" low") << name + QStringLiteral(" high");
            table.numbers << true << true;
        }
    }
    for (int r = 0; r < model.rowCount(); ++r) {
        QStringList fields;
        for (int c = 0; c < model.columnCount(); ++c) {
            const ColumnKind &kind = kinds[static_cast<std::size_t>(c)];
            if (!kind.shown)
                continue;
            const Cell cell = cellAt(model, r, c);
            const auto *interval = std::get_if<IntervalCell>(&cell);
            if (!kind.interval || form != TableForm::Csv)
                fields << cellText(cell);
            else if (interval)
                for (const double v : {interval->value.value, interval->value.low, interval->value.high})
                    fields << QString::number(v, 'g', 17);
            else
                fields << cellText(cell) << QString() << QString();
        }
        table.rows << fields;
    }
    return table;
}

} // namespace winnow::ui
