#pragma once

#include "ui/dialogs/command_palette.h"
#include "core/data/import/import_report.h"
#include "ui/models/page_data.h"
#include "ui/pages/page.h"

#include <QMainWindow>

#include <array>

class QDialog;
class QMenu;
class QStackedWidget;

namespace winnow::ui {

class ActionRegistry;
class ComparePage;
class DataPage;
class EvaluationPage;
class EvaluationRunner;
class ImportJob;
class LivePage;
class Rail;
class Preferences;
class RunController;
class RunsPage;
class SamplesPage;
class StatusBar;
class StoreSession;
class Thumbnails;
class Toast;
class TourCard;
class TopBar;

/// The window: rail, top bar, the six pages, status bar; every command is an action of one registry.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    struct Programs {
        std::string codeVersion;
        std::string environment; ///< JSON object
        QString presetFolder;
        QString commandLine; ///< path of `winnow`, which carries out the demo
        QString settingsFile = {}; ///< what a person chose and how the window was left; empty: not kept
    };
    MainWindow(Theme &theme, StoreSession &session, Programs programs, QWidget *parent = nullptr);
    ~MainWindow() override;

    void showPage(PageId page);
    PageId page() const { return m_page; }
    void showLaunchDialog(RunId cloneOf);
    void showEvaluateDialog(RunId run);
    void showImportDialog();
    /// Imports in the background and shows the Data page, where the report comes.
    void startImport(const ImportOptions &options);
    /// The comparison of these runs as one web page; says so when it is written or why not.
    void writeReport(const std::vector<RunId> &runs, const QString &path);
    /// A clone of `run` that trains on another row file.
    void cloneOnData(RunId run, const QString &trainFile);
    void openPalette();
    void showSettings(bool shortcuts);
    void showHelp();
    void startTour();
    /// The next or previous panel of the page gets the keyboard.
    void focusPanel(int by);
    /// For a log-out or SIGTERM: runs of this window end at the next step with a checkpoint, are left paused, and the window
    /// closes without a question.
    void endSession();

    RunsPage *runsPage() const { return m_runsPage; }
    LivePage *livePage() const { return m_live; }
    SamplesPage *samplesPage() const { return m_samples; }
    ComparePage *comparePage() const { return m_compare; }
    DataPage *dataPage() const { return m_data; }
    const ActionRegistry &actions() const { return *m_actions; }
    Preferences &preferences() { return *m_preferences; }
    RunController &controller() { return *m_controller; }
    EvaluationPage *evaluationPage() const { return m_evaluation; }
    bool haveRuns() const { return m_haveRuns; }
    const RunsData &runs() const { return m_runs; }

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildPages();
    void buildActions();
    void buildRunActions();
    void buildViewActions();
    void buildSelectionActions();
    void buildHelpActions();
    void buildMenu();
    void findSamples(const QString &pattern, const CommandPalette::FoundItems &found);
    void applyPreferences();
    void toggleMenuBar();
    void saveLayout();
    void restoreLayout();
    void backUpStore();
    void connectPage(Page *page);
    void importAgain();
    void openImportDialog(const ImportOptions *again);
    void openLaunchDialog(const RunOptions &options, const RunRow *parent);
    void refreshRuns();
    void applyRuns(RunsData runs);
    void showStatus();
    void openStore(const QString &path);
    void chooseStore();
    void runDemo();
    void askDiscard(RunId run);
    void exportReport(const std::vector<RunId> &runs);
    void say(const QString &text);
    void askBeforeClosing();
    void go(int by);
    Page *pageAt(PageId id) const { return m_pages[static_cast<std::size_t>(id)]; }
    const RunRow *findRun(RunId id) const;

    Theme &m_theme;
    StoreSession &m_session;
    Programs m_programs;
    Thumbnails *m_thumbnails;
    RunController *m_controller;
    EvaluationRunner *m_evaluator;
    Preferences *m_preferences;
    ImportJob *m_importJob;
    ImportOptions m_importOptions; ///< of the newest import
    ActionRegistry *m_actions;
    Rail *m_rail = nullptr;
    TopBar *m_top = nullptr;
    StatusBar *m_status = nullptr;
    QStackedWidget *m_stack = nullptr;
    Toast *m_toast = nullptr;
    TourCard *m_tour = nullptr;
    QMenu *m_menu = nullptr;
    QString m_appearance; ///< that was applied
    std::array<Page *, static_cast<std::size_t>(PageId::Count)> m_pages{};
    RunsPage *m_runsPage = nullptr;
    LivePage *m_live = nullptr;
    SamplesPage *m_samples = nullptr;
    ComparePage *m_compare = nullptr;
    EvaluationPage *m_evaluation = nullptr;
    DataPage *m_data = nullptr;
    RunsData m_runs;
    PageId m_page = PageId::Runs;
    std::vector<PageId> m_history{PageId::Runs};
    std::size_t m_historyAt = 0;
    bool m_haveRuns = false;
    bool m_loadingRuns = false;
    bool m_runsAgain = false;
    bool m_mayClose = false; ///< what was to be done before closing is done
    QString m_trouble;
};

} // namespace winnow::ui
