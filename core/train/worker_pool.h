#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace winnow {

/// Threads that each work on one micro-batch. At small sizes operators are too short to split, so one intra-op thread a
/// micro-batch and as many micro-batches as cores is fastest; results are combined in worker order, so sums do not
/// depend on timing. With one worker the caller's thread does the work.
class WorkerPool {
public:
    /// `intraOpThreads` of LibTorch for each worker; the calling thread, which works between the rounds, gets those of all.
    WorkerPool(int workers, int intraOpThreads);
    ~WorkerPool();
    WorkerPool(const WorkerPool &) = delete;
    WorkerPool &operator=(const WorkerPool &) = delete;

    int workers() const { return m_workers; }
    /// Runs job(0) .. job(workers-1), returns when all ended, and rethrows the first worker's exception.
    void run(const std::function<void(int)> &job);

private:
    void loop(int worker);

    int m_workers;
    int m_intraOpThreads;
    std::mutex m_mutex;
    std::condition_variable m_start, m_done;
    const std::function<void(int)> *m_job = nullptr;
    std::uint64_t m_round = 0;
    int m_running = 0;
    bool m_ending = false;
    std::vector<std::exception_ptr> m_errors;
    std::vector<std::thread> m_threads;
};

} // namespace winnow
