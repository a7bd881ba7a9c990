#pragma once

#include "core/base/options.h"
#include "core/base/ids.h"
#include "core/store/run_state.h"

#include <QObject>

#include <memory>
#include <string>
#include <vector>

namespace winnow {
class RunScheduler;
class RunService;
class ThreadExecutor;
} // namespace winnow

namespace winnow::ui {

class StoreSession;

/// Starts, pauses, resumes and stops runs of this process, one at a time, in a worker thread; the engine is opened by
/// that thread when the first run starts. What a run tells goes to the store; the window is only told that there is
/// something new, at most every 50 ms. Lives on the GUI thread.
class RunController : public QObject {
    Q_OBJECT
public:
    RunController(StoreSession &session, const std::string &codeVersion, const std::string &environment,
                  QObject *parent = nullptr);
    ~RunController() override;

    /// After the session opened another store.
    void reset();
    /// Stores and queues one run for each seed.
    void start(const RunOptions &options, const std::vector<std::int64_t> &seeds, RunId parent);
    void pause(RunId run);
    /// Goes on with a paused run, or queues a stopped, failed or interrupted one again.
    void resume(RunId run, RunState state);
    void stop(RunId run);
    bool hasActiveRun() const;
    bool drives(RunId run) const;
    /// Asks the active run to stop with a checkpoint and waits for it.
    void close();

Q_SIGNALS:
    void failed(const QString &message);
    void started(winnow::RunId run);

private:
    class Viewer;
    Status submit(RunId run);

    StoreSession &m_session;
    std::string m_codeVersion;
    std::string m_environment;
    std::unique_ptr<Viewer> m_viewer;
    std::unique_ptr<RunService> m_service;
    std::unique_ptr<ThreadExecutor> m_executor;
    std::unique_ptr<RunScheduler> m_scheduler;
};

} // namespace winnow::ui
