#include "app/cli/commands.h"
#include "app/cli/demo/demo_report.h"
#include "app/cli/demo/demo_runner.h"
#include "app/cli/demo/make_base.h"
#include "app/cli/output.h"
#include "app/cli/progress_bar.h"
#include "app/cli/stop_signals.h"
#include "app/services.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <iostream>
#include <memory>

namespace winnow::cli {
namespace {

struct Arguments {
    MakeBaseOptions base;
    DemoOptions demo;
    std::string seeds, noise;
    std::int64_t seed = 0;
};

/// "0-4", "0,1,2", "10".
Result<std::vector<std::int64_t>> parseSeeds(const std::string &text)
{
    std::vector<std::int64_t> seeds;
    for (const std::string &part : CLI::detail::split(text, ',')) {
        std::int64_t from = 0, to = 0;
        const std::size_t dash = part.find('-', 1);
        const bool range = dash != std::string::npos;
        if (!CLI::detail::lexical_cast(part.substr(0, dash), from)
            || (range && !CLI::detail::lexical_cast(part.substr(dash + 1), to)) || (range && to < from))
            return Error{"--seeds is \"" + text + "\"; write a list or a range, as 0,1,2 or 0-4."};
        for (std::int64_t seed = from; seed <= (range ? to : from); ++seed)
            seeds.push_back(seed);
    }
    return seeds;
}

Result<std::vector<double>> parseNoise(const std::string &text)
{
    std::vector<double> rates;
    for (const std::string &part : CLI::detail::split(text, ',')) {
        double rate = 0;
        if (!CLI::detail::lexical_cast(part, rate) || !(rate >= 0 && rate <= 1))
            return Error{"--noise is \"" + text + "\"; write shares between 0 and 1, as 0.3,0.4."};
        rates.push_back(rate);
    }
    return rates;
}

int runMakeBase(const GlobalOptions &global, const MakeBaseOptions &options)
{
    StopFlag stop;
    const StopSignals signals(stop);
    const auto outcome = makeDemoBase(options, stop);
    if (!outcome.ok())
        return fail(global, outcome.error().message);
    const nlohmann::json json{{"steps", outcome->steps},
                              {"finished", outcome->finished},
                              {"weights_sha256", outcome->weightsSha256},
                              {"judge_accuracy_unseen", outcome->judgeAccuracy},
                              {"seconds", outcome->seconds}};
    std::cout << (global.json ? json.dump() : json.dump(1)) << '\n';
    return outcome->finished ? 0 : 1;
}

int runDemo(const GlobalOptions &global, Arguments arguments)
{
    arguments.demo.seeds = {arguments.seed};
    if (!arguments.seeds.empty()) {
        const auto seeds = parseSeeds(arguments.seeds);
        if (!seeds.ok())
            return fail(global, seeds.error().message);
        arguments.demo.seeds = *seeds;
    }
    std::vector<std::optional<double>> rates{std::nullopt};
    if (!arguments.noise.empty()) {
        const auto noise = parseNoise(arguments.noise);
        if (!noise.ok())
            return fail(global, noise.error().message);
        rates.assign(noise->begin(), noise->end());
    }
    StopFlag stop;
    const StopSignals signals(stop);
    const auto opened = Services::open(global.store);
    if (!opened.ok())
        return fail(global, opened.error().message);
    Services &services = **opened;
    if (arguments.demo.folder.empty())
        arguments.demo.folder = (std::filesystem::path(services.storePath()).parent_path() / "demo").string();
    ProgressBar progress;
    DemoRunner runner(services.writer(), services.runs(), arguments.demo, &progress, stop);
    std::vector<DemoCell> cells;
    const std::size_t wanted = rates.size() * arguments.demo.seeds.size();
    for (const std::optional<double> &rate : rates) {
        for (const std::int64_t seed : arguments.demo.seeds) {
            const auto cell = runner.runCell(seed, rate);
            progress.finish();
            if (!cell.ok())
                return fail(global, cell.error().message);
            cells.push_back(*cell);
            printDemoCell(global.json ? std::cerr : std::cout, cells.back());
        }
    }
    printDemoSummary(global.json ? std::cerr : std::cout, cells, wanted);
    if (global.json) {
        nlohmann::json all = nlohmann::json::array();
        for (const DemoCell &cell : cells)
            all.push_back(demoCellJson(cell));
        std::cout << (cells.size() == 1 ? all[0] : nlohmann::json{{"cells", all}}).dump() << '\n';
    }
    return 0;
}

} // namespace

Command addDemo(CLI::App &app, GlobalOptions &global)
{
    auto a = std::make_shared<Arguments>();
    CLI::App *command = app.add_subcommand("demo", "Learn weights of the digit-steps demo with every method, and compare");
    command->add_option("--seed", a->seed, "Seed of data and training");
    command->add_option("--seeds", a->seeds, "Several seeds: 0-4 or 0,1,2; finished ones are not run again");
    command->add_option("--noise", a->noise, "Shares of flipped rows for every subject, as 0.3,0.4 (default 20/30/40% by subject)");
    command->add_flag("--quick", a->demo.quick, "All stages on 200 rows in a minute; says nothing about accuracy");
    command->add_option("--out", a->demo.folder, "Folder of the generated data (default: demo beside the store)");
    command->add_option("--threads", a->demo.threads, "Threads (default: all cores)")->check(CLI::Range(1, 1024));
    command->add_option("--make-base", a->base.folder, "Train the demo's base model into this folder instead (resumable)");
    command->add_option("--base-from", a->base.from,
                        "Base to go on from, for the stages after the first: rows of every kind, digits of other writers");
    command->add_option("--base-rate", a->base.rate, "Peak learning rate of the base model")->check(CLI::PositiveNumber);
    command->add_option("--base-seed", a->base.seed, "Seed of the base model");
    command->add_option("--base-steps", a->base.steps, "Iterations of the base model")->check(CLI::PositiveNumber);
    command->add_option("--base-batch", a->base.batch, "Rows an iteration of the base model")->check(CLI::PositiveNumber);
    return {command, [&global, a] {
                if (a->base.folder.empty())
                    return runDemo(global, *a);
                if (a->demo.threads > 0)
                    a->base.threads = a->demo.threads;
                return runMakeBase(global, a->base);
            }};
}

} // namespace winnow::cli
