// The commands of the window: menu, palette, stores, demo, report.
#include "ui/main_window.h"

#include "core/report/comparison_report.h"
#include "ui/action_registry.h"
#include "ui/bridge/run_controller.h"
#include "ui/bridge/store_session.h"
#include "ui/dialogs/command_palette.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/live_page.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/samples_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/top_bar.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QProcess>

namespace winnow::ui {

void MainWindow::buildActions()
{
    const QString file = tr("File");
    const QString view = tr("View");
    const QString run = tr("Run");
    const QString selection = tr("Selection");
    m_actions->add(run, tr("New run…"), QStringLiteral("plus"), QStringLiteral("Ctrl+N"), [this] { showLaunchDialog(RunId{}); });
    m_actions->add(run, tr("Clone the current run…"), QStringLiteral("clone"), QStringLiteral("Ctrl+Shift+N"),
                   [this] {
                       showLaunchDialog(m_page == PageId::Runs ? m_runsPage->current()
                                        : m_page == PageId::Samples ? m_samples->run() : m_live->run());
                   });
    m_actions->add(run, tr("Pause or resume the run on Live"), QStringLiteral("pause"), {}, [this] { m_live->togglePause(); });
    m_actions->add(run, tr("Run the demo"), QStringLiteral("flask"), {}, [this] { runDemo(); });
    m_actions->add(file, tr("Open store…"), QStringLiteral("folder"), QStringLiteral("Ctrl+O"), [this] { chooseStore(); });
    m_actions->add(file, tr("Export report of the compared runs…"), QStringLiteral("export"), {},
                   [this] { exportReport(m_compare->compared()); });
    m_actions->add(file, tr("Quit"), QStringLiteral("cross"), QStringLiteral("Ctrl+Q"), [this] { close(); });
    const std::array<const char *, 6> icons = {"runs", "live", "samples", "compare", "evaluation", "data"};
    for (int i = 0; i < static_cast<int>(PageId::Count); ++i)
        m_actions->add(view, pageAt(static_cast<PageId>(i))->title(), QLatin1String(icons[static_cast<std::size_t>(i)]),
                       QStringLiteral("Ctrl+%1").arg(i + 1), [this, i] { showPage(static_cast<PageId>(i)); });
    m_actions->add(view, tr("Find a run, sample or command"), QStringLiteral("search"), QStringLiteral("Ctrl+K"),
                   [this] { openPalette(); });
    m_actions->add(view, tr("Back"), QStringLiteral("chevron-left"), QStringLiteral("Alt+Left"), [this] { go(-1); });
    m_actions->add(view, tr("Forward"), QStringLiteral("chevron-right"), QStringLiteral("Alt+Right"), [this] { go(1); });
    m_actions->add(view, tr("Appearance: system"), QStringLiteral("moon"), {}, [this] { m_theme.setMode(Theme::Mode::System); });
    m_actions->add(view, tr("Appearance: light"), QStringLiteral("moon"), {}, [this] { m_theme.setMode(Theme::Mode::Light); });
    m_actions->add(view, tr("Appearance: dark"), QStringLiteral("moon"), {}, [this] { m_theme.setMode(Theme::Mode::Dark); });
    m_actions->add(view, tr("Full screen"), QStringLiteral("expand"), QStringLiteral("F11"),
                   [this] { isFullScreen() ? showNormal() : showFullScreen(); });
    m_actions->add(selection, tr("Compare the selected runs"), QStringLiteral("compare"), {}, [this] { m_runsPage->compareSelected(); });
    const auto onRuns = [&](const QString &text, const char *icon, void (RunsPage::*act)()) {
        m_actions->add(selection, text, QLatin1String(icon), {}, [this, act] {
            showPage(PageId::Runs);
            (m_runsPage->*act)();
        });
    };
    onRuns(tr("Rename the selected runs"), "note", &RunsPage::renameChosen);
    onRuns(tr("Tag the selected runs…"), "tag", &RunsPage::tagChosen);
    onRuns(tr("Note of the selected runs…"), "note", &RunsPage::noteChosen);
    onRuns(tr("Copy the commands of the selected runs"), "clone", &RunsPage::copyCommands);
    onRuns(tr("Delete the selected runs…"), "trash", &RunsPage::deleteChosen);
    m_actions->add(selection, tr("Undo"), QStringLiteral("undo"), QStringLiteral("Ctrl+Z"), [this] {
        if (m_page == PageId::Runs)
            m_runsPage->undo();
        else
            m_samples->undo();
    });
    m_actions->add(selection, tr("Redo"), QStringLiteral("redo"), QStringLiteral("Ctrl+Shift+Z"), [this] {
        if (m_page == PageId::Runs)
            m_runsPage->redo();
        else
            m_samples->redo();
    });

    auto *menu = new QMenu(m_top->menuButton());
    QStringList order;
    for (const auto &entry : m_actions->entries())
        if (!order.contains(entry.menu))
            order << entry.menu;
    for (const QString &name : {file, run, view, selection}) {
        QMenu *part = menu->addMenu(name);
        for (const auto &entry : m_actions->entries())
            if (entry.menu == name)
                part->addAction(entry.action);
    }
    m_top->menuButton()->setMenu(menu);
    m_top->menuButton()->setMenuArrow(false);
}

void MainWindow::openPalette()
{
    std::vector<CommandPalette::Item> items;
    for (const auto &entry : m_actions->entries())
        items.push_back({entry.icon, entry.action->text(), entry.menu, entry.action->shortcut().toString(), u'>',
                         [action = entry.action] { action->trigger(); }});
    for (const RunRow &row : m_runs.rows)
        items.push_back({QStringLiteral("runs"), row.name(), row.group, {}, u'@', [this, id = row.id()] {
                             m_live->showRun(id);
                             showPage(PageId::Live);
                         }});
    auto *palette = new CommandPalette(m_theme, std::move(items), this);
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

void MainWindow::openStore(const QString &path)
{
    if (m_controller->hasActiveRun()) {
        say(tr("A run writes to the open store. Stop it, then open another store."));
        return;
    }
    m_controller->close();
    const Status status = m_session.open(path);
    if (!status.ok()) {
        m_controller->reset();
        say(QString::fromStdString(status.error().message));
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
            say(written.ok() ? tr("Wrote %1").arg(path) : QString::fromStdString(written.error().message));
        });
}

} // namespace winnow::ui
