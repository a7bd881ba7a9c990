#include "tests/support/program.h"

#include "tests/core/store/store_folder.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <climits>
#include <csignal>
#include <stdexcept>
#include <thread>

namespace winnow::test
{

namespace
{

void redirect(const std::string &path, int descriptor)
{
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || dup2(file, descriptor) < 0)
        _exit(126);
    close(file);
}

} // namespace

std::string ProgramResult::lastLine() const
{
    const std::size_t end = out.find_last_not_of('\n');
    if (end == std::string::npos)
        return {};
    const std::size_t begin = out.rfind('\n', end);
    return out.substr(begin == std::string::npos ? 0 : begin + 1,
                      end - (begin == std::string::npos ? 0 : begin + 1) + 1);
}

Program::Program(const std::string &folder, const std::vector<std::string> &arguments,
                 const std::map<std::string, std::string> &environment)
{
    static std::atomic<int> counter{0}; // several programs of one test write side by side
    const std::string name = folder + "/program-" + std::to_string(counter++);
    m_out = name + ".out";
    m_err = name + ".err";
    std::vector<char *> argv;
    for (const std::string &argument : arguments)
        argv.push_back(const_cast<char *>(argument.c_str()));
    argv.push_back(nullptr);
    m_pid = fork();
    if (m_pid < 0)
        throw std::runtime_error("fork failed");
    if (m_pid > 0)
        return;
    for (const auto &[key, value] : environment)
        setenv(key.c_str(), value.c_str(), 1);
    redirect("/dev/null", STDIN_FILENO);
    redirect(m_out, STDOUT_FILENO);
    redirect(m_err, STDERR_FILENO);
    execv(argv.front(), argv.data());
    _exit(127);
}

Program::~Program()
{
    if (!ended()) {
        signal(SIGKILL);
        wait();
    }
}

void Program::signal(int number) const
{
    kill(m_pid, number);
}

std::string Program::errSoFar() const
{
    return readFile(m_err);
}

bool Program::ended()
{
    if (!m_ended)
        m_ended = waitpid(m_pid, &m_state, WNOHANG) == m_pid;
    return m_ended;
}

bool Program::waitForErr(const std::string &text)
{
    for (;;) {
        const bool last = ended(); // looked at before reading, so that nothing written at the end is missed
        if (errSoFar().find(text) != std::string::npos)
            return true;
        if (last)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

ProgramResult Program::wait()
{
    if (!m_ended)
        m_ended = waitpid(m_pid, &m_state, 0) == m_pid;
    ProgramResult result;
    result.status = WIFEXITED(m_state) ? WEXITSTATUS(m_state) : 128 + WTERMSIG(m_state);
    result.out = readFile(m_out);
    result.err = readFile(m_err);
    return result;
}

std::string winnowProgram()
{
    std::array<char, PATH_MAX> path{};
    const ssize_t length = readlink("/proc/self/exe", path.data(), path.size() - 1);
    const std::filesystem::path self(length > 0 ? path.data() : "");
    return (self.parent_path() / ".." / "bin" / "winnow").lexically_normal().string();
}

ProgramResult runWinnow(const std::string &folder, std::vector<std::string> arguments,
                        std::map<std::string, std::string> environment)
{
    arguments.insert(arguments.begin(), winnowProgram());
    environment.try_emplace("XDG_DATA_HOME", folder + "/xdg");
    return Program(folder, arguments, environment).wait();
}

} // namespace winnow::test
