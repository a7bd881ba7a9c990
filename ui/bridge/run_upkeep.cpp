#include "ui/bridge/run_upkeep.h"

#include "ui/bridge/store_session.h"
#include "ui/support/words.h"

#include <QCoreApplication>
#include <QThreadPool>

#include <algorithm>
#include <filesystem>

namespace winnow::ui
{

namespace fs = std::filesystem;

namespace
{

Status applyChange(Database &database, const RunUpkeep::Change &change)
{
    RunStore runs(database);
    RunViewStore views(database);
    if (change.name)
        WINNOW_TRY(runs.rename(change.run, *change.name));
    if (change.note)
        WINNOW_TRY(runs.setNote(change.run, *change.note));
    if (change.tags)
        WINNOW_TRY(runs.setTags(change.run, *change.tags));
    if (change.archived)
        WINNOW_TRY(runs.setArchived(change.run, *change.archived));
    if (change.deleted)
        WINNOW_TRY(views.setDeleted(change.run, *change.deleted));
    if (change.look)
        WINNOW_TRY(views.setLook(*change.look));
    return {};
}

/// A store may come from anywhere: only a folder that bears the run's own UUID is taken for the run's.
bool isOwnFolder(const RunRecord &run)
{
    return !run.folder.empty() && !run.uuid.empty() && fs::path(run.folder).filename() == run.uuid;
}

std::uint64_t bytesIn(const std::string &folder)
{
    std::uint64_t bytes = 0;
    std::error_code failed;
    for (fs::recursive_directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
        std::error_code unread;
        if (at->is_regular_file(unread) && !at->is_symlink(unread))
            bytes += at->file_size(unread);
    }
    return bytes;
}

/// "run-3" or "3 runs".
QString runsInWords(const std::vector<const RunRow *> &runs)
{
    return runs.size() == 1 ? runs.front()->name() : QObject::tr("%1 runs").arg(runs.size());
}

struct Purged {
    std::uint64_t bytes = 0;
    QString problem;
};

Purged purgeFolders(const std::vector<RunRecord> &runs)
{
    Purged purged;
    for (const RunRecord &run : runs) {
        if (run.folder.empty())
            continue;
        if (!isOwnFolder(run)) {
            purged.problem = QObject::tr("%1 was left: it is no folder that Winnow made for the run.")
                                 .arg(QString::fromStdString(run.folder));
            continue;
        }
        const std::uint64_t bytes = bytesIn(run.folder);
        std::error_code failed;
        fs::remove_all(run.folder, failed);
        purged.bytes += bytes - (failed ? bytesIn(run.folder) : 0);
        if (failed)
            purged.problem = QObject::tr("Could not delete %1: %2. Delete it by hand.")
                                 .arg(QString::fromStdString(run.folder), QString::fromStdString(failed.message()));
    }
    return purged;
}

} // namespace

RunUpkeep::RunUpkeep(StoreSession &session, QObject *parent) : QObject(parent), m_session(session)
{
    connect(&session, &StoreSession::opened, this, &RunUpkeep::forget);
}

void RunUpkeep::forget()
{
    m_undo.clear();
    m_redo.clear();
}

RunUpkeep::Change RunUpkeep::reverse(const Change &change, const RunRow &row)
{
    Change back{.run = change.run};
    if (change.name)
        back.name = row.record.name;
    if (change.note)
        back.note = row.record.note;
    if (change.tags)
        back.tags = row.record.tags;
    if (change.archived)
        back.archived = row.record.archived;
    if (change.deleted)
        back.deleted = row.deleted;
    if (change.look)
        back.look = row.stored;
    return back;
}

void RunUpkeep::write(std::vector<Change> changes, std::function<void(const Status &)> then)
{
    m_waiting.push_back({std::move(changes), std::move(then)});
    if (!m_writing)
        writeNext();
}

void RunUpkeep::writeNext()
{
    if (m_waiting.empty())
        return;
    m_writing = true;
    Waiting next = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_session.write(
        this,
        [changes = std::move(next.changes)](Database &database) {
            return database.transaction([&]() -> Status {
                for (const Change &change : changes)
                    WINNOW_TRY(applyChange(database, change));
                return {};
            });
        },
        [this, then = std::move(next.then)](const Status &status) {
            m_writing = false;
            then(status);
            writeNext();
        });
}

void RunUpkeep::apply(const QString &words, const std::vector<const RunRow *> &runs, std::vector<Change> changes)
{
    if (runs.empty())
        return;
    Step step{words, std::move(changes), {}};
    for (std::size_t i = 0; i < runs.size(); ++i)
        step.back.push_back(reverse(step.forward[i], *runs[i]));
    std::vector<Change> forward = step.forward;
    write(std::move(forward), [this, step = std::move(step)](const Status &status) mutable {
        if (!status.ok()) {
            Q_EMIT done(coreWords(status.error().message), false);
            return;
        }
        const QString said = step.words;
        m_undo.push_back(std::move(step));
        m_redo.clear();
        Q_EMIT done(said, true);
    });
}

void RunUpkeep::undo()
{
    if (m_undo.empty())
        return;
    Step step = std::move(m_undo.back());
    m_undo.pop_back();
    write(step.back, [this, step](const Status &status) {
        if (status.ok())
            m_redo.push_back(step);
        Q_EMIT done(status.ok() ? tr("Undid: %1").arg(step.words) : coreWords(status.error().message),
                    false);
    });
}

void RunUpkeep::redo()
{
    if (m_redo.empty())
        return;
    Step step = std::move(m_redo.back());
    m_redo.pop_back();
    write(step.forward, [this, step](const Status &status) {
        if (status.ok())
            m_undo.push_back(step);
        Q_EMIT done(status.ok() ? tr("Did again: %1").arg(step.words) : coreWords(status.error().message),
                    status.ok());
    });
}

QString RunUpkeep::nameFromPattern(const QString &pattern, const RunRow &row, int n)
{
    QString name;
    for (qsizetype at = 0; at < pattern.size();) { // not replace(): a name may itself hold "{seed}"
        const auto rest = QStringView(pattern).mid(at);
        if (rest.startsWith(QLatin1String("{name}")))
            name += row.name(), at += 6;
        else if (rest.startsWith(QLatin1String("{seed}")))
            name += QString::number(row.record.seed), at += 6;
        else if (rest.startsWith(QLatin1String("{n}")))
            name += QString::number(n), at += 3;
        else
            name += pattern[at++];
    }
    return name.trimmed();
}

void RunUpkeep::rename(const std::vector<const RunRow *> &runs, const QString &pattern)
{
    std::vector<Change> changes;
    int n = 0;
    for (const RunRow *row : runs)
        changes.push_back({.run = row->id(), .name = nameFromPattern(pattern, *row, ++n).toStdString()});
    apply(tr("Renamed %1").arg(runsInWords(runs)), runs, std::move(changes));
}

void RunUpkeep::setTags(const std::vector<const RunRow *> &runs, const QStringList &add, const QStringList &remove)
{
    std::vector<Change> changes;
    for (const RunRow *row : runs) {
        std::vector<std::string> tags;
        for (const std::string &tag : row->record.tags)
            if (!remove.contains(QString::fromStdString(tag)))
                tags.push_back(tag);
        for (const QString &tag : add)
            if (std::find(tags.begin(), tags.end(), tag.toStdString()) == tags.end())
                tags.push_back(tag.toStdString());
        changes.push_back({.run = row->id(), .tags = std::move(tags)});
    }
    apply(tr("Tagged %1").arg(runsInWords(runs)), runs, std::move(changes));
}

void RunUpkeep::setNote(const std::vector<const RunRow *> &runs, const QString &note, bool append)
{
    std::vector<Change> changes;
    for (const RunRow *row : runs) {
        std::string text = note.toStdString();
        if (append && !row->record.note.empty())
            text = row->record.note + "\n" + text;
        changes.push_back({.run = row->id(), .note = std::move(text)});
    }
    apply(tr("Changed the note of %1").arg(runsInWords(runs)), runs, std::move(changes));
}

void RunUpkeep::setArchived(const std::vector<const RunRow *> &runs, bool archived)
{
    std::vector<Change> changes;
    for (const RunRow *row : runs)
        changes.push_back({.run = row->id(), .archived = archived});
    apply((archived ? tr("Archived %1") : tr("Took %1 out of the archive")).arg(runsInWords(runs)), runs,
          std::move(changes));
}

void RunUpkeep::setDeleted(const std::vector<const RunRow *> &runs, bool deleted)
{
    std::vector<Change> changes;
    for (const RunRow *row : runs)
        changes.push_back({.run = row->id(), .deleted = deleted});
    apply((deleted ? tr("Deleted %1") : tr("Restored %1")).arg(runsInWords(runs)), runs, std::move(changes));
}

void RunUpkeep::setLooks(const QString &words, const std::vector<const RunRow *> &runs,
                         std::vector<RunLookRecord> looks)
{
    std::vector<Change> changes;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        looks[i].run = runs[i]->id();
        changes.push_back({.run = runs[i]->id(), .look = looks[i]});
    }
    apply(words, runs, std::move(changes));
}

