// Columns, kept choices and export of the runs page.
#include "ui/pages/runs_page.h"

#include "ui/bridge/store_session.h"
#include "ui/dialogs/column_chooser.h"
#include "ui/pages/runs_side.h"
#include "ui/widgets/button.h"
#include "ui/widgets/cell_text.h"
#include "ui/widgets/data_table.h"

#include <algorithm>

namespace winnow::ui
{

namespace
{

QString plainNumber(bool there, double value)
{
    return there ? QString::number(value, 'g', 17) : QString();
}

QString fullValue(const RunRow &row, const RunField &field)
{
    const RunValue value = runValue(row, field);
    if (const auto *number = std::get_if<double>(&value); number && field.kind == RunField::Kind::Number)
        return plainNumber(true, *number);
    return runValueText(row, field);
}

} // namespace

void RunsPage::keepViewSetting(const char *key, const QString &value)
{
    m_settings[key] = value.toStdString();
    session().write(this, [own = std::string(key), text = value.toStdString()](Database &database) {
        return RunViewStore(database).setSetting(own, text);
    });
}

void RunsPage::applyViewSettings()
{
    if (m_settingsOf == session().path())
        return;
    m_settingsOf = session().path();
    const auto setting = [this](const char *key, const QString &standard) {
        const auto found = m_settings.find(key);
        return found == m_settings.end() ? standard : QString::fromStdString(found->second);
    };
    const QString group = setting("runs.group", QStringLiteral("weighting"));
    m_model->setGroupBy(group);
    m_side->setGroupBy(group);
    const int spread = setting("runs.spread", QStringLiteral("0")).toInt();
    m_model->setSpread(static_cast<RunsModel::Spread>(spread == 1));
    m_side->setSpread(spread == 1);
    const QString columns = setting("runs.columns", {});
    if (!columns.isEmpty())
        m_columns = columns.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    layOutColumns();
}

void RunsPage::layOutColumns()
{
    QStringList fields;
    for (const QString &key : m_columns)
        if (!key.startsWith(QLatin1Char('#')))
            fields << key;
    const RunId before = current();
    m_model->setFieldColumns(fields);
    // In a window of 1366 pixels the time gives way, so that names and "mean ± sd" stay whole.
    const QVector<DataTable::Column> fixed{{32},         {160, 0.5},   {102}, {136, 0.5},   {126},
                                           {64, 0, 700}, {56, 0, 640}, {44},  {86, 0, 830}, {110}};
    QVector<DataTable::Column> columns;
    for (int i = 0; i < RunsModel::ColumnCount; ++i) {
        const bool on = i <= RunsModel::Name || m_columns.contains(QStringLiteral("#%1").arg(i));
        columns.push_back(on ? fixed[i] : DataTable::Column{0});
    }
    for (int i = 0; i < m_model->fieldColumns().size(); ++i) {
        const QString head =
            m_model->headerData(RunsModel::ColumnCount + i, Qt::Horizontal, Qt::DisplayRole).toString();
        columns.push_back({std::clamp(static_cast<int>(head.size()) * 7 + 24, 76, 180)});
    }
    m_table->setColumns(columns);
    // What does not fit must be reached all the same.
    m_table->setHorizontalScrollBarPolicy(m_model->fieldColumns().isEmpty() ? Qt::ScrollBarAlwaysOff
                                                                            : Qt::ScrollBarAsNeeded);
    if (const int row = m_model->rowOf(before); row >= 0)
        m_table->setCurrentIndex(m_model->index(row, RunsModel::Name));
}

void RunsPage::setColumnOn(const QString &key, bool on)
{
    m_columns.removeAll(key);
    if (on)
        m_columns << key;
    layOutColumns();
    keepViewSetting("runs.columns", m_columns.isEmpty() ? QStringLiteral(" ") : m_columns.join(QLatin1Char(' ')));
}

void RunsPage::openColumnChooser()
{
    std::vector<ColumnChooser::Entry> entries;
    for (int i = RunsModel::State; i < RunsModel::ColumnCount; ++i) {
        const QString key = QStringLiteral("#%1").arg(i);
        entries.push_back({key, m_model->headerData(i, Qt::Horizontal, Qt::DisplayRole).toString(),
                           m_columns.contains(key), tr("Columns")});
    }
    const QStringList fixed{QStringLiteral("name"), QStringLiteral("state"),     QStringLiteral("tag"),
                            QStringLiteral("seed"), QStringLiteral("acc_best8"), QStringLiteral("auroc"),
                            QStringLiteral("time")};
    for (const RunField &field : runFields())
        if (!field.setting && !fixed.contains(field.key))
            entries.push_back({field.key, field.label, m_columns.contains(field.key), tr("Facts")});
    const auto settings = [&](const QStringList &keys, const QString &section) {
        for (const QString &key : keys)
            entries.push_back({key, key, m_columns.contains(key), section});
    };
    settings(m_model->varying().differ, tr("Settings that differ between the runs"));
    settings(m_model->varying().same, tr("Settings that are the same"));
    auto *chooser = new ColumnChooser(theme(), std::move(entries), this);
    connect(chooser, &ColumnChooser::toggled, this, &RunsPage::setColumnOn);
    chooser->openBelow(m_columnsButton);
}

/// For CSV the figures of the shown runs in full; for a text the table as it stands, with the rows of groups.
TableText RunsPage::exportTable(TableForm form) const
{
    if (form != TableForm::Csv)
        return tableOf(*m_model, form);
    TableText table;
    table.header = {QStringLiteral("run"), QStringLiteral("name"), QStringLiteral("state"), QStringLiteral("method"),
                    QStringLiteral("seed"), QStringLiteral("accuracy"), QStringLiteral("accuracy_low"),
                    QStringLiteral("accuracy_high"), QStringLiteral("questions"), QStringLiteral("auroc"),
                    QStringLiteral("auroc_low"), QStringLiteral("auroc_high"), QStringLiteral("steps")};
    table.header += m_model->fieldColumns();
    for (const RunId id : m_model->shownRuns()) {
        const RunRow *row = m_model->find(id);
        QStringList fields{QString::number(id.value), row->name(), QString::fromUtf8(runStateName(row->record.state).data()),
                           QString::fromStdString(row->record.method), QString::number(row->record.seed)};
        const Interval accuracy = row->accuracy.value_or(Interval());
        const Interval auroc = row->auroc.value_or(Interval());
        for (const double v : {accuracy.value, accuracy.low, accuracy.high})
            fields << plainNumber(row->accuracy.has_value(), v);
        fields << QString::number(row->questions);
        for (const double v : {auroc.value, auroc.low, auroc.high})
            fields << plainNumber(row->auroc.has_value(), v);
        fields << QString::number(row->record.step);
        for (const QString &key : m_model->fieldColumns())
            fields << fullValue(*row, *findRunField(key));
        table.rows << fields;
    }
    return table;
}

} // namespace winnow::ui
