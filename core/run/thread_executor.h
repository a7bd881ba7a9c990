#pragma once

#include "core/base/export.h"
#include "core/run/run_executor.h"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace winnow {

/// One worker thread of this process a run. An exception that leaves the work becomes the run's error. The destructor asks all
/// runs to stop and waits for them.
class WINNOW_CORE_API ThreadExecutor : public RunExecutor {
public:
    explicit ThreadExecutor(RunWork work) : m_work(std::move(work)) {}
    ~ThreadExecutor() override;

    Status start(RunId run, RunEnded ended) override;
    Status pause(RunId run) override;
    Status resume(RunId run) override;
    Status stop(RunId run) override;
    Status discard(RunId run) override;
    bool isActive(RunId run) const override;
    void wait(RunId run) override;
    bool endsWithProgram() const override { return true; }

private:
    struct Worker {
        StopFlag stop;
        bool done = false; ///< guarded by m_mutex
        std::thread thread;
    };
    std::shared_ptr<Worker> active(RunId run) const;
    void joinFinished();

    const RunWork m_work;
    mutable std::mutex m_mutex; ///< guards the two below and Worker::done
    std::condition_variable m_changed;
    std::map<RunId, std::shared_ptr<Worker>> m_workers;
};

} // namespace winnow
