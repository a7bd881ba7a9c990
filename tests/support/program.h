#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

namespace winnow::test
{

/// What a program left when it ended.
struct ProgramResult {
    int status = -1; ///< exit status; 128 + signal when a signal ended it
    std::string out;
    std::string err;

    /// The last line of standard output.
    std::string lastLine() const;
};

/// A program started by fork and exec, its output in two files of `folder`. Killed when the object goes first.
class Program
{
public:
    /// `environment`: set on top of the caller's.
    Program(const std::string &folder, const std::vector<std::string> &arguments,
            const std::map<std::string, std::string> &environment);
    ~Program();
    Program(const Program &) = delete;
    Program &operator=(const Program &) = delete;

    void signal(int number) const;
    std::string errSoFar() const;
    /// Waits until standard error holds `text`; false when the program ended without it.
    bool waitForErr(const std::string &text);
    ProgramResult wait();

private:
    bool ended();

    std::string m_out;
    std::string m_err;
    pid_t m_pid = -1;
    int m_state = 0; ///< of waitpid
    bool m_ended = false;
};

/// `winnow` as built: ../bin/winnow beside the folder of the tests.
std::string winnowProgram();

/// Runs `winnow` to its end, with XDG_DATA_HOME in `folder`, so that no test touches the user's own store.
ProgramResult runWinnow(const std::string &folder, std::vector<std::string> arguments,
                        std::map<std::string, std::string> environment = {});

} // namespace winnow::test
