// What the runs page does to runs: menu, archive, delete, export.
#include "ui/pages/runs_page.h"

#include "ui/bridge/store_session.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/floating_bar.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QFileDialog>
#include <QGuiApplication>
#include <QInputDialog>
#include <QMenu>
#include <QMessageBox>
#include <QSaveFile>
#include <QUrl>

#include <filesystem>

namespace winnow::ui {

namespace {

std::uint64_t folderBytes(const std::string &folder)
{
    std::uint64_t bytes = 0;
    std::error_code failed;
    for (std::filesystem::recursive_directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed))
        if (at->is_regular_file(failed))
            bytes += at->file_size(failed);
    return bytes;
}

QString csvField(QString text)
{
    return text.contains(QLatin1Char(',')) || text.contains(QLatin1Char('"'))
               ? QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"')
               : text;
}

} // namespace

void RunsPage::writeToRuns(const std::vector<RunId> &runs, std::function<Status(RunStore &, RunId)> change,
                           const QString &done, std::function<void()> undo)
{
    session().write(
        this,
        [runs, change](Database &database) -> Status {
            RunStore store(database);
            for (const RunId id : runs)
                WINNOW_TRY(change(store, id));
            return {};
        },
        [this, done, undo](const Status &status) {
            m_undo = status.ok() ? undo : nullptr;
            m_toast->showMessage(status.ok() ? done : QString::fromStdString(status.error().message),
                                 status.ok() && undo ? tr("Undo") : QString());
        });
}

void RunsPage::archiveSelected()
{
    const std::vector<RunId> runs = m_model->selected();
    const auto set = [this, runs](bool on, const QString &words, std::function<void()> undo) {
        writeToRuns(runs, [on](RunStore &store, RunId id) { return store.setArchived(id, on); }, words, std::move(undo));
    };
    set(true, tr("Archived %1 runs").arg(runs.size()), [set] { set(false, tr("Undid: archive"), {}); });
    m_model->setSelected({});
}

void RunsPage::askDelete(const std::vector<RunId> &runs)
{
    std::vector<std::string> folders;
    std::uint64_t bytes = 0;
    for (const RunId id : runs)
        if (const RunRow *row = m_model->find(id); row && !row->record.folder.empty()) {
            folders.push_back(row->record.folder);
            bytes += folderBytes(row->record.folder);
        }
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("Delete %n run(s) and %1 of checkpoints?", nullptr, static_cast<int>(runs.size())).arg(megabytes(bytes)));
    auto *remove = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    box->addButton(tr("Cancel"), QMessageBox::RejectRole);
    connect(box, &QMessageBox::buttonClicked, this, [this, runs, folders, remove](QAbstractButton *button) {
        if (button != remove)
            return;
        writeToRuns(
            runs,
            [](RunStore &store, RunId id) -> Status {
                return store.remove(id);
            },
            tr("Deleted %n run(s)", nullptr, static_cast<int>(runs.size())));
        for (const std::string &folder : folders) {
            std::error_code failed;
            std::filesystem::remove_all(folder, failed);
            if (failed)
                Q_EMIT message(tr("Could not delete %1: %2. Delete it by hand.")
                                   .arg(QString::fromStdString(folder), QString::fromStdString(failed.message())));
        }
    });
    box->open();
}

void RunsPage::showContextMenu(const QPoint &point)
{
    const RunRow *row = m_model->runAt(m_table->indexAt(point).row());
    if (!row)
        return;
    const RunId id = row->id();
    const RunRecord record = row->record;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Open"), this, [this, id] { Q_EMIT openRequested(PageId::Live, id); });
    menu->addAction(tr("Samples"), this, [this, id] { Q_EMIT openRequested(PageId::Samples, id); });
    menu->addAction(tr("Clone…"), this, [this, id] { Q_EMIT newRunRequested(id); });
    menu->addSeparator();
    menu->addAction(tr("Resume"), this, [this, id] { Q_EMIT resumeRequested(id); })
        ->setEnabled(record.resumable());
    menu->addAction(tr("Copy command"), this,
                    [record] { QGuiApplication::clipboard()->setText(QString::fromStdString(record.command)); });
    menu->addAction(tr("Rename…"), this, [this, id, record] {
        auto *dialog = new QInputDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setLabelText(tr("Name of the run"));
        dialog->setTextValue(QString::fromStdString(record.name));
        connect(dialog, &QInputDialog::textValueSelected, this, [this, id](const QString &name) {
            writeToRuns({id}, [name](RunStore &store, RunId run) { return store.rename(run, name.toStdString()); },
                        tr("Renamed"));
        });
        dialog->open();
    });
    menu->addAction(tr("Show folder"), this, [record] {
            QDesktopServices::openUrl(QUrl::fromLocalFile(QString::fromStdString(record.folder)));
        })->setEnabled(!record.folder.empty());
    menu->addSeparator();
    menu->addAction(tr("Delete…"), this, [this, id] {
            const auto &selected = m_model->selected();
            const bool many = std::find(selected.begin(), selected.end(), id) != selected.end();
            askDelete(many ? selected : std::vector<RunId>{id});
        })->setEnabled(!runIsActive(record.state));
    menu->popup(m_table->viewport()->mapToGlobal(point));
}

void RunsPage::exportCsv()
{
    auto *dialog = new QFileDialog(this, tr("Export runs"), QStringLiteral("runs.csv"), tr("CSV files (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        QSaveFile file(path);
        QString text = QStringLiteral("run,name,state,method,seed,accuracy,accuracy_low,accuracy_high,questions,auroc,steps\n");
        for (int i = 0; i < m_model->rowCount(); ++i) {
            const RunRow *row = m_model->runAt(i);
            if (!row)
                continue;
            const auto number = [](bool there, double v) { return there ? QString::number(v, 'g', 17) : QString(); };
            QStringList fields{QString::number(row->id().value), csvField(row->name()),
                               QString::fromUtf8(runStateName(row->record.state).data()),
                               QString::fromStdString(row->record.method), QString::number(row->record.seed)};
            const Interval accuracy = row->accuracy.value_or(Interval());
            fields << number(row->accuracy.has_value(), accuracy.value) << number(row->accuracy.has_value(), accuracy.low)
                   << number(row->accuracy.has_value(), accuracy.high) << QString::number(row->questions)
                   << number(row->auroc.has_value(), row->auroc.value_or(Interval()).value)
                   << QString::number(row->record.step);
            text += fields.join(QLatin1Char(',')) + QLatin1Char('\n');
        }
        const bool written = file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) >= 0 && file.commit();
        Q_EMIT message(written ? tr("Wrote %1").arg(path)
                               : tr("Could not write %1: %2. Choose another folder.").arg(path, file.errorString()));
    });
    dialog->open();
}

} // namespace winnow::ui
