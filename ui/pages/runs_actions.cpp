// What the runs page does to runs: menu, names, tags, notes, archive, delete, purge, looks, saved queries.
#include "ui/pages/runs_page.h"

#include "core/base/options_command.h"
#include "ui/bridge/run_upkeep.h"
#include "ui/bridge/store_session.h"
#include "ui/dialogs/ask_dialog.h"
#include "ui/pages/runs_query_line.h"
#include "ui/support/words.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/scrim.h"

#include <QClipboard>
#include <QCompleter>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenu>
#include <QThreadPool>
#include <QUrl>

#include <algorithm>

namespace winnow::ui
{

namespace
{

QString runsInWords(std::size_t count)
{
    return count == 1 ? QObject::tr("1 run") : QObject::tr("%1 runs").arg(thousands(static_cast<std::int64_t>(count)));
}

QStringList tagsIn(const QString &text)
{
    QStringList tags;
    for (const QString &part : text.split(QLatin1Char(','), Qt::SkipEmptyParts))
        if (const QString tag = part.trimmed(); !tag.isEmpty() && !tags.contains(tag))
            tags << tag;
    return tags;
}

QStringList tagsOf(const RunRow &row)
{
    QStringList tags;
    for (const std::string &tag : row.record.tags)
        tags << QString::fromStdString(tag);
    return tags;
}

QIcon swatchIcon(const Theme &theme, const SeriesLook &look)
{
    QPixmap picture(24, 16);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    paintSwatch(painter, theme, look, QRectF(1, 0, 22, 16));
    return picture;
}

} // namespace

std::vector<RunId> RunsPage::chosen() const
{
    if (!m_model->selected().empty())
        return m_model->selected();
    const RunId own = current();
    return own ? std::vector<RunId>{own} : std::vector<RunId>{};
}

std::vector<const RunRow *> RunsPage::rowsOf(const std::vector<RunId> &runs) const
{
    std::vector<const RunRow *> rows;
    for (const RunId run : runs)
        if (const RunRow *row = m_model->find(run))
            rows.push_back(row);
    return rows;
}

void RunsPage::undo()
{
    m_upkeep->undo();
}

void RunsPage::redo()
{
    m_upkeep->redo();
}

void RunsPage::renameChosen()
{
    const auto runs = chosen();
    if (runs.empty())
        return;
    if (runs.size() == 1) {
        if (const int row = m_model->rowOf(runs.front()); row >= 0)
            m_table->edit(m_model->index(row, RunsModel::Name));
        return;
    }
    auto *dialog = new AskDialog(theme(), tr("Rename %1").arg(runsInWords(runs.size())), tr("Rename"),
                                 AskDialog::Field::Line, this);
    dialog->setText(QStringLiteral("{name}"));
    dialog->setCheck([this, runs](const QString &pattern) {
        QStringList names;
        bool fine = true;
        int n = 0;
        for (const RunRow *row : rowsOf(runs)) {
            const QString name = RunUpkeep::nameFromPattern(pattern, *row, ++n);
            fine = fine && !name.isEmpty();
            if (n <= 3)
                names << name;
        }
        return AskDialog::Verdict{
            fine ? tr("{name}, {seed} and {n} are replaced: %1").arg(names.join(QStringLiteral(", ")))
                 : tr("A name cannot be empty."),
            fine};
    });
    connect(dialog, &AskDialog::confirmed, this,
            [this, runs](const QString &pattern) { m_upkeep->rename(rowsOf(runs), pattern); });
    openOverScrim(dialog);
}

void RunsPage::tagChosen()
{
    const auto runs = chosen();
    const auto rows = rowsOf(runs);
    if (rows.empty())
        return;
    QStringList common = tagsOf(*rows.front());
    QStringList all;
    for (const RunRow *row : rows)
        common.removeIf([tags = tagsOf(*row)](const QString &tag) { return !tags.contains(tag); });
    for (const RunRow &row : m_model->runs())
        for (const QString &tag : tagsOf(row))
            if (!all.contains(tag))
                all << tag;
    auto *dialog = new AskDialog(theme(),
                                 rows.size() == 1 ? tr("Tags of %1").arg(rows.front()->name())
                                                  : tr("Tags that %1 share").arg(runsInWords(rows.size())),
                                 tr("Tag"), AskDialog::Field::Line, this);
    dialog->setText(common.join(QStringLiteral(", ")));
    dialog->setDetail(all.isEmpty() ? tr("Separate tags by commas.")
                                    : tr("Separate tags by commas. In use: %1").arg(all.join(QStringLiteral(", "))));
    connect(dialog, &AskDialog::confirmed, this, [this, runs, common](const QString &text) {
        const QStringList now = tagsIn(text);
        QStringList remove = common;
        remove.removeIf([&now](const QString &tag) { return now.contains(tag); });
        m_upkeep->setTags(rowsOf(runs), now, remove);
    });
    openOverScrim(dialog);
}

void RunsPage::noteChosen()
{
    const auto runs = chosen();
    const auto rows = rowsOf(runs);
    if (rows.empty())
        return;
    const bool same = std::all_of(rows.begin(), rows.end(),
                                  [&](const RunRow *row) { return row->record.note == rows.front()->record.note; });
    auto *dialog = new AskDialog(theme(),
                                 rows.size() == 1 ? tr("Note of %1").arg(rows.front()->name())
                                                  : tr("Note of %1").arg(runsInWords(rows.size())),
                                 tr("Save note"), AskDialog::Field::Text, this);
    if (same)
        dialog->setText(QString::fromStdString(rows.front()->record.note));
    else
        dialog->setDetail(tr("These runs have different notes. What you write is added below each of them."));
    connect(dialog, &AskDialog::confirmed, this,
            [this, runs, same](const QString &text) { m_upkeep->setNote(rowsOf(runs), text, !same); });
    openOverScrim(dialog);
}

void RunsPage::archiveChosen(bool archived)
{
    m_upkeep->setArchived(rowsOf(chosen()), archived);
    m_model->setSelected({});
}

QString RunsPage::dependants(const std::vector<const RunRow *> &rows) const
{
    std::size_t count = 0;
    for (const RunRow &other : m_model->runs()) {
        const auto uses = [&other](const RunRow *row) {
            return row->id() != other.id() && !row->record.folder.empty() && other.optionsValid
                && other.options.model.checkpoint.starts_with(row->record.folder + "/");
        };
        const bool chosenToo =
            std::any_of(rows.begin(), rows.end(), [&other](const RunRow *row) { return row->id() == other.id(); });
        count += !chosenToo && std::any_of(rows.begin(), rows.end(), uses) ? 1 : 0;
    }
    return count == 0 ? QString()
                      : tr(" %1 started from these checkpoints and could not be repeated.").arg(runsInWords(count));
}

void RunsPage::askSizes(const QString &question, const QString &action, const QString &detail,
                        std::function<void()> then)
{
    std::vector<RunRecord> records;
    for (const RunRow *row : rowsOf(chosen()))
        records.push_back(row->record);
    // Many checkpoints take long to count, so the window does not wait for it.
    QThreadPool::globalInstance()->start([guard = QPointer<RunsPage>(this), records, question, action, detail, then] {
        const std::uint64_t bytes = RunUpkeep::folderBytes(records);
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [guard, bytes, question, action, detail, then] {
                if (!guard)
                    return;
                auto *dialog = new AskDialog(guard->theme(), question.arg(megabytes(bytes)), action,
                                             AskDialog::Field::None, guard.data());
                dialog->setObjectName(QStringLiteral("ask"));
                dialog->setDetail(detail);
                QObject::connect(dialog, &AskDialog::confirmed, guard.data(), then);
                openOverScrim(dialog);
            },
            Qt::QueuedConnection);
    });
}

