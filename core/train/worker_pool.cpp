#include "core/train/worker_pool.h"

#include <ATen/Parallel.h>

namespace winnow {

WorkerPool::WorkerPool(int workers, int intraOpThreads)
    : m_workers(workers), m_intraOpThreads(intraOpThreads), m_errors(static_cast<std::size_t>(workers))
{
    at::set_num_threads(workers * intraOpThreads); // the caller's: between the rounds it has all cores to itself
    if (workers > 1) {
        for (int i = 0; i < workers; ++i)
            m_threads.emplace_back([this, i] { loop(i); });
    }
}

WorkerPool::~WorkerPool()
{
    {
        std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_start.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
}

void WorkerPool::run(const std::function<void(int)> &job)
{
    if (m_threads.empty()) {
        job(0);
        return;
    }
    std::unique_lock lock(m_mutex);
    m_job = &job;
    m_running = m_workers;
    ++m_round;
    m_start.notify_all();
    m_done.wait(lock, [this] { return m_running == 0; });
    m_job = nullptr;
    for (std::exception_ptr &error : m_errors) {
        if (error) {
            const std::exception_ptr first = error;
            for (std::exception_ptr &other : m_errors)
                other = nullptr;
            std::rethrow_exception(first);
        }
    }
}

void WorkerPool::loop(int worker)
{
    at::set_num_threads(m_intraOpThreads); // OpenMP's count belongs to the calling thread
    std::uint64_t seen = 0;
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_start.wait(lock, [&] { return m_ending || m_round != seen; });
        if (m_ending)
            return;
        seen = m_round;
        const std::function<void(int)> &job = *m_job;
        lock.unlock();
        std::exception_ptr error;
        try {
            job(worker);
        } catch (...) {
            error = std::current_exception();
        }
        lock.lock();
        m_errors[static_cast<std::size_t>(worker)] = error;
        if (--m_running == 0)
            m_done.notify_one();
    }
}

} // namespace winnow
