#pragma once

#include "core/run/rank_launcher.h"
#include "core/run/run_service.h"

#include <memory>
#include <optional>

namespace CLI
{
class App;
}

namespace winnow::cli
{

/// --processes N of `run` and `resume`.
void addProcessesOption(CLI::App &command, int &processes);

/// What this process does when torchrun's environment variables, or our own launcher's, make it a rank other than 0:
/// its share of the run, and nothing else. The exit status; nothing when it is not such a rank.
std::optional<int> workForRank0();

/// The processes that train a run together with this one, which is rank 0: those that --processes asks for, or those
/// that the environment speaks of, or none.
class TrainingRanks
{
public:
    /// After StopSignals. The others are ended with this object.
    static Result<TrainingRanks> start(int processes);
    void joinTo(RunService &runs);

private:
    std::unique_ptr<RankLauncher> m_launcher;
    std::optional<RankPlace> m_place;
};

} // namespace winnow::cli