void RunsPage::deleteChosen()
{
    const auto runs = chosen();
    const auto rows = rowsOf(runs);
    if (rows.empty())
        return;
    if (std::any_of(rows.begin(), rows.end(), [](const RunRow *row) { return row->active(); })) {
        Q_EMIT message(tr("A running run cannot be deleted. Stop it first."));
        return;
    }
    askSizes(tr("Delete %1 and %2 of checkpoints?").arg(runsInWords(rows.size()), QStringLiteral("%1")), tr("Delete"),
             (rows.size() == 1 ? tr("It stays in the view Deleted until it is purged there; only that frees the space.")
                               : tr("They stay in the view Deleted until they are purged there; only that frees the space."))
                 + dependants(rows),
             [this, runs] {
                 m_upkeep->setDeleted(rowsOf(runs), true);
                 m_model->setSelected({});
             });
}

void RunsPage::restoreChosen()
{
    m_upkeep->setDeleted(rowsOf(chosen()), false);
    m_model->setSelected({});
}

void RunsPage::purgeChosen()
{
    const auto runs = chosen();
    const auto rows = rowsOf(runs);
    if (rows.empty())
        return;
    askSizes(tr("Purge %1 and %2 of checkpoints?").arg(runsInWords(rows.size()), QStringLiteral("%1")), tr("Purge"),
             tr("This cannot be undone: figures, weights and checkpoints are gone.") + dependants(rows), [this, runs] {
                 m_upkeep->purge(rowsOf(runs));
                 m_model->setSelected({});
             });
}

