#include "core/store/process_mark.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

namespace winnow {

namespace {

std::string hostName()
{
    std::array<char, 256> name{};
    return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

/// "<boot id>/<pid namespace>/"
std::string machineMark()
{
    std::string boot;
    std::getline(std::ifstream("/proc/sys/kernel/random/boot_id"), boot);
    std::error_code ec;
    const std::filesystem::path space = std::filesystem::read_symlink("/proc/self/ns/pid", ec);
    return boot + "/" + (ec ? std::string() : space.string()) + "/";
}

/// Field 22 of /proc/<pid>/stat: start of the process in ticks since the machine started. Empty: there is none, or it has
/// ended and only waits for its parent.
std::string startTicks(std::int64_t pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const std::size_t nameEnd = text.rfind(')'); // the name in brackets may hold anything
    if (nameEnd == std::string::npos)
        return {};
    std::istringstream rest(text.substr(nameEnd + 1));
    const std::vector<std::string> fields{std::istream_iterator<std::string>(rest), {}};
    constexpr std::size_t state = 0, start = 19; // counted from field 3
    if (fields.size() <= start || fields[state] == "Z" || fields[state] == "X")
        return {};
    return fields[start];
}

} // namespace

ProcessMark ProcessMark::own()
{
    const std::int64_t pid = getpid();
    return {pid, hostName(), machineMark() + startTicks(pid)};
}

ProcessLife lifeOf(const ProcessMark &process)
{
    if (process.host != hostName())
        return ProcessLife::Unknown;
    if (process.mark.empty()) { // written by an older Winnow
        const bool there = process.pid > 0 && (kill(static_cast<pid_t>(process.pid), 0) == 0 || errno == EPERM);
        return there ? ProcessLife::Unknown : ProcessLife::Dead;
    }
    const std::string machine = machineMark();
    if (process.mark.substr(0, process.mark.find('/')) != machine.substr(0, machine.find('/')))
        return ProcessLife::Dead; // the machine was started anew
    if (process.mark.rfind(machine, 0) != 0)
        return ProcessLife::Unknown; // another container
    return process.mark == machine + startTicks(process.pid) ? ProcessLife::Alive : ProcessLife::Dead;
}

} // namespace winnow
