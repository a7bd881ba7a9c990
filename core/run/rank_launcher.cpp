#include "core/run/rank_launcher.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstring>
#include <iostream>

extern char **environ;

namespace winnow
{

namespace
{

using namespace std::chrono_literals;

constexpr auto lookEvery = 100ms;
constexpr int looksUntilKilled = 50; ///< after rank 0 is done: five seconds

/// The environment of this process with torchrun's variables for one rank.
std::vector<std::string> environmentOf(int rank, int processes, int port)
{
    const std::vector<std::string> ours{"RANK=" + std::to_string(rank),
                                        "LOCAL_RANK=" + std::to_string(rank),
                                        "WORLD_SIZE=" + std::to_string(processes),
                                        "LOCAL_WORLD_SIZE=" + std::to_string(processes),
                                        "MASTER_ADDR=127.0.0.1",
                                        "MASTER_PORT=" + std::to_string(port)};
    std::vector<std::string> all = ours;
    for (char **entry = environ; *entry; ++entry) {
        const std::string text = *entry;
        const std::string name = text.substr(0, text.find('=') + 1);
        const bool replaced =
            std::any_of(ours.begin(), ours.end(), [&](const std::string &own) { return own.rfind(name, 0) == 0; });
        if (!replaced && name.rfind("TORCHELASTIC_", 0) != 0)
            all.push_back(text);
    }
    return all;
}

std::vector<char *> pointers(const std::vector<std::string> &texts)
{
    std::vector<char *> out;
    for (const std::string &text : texts)
        out.push_back(const_cast<char *>(text.c_str()));
    out.push_back(nullptr);
    return out;
}

std::string endText(int rank, int pid, int state)
{
    std::string text = "Rank " + std::to_string(rank) + " (process " + std::to_string(pid) + ") ";
    if (WIFSIGNALED(state))
        return text + "was ended by signal " + std::to_string(WTERMSIG(state)) + ".";
    return text + "ended with status " + std::to_string(WEXITSTATUS(state)) + "; see its message on standard error.";
}

} // namespace

Result<std::unique_ptr<RankLauncher>> RankLauncher::start(int processes, const std::vector<std::string> &command)
{
    std::unique_ptr<RankLauncher> launcher(new RankLauncher());
    WINNOW_TRY(launcher->listen());
    for (int rank = 1; rank < processes; ++rank)
        WINNOW_TRY(launcher->spawn(rank, processes, command));
    launcher->m_thread = std::thread([own = launcher.get()] { own->watch(); });
    return launcher;
}

/// A socket of our own: no other program can take the port before rank 0 serves it.
Status RankLauncher::listen()
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (m_socket < 0 || ::bind(m_socket, reinterpret_cast<const sockaddr *>(&address), size) != 0
        || ::listen(m_socket, SOMAXCONN) != 0
        || ::getsockname(m_socket, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        return Error{std::string("The processes cannot be joined on this machine: ") + std::strerror(errno) + "."};
    m_port = ntohs(address.sin_port);
    return {};
}

Status RankLauncher::spawn(int rank, int processes, const std::vector<std::string> &command)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    // In a process group of its own: the terminal's interrupt goes to rank 0, which stops them all at the same step.
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, STDERR_FILENO, STDOUT_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    const std::vector<std::string> environment = environmentOf(rank, processes, m_port);
    pid_t pid = 0;
    const int error = posix_spawn(&pid, command.front().c_str(), &files, &attributes, pointers(command).data(),
                                  pointers(environment).data());
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    if (error != 0)
        return Error{"Rank " + std::to_string(rank) + " cannot be started: " + std::strerror(error) + "."};
    m_children.push_back({rank, pid, false});
    std::cerr << "Rank " << rank << " is process " << pid << ".\n";
    return {};
}

RankLauncher::~RankLauncher()
{
    {
        std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable()) {
        m_thread.join();
    } else { // not all could be started
        for (const Child &child : m_children) {
            ::kill(child.pid, SIGKILL);
            ::waitpid(child.pid, nullptr, 0);
        }
    }
    if (m_socket >= 0)
        ::close(m_socket);
}

RankPlace RankLauncher::place()
{
    RankPlace place;
    place.size = place.onThisMachine = static_cast<int>(m_children.size()) + 1;
    place.port = m_port;
    place.listenSocket = ::fcntl(m_socket, F_DUPFD_CLOEXEC, 0); // whoever serves at it closes it
    place.lostProcess = [this] { return lostProcess(); };
    return place;
}

std::string RankLauncher::lostProcess() const
{
    std::lock_guard lock(m_mutex);
    return m_lost;
}

/// Takes note of children that have ended; true when none is left. With the mutex held.
bool RankLauncher::reap()
{
    bool left = false;
    for (Child &child : m_children) {
        int state = 0;
        if (!child.ended && ::waitpid(child.pid, &state, WNOHANG) == child.pid) {
            child.ended = true;
            if (state != 0 && m_lost.empty())
                m_lost = endText(child.rank, child.pid, state);
        }
        left = left || !child.ended;
    }
    return !left;
}

void RankLauncher::watch()
{
    int looks = 0;
    std::unique_lock lock(m_mutex);
    while (!reap() || !m_ending) {
        if (m_ending && ++looks > looksUntilKilled)
            for (const Child &child : m_children)
                if (!child.ended)
                    ::kill(child.pid, SIGKILL);
        const bool ending = m_ending;
        m_changed.wait_for(lock, lookEvery, [&] { return m_ending != ending; });
    }
}

} // namespace winnow
