#include "core/run/run_hold.h"

#include "core/base/log.h"
#include "core/store/run_store.h"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace winnow {

namespace {

using namespace std::chrono_literals;

constexpr auto lookEvery = 200ms;
constexpr auto beatEvery = 15s;

} // namespace

RunHold::RunHold(StoreWriter &writer, RunId run, StopFlag &stop, std::function<void()> tick) :
    m_writer(writer), m_run(run), m_stop(stop), m_tick(std::move(tick)), m_thread([this] { work(); })
{
}

RunHold::~RunHold()
{
    {
        std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_ended.notify_all();
    m_thread.join();
}

void RunHold::beat()
{
    m_writer.post([run = m_run](Database &db) { return RunStore(db).heartbeat(run); });
}

void RunHold::look(Database &database)
{
    RunStore runs(database);
    // An error says nothing about the run (a store that cannot be read now): the next look will tell.
    const auto here = runs.heldHere(m_run);
    if (here.ok() && !*here) {
        if (!m_lost.exchange(true, std::memory_order_acq_rel))
            logError("Run " + std::to_string(m_run.value) + " was taken over by another program; it ends here.");
        m_stop.requestStop();
        return;
    }
    const auto request = runs.request(m_run);
    if (!request.ok() || *request == RunRequest::None)
        return;
    switch (*request) {
    case RunRequest::Pause: m_stop.requestPause(); break;
    case RunRequest::Resume: m_stop.requestResume(); break;
    case RunRequest::Stop: m_stop.requestStop(); break;
    case RunRequest::Discard: m_stop.requestDiscard(); break;
    case RunRequest::None: break;
    }
    // Waits for the store, so the same request is not followed twice.
    (void)m_writer.execute([run = m_run, followed = *request](Database &db) {
        return RunStore(db).clearRequest(run, followed);
    }).ok(); // not cleared: followed again at the next look, which does no harm
}

void RunHold::work()
{
    std::optional<Database> database;
    auto beaten = std::chrono::steady_clock::now();
    std::unique_lock lock(m_mutex);
    while (!m_ended.wait_for(lock, lookEvery, [this] { return m_ending; })) {
        lock.unlock();
        if (!database)
            if (auto opened = Database::open(m_writer.path()); opened.ok())
                database.emplace(std::move(opened).value());
        if (database && !lost())
            look(*database);
        if (m_tick)
            m_tick();
        if (const auto now = std::chrono::steady_clock::now(); now - beaten >= beatEvery && !lost()) {
            beaten = now;
            beat();
        }
        lock.lock();
    }
}

} // namespace winnow
