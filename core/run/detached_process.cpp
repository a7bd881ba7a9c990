#include "core/run/detached_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>

extern char **environ;

namespace winnow {

namespace fs = std::filesystem;

namespace {

/// The two arguments of posix_spawn that must be destroyed.
struct SpawnSettings {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;

    SpawnSettings()
    {
        posix_spawn_file_actions_init(&files);
        posix_spawnattr_init(&attributes);
    }
    ~SpawnSettings()
    {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }
    SpawnSettings(const SpawnSettings &) = delete;
    SpawnSettings &operator=(const SpawnSettings &) = delete;
};

int prepare(SpawnSettings &settings, const std::string &logFile)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    for (const int error :
         {posix_spawnattr_setsigmask(&settings.attributes, &none), posix_spawnattr_setsigdefault(&settings.attributes, &all),
          posix_spawnattr_setflags(&settings.attributes,
                                   POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF),
          posix_spawn_file_actions_addopen(&settings.files, STDIN_FILENO, "/dev/null", O_RDONLY, 0),
          posix_spawn_file_actions_addopen(&settings.files, STDOUT_FILENO, logFile.c_str(),
                                           O_WRONLY | O_CREAT | O_APPEND, 0644),
          posix_spawn_file_actions_adddup2(&settings.files, STDOUT_FILENO, STDERR_FILENO),
          posix_spawn_file_actions_addclosefrom_np(&settings.files, STDERR_FILENO + 1)})
        if (error != 0)
            return error;
    return 0;
}

} // namespace

Result<std::int64_t> startDetached(const DetachedCommand &command)
{
    std::error_code ec;
    fs::create_directories(fs::path(command.logFile).parent_path(), ec);
    // Opened here first, for posix_spawn would not say which of its steps failed.
    if (ec || !std::ofstream(command.logFile, std::ios::app))
        return Error{"The log \"" + command.logFile + "\" of the run cannot be written"
                     + (ec ? ": " + ec.message() : std::string()) + ". Check the rights on its folder."};
    SpawnSettings settings;
    std::vector<char *> arguments;
    for (const std::string &argument : command.arguments)
        arguments.push_back(const_cast<char *>(argument.c_str()));
    arguments.push_back(nullptr);
    pid_t pid = 0;
    int error = prepare(settings, command.logFile);
    if (error == 0)
        error = posix_spawn(&pid, arguments.front(), &settings.files, &settings.attributes, arguments.data(), environ);
    if (error != 0)
        return Error{"The program \"" + command.arguments.front() + "\" cannot be started: " + std::strerror(error)
                     + ". Install Winnow again if it is missing."};
    return std::int64_t{pid};
}

std::string lastLineOfLog(const std::string &logFile)
{
    std::ifstream file(logFile, std::ios::binary | std::ios::ate);
    if (!file)
        return {};
    constexpr std::streamoff enough = 4096;
    const std::streamoff size = file.tellg();
    file.seekg(size > enough ? size - enough : 0);
    std::string line, last;
    while (std::getline(file, line))
        if (line.find_first_not_of(" \t\r") != std::string::npos)
            last = line;
    return last;
}

} // namespace winnow
