// What is decided on the Samples page, by key and by button, and how it is taken back.
#include "ui/pages/samples_page.h"

#include "ui/bridge/store_session.h"
#include "ui/pages/sample_detail.h"
#include "ui/pages/sample_sets.h"
#include "ui/plots/scatter_plot.h"
#include "ui/support/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/floating_bar.h"
#include "ui/widgets/scrim.h"
#include "ui/widgets/segmented_control.h"

#include <QAction>
#include <QMenu>
#include <QMessageBox>
#include <QShortcut>

#include <algorithm>

namespace winnow::ui {

void SamplesPage::addKeys()
{
    const std::pair<Decision, Qt::Key> decisions[] = {{Decision::Keep, Qt::Key_K}, {Decision::Flip, Qt::Key_F},
                                                      {Decision::Exclude, Qt::Key_X}, {Decision::Unsure, Qt::Key_U}};
    for (const auto &[decision, key] : decisions)
        addKey(QStringLiteral("samples.") + QString::fromUtf8(decisionName(decision).data()),
               tr("%1, then the next sample").arg(decisionVerb(decision)), {key}, [this, decision = decision] { decide(decision); });
    for (const bool next : {true, false}) {
        QAction *action = addKey(next ? QStringLiteral("samples.next") : QStringLiteral("samples.previous"),
                                 next ? tr("Next sample") : tr("Previous sample"),
                                 {next ? Qt::CTRL | Qt::Key_Right : Qt::CTRL | Qt::Key_Left}, [this, next] { move(next ? 1 : -1); });
        // From anywhere on the page, also where a table would take the key; a text field keeps it for its words.
        auto *shortcut = new QShortcut(action->shortcut(), this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, action, &QAction::trigger);
        connect(action, &QAction::changed, shortcut, [action, shortcut] { shortcut->setKey(action->shortcut()); });
    }
    addKey(QStringLiteral("samples.tenBack"), tr("Iteration: ten snapshots back"), {Qt::SHIFT | Qt::Key_Comma, Qt::Key_Less},
           [this] { moveIteration(-10); });
    addKey(QStringLiteral("samples.tenOn"), tr("Iteration: ten snapshots on"), {Qt::SHIFT | Qt::Key_Period, Qt::Key_Greater},
           [this] { moveIteration(10); });
    addKey(QStringLiteral("samples.back"), tr("Iteration: one snapshot back"), {Qt::Key_Comma}, [this] { moveIteration(-1); });
    addKey(QStringLiteral("samples.on"), tr("Iteration: one snapshot on"), {Qt::Key_Period}, [this] { moveIteration(1); });
    addScopeKeys();
}

void SamplesPage::addScopeKeys()
{
    const auto lasso = [this](bool on) {
        if (auto *button = findChild<Button *>(QStringLiteral("lasso")))
            button->setChecked(on);
    };
    addKey(QStringLiteral("samples.rectangle"), tr("Brush with a rectangle"), {Qt::Key_B}, [lasso] { lasso(false); });
    addKey(QStringLiteral("samples.lasso"), tr("Brush with a lasso"), {Qt::Key_L}, [lasso] { lasso(true); });
    addKey(QStringLiteral("samples.detail"), tr("Open or close the detail panel"), {Qt::Key_Space},
           [this] { m_detail->setVisible(!m_detail->isVisible()); });
    addKey(QStringLiteral("samples.all"), tr("Select all samples that match"), {Qt::CTRL | Qt::Key_A},
           [this] { m_selection->select(m_model->order(), SelectionModel::How::Replace, this); });
    addKey(QStringLiteral("samples.none"), tr("Select none"), {Qt::CTRL | Qt::SHIFT | Qt::Key_A},
           [this] { m_selection->clearSelection(this); });
    addKey(QStringLiteral("samples.clear"), tr("Clear the selection, then the newest filter"), {Qt::Key_Escape}, [this] {
        if (m_selection->count() > 0) {
            m_selection->clearSelection(this);
            m_scope->setCurrent(0);
        } else if (!m_selection->filters().empty()) {
            auto filters = m_selection->filters();
            filters.pop_back();
            m_selection->setFilters(std::move(filters), this);
        }
    });
}

void SamplesPage::decide(Decision decision)
{
    const auto current = m_selection->current();
    if (!m_data || !current)
        return;
    const Decision now = m_model->decisionOf(*current) == decision ? Decision::None : decision;
    // Known before the decision: a filter may take the row out of the table.
    const int row = m_model->rowOf(*current);
    const bool last = row < 0 || row + 1 >= m_model->rowCount();
    const std::size_t next = last ? *current : m_model->sampleAt(row + 1);
    m_model->triage().decide({static_cast<std::uint32_t>(*current)}, now);
    if (now != Decision::None)
        m_selection->setCurrent(next, this);
}

void SamplesPage::decideAll(Decision decision)
{
    const std::vector<std::uint32_t> rows = m_model->order();
    m_model->triage().decide(rows, decision);
    m_toast->showMessage(tr("%1: %2 samples").arg(decisionVerb(decision), thousands(static_cast<std::int64_t>(rows.size()))), tr("Undo"));
}

void SamplesPage::askDecideAll()
{
    const int rows = m_model->rowCount();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Decision decision : {Decision::Keep, Decision::Flip, Decision::Exclude, Decision::Unsure, Decision::None}) {
        const QString word = decisionVerb(decision);
        menu->addAction(tr("%1 %2 samples…").arg(word, thousands(rows)), this, [this, decision, word, rows] {
            auto *box = new QMessageBox(this);
            box->setObjectName(QStringLiteral("applyToAll"));
            box->setAttribute(Qt::WA_DeleteOnClose);
            box->setTextFormat(Qt::PlainText);
            box->setText(tr("%1 %2 samples?").arg(word, thousands(rows)));
            auto *yes = box->addButton(word, QMessageBox::AcceptRole);
            box->addButton(tr("Cancel"), QMessageBox::RejectRole);
            connect(box, &QMessageBox::buttonClicked, this, [this, yes, decision](QAbstractButton *button) {
                if (button == yes)
                    decideAll(decision);
            });
            openOverScrim(box);
        });
    }
    menu->popup(m_applyAll->mapToGlobal(QPoint(0, m_applyAll->height() + 4)));
}

