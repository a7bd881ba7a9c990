#include "app/cli/bench/bench_parts.h"
#include "core/run/engine.h"

#include <CLI/CLI.hpp>

#include <memory>

// The parts that the engine measures.
namespace winnow::cli
{

namespace
{

/// Opens the engine and prints what it measured.
template <typename Request>
int runInEngine(const GlobalOptions &global, Result<std::string> (Engine::*measure)(const Request &),
                const Request &request)
{
    const Result<std::unique_ptr<Engine>> engine = openEngine();
    if (!engine.ok())
        return fail(global, engine.error().message);
    return printFigures(global, ((**engine).*measure)(request));
}

void addThreads(CLI::App &command, std::int64_t &threads)
{
    command.add_option("--threads", threads, "Threads (default: all cores but one)")->check(CLI::Range(1, 1024));
}

void addShape(CLI::App &command, std::string &shape)
{
    command.add_option("--shape", shape, "demo, quarter or 1b")
        ->check(CLI::IsMember({"demo", "quarter", "1b"}))
        ->capture_default_str();
}

const CLI::Range positive(1, 1000000);

} // namespace

Command addBenchStep(CLI::App &bench, GlobalOptions &global)
{
    auto request = std::make_shared<BenchStepRequest>();
    CLI::App *step = bench.add_subcommand("step", "Seconds of one bi-level iteration on made-up data");
    addShape(*step, request->shape);
    step->add_option("--batch", request->batch, "Training rows an iteration")->check(positive)->capture_default_str();
    step->add_option("--meta", request->metaBatch, "Meta rows an iteration")->check(positive)->capture_default_str();
    step->add_option("--device", request->device, "Device")->capture_default_str();
    step->add_option("--precision", request->precision, "Arithmetic: fp64, fp32, bf16 (master in fp32) or bf16-pure")->capture_default_str();
    step->add_option("--hypergradient", request->hypergradient, "one-step, reference or before-step")
        ->check(CLI::IsMember(choiceNames<HypergradientKind>()))
        ->capture_default_str();
    step->add_option("--estimator", request->estimator, "dot (streamed above batch 1), streamed, fd or jvp")
        ->check(CLI::IsMember(choiceNames<Estimator>()))
        ->capture_default_str();
    addThreads(*step, request->threads);
    step->add_option("--iterations", request->iterations, "Measured iterations")
        ->check(positive)
        ->capture_default_str();
    return {step, [request, &global] { return runInEngine(global, &Engine::benchStep, *request); }};
}

Command addBenchScore(CLI::App &bench, GlobalOptions &global)
{
    auto request = std::make_shared<BenchScoreRequest>();
    CLI::App *score = bench.add_subcommand("score", "Seconds to score one row, on made-up data");
    addShape(*score, request->shape);
    score->add_option("--rows", request->rows, "Rows of one pass")->check(positive)->capture_default_str();
    score->add_option("--repeats", request->repeats, "Measured passes")->check(positive)->capture_default_str();
    addThreads(*score, request->threads);
    return {score, [request, &global] { return runInEngine(global, &Engine::benchScore, *request); }};
}

Command addBenchLoad(CLI::App &bench, GlobalOptions &global)
{
    auto request = std::make_shared<BenchLoadRequest>();
    CLI::App *load = bench.add_subcommand("load", "Seconds until a checkpoint's weights lie in memory");
    load->add_option("--checkpoint", request->checkpoint, "Checkpoint folder")->required();
    load->add_option("--precision", request->precision, "fp64, fp32, fp16 or bf16 in memory")
        ->check(CLI::IsMember({"fp64", "fp32", "fp16", "bf16"}))
        ->capture_default_str();
    load->add_option("--repeats", request->repeats, "Measured loads")->check(positive)->capture_default_str();
    addThreads(*load, request->threads);
    return {load, [request, &global] { return runInEngine(global, &Engine::benchLoad, *request); }};
}

} // namespace winnow::cli