void RunUpkeep::keepLooks(std::vector<RunLookRecord> looks)
{
    std::vector<Change> changes;
    for (RunLookRecord &look : looks)
        changes.push_back({.run = look.run, .look = look});
    if (!changes.empty())
        write(std::move(changes), [this](const Status &status) {
            if (!status.ok())
                Q_EMIT done(coreWords(status.error().message), false);
        });
}

std::uint64_t RunUpkeep::folderBytes(const std::vector<RunRecord> &runs)
{
    std::uint64_t bytes = 0;
    for (const RunRecord &run : runs)
        if (isOwnFolder(run))
            bytes += bytesIn(run.folder);
    return bytes;
}

void RunUpkeep::purge(const std::vector<const RunRow *> &rows)
{
    std::vector<RunRecord> runs;
    for (const RunRow *row : rows)
        runs.push_back(row->record);
    m_session.write(
        this,
        [runs](Database &database) {
            return database.transaction([&]() -> Status {
                for (const RunRecord &run : runs)
                    WINNOW_TRY(RunStore(database).remove(run.id));
                return {};
            });
        },
        [this, runs](const Status &status) {
            if (!status.ok()) {
                Q_EMIT done(coreWords(status.error().message), false);
                return;
            }
            forget(); // steps may name runs that are gone
            // Rows first: a run without files can be looked at, files without a run only fill the disk.
            QThreadPool::globalInstance()->start([guard = QPointer<RunUpkeep>(this), runs] {
                const Purged purged = purgeFolders(runs);
                QMetaObject::invokeMethod(
                    QCoreApplication::instance(),
                    [guard, purged, count = runs.size()] {
                        if (!guard)
                            return;
                        const QString words =
                            tr("Purged %1, %2 freed")
                                .arg(count == 1 ? tr("1 run") : tr("%1 runs").arg(count), megabytes(purged.bytes));
                        Q_EMIT guard->done(
                            purged.problem.isEmpty() ? words : words + QStringLiteral(". ") + purged.problem, false);
                    },
                    Qt::QueuedConnection);
            });
        });
}

} // namespace winnow::ui
