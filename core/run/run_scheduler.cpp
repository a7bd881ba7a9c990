#include "core/run/run_scheduler.h"

#include <algorithm>
#include <string>
#include <utility>

namespace winnow {

Status RunScheduler::submit(RunId run, RunExecutor &executor, RunEnded ended)
{
    {
        std::lock_guard lock(m_mutex);
        const bool known = m_active == run
            || std::any_of(m_queue.begin(), m_queue.end(), [&](const Entry &e) { return e.run == run; });
        if (known)
            return Error{"Run " + std::to_string(run.value) + " is already waiting or at work."};
        if (m_closed)
            return Error{"Run " + std::to_string(run.value) + " cannot start: the program is closing."};
        m_queue.push_back({run, &executor, std::move(ended)});
    }
    startNext();
    return {};
}

void RunScheduler::startNext()
{
    for (;;) {
        Entry next;
        {
            std::lock_guard lock(m_mutex);
            if (m_closed || m_active || m_queue.empty())
                return;
            next = std::move(m_queue.front());
            m_queue.pop_front();
            m_active = next.run;
            m_activeExecutor = next.executor;
        }
        const Status started =
            next.executor->start(next.run, [this, ended = next.ended](RunId run, const Status &status) {
                if (ended)
                    ended(run, status);
                {
                    std::lock_guard lock(m_mutex);
                    m_active = {};
                }
                startNext();
            });
        if (started.ok())
            return;
        {
            std::lock_guard lock(m_mutex);
            m_active = {};
        }
        if (next.ended)
            next.ended(next.run, started);
    }
}

Result<bool> RunScheduler::cancel(RunId run, bool discard)
{
    RunExecutor *executor = nullptr;
    {
        std::lock_guard lock(m_mutex);
        const auto place = std::find_if(m_queue.begin(), m_queue.end(), [&](const Entry &e) { return e.run == run; });
        if (place != m_queue.end()) {
            m_queue.erase(place);
            return true;
        }
        if (m_active == run)
            executor = m_activeExecutor;
    }
    if (!executor)
        return Error{"Run " + std::to_string(run.value) + " is not at work in this program."};
    WINNOW_TRY(discard ? executor->discard(run) : executor->stop(run));
    return false;
}

std::vector<RunId> RunScheduler::waiting() const
{
    std::lock_guard lock(m_mutex);
    std::vector<RunId> runs;
    for (const Entry &entry : m_queue)
        runs.push_back(entry.run);
    return runs;
}

RunId RunScheduler::active() const
{
    std::lock_guard lock(m_mutex);
    return m_active;
}

std::vector<RunId> RunScheduler::drop()
{
    std::lock_guard lock(m_mutex);
    m_closed = true;
    std::vector<RunId> runs;
    for (const Entry &entry : m_queue)
        runs.push_back(entry.run);
    m_queue.clear();
    return runs;
}

void RunScheduler::close()
{
    drop();
    RunId active;
    RunExecutor *executor = nullptr;
    {
        std::lock_guard lock(m_mutex);
        active = m_active;
        // Asked once: the executor may be gone when the destructor comes.
        executor = std::exchange(m_activeExecutor, nullptr);
    }
    if (!active || !executor || !executor->endsWithProgram())
        return;
    (void)executor->stop(active).ok(); // it may have ended meanwhile, which is as good
    executor->wait(active);
}

} // namespace winnow
