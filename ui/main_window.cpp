#include "ui/main_window.h"

#include "ui/action_registry.h"
#include "ui/bridge/evaluation_runner.h"
#include "ui/bridge/import_job.h"
#include "ui/bridge/run_controller.h"
#include "ui/bridge/run_notices.h"
#include "ui/bridge/store_session.h"
#include "ui/dialogs/evaluate_dialog.h"
#include "ui/dialogs/launch_dialog.h"
#include "ui/models/thumbnails.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/data_page.h"
#include "ui/pages/evaluation_page.h"
#include "ui/pages/live_page.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/samples_page.h"
#include "ui/support/preferences.h"
#include "ui/support/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/floating_bar.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/scrim.h"
#include "ui/widgets/status_bar.h"
#include "ui/widgets/top_bar.h"
#include "ui/widgets/tour_card.h"

#include <QDialog>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMimeData>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <iterator>

namespace winnow::ui {

MainWindow::MainWindow(Theme &theme, StoreSession &session, Programs programs, QWidget *parent)
    : QMainWindow(parent), m_theme(theme), m_session(session), m_programs(std::move(programs)),
      m_thumbnails(new Thumbnails(this)),
      m_controller(new RunController(session, m_programs.codeVersion, m_programs.environment, m_programs.commandLine, this)),
      m_evaluator(new EvaluationRunner(m_programs.commandLine, this)),
      m_preferences(new Preferences(m_programs.settingsFile, this)), m_importJob(new ImportJob(this)),
      m_actions(new ActionRegistry(this)),
      m_appearance(m_preferences->appearance())
{
    setWindowTitle(QStringLiteral("Winnow"));
    setMinimumSize(1180, 700);
    resize(1440, 900);
    setAcceptDrops(true);
    auto *central = new Ground(theme, Token::Window);
    auto *outer = new QVBoxLayout(central);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    m_rail = new Rail(theme,
                      {{QStringLiteral("runs"), tr("Runs"), QStringLiteral("Ctrl+1")},
                       {QStringLiteral("live"), tr("Live"), QStringLiteral("Ctrl+2")},
                       {QStringLiteral("samples"), tr("Samples"), QStringLiteral("Ctrl+3")},
                       {QStringLiteral("compare"), tr("Compare"), QStringLiteral("Ctrl+4")},
                       {QStringLiteral("evaluation"), tr("Evaluation"), QStringLiteral("Ctrl+5")},
                       {QStringLiteral("data"), tr("Data"), QStringLiteral("Ctrl+6")}},
                      {QStringLiteral("settings"), tr("Settings"), QStringLiteral("Ctrl+,")});
    row->addWidget(m_rail);
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    m_top = new TopBar(theme);
    right->addWidget(m_top);
    m_stack = new QStackedWidget;
    right->addWidget(m_stack, 1);
    row->addLayout(right, 1);
    outer->addLayout(row, 1);
    m_status = new StatusBar(theme);
    outer->addWidget(m_status);
    setCentralWidget(central);
    buildPages();
    buildActions();
    m_toast = new Toast(theme, this);
    connect(m_preferences, &Preferences::changed, this, &MainWindow::applyPreferences);
    applyPreferences();
    restoreLayout();
    connect(m_rail, &Rail::chosen, this, [this](int index) {
        if (index < static_cast<int>(PageId::Count))
            showPage(static_cast<PageId>(index));
        else
            showSettings(false);
    });
    connect(m_top->searchButton(), &Button::clicked, this, &MainWindow::openPalette);
    connect(m_status, &StatusBar::activeRunClicked, this, [this] { showPage(PageId::Live); });
    connect(&m_session, &StoreSession::changed, this, &MainWindow::refreshRuns);
    connect(&m_session, &StoreSession::opened, this, &MainWindow::refreshRuns);
    connect(&m_session, &StoreSession::trouble, this, [this](const QString &text) {
        m_trouble = text;
        showStatus();
    });
    connect(m_controller, &RunController::failed, this, &MainWindow::say);
    connect(m_controller, &RunController::readyToClose, this, [this] {
        m_mayClose = true;
        close();
    });
    auto *notices = new RunNotices(m_session, this);
    connect(notices, &RunNotices::noticed, this, [this](RunId, const QString &name, const QString &text, bool good) {
        say(QStringLiteral("%1: %2").arg(name, text));
        if (good ? m_preferences->noticeEnds() : m_preferences->noticeAlerts())
            showDesktopNotice(name, text, !good);
    });
    connect(m_evaluator, &EvaluationRunner::ended, this, [this](bool, const QString &message) {
        m_session.notifyChanged();
        if (const auto compared = m_compare->compared(); std::find(compared.begin(), compared.end(), m_evaluator->job().run) != compared.end())
            m_compare->compare(compared); // with its new scores
        m_evaluation->reload();
        if (!findChild<EvaluateDialog *>()) // it says so itself
            say(message);
    });
    connect(m_controller, &RunController::started, this, [this](RunId run) {
        m_live->showRun(run);
        showPage(PageId::Live);
    });
    m_rail->setCurrent(0);
    m_top->setCurrent(0);
    if (m_session.isOpen())
        refreshRuns();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildPages()
{
    const PageContext context{m_theme, m_session, *m_thumbnails};
    m_runsPage = new RunsPage(context);
    m_live = new LivePage(context);
    m_samples = new SamplesPage(context);
    m_compare = new ComparePage(context);
    m_evaluation = new EvaluationPage(context);
    m_data = new DataPage(context, *m_importJob, *m_preferences);
    m_pages = {m_runsPage, m_live, m_samples, m_compare, m_evaluation, m_data};
    for (Page *page : m_pages) {
        m_stack->addWidget(page);
        m_top->addPage(page->title(), page->subject(), page->primary());
        connectPage(page);
    }
    connect(m_compare, &ComparePage::flipsRequested, this, [this](const std::vector<RunId> &runs) {
        m_evaluation->setChoice(m_compare->scoring()); // the same picks as on Compare
        m_evaluation->showRuns(runs);
        showPage(PageId::Evaluation);
    });
    connect(m_samples, &SamplesPage::cloneOnDataRequested, this, &MainWindow::cloneOnData);
    connect(m_data, &DataPage::importAgainRequested, this, &MainWindow::importAgain);
    connect(m_data, &DataPage::runOnDataRequested, this, [this](const QString &file, RunId origin) { cloneOnData(origin, file); });
    connect(m_importJob, &ImportJob::cancelled, this, &MainWindow::say);
    connect(m_importJob, &ImportJob::imported, this, [this](const std::vector<DatasetId> &sets) {
        m_session.notifyChanged();
        say(sets.size() == 1 ? tr("1 data set imported") : tr("%1 data sets imported").arg(sets.size()));
    });
    connect(m_compare, &ComparePage::openInSamplesRequested, this, [this](RunId run, const std::vector<std::uint32_t> &samples) {
        m_samples->showRun(run);
        showPage(PageId::Samples);
        m_session.request<int>( // after the samples were read
            m_samples, [](StoreReader &) { return Result<int>(0); },
            [this, samples](const Result<int> &) { m_samples->selectRows(samples); });
    });
}

void MainWindow::connectPage(Page *page)
{
    connect(page, &Page::openRequested, this, [this](PageId target, RunId run) {
        if (run && target == PageId::Live)
            m_live->showRun(run);
        if (run && target == PageId::Samples)
            m_samples->showRun(run);
        if (target == PageId::Evaluation && run)
            m_evaluation->showRuns(m_compare->compared());
        showPage(target);
    });
    connect(page, &Page::compareRequested, this, [this](const std::vector<RunId> &runs) {
        m_compare->compare(runs);
        showPage(PageId::Compare);
    });
    connect(page, &Page::newRunRequested, this, &MainWindow::showLaunchDialog);
    connect(page, &Page::pauseRequested, this, [this](RunId run) { m_controller->pause(run); });
    connect(page, &Page::resumeRequested, this, [this](RunId run) {
        if (const RunRow *row = findRun(run))
            m_controller->resume(row->record);
    });
    connect(page, &Page::stopRequested, this, [this](RunId run) {
        if (const RunRow *row = findRun(run))
            m_controller->stop(row->record);
    });
    connect(page, &Page::discardRequested, this, &MainWindow::askDiscard);
    connect(page, &Page::demoRequested, this, &MainWindow::runDemo);
    connect(page, &Page::openStoreRequested, this, &MainWindow::chooseStore);
    connect(page, &Page::importRequested, this, &MainWindow::showImportDialog);
    connect(page, &Page::evaluateRequested, this, &MainWindow::showEvaluateDialog);
    connect(page, &Page::exportReportRequested, this, &MainWindow::exportReport);
    connect(page, &Page::selectionChanged, this, &MainWindow::showStatus);
    connect(page, &Page::message, this, &MainWindow::say);
}

void MainWindow::showPage(PageId page)
{
    if (page != m_page) {
        m_history.resize(m_historyAt + 1);
        m_history.push_back(page);
        ++m_historyAt;
    }
    m_page = page;
    m_stack->setCurrentIndex(static_cast<int>(page));
    m_rail->setCurrent(static_cast<int>(page));
    m_top->setCurrent(static_cast<int>(page));
    pageAt(page)->activate();
    pageAt(page)->setFocus();
    showStatus();
}

void MainWindow::go(int by)
{
    const auto at = static_cast<std::ptrdiff_t>(m_historyAt) + by;
    if (at < 0 || at >= static_cast<std::ptrdiff_t>(m_history.size()))
        return;
    m_historyAt = static_cast<std::size_t>(at);
    m_page = m_history[m_historyAt];
    showPage(m_page);
}

const RunRow *MainWindow::findRun(RunId id) const
{
    for (const RunRow &row : m_runs.rows)
        if (row.id() == id)
            return &row;
    return nullptr;
}

void MainWindow::refreshRuns()
{
    if (!m_session.isOpen())
        return;
    if (m_loadingRuns) {
        m_runsAgain = true; // something was written while they were read
        return;
    }
    m_loadingRuns = true;
    m_runsAgain = false;
    const auto begun = std::chrono::steady_clock::now();
    m_session.request<RunsData>(
        this, [](StoreReader &reader) { return reader.runs(); },
        [this, begun](Result<RunsData> result) {
            m_loadingRuns = false;
            if (!result.ok()) {
                say(coreWords(result.error().message));
                return;
            }
            applyRuns(std::move(result).value());
            m_session.setRefreshCost(
                std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun));
            if (m_runsAgain)
                refreshRuns();
        });
}

void MainWindow::applyRuns(RunsData runs)
{
    m_runs = std::move(runs);
    m_haveRuns = true;
    RunsData kept = m_runs; // deleted runs are shown where they can be restored only
    if (std::any_of(m_runs.rows.begin(), m_runs.rows.end(), [](const RunRow &row) { return row.deleted; })) {
        std::vector<RunRow> rows;
        std::copy_if(m_runs.rows.begin(), m_runs.rows.end(), std::back_inserter(rows), [](const RunRow &row) { return !row.deleted; });
        kept.rows = RunRows(std::move(rows));
    }
    for (Page *page : m_pages)
        page->setRuns(page == m_runsPage ? m_runs : kept);
    const bool active = std::any_of(m_runs.rows.begin(), m_runs.rows.end(), [](const RunRow &row) {
        return row.active();
    });
    m_rail->setDot(static_cast<int>(PageId::Live), active);
    showStatus();
}

void MainWindow::showStatus()
{
    const QString name = QFileInfo(m_session.path()).fileName();
    m_status->setStore(m_runs.emptyStore ? tr("%1, empty").arg(name) : name);
    std::optional<StatusBar::ActiveRun> active;
    QString device;
    const StoreWriterState state = m_session.isOpen() ? m_session.writer().state() : StoreWriterState();
    std::int64_t saved = state.lastCommitMs; // by this window, or by the process of a run
    for (const RunRow &row : m_runs.rows) {
        if (device.isEmpty() && !row.record.device.empty())
            device = coreWords(row.record.device);
        if (row.record.state == RunState::Running) {
            active = StatusBar::ActiveRun{row.name(), row.record.step, row.record.totalSteps};
            saved = std::max(saved, row.record.heartbeatMs);
        }
    }
    m_status->setActiveRun(active);
    m_status->setDevice(device.isEmpty() ? tr("Device is known when a run starts") : device);
    m_status->setSelection(pageAt(m_page)->selectionText());
    const qint64 seconds = saved ? std::max<qint64>(0, utcMilliseconds() - saved) / 1000 : -1;
    m_status->setSaved(!m_trouble.isEmpty() ? m_trouble
                       : state.waitingJobs > 0 ? tr("Saving")
                       : seconds < 0 ? tr("Nothing to save")
                       : seconds < 60 ? tr("Saved %1 s ago").arg(seconds)
                                      : tr("Saved"),
                       !m_trouble.isEmpty());
}

void MainWindow::showLaunchDialog(RunId cloneOf)
{
    const RunRow *parent = findRun(cloneOf);
    RunOptions options = parent && parent->optionsValid ? parent->options : RunOptions();
    if (!parent)
        options.threads = m_preferences->threads();
    if (!parent) // the newest run's data, so that a second run is a few clicks
        for (const RunRow &row : m_runs.rows)
            if (row.optionsValid) {
                options.data = row.options.data;
                options.data.metaInTrain = false; // a choice of that run, not a place of data
                options.model.checkpoint = row.options.model.checkpoint;
                break;
            }
    openLaunchDialog(options, parent);
}

void MainWindow::cloneOnData(RunId run, const QString &trainFile)
{
    const RunRow *parent = findRun(run);
    RunOptions options = parent && parent->optionsValid ? parent->options : RunOptions();
    options.data.train = trainFile.toStdString();
    openLaunchDialog(options, parent);
}

void MainWindow::openLaunchDialog(const RunOptions &options, const RunRow *parent)
{
    auto *dialog = new LaunchDialog(m_theme, options, parent, {m_runs.rows, m_programs.presetFolder, m_session.path()}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("launch"));
    connect(dialog, &LaunchDialog::startRequested, this,
            [this, dialog](const RunOptions &chosen, const std::vector<std::int64_t> &seeds, RunId origin) {
                m_controller->start(chosen, seeds, origin, dialog->place());
            });
    openOverScrim(dialog);
}

void MainWindow::showEvaluateDialog(RunId run)
{
    auto *dialog = new EvaluateDialog(m_theme, *m_evaluator, m_runs.rows, run, m_session.path(), this);
    connect(dialog, &EvaluateDialog::showRequested, this, [this](RunId evaluated) {
        m_evaluation->showRuns({evaluated});
        showPage(PageId::Evaluation);
    });
    openOverScrim(dialog);
}

void MainWindow::say(const QString &text)
{
    m_toast->showMessage(text);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const auto urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls[0].isLocalFile() && urls[0].toLocalFile().endsWith(QLatin1String(".db")))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    openStore(event->mimeData()->urls().first().toLocalFile());
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    if (m_toast && m_toast->isVisible())
        m_toast->place(64);
    if (m_tour && m_tour->isVisible())
        m_tour->place();
}

} // namespace winnow::ui
