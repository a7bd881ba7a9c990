#pragma once

#include <functional>
#include <memory>
#include <string>

namespace CLI {
class App;
}

namespace winnow::cli {

/// Options that every command takes.
struct GlobalOptions {
    bool json = false;    ///< last line of standard output is one JSON object; progress and logs go to standard error
    std::string store;    ///< store file; empty: the default in the XDG data folder
};

/// One command of `winnow`. Each lives in its own file of this folder: a function that adds its sub-command to the
/// application and returns what runs when the command was chosen. The result is the exit status.
struct Command {
    CLI::App *app = nullptr;
    std::function<int()> run;
};

/// Prints `error: message` to standard error, and with --json {"error": message} as the last line of standard output.
/// Returns the exit status 1.
int fail(const GlobalOptions &global, const std::string &message);

} // namespace winnow::cli
