// Columns, kept choices and export of the runs page.
#include "ui/pages/runs_page.h"

#include "ui/bridge/store_session.h"
#include "ui/dialogs/column_chooser.h"
#include "ui/pages/runs_side.h"
#include "ui/widgets/button.h"
#include "ui/widgets/data_table.h"

#include <QFileDialog>
#include <QSaveFile>

#include <algorithm>

namespace winnow::ui
{

namespace
{

QString csvField(QString text)
{
    const bool quote = text.contains(QLatin1Char(',')) || text.contains(QLatin1Char('"'))
        || text.contains(QLatin1Char('\n')) || text.contains(QLatin1Char('\r'));
    return quote ? QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"') : text;
}

QString plainNumber(bool there, double value)
{
    return there ? QString::number(value, 'g', 17) : QString();
}

QString csvValue(const RunRow &row, const RunField &field)
{
    const RunValue value = runValue(row, field);
    if (const auto *number = std::get_if<double>(&value); number && field.kind == RunField::Kind::Number)
        return plainNumber(true, *number);
    return csvField(runValueText(row, field));
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
    const QVector<DataTable::Column> fixed{{32},         {160, 0.35},  {102}, {150, 0.3},   {96},
                                           {92, 0, 700}, {84, 0, 640}, {54},  {72, 0, 600}, {110}};
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

void RunsPage::exportCsv()
{
    auto *dialog = new QFileDialog(this, tr("Export runs"), QStringLiteral("runs.csv"), tr("CSV files (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        QString text = QStringLiteral("run,name,state,method,seed,accuracy,accuracy_low,accuracy_high,questions,auroc,"
                                      "auroc_low,auroc_high,steps");
        for (const QString &key : m_model->fieldColumns())
            text += QLatin1Char(',') + csvField(key);
        text += QLatin1Char('\n');
        for (const RunId id : m_model->shownRuns()) {
            const RunRow *row = m_model->find(id);
            QStringList fields{QString::number(id.value), csvField(row->name()),
                               QString::fromUtf8(runStateName(row->record.state).data()),
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
                fields << csvValue(*row, *findRunField(key));
            text += fields.join(QLatin1Char(',')) + QLatin1Char('\n');
        }
        QSaveFile file(path);
        const bool written = file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) >= 0 && file.commit();
        Q_EMIT message(written ? tr("Wrote %1").arg(path)
                               : tr("Could not write %1: %2. Choose another folder.").arg(path, file.errorString()));
    });
    dialog->open();
}

} // namespace winnow::ui
