#include "app/cli/commands.h"
#include "core/weights/checkpoint_files.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>

namespace winnow::cli {

namespace {

void printSizes(const CheckpointFiles &files)
{
    const InternVLConfig &sizes = files.config() ? *files.config() : *files.inferredSizes();
    const InternVLConfig::Vision &vision = sizes.vision;
    const InternVLConfig::Language &language = sizes.language;
    const bool known = files.config().has_value();
    std::cout << "config       "
              << (known ? "config.json" : "missing; sizes read from the tensors, head counts and rope theta unknown")
              << "\nvision       " << vision.layers << " layers of " << vision.hidden << ", MLP " << vision.mlp;
    if (known)
        std::cout << ", " << vision.heads << " heads";
    std::cout << ", picture " << vision.imageSize << ", patch " << vision.patchSize << " ("
              << sizes.tokensPerTile() << " tokens a tile)\nlanguage     " << language.layers << " layers of "
              << language.hidden << ", MLP " << language.mlp;
    if (known)
        std::cout << ", " << language.heads << " / " << language.kvHeads << " heads of " << language.headDim;
    std::cout << ", vocabulary " << language.vocab << ", head "
              << (files.tied() ? "tied to the embedding" : "of its own") << '\n';
}

void printText(const CheckpointFiles &files)
{
    std::cout << "folder       " << files.folder() << "\nlayout       " << layoutName(files.layout())
              << "\nparameters   " << files.parameterCount() << '\n';
    printSizes(files);
    for (const std::string &name : files.missing())
        std::cout << "missing      " << name << '\n';
    for (const std::string &name : files.extra())
        std::cout << "extra        " << name << " (not used)\n";
    for (const WrongTensor &wrong : files.wrong())
        std::cout << "wrong        " << wrong.name << ' ' << wrong.problem << '\n';
}

void printJson(const CheckpointFiles &files)
{
    std::vector<std::string> wrong;
    for (const WrongTensor &tensor : files.wrong())
        wrong.push_back(tensor.name);
    nlohmann::ordered_json out;
    out["layout"] = layoutName(files.layout());
    out["parameters"] = files.parameterCount();
    out["missing"] = files.missing();
    out["extra"] = files.extra();
    out["wrong"] = wrong;
    if (const std::optional<Error> problem = files.problem())
        out["error"] = problem->message;
    std::cout << out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
}

int checkModel(const GlobalOptions &global, const std::string &folder)
{
    const Result<CheckpointFiles> files = CheckpointFiles::open(folder);
    if (!files)
        return fail(global, files.error().message);
    const std::optional<Error> problem = files->problem();
    if (global.json)
        printJson(*files);
    else
        printText(*files);
    if (!problem)
        return 0;
    std::cerr << "error: " << problem->message << '\n';
    return 1;
}

} // namespace

Command addCheckModel(CLI::App &app, GlobalOptions &global)
{
    CLI::App *command = app.add_subcommand("check-model", "Compare a checkpoint's tensors with its configuration");
    auto folder = std::make_shared<std::string>();
    command->add_option("DIR", *folder, "Checkpoint folder")->required();
    return {command, [&global, folder] { return checkModel(global, *folder); }};
}

} // namespace winnow::cli
