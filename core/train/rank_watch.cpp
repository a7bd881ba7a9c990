#include "core/train/rank_watch.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace winnow
{
namespace
{

using namespace std::chrono_literals;

constexpr auto lookEvery = 500ms;
constexpr int silentTooLong = 60; ///< looks: a machine that vanished closes no connection
constexpr int silentAfterBrokenLink = 4;
constexpr int unheardTooLong = 10; ///< looks after a loss until the process is ended
constexpr const char *lossKey = "loss";

std::string beatKey(std::size_t rank)
{
    return "beat/" + std::to_string(rank);
}

} // namespace

RankWatch::RankWatch(c10::intrusive_ptr<c10d::Store> store, RankPlace place, std::vector<std::string> names)
    : m_store(std::move(store)),
      m_place(std::move(place)),
      m_names(std::move(names)),
      m_beats(m_names.size(), -1),
      m_silent(m_names.size(), 0),
      m_thread([this] { watch(); })
{
}

RankWatch::~RankWatch()
{
    {
        std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

std::string RankWatch::nameOf(int rank) const
{
    return "Rank " + std::to_string(rank) + " (" + m_names[static_cast<std::size_t>(rank)] + ")";
}

std::string RankWatch::loss()
{
    std::lock_guard lock(m_mutex);
    m_heard = m_heard || !m_loss.empty();
    return m_loss;
}

std::string RankWatch::lossBehindBrokenConnection()
{
    std::unique_lock lock(m_mutex);
    m_hurry = true;
    m_changed.wait_for(lock, lookEvery * (2 * silentAfterBrokenLink), [this] { return !m_loss.empty(); });
    m_heard = m_heard || !m_loss.empty();
    return m_loss;
}

void RankWatch::tellFailure(const std::string &reason)
{
    try {
        settle(nameOf(m_place.rank) + " ended: " + reason);
    } catch (const std::exception &) {
        // Rank 0, which serves the store, is gone already; nobody is left to be told.
    }
}

/// The first sentence that any rank puts into the store is everybody's.
std::string RankWatch::settle(const std::string &sentence)
{
    m_store->compareSet(lossKey, std::string(), sentence);
    return m_store->get_to_str(lossKey);
}

void RankWatch::watch()
{
    int unheard = 0;
    std::unique_lock lock(m_mutex);
    while (!m_changed.wait_for(lock, lookEvery, [this] { return m_ending; })) {
        if (m_loss.empty()) {
            lock.unlock();
            std::string found = look();
            lock.lock();
            m_loss = std::move(found);
            m_changed.notify_all();
        } else if (!m_heard && ++unheard > unheardTooLong) {
            std::fprintf(stderr, "error: %s This process (rank %d) ends with it.\n", m_loss.c_str(), m_place.rank);
            std::fflush(stderr);
            std::_Exit(1);
        }
    }
}

std::string RankWatch::look()
{
    try {
        m_store->add(beatKey(static_cast<std::size_t>(m_place.rank)), 1);
        if (m_store->check({lossKey}))
            return m_store->get_to_str(lossKey);
        if (const std::string seen = m_place.lostProcess ? m_place.lostProcess() : std::string(); !seen.empty())
            return settle(seen);
        const std::string silent = silentRank();
        return silent.empty() ? silent : settle(silent);
    } catch (const std::exception &) {
        if (m_place.servedByAgent)
            return "The launcher at " + m_place.address + ":" + std::to_string(m_place.port) + " is gone.";
        return nameOf(0) + " ended, and with it the run.";
    }
}

std::string RankWatch::silentRank()
{
    bool hurry = false;
    {
        std::lock_guard lock(m_mutex);
        hurry = m_hurry;
    }
    for (std::size_t rank = 0; rank < m_names.size(); ++rank) {
        if (static_cast<int>(rank) == m_place.rank)
            continue;
        const std::int64_t beats = m_store->add(beatKey(rank), 0);
        m_silent[rank] = beats == m_beats[rank] ? m_silent[rank] + 1 : 0;
        m_beats[rank] = beats;
        if (m_silent[rank] > (hurry ? silentAfterBrokenLink : silentTooLong))
            return nameOf(static_cast<int>(rank)) + " ended or does not answer any more.";
    }
    return {};
}

} // namespace winnow
