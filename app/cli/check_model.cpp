#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/weights/checkpoint_files.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <iostream>
#include <map>
#include <memory>
#include <string_view>
#include <tuple>

namespace winnow::cli
{

namespace
{

struct CheckOptions {
    std::string folder;
    bool listTensors = false;
};

const InternVLConfig &sizesOf(const CheckpointFiles &files)
{
    return files.config() ? *files.config() : *files.inferredSizes();
}

/// Nothing is wrong with the tensors; without a config.json that is all that can be known.
bool isSound(const CheckpointFiles &files)
{
    return files.missing().empty() && files.wrong().empty();
}

/// The published model with these sizes; empty when there is none.
std::string_view publishedName(const InternVLConfig &sizes)
{
    struct Published {
        std::string_view name;
        int visionHidden, visionLayers, hidden, layers, mlp;
    };
    constexpr auto published = std::to_array<Published>({
        {"InternVL3-1B", 1024, 24, 896, 24, 4864},
        {"InternVL3-2B", 1024, 24, 1536, 28, 8960},
        {"InternVL3-8B", 1024, 24, 3584, 28, 18944},
        {"InternVL3-14B", 1024, 24, 5120, 48, 13824},
        {"InternVL3-38B", 3200, 45, 5120, 64, 27648},
        {"InternVL3-78B", 3200, 45, 8192, 80, 29568},
    });
    const auto key = std::tuple(sizes.vision.hidden, sizes.vision.layers, sizes.language.hidden, sizes.language.layers,
                                sizes.language.mlp);
    const auto found = std::find_if(published.begin(), published.end(), [&](const Published &one) {
        return key == std::tuple(one.visionHidden, one.visionLayers, one.hidden, one.layers, one.mlp);
    });
    return found == published.end() ? std::string_view() : found->name;
}

/// Tensors of each dtype, by its name in the file.
std::map<std::string, std::int64_t> dtypeCounts(const CheckpointFiles &files)
{
    std::map<std::string, std::int64_t> counts;
    for (const auto &[name, view] : files.tensors())
        ++counts[std::string(dtypeName(view.dtype))];
    return counts;
}

void printSizes(const CheckpointFiles &files)
{
    const InternVLConfig &sizes = sizesOf(files);
    const InternVLConfig::Vision &vision = sizes.vision;
    const InternVLConfig::Language &language = sizes.language;
    const bool known = files.config().has_value();
    std::cout << "config       "
              << (known ? "config.json"
                        : "missing; sizes inferred from the tensors, head counts and rope theta unknown")
              << '\n';
    if (const std::string_view name = publishedName(sizes); !name.empty())
        std::cout << "size         as " << name << '\n';
    std::cout << "vision       " << vision.layers << " layers of " << vision.hidden << ", MLP " << vision.mlp;
    if (known)
        std::cout << ", " << vision.heads << " heads";
    std::cout << ", picture " << vision.imageSize << ", patch " << vision.patchSize << " (" << sizes.tokensPerTile()
              << " tokens a tile), " << (vision.rmsNorm ? "RMSNorm" : "LayerNorm")
              << (vision.qkNorm ? ", q and k norm" : "") << (vision.qkvBias ? "" : ", no qkv bias") << "\nlanguage     "
              << language.layers << " layers of " << language.hidden << ", MLP " << language.mlp;
    if (known)
        std::cout << ", " << language.heads << " / " << language.kvHeads << " heads of " << language.headDim;
    std::cout << ", vocabulary " << language.vocab << ", head "
              << (files.tied() ? "tied to the embedding" : "of its own") << '\n';
}

void printText(const CheckpointFiles &files, bool listTensors)
{
    std::cout << "folder       " << files.folder() << "\nlayout       " << layoutName(files.layout())
              << "\nparameters   " << files.parameterCount() << "\ntensors      ";
    std::string separator;
    for (const auto &[dtype, count] : dtypeCounts(files)) {
        std::cout << separator << count << ' ' << dtype;
        separator = ", ";
    }
    std::cout << " in " << files.fileCount() << (files.fileCount() == 1 ? " file\n" : " files\n");
    printSizes(files);
    for (const std::string &name : files.missing())
        std::cout << "missing      " << name << '\n';
    for (const std::string &name : files.extra())
        std::cout << "extra        " << name << " (not used)\n";
    for (const WrongTensor &wrong : files.wrong())
        std::cout << "wrong        " << wrong.name << ' ' << wrong.problem << '\n';
    if (!listTensors)
        return;
    for (const auto &[name, view] : files.tensors())
        std::cout << "tensor       " << name << ' ' << dtypeName(view.dtype) << ' ' << Json(view.shape).dump() << '\n';
}

Json sizesJson(const InternVLConfig &sizes, bool known)
{
    const InternVLConfig::Vision &vision = sizes.vision;
    const InternVLConfig::Language &language = sizes.language;
    Json out = {
        {"picture", vision.imageSize},        {"patch", vision.patchSize},    {"vision_hidden", vision.hidden},
        {"vision_layers", vision.layers},     {"vision_mlp", vision.mlp},     {"language_hidden", language.hidden},
        {"language_layers", language.layers}, {"language_mlp", language.mlp}, {"vocabulary", language.vocab}};
    if (known) {
        out["vision_heads"] = vision.heads;
        out["language_heads"] = language.heads;
        out["language_kv_heads"] = language.kvHeads;
        out["rope_theta"] = language.ropeTheta;
    }
    return out;
}

void printJsonReport(const CheckpointFiles &files, bool listTensors)
{
    Json wrong = Json::array();
    Json problems = Json::object();
    for (const WrongTensor &tensor : files.wrong()) {
        wrong.push_back(tensor.name);
        problems[tensor.name] = tensor.problem;
    }
    const bool known = files.config().has_value();
    Json out = {{"layout", layoutName(files.layout())},
                {"parameters", files.parameterCount()},
                {"missing", files.missing()},
                {"extra", files.extra()},
                {"wrong", wrong},
                {"problems", problems},
                {"tied", files.tied()},
                {"dtypes", dtypeCounts(files)},
                {"files", files.fileCount()},
                {"inferred", !known},
                {"sizes", sizesJson(sizesOf(files), known)}};
    if (const std::string_view name = publishedName(sizesOf(files)); !name.empty())
        out["size_of"] = name;
    if (listTensors) {
        Json::object_t tensors;
        for (const auto &[name, view] : files.tensors())
            tensors.push_back({name, {{"dtype", dtypeName(view.dtype)}, {"shape", view.shape}}});
        out["tensors"] = std::move(tensors);
    }
    if (const std::optional<Error> problem = files.problem())
        out[isSound(files) ? "note" : "error"] = problem->message;
    printJson(out);
}

int checkModel(const GlobalOptions &global, const CheckOptions &options)
{
    const Result<CheckpointFiles> files = CheckpointFiles::open(options.folder);
    if (!files)
        return fail(global, files.error().message);
    const bool listTensors = options.listTensors || !files->config();
    if (global.json)
        printJsonReport(*files, listTensors);
    else
        printText(*files, listTensors);
    const std::optional<Error> problem = files->problem();
    if (!problem)
        return 0;
    // What is there agrees with itself, so the folder is explained; that it cannot run yet is worth a word.
    std::cerr << (isSound(*files) ? "note: " : "error: ") << problem->message << '\n';
    return isSound(*files) ? 0 : 1;
}

} // namespace

Command addCheckModel(CLI::App &app, GlobalOptions &global)
{
    CLI::App *command = app.add_subcommand("check-model", "Compare a checkpoint's tensors with its configuration");
    auto options = std::make_shared<CheckOptions>();
    command->add_option("DIR", options->folder, "Checkpoint folder")->required();
    command->add_flag("--tensors", options->listTensors, "List every tensor (always without a config.json)");
    return {command, [&global, options] { return checkModel(global, *options); }};
}

} // namespace winnow::cli
