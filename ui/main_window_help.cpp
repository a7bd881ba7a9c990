// Settings, help, the tour, and what the window remembers of how it was left.
#include "ui/main_window.h"

#include "ui/action_registry.h"
#include "ui/bridge/store_session.h"
#include "ui/dialogs/help_dialog.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/models/thumbnails.h"
#include "ui/support/number_format.h"
#include "ui/support/preferences.h"
#include "ui/support/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/scrim.h"
#include "ui/widgets/tour_card.h"

#include <QAction>
#include <QApplication>
#include <QFileDialog>
#include <QMenu>
#include <QMenuBar>
#include <QSplitter>

#include <algorithm>

namespace winnow::ui {

void MainWindow::applyPreferences()
{
    if (const QString mode = m_preferences->appearance(); mode != m_appearance) { // at first the program chose, or an option
        m_appearance = mode;
        m_theme.setMode(Theme::modeOf(mode));
    }
    m_theme.setRowPixels(m_preferences->rowHeight());
    setThousandsGrouped(m_preferences->grouped());
    m_thumbnails->setCacheMegabytes(m_preferences->thumbnailMegabytes());
    m_actions->applyShortcuts(*m_preferences);
}

void MainWindow::showSettings(bool shortcuts)
{
    QString device;
    for (const RunRow &row : m_runs.rows)
        if (device.isEmpty())
            device = coreWords(row.record.device);
    auto *dialog = new SettingsDialog(m_theme, *m_preferences, *m_actions, {m_session.path(), device, m_thumbnails->cachedKilobytes()}, this);
    connect(dialog, &SettingsDialog::openStoreRequested, this, &MainWindow::chooseStore);
    connect(dialog, &SettingsDialog::backupRequested, this, &MainWindow::backUpStore);
    if (shortcuts)
        dialog->showSection(SettingsDialog::Shortcuts);
    openOverScrim(dialog);
}

void MainWindow::backUpStore()
{
    auto *dialog = new QFileDialog(this, tr("Back up the store"), QStringLiteral("winnow-backup.db"), tr("Winnow stores (*.db)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_session.request<bool>(
            this,
            [file = path.toStdString()](StoreReader &reader) -> Result<bool> {
                WINNOW_TRY(reader.database().backupTo(file));
                return true;
            },
            [this, path](const Result<bool> &done) {
                say(done.ok() ? tr("Wrote %1").arg(path) : coreWords(done.error().message));
            });
    });
    dialog->open();
}

void MainWindow::showHelp()
{
    openOverScrim(new HelpDialog(m_theme, m_page, this));
}

void MainWindow::startTour()
{
    static const PageId pages[] = {PageId::Runs, PageId::Live, PageId::Samples, PageId::Compare, PageId::Evaluation, PageId::Data};
    if (!m_tour) {
        m_tour = new TourCard(
            m_theme,
            {{tr("Runs: what was trained"), tr("Every training is a row. The demo adds a cold start first, then one run for each "
                                               "method. Select two or more to compare them.")},
             {tr("Live: watch one run"), tr("Loss, the weights over time, and how well low weights find the labels that were flipped "
                                            "on purpose. Click to pin the cursor, click again to measure.")},
             {tr("Samples: which ones were pushed down"), tr("Drag over the low end of the histogram. Table, film and scatter show the "
                                                             "same samples. K keeps, F flips, X excludes, U is unsure.")},
             {tr("Compare: does it help"), tr("Accuracy of the runs with a paired test, and the samples that only one of them rejects.")},
             {tr("Evaluation: what was picked"), tr("The candidates of every question with the score of each step. Change N or the "
                                                    "score: the picks follow at once.")},
             {tr("Data: what went in"), tr("Files, dropped rows, and the corrected data sets from your decisions, ready for the next "
                                           "run. Ctrl+K finds every command, ? lists all keys, F1 explains a page.")}},
            this);
        connect(m_tour, &TourCard::stepShown, this, [this](int step) {
            showPage(pages[step]);
            m_tour->setFocus();
        });
        connect(m_tour, &TourCard::ended, this, [this] { m_preferences->setTourSeen(); });
    }
    m_tour->start();
}

void MainWindow::focusPanel(int by)
{
    std::vector<Panel *> panels;
    for (Panel *panel : pageAt(m_page)->findChildren<Panel *>())
        if (panel->isVisible())
            panels.push_back(panel);
    if (panels.empty())
        return;
    std::sort(panels.begin(), panels.end(), [](const Panel *a, const Panel *b) { // as they are read
        const QPoint p = a->mapToGlobal(QPoint());
        const QPoint q = b->mapToGlobal(QPoint());
        return p.y() != q.y() ? p.y() < q.y() : p.x() < q.x();
    });
    const auto holds = [](const Panel *panel) { return panel->isAncestorOf(QApplication::focusWidget()); };
    const auto here = std::find_if(panels.begin(), panels.end(), holds);
    const auto count = static_cast<std::ptrdiff_t>(panels.size());
    const std::ptrdiff_t from = here == panels.end() ? (by > 0 ? -1 : 0) : here - panels.begin();
    for (std::ptrdiff_t tried = 1; tried <= count; ++tried) {
        const Panel *panel = panels[static_cast<std::size_t>(((from + by * tried) % count + count) % count)];
        QWidget *body = panel->body();
        if (!body)
            continue;
        if (!(body->focusPolicy() & Qt::TabFocus)) {
            const auto inside = body->findChildren<QWidget *>();
            const auto found = std::find_if(inside.begin(), inside.end(), [](const QWidget *w) {
                return (w->focusPolicy() & Qt::TabFocus) && w->isVisible() && w->isEnabled();
            });
            if (found == inside.end())
                continue;
            body = *found;
        }
        body->setFocus(Qt::TabFocusReason);
        return;
    }
}

void MainWindow::toggleMenuBar()
{
    if (menuBar()->actions().isEmpty())
        for (QAction *action : m_menu->actions())
            menuBar()->addAction(action);
    menuBar()->setVisible(!menuBar()->isVisible());
}

void MainWindow::saveLayout()
{
    m_preferences->setLayout(QStringLiteral("window"), saveGeometry());
    for (std::size_t p = 0; p < m_pages.size(); ++p) {
        const auto splitters = m_pages[p]->findChildren<QSplitter *>();
        for (qsizetype i = 0; i < splitters.size(); ++i)
            m_preferences->setLayout(QStringLiteral("page%1.%2").arg(p).arg(i), splitters[i]->saveState());
    }
}

void MainWindow::restoreLayout()
{
    if (const QByteArray state = m_preferences->layout(QStringLiteral("window")); !state.isEmpty())
        restoreGeometry(state);
    for (std::size_t p = 0; p < m_pages.size(); ++p) {
        const auto splitters = m_pages[p]->findChildren<QSplitter *>();
        for (qsizetype i = 0; i < splitters.size(); ++i)
            if (const QByteArray state = m_preferences->layout(QStringLiteral("page%1.%2").arg(p).arg(i)); !state.isEmpty())
                splitters[i]->restoreState(state);
    }
}

} // namespace winnow::ui
