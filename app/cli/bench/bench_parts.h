#pragma once

#include "app/cli/command.h"
#include "app/cli/output.h"

#include <chrono>
#include <string>
#include <vector>

namespace CLI
{
class App;
}

namespace winnow::cli
{

/// What `winnow bench PART` of one kind adds to the command: its sub-command and what runs when it was chosen.
Command addBenchStep(CLI::App &bench, GlobalOptions &global);
Command addBenchScore(CLI::App &bench, GlobalOptions &global);
Command addBenchLoad(CLI::App &bench, GlobalOptions &global);
Command addBenchTokenize(CLI::App &bench, GlobalOptions &global);
Command addBenchTile(CLI::App &bench, GlobalOptions &global);
Command addBenchStore(CLI::App &bench, GlobalOptions &global);

/// Prints figures as a table, or as one JSON object with --json. Returns the exit status 0.
int printFigures(const GlobalOptions &global, const Json &figures);
/// The same for what the engine gave as text.
int printFigures(const GlobalOptions &global, const Result<std::string> &figures);

class Stopwatch
{
public:
    double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count(); }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

/// Share `at` (0.5: the median) of values that must not be none.
double quantile(std::vector<double> values, double at);

/// The processor's name as Linux gives it.
std::string processorName();

} // namespace winnow::cli
