// Drives the real window for robustness.py:
//   window_driver start STORE run.toml [CHOICE MS]   starts the run in the window; closes the window after MS by that answer
//                                                (pause, background, stop), or stays until the run has ended
//   window_driver resume STORE [CHOICE MS]       goes on with the newest run, the same
// It prints how late the heartbeats of the window came while the run trained.
//   window_driver watch STORE                    prints after how many ms the window shows the newest run as active or ended
#include "app/services.h"
#include "core/base/options_io.h"
#include "core/base/resource_path.h"
#include "ui/bridge/run_controller.h"
#include "ui/bridge/store_session.h"
#include "ui/dialogs/close_dialog.h"
#include "ui/main_window.h"
#include "ui/support/stall_watch.h"
#include "ui/support/termination_signals.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTimer>

#include <iostream>

namespace {

using namespace winnow;

int failWith(const std::string &message)
{
    std::cerr << "window_driver: " << message << std::endl;
    return EXIT_FAILURE;
}

class Driver : public QObject {
public:
    Driver(ui::StoreSession &session, ui::MainWindow &window, std::string mode, std::string config) :
        m_session(session), m_window(window), m_mode(std::move(mode)), m_config(std::move(config))
    {
        connect(&session, &ui::StoreSession::idle, this, &Driver::look);
        connect(&window.controller(), &ui::RunController::failed, this,
                [](const QString &text) { std::cerr << "window: " << text.toStdString() << std::endl; });
    }

    void closeAfter(const std::string &choice, int ms)
    {
        const auto answer = choice == "pause" ? ui::ClosingChoice::Pause
            : choice == "stop"                ? ui::ClosingChoice::Stop
                                              : ui::ClosingChoice::Background;
        QTimer::singleShot(ms, this, [this, answer] { closeBy(answer); });
    }

private:
    /// As a person does: the close button of the window, then the button of the question.
    void closeBy(ui::ClosingChoice answer)
    {
        m_window.close();
        auto *dialog = m_window.findChild<ui::CloseDialog *>();
        if (!dialog)
            return; // nothing was at work: the window has closed
        dialog->findChild<ui::Button *>(QStringLiteral("choice-%1").arg(static_cast<int>(answer)))->click();
    }

    void look()
    {
        if (!m_window.haveRuns())
            return;
        const auto &rows = m_window.runs().rows;
        if (!m_begun && m_mode == "start")
            return begin();
        if (rows.empty())
            return;
        const RunRecord &record = rows.front().record;
        if (!m_begun && m_mode == "resume" && (record.resumable() || record.state == RunState::Queued)) {
            m_begun = true;
            m_window.controller().resume(record);
            return;
        }
        const bool ended = record.state == RunState::Finished || record.state == RunState::Failed;
        if (m_mode == "watch" && (record.held() || ended)) {
            std::cout << m_clock.elapsed() << " " << runStateName(record.state) << " " << record.step << std::endl;
            m_window.close();
        } else if (m_mode != "watch" && ended && !m_window.controller().hasActiveRun()) {
            std::cout << "ended " << runStateName(record.state) << std::endl;
            m_window.close();
        }
    }

    void begin()
    {
        m_begun = true;
        const auto options = readOptionsFile(m_config);
        if (!options.ok()) {
            std::cerr << options.error().message << std::endl;
            QApplication::exit(EXIT_FAILURE);
            return;
        }
        m_window.controller().start(*options, {options->seed}, {});
    }

    ui::StoreSession &m_session;
    ui::MainWindow &m_window;
    std::string m_mode;
    std::string m_config;
    bool m_begun = false;
    QElapsedTimer m_clock = [] {
        QElapsedTimer clock;
        clock.start();
        return clock;
    }();
};

} // namespace

int main(int argc, char **argv)
{
    setenv("OMP_WAIT_POLICY", "PASSIVE", 0);
    QApplication application(argc, argv);
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const std::size_t fixed = arguments.empty() || arguments[0] != "start" ? 2 : 3;
    if (arguments.size() < fixed)
        return failWith("see the head of its source for the arguments");
    const ui::StallWatch watch;
    ui::Theme theme;
    if (const Status installed = theme.install(application, ui::Theme::Mode::Light); !installed.ok())
        return failWith(installed.error().message);
    ui::StoreSession session;
    if (const Status opened = session.open(QString::fromStdString(arguments[1])); !opened.ok())
        return failWith(opened.error().message);
    ui::MainWindow window(theme, session,
                          {codeVersion(), environmentJson(), QString::fromStdString(resourceFolder() + "/presets"),
                           QCoreApplication::applicationDirPath() + QStringLiteral("/winnow")});
    const ui::TerminationSignals signals;
    QObject::connect(&signals, &ui::TerminationSignals::asked, &window, &ui::MainWindow::endSession);
    Driver driver(session, window, arguments[0], fixed == 3 ? arguments[2] : std::string());
    if (arguments.size() == fixed + 2)
        driver.closeAfter(arguments[fixed], std::stoi(arguments[fixed + 1]));
    window.show();
    const int status = QApplication::exec();
    const ui::StallWatch::Beats beats = watch.beats();
    std::cerr << "heartbeats " << beats.n << ", late by ms: p50 " << beats.p50 << ", p99 " << beats.p99 << ", max "
              << beats.max << "; handlers over " << ui::StallWatch::stallMs << " ms: " << watch.stalls() << std::endl;
    return status;
}