void SamplesPage::storeDecisions(const std::vector<std::uint32_t> &samples)
{
    std::vector<DecisionRecord> records;
    records.reserve(samples.size());
    for (const std::uint32_t i : samples)
        records.push_back({m_data->dataset.sha256, {}, m_model->decisionOf(i), m_model->triage().noteOf(i).toStdString(), m_run, 0});
    // post() keeps the order of quick decisions; the empty write after it says when they are on the disk.
    const std::size_t count = records.size();
    session().writer().post(
        [records = std::move(records), samples, dataset = m_data->dataset.id](Database &database) -> Status {
            WINNOW_ASSIGN(const auto keys, DatasetStore(database).keys(dataset, samples));
            std::vector<DecisionRecord> keyed = records;
            for (std::size_t k = 0; k < keyed.size(); ++k)
                keyed[k].key = keys[k];
            return DecisionStore(database).set(keyed);
        },
        count);
    session().write(this, [](Database &) { return Status(); }, [this](const Status &status) {
        if (!status.ok())
            m_toast->showMessage(coreWords(status.error().message));
    });
    showCounts();
    showDetail();
}

void SamplesPage::offerClone(const QString &path, const QString &summary)
{
    auto *box = new QMessageBox(this);
    box->setObjectName(QStringLiteral("corrected"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("Wrote the corrected data set."));
    box->setInformativeText(summary);
    auto *start = box->addButton(tr("Clone the run on it…"), QMessageBox::AcceptRole);
    box->addButton(tr("Close"), QMessageBox::RejectRole);
    connect(box, &QMessageBox::buttonClicked, this, [this, start, path](QAbstractButton *button) {
        if (button == start)
            Q_EMIT cloneOnDataRequested(m_run, path);
    });
    openOverScrim(box);
}

void SamplesPage::undo()
{
    const QString text = m_selection->undoStack().undoText();
    m_toast->showMessage(m_selection->undo() ? tr("Undid: %1").arg(text) : tr("Nothing to undo"));
}

void SamplesPage::redo()
{
    const QString text = m_selection->undoStack().redoText();
    m_toast->showMessage(m_selection->redo() ? tr("Redid: %1").arg(text) : tr("Nothing to redo"));
}

void SamplesPage::move(int by)
{
    const auto current = m_selection->current();
    const int row = current ? m_model->rowOf(*current) : -1;
    const int next = std::clamp(row + by, 0, std::max(0, m_model->rowCount() - 1));
    if (m_model->rowCount() > 0)
        m_selection->setCurrent(m_model->sampleAt(next), this);
}

void SamplesPage::moveIteration(int snapshots)
{
    m_scrubber->setValue(m_scrubber->value() + snapshots);
}

void SamplesPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    const bool small = width() < theme().scaled(1310);
    m_detail->setFixedWidth(theme().scaled(small ? 316 : 384));
    m_detail->setCompact(small);
}

} // namespace winnow::ui
