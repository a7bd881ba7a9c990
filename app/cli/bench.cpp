#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/text_table.h"
#include "core/run/engine.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace winnow::cli
{

namespace
{

std::string cellText(const Json &value)
{
    if (value.is_number_float())
        return exactText(value.get<double>());
    return value.is_string() ? value.get<std::string>() : value.dump();
}

void printTable(const Json &result)
{
    TextTable table({"figure", "value"});
    for (const auto &[key, value] : result.items()) {
        if (!value.is_object()) {
            table.add({key, cellText(value)});
            continue;
        }
        for (const auto &[part, partValue] : value.items())
            table.add({key + "." + part, cellText(partValue)});
    }
    std::cout << table.text();
}

int benchStep(const GlobalOptions &global, const BenchStepRequest &request)
{
    const Result<std::unique_ptr<Engine>> engine = openEngine();
    if (!engine.ok())
        return fail(global, engine.error().message);
    const Result<std::string> text = (*engine)->benchStep(request);
    if (!text.ok())
        return fail(global, text.error().message);
    const Json result = Json::parse(*text, nullptr, false);
    if (!result.is_object())
        return fail(global, "the engine's benchmark gave no JSON object: " + *text);
    if (global.json)
        printJson(result);
    else
        printTable(result);
    return 0;
}

} // namespace

Command addBench(CLI::App &app, GlobalOptions &global)
{
    auto request = std::make_shared<BenchStepRequest>();
    CLI::App *command = app.add_subcommand("bench", "Measure speed");
    command->require_subcommand(1);
    CLI::App *step = command->add_subcommand("step", "Seconds of one bi-level iteration on made-up data");
    const auto positive = CLI::Range(1, 1000000);
    step->add_option("--shape", request->shape, "demo, quarter or 1b")
        ->check(CLI::IsMember({"demo", "quarter", "1b"}))
        ->capture_default_str();
    step->add_option("--batch", request->batch, "Training rows an iteration")->check(positive)->capture_default_str();
    step->add_option("--meta", request->metaBatch, "Meta rows an iteration")->check(positive)->capture_default_str();
    step->add_option("--device", request->device, "Device")->capture_default_str();
    step->add_option("--precision", request->precision, "Arithmetic: fp64 or fp32")->capture_default_str();
    step->add_option("--hypergradient", request->hypergradient, "one-step, reference or before-step")
        ->check(CLI::IsMember(choiceNames<HypergradientKind>()))
        ->capture_default_str();
    step->add_option("--estimator", request->estimator, "dot (streamed above batch 1), streamed, fd or jvp")
        ->check(CLI::IsMember(choiceNames<Estimator>()))
        ->capture_default_str();
    step->add_option("--threads", request->threads, "Threads (default: all cores but one)")->check(CLI::Range(1, 1024));
    step->add_option("--iterations", request->iterations, "Measured iterations")
        ->check(positive)
        ->capture_default_str();
    return {command, [request, &global] { return benchStep(global, *request); }};
}

} // namespace winnow::cli
