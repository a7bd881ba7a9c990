#pragma once

#include "core/base/export.h"
#include "core/run/run_executor.h"

#include <deque>
#include <mutex>
#include <vector>

namespace winnow {

/// Carries out one run at a time in the order of submit(), each by its own executor; the others wait. Any thread. close()
/// (or the destructor) drops what waits, so that no run starts afterwards. It must outlive the executors' callbacks: after
/// close() destroy the executors first.
class WINNOW_CORE_API RunScheduler {
public:
    RunScheduler() = default;
    ~RunScheduler() { close(); }

    Status submit(RunId run, RunExecutor &executor, RunEnded ended = {});
    /// Takes a waiting run out of the queue, or asks the active one to stop, with a checkpoint or discarding what came since
    /// the last one. Returns true when it was still waiting.
    Result<bool> cancel(RunId run, bool discard = false);
    std::vector<RunId> waiting() const;
    RunId active() const; ///< 0: none
    /// Starts nothing any more; returns what was waiting.
    std::vector<RunId> drop();
    /// The same, and asks the active run to stop and waits for it where it would end with this program.
    void close();

private:
    struct Entry {
        RunId run;
        RunExecutor *executor = nullptr;
        RunEnded ended;
    };
    void startNext();

    mutable std::mutex m_mutex; ///< guards the rest
    std::deque<Entry> m_queue;
    RunId m_active;
    RunExecutor *m_activeExecutor = nullptr;
    bool m_closed = false;
};

} // namespace winnow
