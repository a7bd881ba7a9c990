#pragma once

#include "core/base/stop_flag.h"

#include <thread>

namespace winnow::cli
{

/// While it lives, the first SIGINT or SIGTERM asks `stop` to end the work at its next step boundary, and the second
/// one ends the process at once with status 130. Make it before any other thread starts: threads inherit the mask that
/// keeps the signals for this object's own thread, so nothing but plain code runs on a signal.
class StopSignals
{
public:
    explicit StopSignals(StopFlag &stop);
    ~StopSignals();
    StopSignals(const StopSignals &) = delete;
    StopSignals &operator=(const StopSignals &) = delete;

private:
    void listen();

    StopFlag &m_stop;
    int m_signals = -1; ///< signalfd
    int m_end = -1; ///< eventfd that ends the thread
    std::thread m_thread;
};

} // namespace winnow::cli