void RunsPage::copyCommands()
{
    QStringList commands;
    for (const RunRow *row : rowsOf(chosen()))
        if (row->optionsValid)
            commands << QString::fromStdString(optionsToCommand(row->options, session().path().toStdString()));
        else
            Q_EMIT message(tr("The settings of %1 cannot be read, so it has no command.").arg(row->name()));
    if (commands.isEmpty())
        return;
    QGuiApplication::clipboard()->setText(commands.join(QLatin1Char('\n')));
    Q_EMIT message(commands.size() == 1 ? tr("Copied the command") : tr("Copied %1 commands").arg(commands.size()));
}

void RunsPage::toggleVisible(RunId run)
{
    const auto rows = rowsOf({run});
    if (rows.empty())
        return;
    RunLookRecord look = rows.front()->stored;
    look.visible = !rows.front()->visible;
    if (!*look.visible)
        look.pinned = false; // a pinned run is always drawn
    m_model->showNow(run, look.visible);
    m_upkeep->setLooks(*look.visible ? tr("Drew %1").arg(rows.front()->name()) : tr("Hid %1").arg(rows.front()->name()),
                       rows, {look});
}

void RunsPage::setPinned(const std::vector<RunId> &runs, bool pinned)
{
    const auto rows = rowsOf(runs);
    std::vector<RunLookRecord> looks;
    for (const RunRow *row : rows) {
        looks.push_back(row->stored);
        looks.back().pinned = pinned;
        if (pinned)
            looks.back().visible = true;
    }
    m_upkeep->setLooks((pinned ? tr("Pinned %1") : tr("Unpinned %1")).arg(runsInWords(rows.size())), rows,
                       std::move(looks));
}

void RunsPage::setLook(RunId run, const SeriesLook &look)
{
    auto rows = rowsOf({run});
    if (rows.empty())
        return;
    std::vector<RunLookRecord> looks{rows.front()->stored};
    looks.front().hue = look.hue;
    looks.front().dash = look.dash;
    for (const RunRow &other : m_model->runs()) // who has it takes the old one, so that no two look alike
        if (other.visible && other.id() != run && !other.look.neutral && other.look.hue == look.hue
            && other.look.dash == look.dash) {
            looks.push_back(other.stored);
            looks.back().hue = rows.front()->look.hue;
            looks.back().dash = rows.front()->look.dash;
            rows.push_back(&other);
            break;
        }
    m_upkeep->setLooks(tr("Coloured %1").arg(rows.front()->name()), rows, std::move(looks));
}

void RunsPage::addLookMenu(QMenu *menu, const RunRow &row)
{
    QMenu *colours = menu->addMenu(tr("Colour"));
    const QStringList names{tr("Teal"), tr("Violet"), tr("Wine"), tr("Blue"), tr("Olive"), tr("Ink")};
    for (int dash = 0; dash < 2; ++dash)
        for (int hue = 0; hue < 6; ++hue) {
            const SeriesLook look{hue, dash, false};
            QString text = dash == 0 ? names[hue] : tr("%1, dashed").arg(names[hue]);
            for (const RunRow &other : m_model->runs())
                if (other.visible && other.id() != row.id() && other.look == look)
                    text += tr(" (swap with %1)").arg(other.name().left(40));
            text.replace(QLatin1Char('&'), QStringLiteral("&&"));
            QAction *action = colours->addAction(swatchIcon(theme(), look), text, this,
                                                 [this, id = row.id(), look] { setLook(id, look); });
            action->setCheckable(true);
            action->setChecked(row.look == look);
        }
}

