#include "app/cli/training_ranks.h"

#include "app/cli/stop_signals.h"
#include "core/run/rank_worker.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <iostream>

namespace winnow::cli
{

void addProcessesOption(CLI::App &command, int &processes)
{
    constexpr int mostOfOneMachine = 1024;
    command
        .add_option(
            "--processes", processes,
            "Train with this many processes of this machine, each with its share of every batch (data parallel)")
        ->type_name("N")
        ->check(CLI::Range(1, mostOfOneMachine));
}

std::optional<int> workForRank0()
{
    const auto place = rankPlaceFromEnvironment();
    if (!place.ok() || !*place || (*place)->rank == 0)
        return std::nullopt; // a wrong variable is told by TrainingRanks::start
    StopFlag stop;
    const StopSignals signals(stop);
    const Status done = workAsRank(**place, stop);
    if (done.ok())
        return 0;
    std::cerr << "error: rank " << (*place)->rank << ": " << done.error().message << '\n';
    return 1;
}

Result<TrainingRanks> TrainingRanks::start(int processes)
{
    TrainingRanks ranks;
    WINNOW_ASSIGN(ranks.m_place, rankPlaceFromEnvironment());
    if (ranks.m_place && processes > 1)
        return Error{
            "--processes starts processes on this machine, but WORLD_SIZE says that this one was started as one of "
            "several already; use one of the two."};
    if (processes <= 1)
        return ranks;
    std::error_code ec;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", ec);
    if (ec)
        return Error{"The program's own path cannot be read: " + ec.message() + "."};
    WINNOW_ASSIGN(ranks.m_launcher, RankLauncher::start(processes, {program.string(), "run"}));
    return ranks;
}

void TrainingRanks::joinTo(RunService &runs)
{
    if (m_launcher)
        m_place = m_launcher->place();
    if (m_place)
        runs.trainTogether(*m_place);
}

} // namespace winnow::cli
