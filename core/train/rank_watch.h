#pragma once

#include "core/run/rank_place.h"

#include <torch/csrc/distributed/c10d/Store.hpp>

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace winnow
{

/// Finds out which of the ranks that train together is lost, and tells all others the same sentence. A thread of its
/// own counts up this rank's beat in the shared store twice a second and looks at the beats of the others, at what a
/// rank said when it failed, and at what the launcher saw. Silence is counted in looks, not seconds, so that a stopped
/// terminal or a sleeping machine kills nobody.
///
/// A loss that the run's thread does not come to hear of (it computes, or waits for something else) ends the process.
class RankWatch
{
public:
    /// `store`: a connection that nothing else waits on; `names` of all ranks, as "process 7 on pc".
    RankWatch(c10::intrusive_ptr<c10d::Store> store, RankPlace place, std::vector<std::string> names);
    ~RankWatch();
    RankWatch(const RankWatch &) = delete;
    RankWatch &operator=(const RankWatch &) = delete;

    /// The sentence about the rank that was lost first; empty while all are well. Any thread.
    std::string loss();
    /// A connection broke: whoever is silent now is lost. Waits for the sentence; empty if nobody is found.
    std::string lossBehindBrokenConnection();
    /// Tells the others why this rank ends. Best effort: they will also notice by themselves.
    void tellFailure(const std::string &reason);

private:
    void watch();
    std::string look();
    std::string silentRank();
    std::string settle(const std::string &sentence);
    std::string nameOf(int rank) const;

    c10::intrusive_ptr<c10d::Store> m_store;
    const RankPlace m_place;
    const std::vector<std::string> m_names;
    std::vector<std::int64_t> m_beats; ///< last seen of each rank; the watch's thread only
    std::vector<int> m_silent; ///< looks without a new beat
    std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_changed;
    std::string m_loss;
    bool m_heard = false; ///< the run's thread knows of the loss
    bool m_hurry = false; ///< a connection broke
    bool m_ending = false;
    std::thread m_thread; ///< last: starts when everything else exists
};

} // namespace winnow
