#include "ui/bridge/run_controller.h"

#include "core/run/run_scheduler.h"
#include "core/run/run_service.h"
#include "core/run/thread_executor.h"
#include "ui/bridge/store_session.h"


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
                             QObject *parent)
    : QObject(parent), m_session(session), m_codeVersion(codeVersion), m_environment(environment), m_viewer(std::make_unique<Viewer>(session))
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
    m_executor = std::make_unique<ThreadExecutor>();
    m_scheduler = std::make_unique<RunScheduler>(*m_executor);
}

void RunController::close()
{
    if (m_scheduler)
        m_scheduler->close();
    m_scheduler.reset();
    m_executor.reset();
    m_service.reset();
}

Status RunController::submit(RunId run)
{
    RunService *service = m_service.get();
    Viewer *viewer = m_viewer.get();
    return m_scheduler->submit(
        run,
        [service, viewer, run](StopFlag &stop) -> Status {
            auto outcome = service->execute(run, stop, viewer);
            return outcome.ok() ? Status() : Status(outcome.error());
        },
        [this](RunId, const Status &status) { // on the worker
            const QString problem = status.ok() ? QString() : QString::fromStdString(status.error().message);
            QMetaObject::invokeMethod(
                this,
                [this, problem] {
                    m_session.notifyChanged();
                    if (!problem.isEmpty())
                        Q_EMIT failed(problem);
                },
                Qt::QueuedConnection);
        });
}

void RunController::start(const RunOptions &options, const std::vector<std::int64_t> &seeds, RunId parent)
{
    for (const std::int64_t seed : seeds) {
        RunOptions own = options;
        own.seed = seed;
        if (seeds.size() > 1)
            own.name += "-s" + std::to_string(seed);
        auto run = m_service->create(own, {.command = "winnow run", .parent = parent, .project = {}, .tags = {}, .note = {}});
        if (!run.ok()) {
            Q_EMIT failed(QString::fromStdString(run.error().message));
            return;
        }
        if (const Status status = submit(run.value()); !status.ok()) {
            Q_EMIT failed(QString::fromStdString(status.error().message));
            return;
        }
        Q_EMIT started(run.value());
    }
    m_session.notifyChanged();
}

void RunController::pause(RunId run)
{
    if (const Status status = m_executor->pause(run); !status.ok())
        Q_EMIT failed(QString::fromStdString(status.error().message));
}

void RunController::resume(RunId run, RunState state)
{
    Status status;
    if (m_executor->isActive(run)) {
        status = m_executor->resume(run);
    } else if (runIsResumable(state)) {
        status = m_service->requeue(run);
        if (status.ok())
            status = submit(run);
    } else {
        status = Error{"This run is held by another program. Resume it there."};
    }
    if (!status.ok())
        Q_EMIT failed(QString::fromStdString(status.error().message));
    m_session.notifyChanged();
}

void RunController::stop(RunId run)
{
    auto waiting = m_scheduler->cancel(run);
    if (!waiting.ok()) {
        Q_EMIT failed(QString::fromStdString(waiting.error().message));
        return;
    }
    if (waiting.value())
        if (const Status status = m_service->cancelQueued(run); !status.ok())
            Q_EMIT failed(QString::fromStdString(status.error().message));
    m_session.notifyChanged();
}

bool RunController::hasActiveRun() const
{
    return m_scheduler && static_cast<bool>(m_scheduler->active());
}

bool RunController::drives(RunId run) const
{
    return m_executor && m_executor->isActive(run);
}

} // namespace winnow::ui
