#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/text_table.h"
#include "app/services.h"
#include "core/base/options_io.h"
#include "core/report/comparison_report.h"
#include "core/report/series_csv.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <iostream>
#include <memory>

namespace winnow::cli
{

namespace
{

struct ReportCommand {
    std::vector<std::string> runs;
    std::string out;
    std::string curves;
    std::int64_t candidates = 0;
    std::string aggregate;
    std::string readout;
    std::string ties;
    std::uint64_t seed = 1;
    std::size_t listed = 50;
};

/// The first run's own way of picking, with what was named on the command line.
Result<ScoringChoice> scoringOf(const ReportCommand &command, const RunRecord &first)
{
    WINNOW_ASSIGN(const RunOptions options, optionsFromJson(first.configJson));
    const RunOptions::Evaluation &own = options.evaluation;
    ScoringChoice choice{static_cast<std::size_t>(own.candidates), own.aggregate, own.readout, own.ties};
    if (command.candidates > 0)
        choice.candidates = static_cast<std::size_t>(command.candidates);
    if (!command.aggregate.empty())
        choice.aggregate = choiceOf<Aggregation>(command.aggregate);
    if (!command.readout.empty())
        choice.readout = choiceOf<Readout>(command.readout);
    if (!command.ties.empty())
        choice.ties = choiceOf<Ties>(command.ties);
    return choice;
}

Status write(const GlobalOptions &global, const ReportCommand &command)
{
    WINNOW_ASSIGN(Database database, openStoreToRead(global.store));
    std::vector<RunRecord> runs;
    for (const std::string &text : command.runs) {
        WINNOW_ASSIGN(RunRecord run, RunStore(database).find(text));
        runs.push_back(std::move(run));
    }
    ReportOptions options;
    WINNOW_ASSIGN(options.comparison.scoring, scoringOf(command, runs.front()));
    options.comparison.seed = command.seed;
    options.listed = command.listed;
    options.program = "Winnow " + codeVersion();
    WINNOW_TRY(writeComparisonReport(database, runs, command.out, options));
    return command.curves.empty() ? Status() : writeSeriesCsv(database, runs, command.curves);
}

int report(const GlobalOptions &global, const ReportCommand &command)
{
    if (const Status status = write(global, command); !status.ok())
        return fail(global, status.error().message);
    std::error_code ec;
    const auto bytes = std::filesystem::file_size(command.out, ec);
    std::cout << "Wrote " << plainLine(command.out) << " (" << (bytes + 1023) / 1024 << " kB).\n";
    if (global.json)
        printJson({{"file", command.out}, {"bytes", bytes}, {"runs", command.runs.size()}});
    return 0;
}

} // namespace

Command addReport(CLI::App &app, GlobalOptions &global)
{
    auto options = std::make_shared<ReportCommand>();
    CLI::App *command = app.add_subcommand("report", "Write a comparison of runs as one web page that opens offline");
    command->add_option("RUN", options->runs, "Numbers, names or UUIDs of two runs or more; the first is the reference")
        ->required()
        ->expected(2, 1000);
    command->add_option("--out", options->out, "File to write")->required();
    command->add_option("--curves", options->curves, "Also write every curve of these runs to this CSV file");
    command->add_option("--n", options->candidates, "Candidates of best-of-N (default: as the first run)")
        ->check(CLI::Range(1, 1000000));
    command->add_option("--aggregate", options->aggregate, "Score of a candidate from its steps")
        ->check(CLI::IsMember(choiceNames<Aggregation>()));
    command->add_option("--readout", options->readout, "p(+) among all tokens, or of + and - only")
        ->check(CLI::IsMember(choiceNames<Readout>()));
    command->add_option("--ties", options->ties, "Which of equal candidates is taken")
        ->check(CLI::IsMember(choiceNames<Ties>()));
    command->add_option("--samples", options->listed, "Samples listed of each quadrant")->capture_default_str();
    command->add_option("--seed", options->seed, "Seed of the bootstrap")->capture_default_str();
    return {command, [options, &global] { return report(global, *options); }};
}

} // namespace winnow::cli
