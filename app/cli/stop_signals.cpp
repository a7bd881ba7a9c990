#include "app/cli/stop_signals.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <iostream>

namespace winnow::cli
{

namespace
{

sigset_t stopSet()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

constexpr int stoppedTwice = 130;

} // namespace

StopSignals::StopSignals(StopFlag &stop) : m_stop(stop)
{
    const sigset_t set = stopSet();
    m_signals = signalfd(-1, &set, SFD_CLOEXEC);
    m_end = eventfd(0, EFD_CLOEXEC);
    if (m_signals < 0 || m_end < 0)
        return; // no descriptors left: signals keep their default, which ends the process; the store outlives that
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    m_thread = std::thread([this] { listen(); });
}

StopSignals::~StopSignals()
{
    if (m_thread.joinable()) {
        const std::uint64_t one = 1;
        if (write(m_end, &one, sizeof one) == sizeof one)
            m_thread.join();
        else
            m_thread.detach(); // cannot happen with a fresh eventfd; better than waiting for ever
        const sigset_t set = stopSet();
        pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
    }
    if (m_signals >= 0)
        close(m_signals);
    if (m_end >= 0)
        close(m_end);
}

void StopSignals::listen()
{
    bool asked = false;
    for (;;) {
        pollfd watched[] = {{m_signals, POLLIN, 0}, {m_end, POLLIN, 0}};
        if (poll(watched, 2, -1) < 0)
            continue; // interrupted
        if (watched[1].revents)
            return;
        signalfd_siginfo info{};
        if (!watched[0].revents || read(m_signals, &info, sizeof info) != sizeof info)
            continue;
        if (asked) {
            std::cerr << "\nEnded at once; the work since the last checkpoint is done again by winnow resume.\n";
            _exit(stoppedTwice);
        }
        asked = true;
        std::cerr << "\nStopping at the next step with a checkpoint; once more ends at once.\n";
        m_stop.requestStop();
    }
}

} // namespace winnow::cli
