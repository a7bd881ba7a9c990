#pragma once

#include "core/base/export.h"
#include "core/run/run_executor.h"

#include <deque>
#include <mutex>
#include <vector>

namespace winnow {

/// Carries out one run at a time in the order of submit(); the others wait. Any thread. `executor` must outlive it;
/// close() (or the destructor) drops what waits, so that no run starts afterwards.
class WINNOW_CORE_API RunScheduler {
public:
    explicit RunScheduler(RunExecutor &executor) : m_executor(executor) {}
    ~RunScheduler() { close(); }

    Status submit(RunId run, RunJob job, RunEnded ended = {});
    /// Takes a waiting run out of the queue, or asks the active one to stop. Returns true when it was still waiting.
    Result<bool> cancel(RunId run);
    std::vector<RunId> waiting() const;
    RunId active() const; ///< 0: none
    /// Drops the queue, asks the active run to stop and waits for it.
    void close();

private:
    struct Entry {
        RunId run;
        RunJob job;
        RunEnded ended;
    };
    void startNext();

    RunExecutor &m_executor;
    mutable std::mutex m_mutex; ///< guards the rest
    std::deque<Entry> m_queue;
    RunId m_active;
    bool m_closed = false;
};

} // namespace winnow
