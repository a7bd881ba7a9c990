#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/text/tokenizer.h"
#include "core/weights/checkpoint_converter.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <map>
#include <memory>

namespace winnow::cli
{

namespace
{

struct ConvertCommand {
    std::string folder;
    std::string out;
    std::string layout;
    std::string precision;
    std::string tokenizer;
};

const std::map<std::string, DType> &precisions()
{
    static const std::map<std::string, DType> names{
        {"fp64", DType::F64}, {"fp32", DType::F32}, {"fp16", DType::F16}, {"bf16", DType::BF16}};
    return names;
}

/// The id of <IMG_CONTEXT> in the tokenizer that was named, or in the checkpoint's own where there is one.
Result<std::optional<int>> imageToken(const ConvertCommand &command)
{
    const Result<Tokenizer> tokenizer = Tokenizer::load(command.tokenizer.empty() ? command.folder : command.tokenizer);
    if (!tokenizer.ok() && !command.tokenizer.empty())
        return tokenizer.error();
    if (!tokenizer.ok())
        return std::optional<int>();
    return std::optional<int>(tokenizer->tokenId("<IMG_CONTEXT>"));
}

Result<ConvertReport> convert(const ConvertCommand &command)
{
    WINNOW_ASSIGN(const CheckpointFiles files, CheckpointFiles::open(command.folder));
    ConvertOptions options;
    options.layout = command.layout == "original" ? CheckpointLayout::Original : CheckpointLayout::Hf;
    if (!command.precision.empty())
        options.dtype = precisions().at(command.precision);
    WINNOW_ASSIGN(options.imageToken, imageToken(command));
    return convertCheckpoint(files, command.out, options);
}

int runConvert(const GlobalOptions &global, const ConvertCommand &command)
{
    const Result<ConvertReport> report = convert(command);
    if (!report.ok())
        return fail(global, report.error().message);
    if (global.json)
        printJson({{"out", command.out},
                   {"layout", command.layout},
                   {"tensors", report->tensors},
                   {"bytes", report->bytes},
                   {"copied", report->copied}});
    else
        std::cout << command.out << ": " << report->tensors << " tensors, " << report->bytes << " bytes, layout "
                  << command.layout << '\n';
    return 0;
}

} // namespace

Command addConvert(CLI::App &app, GlobalOptions &global)
{
    auto options = std::make_shared<ConvertCommand>();
    CLI::App *command = app.add_subcommand("convert", "Write a checkpoint in another layout or precision");
    command->add_option("DIR", options->folder, "Checkpoint folder")->required();
    command->add_option("--out", options->out, "New folder")->required()->type_name("DIR");
    command->add_option("--layout", options->layout, "hf (transformers) or original (OpenGVLab)")
        ->required()
        ->check(CLI::IsMember({"hf", "original"}));
    command->add_option("--precision", options->precision, "fp64, fp32, fp16 or bf16 (default: as stored)")
        ->check(CLI::IsMember({"fp64", "fp32", "fp16", "bf16"}));
    command->add_option("--tokenizer", options->tokenizer, "Tokenizer folder that names the image token");
    return {command, [options, &global] { return runConvert(global, *options); }};
}

} // namespace winnow::cli
