#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/run/engine.h"
#include "core/text/tokenizer.h"
#include "core/weights/checkpoint_files.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <iostream>
#include <memory>

namespace winnow::cli
{

namespace
{

struct LogitsOptions {
    LogitsRequest request;
    std::string tokenizer;
    std::string precision = "fp32";
};

/// The id of <IMG_CONTEXT>: the tokenizer that was named decides, then config.json, then the checkpoint's tokenizer.
Result<std::int32_t> imageContext(const LogitsOptions &options, const CheckpointFiles &files)
{
    if (options.tokenizer.empty() && files.config() && files.config()->imageToken)
        return *files.config()->imageToken;
    const std::string folder = options.tokenizer.empty() ? options.request.checkpoint : options.tokenizer;
    const Result<Tokenizer> tokenizer = Tokenizer::load(folder);
    if (!tokenizer.ok()) {
        if (options.tokenizer.empty())
            return -1; // a text-only input needs none; the engine says so when there is a picture
        return tokenizer.error();
    }
    const auto id = tokenizer->tokenId("<IMG_CONTEXT>");
    if (!id)
        return Error{"The tokenizer in \"" + folder + "\" has no token <IMG_CONTEXT>; give that of an InternVL model."};
    return *id;
}

Result<LogitsReport> logits(LogitsOptions options)
{
    WINNOW_ASSIGN(const CheckpointFiles files, CheckpointFiles::open(options.request.checkpoint));
    if (const std::optional<Error> problem = files.problem())
        return *problem;
    std::error_code ec;
    if (!std::filesystem::is_regular_file(options.request.input, ec))
        return Error{"There is no file \"" + options.request.input + "\"."};
    WINNOW_ASSIGN(options.request.imageContext, imageContext(options, files));
    options.request.precision = choiceOf<Precision>(options.precision);
    WINNOW_ASSIGN(const std::unique_ptr<Engine> engine, openEngine());
    return engine->logits(options.request);
}

} // namespace

Command addLogits(CLI::App &app, GlobalOptions &global)
{
    auto options = std::make_shared<LogitsOptions>();
    CLI::App *command = app.add_subcommand("logits", "Write the logits of one token sequence");
    command->add_option("--checkpoint", options->request.checkpoint, "Checkpoint folder")->required();
    command->add_option("--tokenizer", options->tokenizer, "Tokenizer folder that names the image token");
    command->add_option("--input", options->request.input, "input_ids [N] and, for pictures, pixel_values [T,3,H,W]")
        ->required()
        ->type_name("IN.safetensors");
    command->add_option("--out", options->request.output, "File to write: logits [N,V]")
        ->required()
        ->type_name("OUT.safetensors");
    command->add_option("--precision", options->precision, "Arithmetic")
        ->check(CLI::IsMember(choiceNames<Precision>()))
        ->capture_default_str();
    command->add_option("--threads", options->request.threads, "Threads (default: all cores but one)")
        ->check(CLI::Range(1, 1024));
    return {command, [options, &global] {
                const Result<LogitsReport> report = logits(*options);
                if (!report.ok())
                    return fail(global, report.error().message);
                if (global.json)
                    printJson({{"out", options->request.output},
                               {"load_seconds", report->loadSeconds},
                               {"forward_seconds", report->forwardSeconds}});
                else
                    std::cout << options->request.output << '\n';
                return 0;
            }};
}

} // namespace winnow::cli
