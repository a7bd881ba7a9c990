#pragma once

#include "core/base/options.h"
#include "core/base/result.h"
#include "core/store/run_store.h"

#include <QObject>

#include <memory>
#include <string>
#include <vector>

namespace winnow {
class ProcessExecutor;
class RunExecutor;
class RunScheduler;
class RunService;
class ThreadExecutor;
} // namespace winnow

namespace winnow::ui {

class StoreSession;

/// Where a run is carried out: by a worker thread of this window, or by a program of its own that goes on when the window
/// is closed.
enum class RunPlace { Window, OwnProcess };

/// What becomes of the run of this window when the window closes.
enum class ClosingChoice { Pause, Background, Stop };

/// Starts, pauses, resumes and stops runs, one at a time; the engine is opened by the worker thread when the first run
/// starts. Runs of other programs are asked through the store. What a run tells goes to the store; the window is only told
/// that there is something new, at most every 50 ms. Lives on the GUI thread.
class RunController : public QObject {
    Q_OBJECT
public:
    /// `program`: path of `winnow`, for runs in a process of their own.
    RunController(StoreSession &session, const std::string &codeVersion, const std::string &environment,
                  const QString &program, QObject *parent = nullptr);
    ~RunController() override;

    /// After the session opened another store.
    void reset();
    /// Stores and queues one run for each seed.
    void start(const RunOptions &options, const std::vector<std::int64_t> &seeds, RunId parent,
               RunPlace place = RunPlace::Window);
    void pause(RunId run);
    /// Goes on with a paused run, or queues a stopped, failed or interrupted one again.
    void resume(const RunRecord &run);
    void stop(const RunRecord &run);
    /// Stops without a checkpoint: the run is then where its last one is.
    void discard(const RunRecord &run);
    /// A run is at work in this window, or waits for its turn: closing needs an answer.
    bool hasActiveRun() const;
    bool drives(RunId run) const;
    /// Ends or hands over what hasActiveRun() tells, without waiting; readyToClose() or failed() follows.
    void prepareToClose(ClosingChoice choice);
    bool preparingToClose() const { return m_closing; }
    /// Asks the active run to stop with a checkpoint and waits for it.
    void close();

Q_SIGNALS:
    void failed(const QString &message);
    void started(winnow::RunId run);
    void readyToClose();

private:
    class Viewer;
    Status submit(RunId run, RunPlace place);
    void runEnded(RunId run, const QString &problem);
    void finishClosing();
    Status handOver();
    void ask(RunId run, RunRequest request);
    void end(const RunRecord &run, bool discard);

    StoreSession &m_session;
    std::string m_codeVersion;
    std::string m_environment;
    std::string m_program;
    bool m_closing = false;
    ClosingChoice m_choice = ClosingChoice::Pause;
    RunId m_endingRun; ///< 0: none is waited for
    std::vector<RunId> m_handedOver; ///< the active run, then those that waited
    std::unique_ptr<Viewer> m_viewer;
    std::unique_ptr<RunService> m_service;
    std::unique_ptr<RunScheduler> m_scheduler; ///< outlives the executors' callbacks
    std::unique_ptr<ThreadExecutor> m_threads;
    std::unique_ptr<ProcessExecutor> m_processes;
};

} // namespace winnow::ui