void RunsPage::showContextMenu(const QPoint &point)
{
    const RunRow *row = m_model->runAt(m_table->indexAt(point).row());
    if (!row)
        return;
    const RunId id = row->id();
    if (!m_model->isSelected(id)) // the menu acts on what was clicked
        m_model->setSelected({id});
    const bool one = m_model->selected().size() == 1;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (row->deleted) {
        menu->addAction(tr("Restore"), this, &RunsPage::restoreChosen);
        menu->addAction(tr("Purge…"), this, &RunsPage::purgeChosen);
        menu->popup(m_table->viewport()->mapToGlobal(point));
        return;
    }
    const auto single = [&](const QString &text, bool possible, auto action) {
        menu->addAction(text, this, action)->setEnabled(one && possible);
    };
    single(tr("Open"), true, [this, id] { Q_EMIT openRequested(PageId::Live, id); });
    single(tr("Samples"), row->record.stage != "cold-start", [this, id] { Q_EMIT openRequested(PageId::Samples, id); });
    single(tr("Evaluate…"), true, [this, id] { Q_EMIT evaluateRequested(id); });
    single(tr("Clone…"), row->optionsValid, [this, id] { Q_EMIT newRunRequested(id); });
    menu->addSeparator();
    if (row->record.state == RunState::Queued)
        single(tr("Take out of the queue"), true, [this, id] { Q_EMIT stopRequested(id); });
    else
        single(tr("Resume"), runIsResumable(row->record.state), [this, id] { Q_EMIT resumeRequested(id); });
    menu->addAction(one ? tr("Copy command") : tr("Copy commands"), this, &RunsPage::copyCommands);
    menu->addAction(tr("Rename"), this, &RunsPage::renameChosen)->setShortcut(QKeySequence(Qt::Key_F2));
    menu->addAction(tr("Tag…"), this, &RunsPage::tagChosen);
    menu->addAction(tr("Note…"), this, &RunsPage::noteChosen);
    menu->addSeparator();
    menu->addAction(row->pinned ? tr("Unpin") : tr("Pin"), this,
                    [this, pinned = row->pinned] { setPinned(chosen(), !pinned); });
    if (one)
        addLookMenu(menu, *row);
    menu->addSeparator();
    menu->addAction(row->record.archived ? tr("Take out of the archive") : tr("Archive"), this,
                    [this, archived = row->record.archived] { archiveChosen(!archived); });
    single(tr("Show folder"), !row->record.folder.empty(), [record = row->record] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QString::fromStdString(record.folder)));
    });
    menu->addAction(tr("Delete…"), this, &RunsPage::deleteChosen)->setShortcut(QKeySequence::Delete);
    menu->popup(m_table->viewport()->mapToGlobal(point));
}

void RunsPage::saveQuery()
{
    const QString text = m_query->text().trimmed();
    if (text.isEmpty() || m_query->problem())
        return;
    auto *dialog = new AskDialog(theme(), tr("Save query"), tr("Save"), AskDialog::Field::Line, this);
    dialog->setText(text.left(40));
    dialog->setCheck([this](const QString &name) {
        const bool taken = std::any_of(m_queries.begin(), m_queries.end(),
                                       [&](const SavedQuery &q) { return q.name == name.trimmed().toStdString(); });
        return AskDialog::Verdict{name.trimmed().isEmpty() ? tr("Give it a name.")
                                      : taken              ? tr("Replaces the query of that name.")
                                                           : QString(),
                                  !name.trimmed().isEmpty()};
    });
    connect(dialog, &AskDialog::confirmed, this, [this, text](const QString &name) {
        session().write(
            this,
            [query = SavedQuery{name.trimmed().toStdString(), text.toStdString()}](Database &database) {
                return RunViewStore(database).saveQuery(query);
            },
            [this](const Status &status) {
                if (!status.ok())
                    Q_EMIT message(coreWords(status.error().message));
            });
    });
    openOverScrim(dialog);
}

} // namespace winnow::ui
