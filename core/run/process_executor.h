#pragma once

#include "core/run/detached_process.h"
#include "core/run/run_executor.h"
#include "core/store/run_store.h"
#include "core/store/store_writer.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace winnow {

/// Carries each run out in a program of its own, which outlives this one: `winnow resume RUN`. Pause, resume and stop go
/// through the store (RunStore::setRequest), as from every other program. Any thread; the callbacks come on the thread
/// that watches the processes. The destructor lets them go on.
class WINNOW_CORE_API ProcessExecutor : public RunExecutor {
public:
    /// The command that carries a queued run out.
    using Command = std::function<Result<DetachedCommand>(RunId run)>;
    /// `writer` must outlive it.
    ProcessExecutor(StoreWriter &writer, Command command);
    ~ProcessExecutor() override;

    Status start(RunId run, RunEnded ended) override;
    Status pause(RunId run) override { return ask(run, RunRequest::Pause); }
    Status resume(RunId run) override { return ask(run, RunRequest::Resume); }
    Status stop(RunId run) override { return ask(run, RunRequest::Stop); }
    Status discard(RunId run) override { return ask(run, RunRequest::Discard); }
    bool isActive(RunId run) const override;
    void wait(RunId run) override;
    bool endsWithProgram() const override { return false; }

private:
    struct Child {
        std::int64_t pid = 0;
        std::string logFile;
        RunEnded ended;
    };
    Status ask(RunId run, RunRequest request);
    void watch();
    /// What became of the run whose process has ended; an error when that was not as it should be.
    Status settle(RunId run, const Child &child, int waitStatus);

    StoreWriter &m_writer;
    const Command m_command;
    mutable std::mutex m_mutex; ///< guards the three below
    std::condition_variable m_changed;
    std::map<RunId, Child> m_children;
    bool m_closing = false;
    std::thread m_watcher;
};

} // namespace winnow
