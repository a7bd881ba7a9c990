#include "ui/support/termination_signals.h"

#include <QSocketNotifier>

#include <sys/eventfd.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>

namespace winnow::ui {

namespace {

// A handler may touch little more than a descriptor.
volatile sig_atomic_t wakeDescriptor = -1;

constexpr int watched[] = {SIGTERM, SIGINT, SIGHUP};

void wake(int)
{
    const std::uint64_t one = 1;
    // Cannot fail but for an overflow, which means that it is awake already.
    [[maybe_unused]] const ssize_t written = write(wakeDescriptor, &one, sizeof one);
}

} // namespace

TerminationSignals::TerminationSignals(QObject *parent) : QObject(parent)
{
    wakeDescriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (wakeDescriptor < 0)
        return; // no descriptors left: the signals end the process at once, which the store survives
    m_notifier = new QSocketNotifier(wakeDescriptor, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        std::uint64_t count = 0;
        if (read(wakeDescriptor, &count, sizeof count) == sizeof count)
            Q_EMIT asked();
    });
    struct sigaction action{};
    action.sa_handler = wake;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (const int number : watched)
        sigaction(number, &action, nullptr);
}

TerminationSignals::~TerminationSignals()
{
    for (const int number : watched)
        signal(number, SIG_DFL);
    if (wakeDescriptor >= 0)
        close(wakeDescriptor);
    wakeDescriptor = -1;
}

} // namespace winnow::ui
