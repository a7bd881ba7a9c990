#pragma once

#include "core/run/rank_place.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace winnow
{

/// Starts ranks 1 to N - 1 of a run as processes of this machine, with torchrun's environment variables, and watches
/// them; the calling process is rank 0. Make it after the signals of the process are set up, and let it outlive the
/// run.
class WINNOW_CORE_API RankLauncher
{
public:
    /// `command` is what a rank runs, the program's path first. Its standard output is joined to standard error.
    static Result<std::unique_ptr<RankLauncher>> start(int processes, const std::vector<std::string> &command);
    /// Gives the others a few seconds to end, then ends them.
    ~RankLauncher();
    RankLauncher(const RankLauncher &) = delete;
    RankLauncher &operator=(const RankLauncher &) = delete;

    /// Of rank 0. What it holds refers to this object.
    RankPlace place();
    /// The first process that has failed, as a sentence; empty while none has. Any thread.
    std::string lostProcess() const;

private:
    struct Child {
        int rank = 0;
        int pid = 0;
        bool ended = false;
    };
    RankLauncher() = default;
    Status listen();
    Status spawn(int rank, int processes, const std::vector<std::string> &command);
    void watch();
    bool reap();

    int m_socket = -1;
    int m_port = 0;
    mutable std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_changed;
    std::vector<Child> m_children;
    std::string m_lost;
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace winnow
