#pragma once

#include "core/base/ids.h"
#include "core/base/stop_flag.h"
#include "core/store/store_writer.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace winnow {

/// The hold of this process on a run that it carries out: keeps the run's heartbeat, follows what other programs ask of it
/// through the store within a fifth of a second, and stops the run when another program has taken it over (a machine that
/// was asleep for minutes). Has a thread of its own, so all of this goes on while the run is paused.
class WINNOW_CORE_API RunHold {
public:
    /// `writer` and `stop` must outlive it. The run must be claimed already.
    RunHold(StoreWriter &writer, RunId run, StopFlag &stop, std::function<void()> tick = {});
    ~RunHold();
    RunHold(const RunHold &) = delete;
    RunHold &operator=(const RunHold &) = delete;

    /// Another program holds the run now: nothing more of it may be written.
    bool lost() const { return m_lost.load(std::memory_order_acquire); }

private:
    void work();
    void look(Database &database);
    void beat();

    StoreWriter &m_writer;
    const RunId m_run;
    StopFlag &m_stop;
    const std::function<void()> m_tick; ///< called at every look, on this object's thread
    std::atomic<bool> m_lost{false};
    std::mutex m_mutex; ///< guards m_ending
    std::condition_variable m_ended;
    bool m_ending = false;
    std::thread m_thread; ///< last: starts when everything else exists
};

} // namespace winnow
