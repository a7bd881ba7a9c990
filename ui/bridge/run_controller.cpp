#include "ui/bridge/run_controller.h"

#include "core/base/options_command.h"
#include "core/run/process_executor.h"
#include "core/run/run_scheduler.h"
#include "core/run/run_service.h"
#include "core/run/thread_executor.h"
#include "ui/bridge/store_session.h"
#include "ui/support/words.h"

#include <algorithm>
#include <atomic>
#include <chrono>

namespace winnow::ui {

/// Hears a run on its thread and wakes the window; repaints are bounded by the interval here and by the session.
class RunController::Viewer : public RunEvents {
public:
    explicit Viewer(StoreSession &session) : m_session(session) {}

    void onProgress(std::string_view, std::int64_t, std::int64_t) override { wake(); }
    void onMetrics(std::int64_t, std::span<const MetricPoint>) override { wake(); }
    void onVisits(std::int64_t, std::span<const SampleVisit>) override {}
    void onWeights(const WeightSnapshot &) override { wake(); }
    void onScores(const StepScores &) override { wake(); }
    void beforeCheckpoint(std::int64_t) override {}
    void onCheckpoint(const CheckpointInfo &) override { wake(); }
    void onEvent(EventLevel, std::int64_t, std::string_view) override { wake(); }
    void onPaused(std::int64_t) override { wake(true); }
    void onResumed(std::int64_t) override { wake(true); }

private:
    void wake(bool now = false)
    {
        const auto time = std::chrono::steady_clock::now().time_since_epoch();
        const std::int64_t ms = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
        if (!now && ms - m_last.load(std::memory_order_relaxed) < 50)
            return;
        m_last.store(ms, std::memory_order_relaxed);
        m_session.notifyChanged();
    }

