#include "core/run/thread_executor.h"

#include "core/base/log.h"

#include <exception>
#include <string>
#include <vector>

namespace winnow {

namespace {

Status runCatching(const RunWork &work, RunId run, StopFlag &stop)
{
    try {
        return work(run, stop);
    } catch (const std::exception &e) {
        return Error{std::string("The run ended by an unexpected fault: ") + e.what() + "."};
    } catch (...) {
        return Error{"The run ended by an unexpected fault of unknown kind."};
    }
}

Error notActive(RunId run)
{
    return Error{"Run " + std::to_string(run.value) + " is not at work in this program."};
}

} // namespace

ThreadExecutor::~ThreadExecutor()
{
    std::vector<std::shared_ptr<Worker>> workers;
    {
        std::lock_guard lock(m_mutex);
        for (auto &[run, worker] : m_workers)
            workers.push_back(worker);
    }
    for (const auto &worker : workers)
        worker->stop.requestStop();
    for (const auto &worker : workers)
        worker->thread.join();
}

std::shared_ptr<ThreadExecutor::Worker> ThreadExecutor::active(RunId run) const
{
    std::lock_guard lock(m_mutex);
    const auto place = m_workers.find(run);
    return place == m_workers.end() || place->second->done ? nullptr : place->second;
}

void ThreadExecutor::joinFinished()
{
    for (auto it = m_workers.begin(); it != m_workers.end();) {
        // Never the calling thread itself: a job's end may start the next one.
        if (it->second->done && it->second->thread.get_id() != std::this_thread::get_id()) {
            it->second->thread.join();
            it = m_workers.erase(it);
        } else {
            ++it;
        }
    }
}

Status ThreadExecutor::start(RunId run, RunEnded ended)
{
    std::lock_guard lock(m_mutex);
    joinFinished();
    if (m_workers.count(run) != 0)
        return Error{"Run " + std::to_string(run.value) + " is already at work."};
    auto worker = std::make_shared<Worker>();
    m_workers[run] = worker;
    worker->thread = std::thread([this, run, worker, ended = std::move(ended)] {
        const Status status = runCatching(m_work, run, worker->stop);
        if (!status.ok())
            logError("Run " + std::to_string(run.value) + ": " + status.error().message);
        if (ended)
            ended(run, status);
        std::lock_guard done(m_mutex);
        worker->done = true;
        m_changed.notify_all();
    });
    return {};
}

Status ThreadExecutor::pause(RunId run)
{
    const auto worker = active(run);
    if (!worker)
        return notActive(run);
    worker->stop.requestPause();
    return {};
}

Status ThreadExecutor::resume(RunId run)
{
    const auto worker = active(run);
    if (!worker)
        return notActive(run);
    worker->stop.requestResume();
    return {};
}

Status ThreadExecutor::stop(RunId run)
{
    const auto worker = active(run);
    if (!worker)
        return notActive(run);
    worker->stop.requestStop();
    return {};
}

Status ThreadExecutor::discard(RunId run)
{
    const auto worker = active(run);
    if (!worker)
        return notActive(run);
    worker->stop.requestDiscard();
    return {};
}

bool ThreadExecutor::isActive(RunId run) const
{
    return active(run) != nullptr;
}

void ThreadExecutor::wait(RunId run)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] {
        const auto place = m_workers.find(run);
        return place == m_workers.end() || place->second->done;
    });
}

} // namespace winnow
