// How the window closes: with a question while runs of its own are at work, without one at a log-out.
#include "ui/main_window.h"

#include "ui/bridge/run_controller.h"
#include "ui/dialogs/close_dialog.h"
#include "ui/support/number_format.h"

#include <QCloseEvent>

namespace winnow::ui {

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_mayClose || !m_controller->hasActiveRun()) {
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
