#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace winnow {

/// How the outside asks a running job to pause, go on or end. Any thread may call the request functions;
/// the job reads the flag at its step boundary only, so a step is never cut in the middle.
class StopFlag {
public:
    enum class Request { Run, Pause, Stop };

    void requestPause() { set(Request::Pause); }
    void requestResume() { set(Request::Run); }
    void requestStop() { set(Request::Stop); }
    /// A stop that writes no checkpoint: what was computed since the last one is given up.
    void requestDiscard()
    {
        m_discard.store(true, std::memory_order_release);
        set(Request::Stop);
    }

    Request request() const { return m_request.load(std::memory_order_acquire); }
    bool stopRequested() const { return request() == Request::Stop; }
    bool discardRequested() const { return stopRequested() && m_discard.load(std::memory_order_acquire); }
    bool pauseRequested() const { return request() == Request::Pause; }

    /// Blocks while the request is Pause; returns what ended the wait (Run or Stop).
    Request waitWhilePaused()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return request() != Request::Pause; });
        return request();
    }

private:
    void set(Request request)
    {
        {
            std::lock_guard lock(m_mutex);
            if (m_request.load(std::memory_order_relaxed) == Request::Stop)
                return; // a stop is final
            m_request.store(request, std::memory_order_release);
        }
        m_changed.notify_all();
    }

    std::atomic<Request> m_request{Request::Run};
    std::atomic<bool> m_discard{false};
    std::mutex m_mutex;
    std::condition_variable m_changed;
};

} // namespace winnow