    StoreSession &m_session;
    std::atomic<std::int64_t> m_last{0};
};

RunController::RunController(StoreSession &session, const std::string &codeVersion, const std::string &environment,
                             const QString &program, QObject *parent)
    : QObject(parent), m_session(session), m_codeVersion(codeVersion), m_environment(environment),
      m_program(program.toStdString()), m_viewer(std::make_unique<Viewer>(session))
{
    connect(&session, &StoreSession::opened, this, &RunController::reset);
    if (session.isOpen())
        reset();
}

RunController::~RunController()
{
    close();
}

void RunController::reset()
{
    close();
    RunServiceSettings settings;
    settings.codeVersion = m_codeVersion;
    settings.environment = m_environment;
    m_service = std::make_unique<RunService>(m_session.writer(), settings);
    m_scheduler = std::make_unique<RunScheduler>();
    RunService *service = m_service.get();
    m_threads = std::make_unique<ThreadExecutor>([service, viewer = m_viewer.get()](RunId run, StopFlag &stop) -> Status {
        const auto outcome = service->execute(run, stop, viewer);
        return outcome.ok() ? Status() : Status(outcome.error());
    });
    const std::string store = m_session.path().toStdString();
    m_processes = std::make_unique<ProcessExecutor>(
        m_session.writer(), [service, store, program = m_program](RunId run) -> Result<DetachedCommand> {
            WINNOW_ASSIGN(Database database, Database::open(store));
            WINNOW_ASSIGN(const RunRecord record, RunStore(database).get(run));
            return DetachedCommand{{program, "resume", std::to_string(run.value), "--store", store},
                                   service->folderOf(record) + "/run.log"};
        });
}

void RunController::close()
{
    if (m_scheduler)
        m_scheduler->close();
    m_processes.reset();
    m_threads.reset();
    m_scheduler.reset();
    m_service.reset();
}

Status RunController::submit(RunId run, RunPlace place)
{
    RunExecutor &executor = place == RunPlace::Window ? static_cast<RunExecutor &>(*m_threads) : *m_processes;
    return m_scheduler->submit(run, executor, [this](RunId ended, const Status &status) { // on the worker
        const QString problem = status.ok() ? QString() : coreWords(status.error().message);
        QMetaObject::invokeMethod(this, [this, ended, problem] { runEnded(ended, problem); }, Qt::QueuedConnection);
    });
}

void RunController::runEnded(RunId ended, const QString &problem)
{
    m_session.notifyChanged();
    if (!problem.isEmpty())
        Q_EMIT failed(problem);
    if (m_closing && ended == m_endingRun)
        finishClosing();
}

void RunController::start(const RunOptions &options, const std::vector<std::int64_t> &seeds, RunId parent, RunPlace place)
{
    for (const std::int64_t seed : seeds) {
        RunOptions own = options;
        own.seed = seed;
        if (seeds.size() > 1 && !own.name.empty())
            own.name += "-s" + std::to_string(seed);
        auto run = m_service->create(own, {.command = optionsToCommand(own, m_session.path().toStdString()), .parent = parent, .project = {}, .tags = {}, .note = {}});
        if (!run.ok()) {
            Q_EMIT failed(coreWords(run.error().message));
            return;
        }
        if (const Status status = submit(run.value(), place); !status.ok()) {
            Q_EMIT failed(coreWords(status.error().message));
            return;
        }
        Q_EMIT started(run.value());
    }
    m_session.notifyChanged();
}

void RunController::ask(RunId run, RunRequest request)
{
    m_session.write(
        this, [run, request](Database &db) { return RunStore(db).setRequest(run, request); },
        [this](const Status &status) {
            if (!status.ok())
                Q_EMIT failed(coreWords(status.error().message));
        });
}

void RunController::pause(RunId run)
{
    if (!m_threads->isActive(run))
        return ask(run, RunRequest::Pause);
    if (const Status status = m_threads->pause(run); !status.ok())
        Q_EMIT failed(coreWords(status.error().message));
}

void RunController::resume(const RunRecord &run)
{
    if (!m_threads->isActive(run.id) && run.held())
        return ask(run.id, RunRequest::Resume);
    Status status;
    if (m_threads->isActive(run.id))
        status = m_threads->resume(run.id);
    else if (runIsResumable(run.state))
        status = m_service->requeue(run.id);
    if (status.ok() && !run.held()) // also one that was left paused, or queued by a window that was closed
        status = submit(run.id, RunPlace::Window);
    if (!status.ok())
        Q_EMIT failed(coreWords(status.error().message));
    m_session.notifyChanged();
}

void RunController::stop(const RunRecord &run)
{
    end(run, false);
}

void RunController::discard(const RunRecord &run)
{
    end(run, true);
}

void RunController::end(const RunRecord &run, bool discard)
{
    const std::vector<RunId> waiting = m_scheduler->waiting();
    const bool mine = m_scheduler->active() == run.id || std::find(waiting.begin(), waiting.end(), run.id) != waiting.end();
    if (!mine && run.held())
        return ask(run.id, discard ? RunRequest::Discard : RunRequest::Stop);
    bool unstarted = !mine; // queued by a window that was closed, or left paused
    if (mine) {
        const auto taken = m_scheduler->cancel(run.id, discard);
        if (!taken.ok()) {
            Q_EMIT failed(coreWords(taken.error().message));
            return;
        }
        unstarted = taken.value();
    }
    if (unstarted)
        if (const Status status = m_service->cancelQueued(run.id); !status.ok())
            Q_EMIT failed(coreWords(status.error().message));
    m_session.notifyChanged();
}

bool RunController::hasActiveRun() const
{
    if (!m_scheduler)
        return false;
    return m_threads->isActive(m_scheduler->active()) || !m_scheduler->waiting().empty();
}

bool RunController::drives(RunId run) const
{
    return m_threads && m_threads->isActive(run);
}

void RunController::prepareToClose(ClosingChoice choice)
{
    if (m_closing)
        return;
    m_closing = true;
    m_choice = choice;
    const RunId active = m_scheduler->active();
    const bool running = m_threads->isActive(active);
    m_handedOver = m_scheduler->drop();
    if (choice == ClosingChoice::Stop) {
        for (const RunId run : m_handedOver)
            if (const Status status = m_service->cancelQueued(run); !status.ok())
                Q_EMIT failed(coreWords(status.error().message));
    } else {
        m_service->leaveStoppedRunsPaused();
    }
    if (!running)
        return finishClosing();
    m_handedOver.insert(m_handedOver.begin(), active);
    m_endingRun = active;
    (void)m_threads->stop(active).ok(); // refused when it has just ended; runEnded() comes in both cases
}

Status RunController::handOver()
{
    WINNOW_ASSIGN(Database database, Database::open(m_session.path().toStdString()));
    DetachedCommand command{{m_program, "resume"}, {}};
    for (const RunId run : m_handedOver) {
        WINNOW_ASSIGN(const RunRecord record, RunStore(database).get(run));
        if (record.state == RunState::Finished || record.state == RunState::Failed)
            continue; // it came to its end meanwhile
        command.arguments.push_back(std::to_string(run.value));
        if (command.logFile.empty())
            command.logFile = m_service->folderOf(record) + "/run.log";
    }
    if (command.logFile.empty())
        return {};
    command.arguments.insert(command.arguments.end(), {"--store", m_session.path().toStdString()});
    const auto started = startDetached(command);
    return started.ok() ? Status() : Status(started.error());
}

void RunController::finishClosing()
{
    if (m_choice == ClosingChoice::Background) {
        if (const Status status = handOver(); !status.ok()) {
            m_closing = false;
            reset(); // the runs are paused and may be resumed here
            Q_EMIT failed(coreWords(status.error().message));
            return;
        }
    }
    Q_EMIT readyToClose();
}

} // namespace winnow::ui
