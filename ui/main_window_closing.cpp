// How runs and the window end: with a question where something would be lost, without one at a log-out.
#include "ui/main_window.h"

#include "core/store/run_store.h"
#include "ui/bridge/run_controller.h"
#include "ui/bridge/store_session.h"
#include "ui/dialogs/ask_dialog.h"
#include "ui/dialogs/close_dialog.h"
#include "ui/support/number_format.h"
#include "ui/widgets/scrim.h"

#include <QCloseEvent>

#include <algorithm>

namespace winnow::ui {

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_mayClose || !m_controller->hasActiveRun()) {
        saveLayout();
        m_controller->close();
        event->accept();
        return;
    }
    event->ignore();
    if (!m_controller->preparingToClose())
        askBeforeClosing();
}

void MainWindow::askBeforeClosing()
{
    if (findChild<CloseDialog *>())
        return; // asked already
    QString active;
    int waiting = 0;
    for (const RunRow &row : m_runs.rows) {
        if (m_controller->drives(row.id()))
            active = tr("%1, iteration %2 of %3")
                         .arg(row.name(), thousands(row.record.step), thousands(row.record.totalSteps));
        waiting += row.record.state == RunState::Queued ? 1 : 0;
    }
    auto *dialog = new CloseDialog(m_theme, active, waiting, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CloseDialog::chosen, this, [this](ClosingChoice choice) {
        say(choice == ClosingChoice::Background ? tr("Handing the run over…") : tr("Writing the checkpoint…"));
        m_controller->prepareToClose(choice);
    });
    openOverScrim(dialog);
}

void MainWindow::askDiscard(RunId run)
{
    m_session.request<std::int64_t>(
        this,
        [run](StoreReader &reader) -> Result<std::int64_t> { // where the last checkpoint is; 0: there is none
            WINNOW_ASSIGN(const auto artifacts, RunStore(reader.database()).artifacts(run));
            std::int64_t step = 0;
            for (const ArtifactRecord &artifact : artifacts)
                if (artifact.kind == "checkpoint")
                    step = std::max(step, artifact.step);
            return step;
        },
        [this, run](const Result<std::int64_t> &checkpoint) {
            const RunRow *row = findRun(run);
            if (!row || !checkpoint.ok())
                return;
            auto *dialog = new AskDialog(m_theme, tr("Stop %1 without a checkpoint?").arg(row->name()), tr("Stop and discard"),
                                         AskDialog::Field::None, this);
            dialog->setObjectName(QStringLiteral("discard"));
            dialog->setDetail(checkpoint.value() > 0
                                  ? tr("The run will be where its checkpoint of iteration %1 is. Figures, weights and "
                                       "evaluations since then are removed.").arg(thousands(checkpoint.value()))
                                  : tr("There is no checkpoint yet, so nothing of the run is kept but its settings."));
            connect(dialog, &AskDialog::confirmed, this, [this, run] {
                if (const RunRow *now = findRun(run))
                    m_controller->discard(now->record);
            });
            openOverScrim(dialog);
        });
}

void MainWindow::endSession()
{
    if (auto *dialog = findChild<CloseDialog *>())
        dialog->reject();
    if (m_controller->hasActiveRun())
        m_controller->prepareToClose(ClosingChoice::Pause);
    else
        close();
}

} // namespace winnow::ui
