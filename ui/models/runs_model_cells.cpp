// What the runs table shows in each cell.
#include "ui/models/runs_model.h"

#include "ui/support/words.h"

#include <algorithm>
#include <cmath>

namespace winnow::ui
{

namespace
{

TextCell dash(Qt::Alignment alignment = Qt::AlignLeft)
{
    return {.text = QStringLiteral("–"), .token = Token::Text3, .alignment = alignment};
}

bool isNumber(const RunField &field)
{
    return field.kind == RunField::Kind::Number;
}

QString meanText(const RunsModel::GroupFigure &figure, RunsModel::Spread spread, int column, QString *note)
{
    const bool percent = column == RunsModel::Accuracy;
    const auto number = [column, percent](double v) {
        return percent ? fixedText(v * 100, 1) : column == RunsModel::Time ? fixedText(v, 1) : rateText(v);
    };
    const QString unit = percent ? QStringLiteral("%") : column == RunsModel::Time ? QStringLiteral(" s") : QString();
    if (figure.spread.n == 0)
        return {};
    if (figure.spread.n == 1) {
        *note = percent ? QObject::tr("1 run, no spread") : QString();
        return number(figure.spread.mean) + unit;
    }
    if (spread == RunsModel::Spread::Interval) {
        *note = percent ? QObject::tr("95%, %1 runs").arg(figure.spread.n) : QString();
        return QStringLiteral("%1%2 [%3, %4]")
            .arg(number(figure.spread.mean), unit, number(figure.interval.low), number(figure.interval.high));
    }
    *note = percent ? QObject::tr("mean ± sd") : QString();
    return QStringLiteral("%1 ± %2%3").arg(number(figure.spread.mean), number(figure.spread.sd), unit);
}

} // namespace

Cell RunsModel::fieldCell(const RunRow &row, const RunField &field) const
{
    const QString text = runValueText(row, field);
    const Qt::Alignment alignment = isNumber(field) ? Qt::AlignRight : Qt::AlignLeft;
    if (text.isEmpty())
        return dash(alignment);
    return TextCell{.text = text, .token = Token::Text2, .mono = isNumber(field), .alignment = alignment};
}

Cell RunsModel::runCell(const RunRow &row, int column) const
{
    if (const RunField *field = fieldOf(column))
        return fieldCell(row, *field);
    switch (column) {
    case Eye: return EyeCell{isVisible(row)};
    case Name: {
        const auto over = m_overlay.constFind(row.id().value);
        return NameCell{over != m_overlay.cend() && !over->name.isEmpty() ? over->name : row.name(), row.look,
                        row.pinned};
    }
    case State: return stateBadge(row.record.state);
    case Accuracy:
        if (row.accuracy)
            return IntervalCell{*row.accuracy, m_low, m_high, row.look,
                                m_sameQuestions ? QString()
                                                : tr("of %1, n %2").arg(row.options.evaluation.candidates).arg(thousands(row.questions))};
        if (row.active())
            return TextCell{.text = tr("after the run"), .token = Token::Text3};
        if (row.record.stage == "cold-start" || row.record.state == RunState::Queued)
            return dash();
        return TextCell{.text = tr("not evaluated"), .token = Token::Text3};
    case Auroc:
        if (!row.auroc)
            return dash();
        return TextCell{.text = rateText(row.auroc->value),
                        .note = QStringLiteral("[%1, %2]").arg(rateText(row.auroc->low), rateText(row.auroc->high)),
                        .mono = true};
    case Weights: return HistogramCell{row.weightBins};
    case Loss: return SparkCell{row.lossSpark, row.active()};
    case Seed: return TextCell{.text = QString::number(row.record.seed), .mono = true, .alignment = Qt::AlignRight};
    case Time: {
        const double seconds = runSeconds(row);
        return TextCell{.text = row.record.state == RunState::Finished ? durationText(seconds) : clockText(seconds),
                        .mono = true,
                        .alignment = Qt::AlignRight};
    }
    case Tags: return TextCell{.text = runValueText(row, *findRunField(QStringLiteral("tag"))), .token = Token::Text2};
    default: return std::monostate();
    }
}

Cell RunsModel::groupFieldCell(const std::vector<int> &runs, const RunField &field) const
{
    QString common;
    int values = 0;
    for (const int i : runs) {
        const QString own = runValueText(m_data.rows[static_cast<std::size_t>(i)], field);
        if (values == 0 || own != common)
            ++values;
        common = own;
        if (values > 1)
            break;
    }
    const Qt::Alignment alignment = isNumber(field) ? Qt::AlignRight : Qt::AlignLeft;
    return TextCell{.text = values > 1 ? tr("differs") : common,
                    .token = Token::Text3,
                    .mono = values <= 1 && isNumber(field),
                    .alignment = alignment};
}

Cell RunsModel::groupCell(const QString &group, int column) const
{
    const std::vector<int> &runs = m_groups.at(group);
    if (const RunField *field = fieldOf(column))
        return groupFieldCell(runs, *field);
    switch (column) {
    case Name: return GroupCell{groupWords(group), !m_closed.contains(group)};
    case State:
        return TextCell{.text = runs.size() == 1 ? tr("1 run")
                                                 : tr("%1 runs").arg(thousands(static_cast<std::int64_t>(runs.size()))),
                        .token = Token::Text2};
    case Accuracy:
    case Auroc: {
        TextCell cell{.mono = true, .strong = true};
        cell.text = meanText(groupFigure(group, column), m_spread, column, &cell.note);
        return cell;
    }
    default: return std::monostate();
    }
}

QString RunsModel::figureTip(const RunRow &row, int column) const
{
    if (column == Accuracy && row.accuracy)
        return tr("Best-of-%1 accuracy %2, 95% Wilson interval, n = %3 questions")
            .arg(row.options.evaluation.candidates)
            .arg(percentInterval(*row.accuracy), thousands(row.questions));
    if (column == Auroc && row.auroc)
        return tr("AUROC of low weight %1, 95% DeLong interval, n = %2 samples, weights of iteration %3")
            .arg(rateInterval(*row.auroc), thousands(row.samples), thousands(row.aurocStep));
    return {};
}

QString RunsModel::columnTip(int section) const
{
    switch (section) {
    case Accuracy:
        return tr("Share of test questions whose picked candidate is right, when the best of N candidates is picked by score. "
                  "Line: 95% Wilson interval over the questions.");
    case Auroc:
        return tr("Chance that a known flipped sample weighs less than a clean one; ties count half. "
                  "0.5 is chance, 1 finds them all. Bracket: 95% DeLong interval.");
    case Weights: return tr("Histogram of the learned weights at the newest snapshot, −0.5 to 2.");
    case Loss: return tr("Training loss: mean cross-entropy over the sites of each batch, over iterations.");
    case Time: return tr("Training and scoring, without pauses.");
    default: return {};
    }
}

QVariant RunsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Line &line = m_lines[static_cast<std::size_t>(index.row())];
    const RunRow *row = runAt(index.row());
    if (role == CellRole)
        return QVariant::fromValue(row ? runCell(*row, index.column()) : groupCell(line.group, index.column()));
    if (role == RowStateRole) {
        if (!row)
            return static_cast<int>(RowGroup);
        return isSelected(row->id()) ? static_cast<int>(RowSelected | RowTinted) : static_cast<int>(RowPlain);
    }
    if (role == Qt::EditRole && row && index.column() == Name)
        return row->name();
    if (role == Qt::ToolTipRole && row) {
        if (index.column() == Name)
            return row->name().toHtmlEscaped();
        if (index.column() == Eye)
            return isVisible(*row) ? tr("Drawn in plots. Click to hide it everywhere.")
                                   : tr("Not drawn. Click to draw it everywhere.");
        if (const QString figure = figureTip(*row, index.column()); !figure.isEmpty())
            return figure.toHtmlEscaped();
        if (const RunField *field = fieldOf(index.column()))
            return runValueText(*row, *field).toHtmlEscaped();
    }
    if (role == Qt::AccessibleTextRole)
        return row ? row->name() : line.group;
    return {};
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const RunField *field = fieldOf(section);
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(section == Seed || section == Time || (field && isNumber(*field)) ? Qt::AlignRight
                                                                                                  : Qt::AlignLeft);
    if (role == Qt::ToolTipRole)
        return field ? field->key : columnTip(section);
    if (role != Qt::DisplayRole)
        return {};
    if (field)
        return field->setting ? field->key : field->label;
    switch (section) {
    case Name: return tr("Run");
    case State: return tr("State");
    case Accuracy:
        return m_questions == 0   ? tr("Best-of-%1").arg(m_candidates)
               : m_sameQuestions ? tr("Best-of-%1, n = %2").arg(m_candidates).arg(thousands(m_questions))
                                 : tr("Best-of-N");
    case Auroc: return m_samples > 0 && m_sameSamples ? tr("AUROC, n = %1").arg(thousands(m_samples)) : tr("AUROC");
    case Weights: return tr("Weights");
    case Loss: return tr("Loss");
    case Seed: return tr("Seed");
    case Time: return tr("Time");
    case Tags: return tr("Tags");
    default: return QString();
    }
}

} // namespace winnow::ui
