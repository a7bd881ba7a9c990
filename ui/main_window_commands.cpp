// The commands of the window: menu, palette, stores, demo, report.
#include "ui/main_window.h"

#include "core/report/comparison_report.h"
#include "ui/action_registry.h"
#include "ui/bridge/import_job.h"
#include "ui/bridge/run_controller.h"
#include "ui/bridge/store_session.h"
#include "ui/dialogs/command_palette.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/data_page.h"
#include "ui/pages/live_page.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/samples_page.h"
#include "ui/support/preferences.h"
#include "ui/support/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/scrim.h"
#include "ui/widgets/top_bar.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QProcess>

#include <algorithm>

namespace winnow::ui {

void MainWindow::buildActions()
{
    buildRunActions();
    buildViewActions();
    buildSelectionActions();
    buildHelpActions();
    for (Page *page : m_pages)
        for (QAction *action : page->keyActions())
            m_actions->addPageKey(page->title(), action);
    buildMenu();
}

void MainWindow::buildRunActions()
{
    const QString file = tr("File");
    const QString run = tr("Run");
    const auto add = [this](const char *name, const QString &menu, const QString &text, const char *icon, const char *key,
                            std::function<void()> act) {
        m_actions->add(QLatin1String(name), menu, text, QLatin1String(icon), QLatin1String(key), std::move(act));
    };
    add("run.new", run, tr("New run…"), "plus", "Ctrl+N", [this] { showLaunchDialog(RunId{}); });
    add("run.clone", run, tr("Clone the current run…"), "clone", "Ctrl+Shift+N", [this] {
        showLaunchDialog(m_page == PageId::Runs      ? m_runsPage->current()
                         : m_page == PageId::Samples ? m_samples->run()
                                                     : m_live->run());
    });
    add("run.pause", run, tr("Pause or resume the run on Live"), "pause", "", [this] { m_live->togglePause(); });
    add("run.evaluate", run, tr("Evaluate a run…"), "evaluation", "",
        [this] { showEvaluateDialog(m_page == PageId::Runs ? m_runsPage->current() : m_live->run()); });
    add("run.demo", run, tr("Run the demo"), "flask", "", [this] { runDemo(); });
    add("file.open", file, tr("Open store…"), "folder", "Ctrl+O", [this] { chooseStore(); });
    add("file.import", file, tr("Import data…"), "import", "Ctrl+I", [this] { showImportDialog(); });
    add("file.backup", file, tr("Back up the store…"), "archive", "", [this] { backUpStore(); });
    add("file.report", file, tr("Export report of the compared runs…"), "export", "", [this] { exportReport(m_compare->compared()); });
    add("file.settings", file, tr("Settings…"), "settings", "Ctrl+,", [this] { showSettings(false); });
    add("file.quit", file, tr("Quit"), "cross", "Ctrl+Q", [this] { close(); });
}

void MainWindow::buildViewActions()
{
    const QString view = tr("View");
    const auto add = [&](const char *name, const QString &text, const char *icon, const char *key, std::function<void()> act) {
        m_actions->add(QLatin1String(name), view, text, QLatin1String(icon), QLatin1String(key), std::move(act));
    };
    const std::array<const char *, 6> pages = {"runs", "live", "samples", "compare", "evaluation", "data"};
    for (std::size_t i = 0; i < pages.size(); ++i)
        m_actions->add(QStringLiteral("view.") + QLatin1String(pages[i]), view, m_pages[i]->title(), QLatin1String(pages[i]),
                       QStringLiteral("Ctrl+%1").arg(i + 1), [this, i] { showPage(static_cast<PageId>(i)); });
    add("view.find", tr("Find a run, sample or command"), "search", "Ctrl+K", [this] { openPalette(); });
    add("view.back", tr("Back"), "chevron-left", "Alt+Left", [this] { go(-1); });
    add("view.forward", tr("Forward"), "chevron-right", "Alt+Right", [this] { go(1); });
    add("view.nextPanel", tr("Next panel"), "chevron-right", "F6", [this] { focusPanel(1); });
    add("view.previousPanel", tr("Previous panel"), "chevron-left", "Shift+F6", [this] { focusPanel(-1); });
    add("view.system", tr("Appearance: system"), "moon", "", [this] { m_preferences->setAppearance(QStringLiteral("system")); });
    add("view.light", tr("Appearance: light"), "moon", "", [this] { m_preferences->setAppearance(QStringLiteral("light")); });
    add("view.dark", tr("Appearance: dark"), "moon", "", [this] { m_preferences->setAppearance(QStringLiteral("dark")); });
    add("view.menuBar", tr("Menu bar"), "menu", "Ctrl+M", [this] { toggleMenuBar(); });
    add("view.fullScreen", tr("Full screen"), "expand", "F11", [this] { isFullScreen() ? showNormal() : showFullScreen(); });
}

void MainWindow::buildSelectionActions()
{
    const QString selection = tr("Selection");
    const auto add = [&](const char *name, const QString &text, const char *icon, const char *key, std::function<void()> act) {
        m_actions->add(QLatin1String(name), selection, text, QLatin1String(icon), QLatin1String(key), std::move(act));
    };
    const auto onRuns = [&](const char *name, const QString &text, const char *icon, void (RunsPage::*act)()) {
        add(name, text, icon, "", [this, act] {
            showPage(PageId::Runs);
            (m_runsPage->*act)();
        });
    };
    add("selection.compare", tr("Compare the selected runs"), "compare", "", [this] { m_runsPage->compareSelected(); });
    onRuns("selection.rename", tr("Rename the selected runs"), "note", &RunsPage::renameChosen);
    onRuns("selection.tag", tr("Tag the selected runs…"), "tag", &RunsPage::tagChosen);
    onRuns("selection.note", tr("Note of the selected runs…"), "note", &RunsPage::noteChosen);
    onRuns("selection.copy", tr("Copy the commands of the selected runs"), "clone", &RunsPage::copyCommands);
    onRuns("selection.delete", tr("Delete the selected runs…"), "trash", &RunsPage::deleteChosen);
    add("selection.undo", tr("Undo"), "undo", "Ctrl+Z", [this] { m_page == PageId::Runs ? m_runsPage->undo() : m_samples->undo(); });
    add("selection.redo", tr("Redo"), "redo", "Ctrl+Shift+Z", [this] { m_page == PageId::Runs ? m_runsPage->redo() : m_samples->redo(); });
}

void MainWindow::buildHelpActions()
{
    const QString help = tr("Help");
    const auto add = [&](const char *name, const QString &text, const char *icon, const char *key, std::function<void()> act) {
        m_actions->add(QLatin1String(name), help, text, QLatin1String(icon), QLatin1String(key), std::move(act));
    };
    add("help.page", tr("Help on this page"), "help", "F1", [this] { showHelp(); });
    add("help.shortcuts", tr("Shortcuts"), "key", "?", [this] { showSettings(true); });
    add("help.tour", tr("Tour of the window"), "play", "", [this] { startTour(); });
}

void MainWindow::buildMenu()
{
    m_menu = new QMenu(m_top->menuButton());
    for (const QString &name : {tr("File"), tr("Run"), tr("View"), tr("Selection"), tr("Help")}) {
        QMenu *part = m_menu->addMenu(name);
        for (const auto &entry : m_actions->entries())
            if (entry.menu == name && !entry.ofPage)
                part->addAction(entry.action);
    }
    m_top->menuButton()->setMenu(m_menu);
    m_top->menuButton()->setMenuArrow(false);
    menuBar()->hide(); // until Ctrl+M asks for it
}

void MainWindow::findSamples(const QString &pattern, const CommandPalette::FoundItems &found)
{
    constexpr std::size_t most = 50;
    m_samples->findKeys(pattern, most, [this, found](const auto &rowsAndKeys) {
        std::vector<CommandPalette::Item> items;
        for (const auto &[sample, key] : rowsAndKeys)
            items.push_back({QStringLiteral("samples"), QString::fromStdString(key), m_samples->runName(), {}, u'#',
                             [this, sample = sample] {
                                 showPage(PageId::Samples);
                                 m_samples->selection().setCurrent(sample, this);
                             }});
        found(std::move(items));
    });
}

void MainWindow::openPalette()
{
    std::vector<CommandPalette::Item> items;
    for (const auto &entry : m_actions->entries()) {
        const auto page = std::find(m_pages.begin(), m_pages.end(), entry.action->parent());
        items.push_back({entry.icon.isEmpty() ? QStringLiteral("key") : entry.icon, entry.action->text(), entry.menu,
                         entry.action->shortcut().toString(), u'>', [this, action = entry.action, page] {
                             if (page != m_pages.end()) // a key of a page acts there
                                 showPage(static_cast<PageId>(page - m_pages.begin()));
                             action->trigger();
                         }});
    }
    for (const RunRow &row : m_runs.rows)
        items.push_back({QStringLiteral("runs"), row.name(), groupWords(row.group), {}, u'@', [this, id = row.id()] {
                             m_live->showRun(id);
                             showPage(PageId::Live);
                         }});
    auto *palette = new CommandPalette(m_theme, std::move(items), this);
    palette->setSampleFinder(
        [this](const QString &pattern, const CommandPalette::FoundItems &found) { findSamples(pattern, found); });
    palette->setObjectName(QStringLiteral("palette"));
    palette->open();
}

void MainWindow::chooseStore()
{
    auto *dialog = new QFileDialog(this, tr("Open store"), QString(), tr("Winnow stores (*.db)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openStore);
    dialog->open();
}

void MainWindow::showImportDialog()
{
    openImportDialog(nullptr);
}

void MainWindow::importAgain()
{
    openImportDialog(&m_importOptions);
}

void MainWindow::openImportDialog(const ImportOptions *again)
{
    if (m_importJob->running()) {
        showPage(PageId::Data);
        say(tr("An import is at work. Wait for it or cancel it, then import more."));
        return;
    }
    ImportDialog::Places places{QFileInfo(m_session.path()).absoluteDir().filePath(QStringLiteral("data")), m_data->tokenizer()};
    for (const RunRow &row : m_runs.rows) // newest first: what its tokens are counted with
        if (places.tokenizer.isEmpty() && row.optionsValid)
            places.tokenizer = QString::fromStdString(row.options.model.tokenizer.empty() ? row.options.model.checkpoint
                                                                                          : row.options.model.tokenizer);
    if (places.tokenizer.isEmpty())
        places.tokenizer = QString::fromStdString(m_importOptions.tokenizer);
    auto *dialog = new ImportDialog(m_theme, places, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (again)
        dialog->setOptions(*again);
    connect(dialog, &ImportDialog::importRequested, this, &MainWindow::startImport);
    openOverScrim(dialog);
}

void MainWindow::startImport(const ImportOptions &options)
{
    m_importOptions = options;
    m_importJob->start(m_session.path(), options);
    showPage(PageId::Data);
}

void MainWindow::openStore(const QString &path)
{
    if (m_importJob->running()) {
        say(tr("An import writes to the open store. Wait for it or cancel it, then open another store."));
        return;
    }
    if (m_controller->hasActiveRun()) {
        say(tr("A run writes to the open store. Stop it, then open another store."));
        return;
    }
    m_controller->close();
    const Status status = m_session.open(path);
    if (!status.ok()) {
        m_controller->reset();
        say(coreWords(status.error().message));
    }
}

void MainWindow::runDemo()
{
    if (!QFileInfo(m_programs.commandLine).isExecutable()) {
        say(tr("The program 'winnow' is not beside this one (%1). Install it, then run the demo.").arg(m_programs.commandLine));
        return;
    }
    auto *process = new QProcess(this);
    process->setProgram(m_programs.commandLine);
    process->setArguments({QStringLiteral("demo"), QStringLiteral("--store"), m_session.path()});
    process->setProcessChannelMode(QProcess::SeparateChannels);
    connect(process, &QProcess::finished, this, [this, process](int code) {
        const QString last = QString::fromUtf8(process->readAllStandardError()).trimmed().section(QLatin1Char('\n'), -1);
        say(code == 0 ? tr("The demo is finished") : tr("The demo ended early: %1").arg(last));
        m_session.notifyChanged();
        process->deleteLater();
    });
    connect(process, &QProcess::errorOccurred, this, [this, process] { say(process->errorString()); });
    process->start();
    say(tr("The demo runs in a process of its own. Its runs appear here as they start."));
    showPage(PageId::Live);
    if (!m_preferences->tourSeen())
        startTour(); // while the first run trains
}

void MainWindow::exportReport(const std::vector<RunId> &runs)
{
    if (runs.empty()) {
        say(tr("Choose runs on Compare first; the report is about them."));
        return;
    }
    auto *dialog = new QFileDialog(this, tr("Export report"), QStringLiteral("report.html"), tr("Web pages (*.html)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, [this, runs](const QString &path) { writeReport(runs, path); });
    dialog->open();
}

void MainWindow::writeReport(const std::vector<RunId> &runs, const QString &path)
{
    ReportOptions options;
    options.program = "Winnow " + m_programs.codeVersion;
    options.comparison.scoring = m_compare->scoring(); // as the page shows it
    m_session.request<bool>(
        this,
        [runs, options, file = path.toStdString()](StoreReader &reader) -> Result<bool> {
            std::vector<RunRecord> records;
            for (const RunId run : runs) {
                WINNOW_ASSIGN(RunRecord record, RunStore(reader.database()).get(run));
                records.push_back(std::move(record));
            }
            WINNOW_TRY(writeComparisonReport(reader.database(), records, file, options));
            return true;
        },
        [this, path](Result<bool> written) {
            say(written.ok() ? tr("Wrote %1").arg(path) : coreWords(written.error().message));
        });
}

} // namespace winnow::ui
