#include "core/train/checkpoint.h"

#include "core/model/model_loader.h"
#include "core/run/checkpoint_manifest.h"
#include "core/weights/tensor_io.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

namespace winnow {
namespace {

constexpr int stateVersion = 1;
constexpr const char *tokenizerFiles[] = {"tokenizer.json",       "vocab.json",  "merges.txt",
                                          "added_tokens.json",    "tokenizer_config.json", "qwen.tiktoken"};

Status copyTokenizer(const std::string &from, const std::string &to)
{
    for (const char *name : tokenizerFiles) {
        const std::filesystem::path source = std::filesystem::path(from) / name;
        std::error_code error;
        const bool there = std::filesystem::exists(source, error);
        if (!there && !error)
            continue;
        if (there)
            std::filesystem::copy_file(source, std::filesystem::path(to) / name,
                                       std::filesystem::copy_options::overwrite_existing, error);
        if (error)
            return Error{"Could not copy " + source.string() + " into the checkpoint: " + error.message() + "."};
    }
    return {};
}

Status writeState(const std::string &path, const TrainingProgress &progress)
{
    const nlohmann::json state{{"version", stateVersion},
                               {"step", progress.step},
                               {"selected_step", progress.selectedStep},
                               {"selected_loss", progress.selectedLoss},
                               {"seconds", progress.seconds},
                               {"evaluation_pending", progress.evaluationPending},
                               {"skipped", progress.skipped},
                               {"roll_backs", progress.rollBacks},
                               {"micro_batch", progress.microBatch}};
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << state.dump(1) << '\n';
    file.close();
    if (!file)
        return Error{"Could not write " + path + "; check the free space of its disk."};
    return {};
}

Result<TrainingProgress> readState(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    const nlohmann::json state = nlohmann::json::parse(file, nullptr, false);
    if (!state.is_object() || !state.contains("version"))
        return Error{path + " is not the state of a training run."};
    if (state["version"] != stateVersion)
        return Error{path + " was written by another version of Winnow; resume with that version."};
    try {
        return TrainingProgress{state.at("step"), state.at("selected_step"), state.at("selected_loss"),
                                state.at("seconds"), state.at("evaluation_pending"), state.value("skipped", 0),
                                state.value("roll_backs", 0), state.value("micro_batch", 0)};
    } catch (const nlohmann::json::exception &error) {
        return Error{path + ": " + error.what() + "."};
    }
}

} // namespace

Result<CheckpointInfo> saveCheckpoint(const TrainRequest &request, const InternVL &model, const Trainer &trainer,
                                      const TrainingProgress &progress)
{
    WINNOW_ASSIGN(const std::string folder, beginCheckpoint(request.runFolder, progress.step));
    WINNOW_TRY(saveModel(folder, model, trainer.parameters()));
    WINNOW_TRY(copyTokenizer(request.tokenizerFolder, folder));
    StateTensors optimizer, instance;
    trainer.save(optimizer, instance);
    WINNOW_TRY(writeTensors(folder + "/optimizer.safetensors", optimizer));
    WINNOW_TRY(writeTensors(folder + "/instance_weights.safetensors", instance));
    WINNOW_TRY(writeState(folder + "/state.json", progress));
    WINNOW_ASSIGN(const std::string finalFolder, completeCheckpoint(folder, progress.step));
    WINNOW_ASSIGN(const CheckpointManifest manifest, readManifest(finalFolder));
    return CheckpointInfo{progress.step, finalFolder, manifest.totalBytes()};
}

Result<RestoredState> readCheckpointState(const std::string &folder)
{
    if (const auto manifest = verifyCheckpoint(folder); !manifest.ok())
        return manifest.error();
    RestoredState state;
    WINNOW_ASSIGN(state.progress, readState(folder + "/state.json"));
    WINNOW_ASSIGN(state.optimizer, readTensors(folder + "/optimizer.safetensors"));
    WINNOW_ASSIGN(state.instance, readTensors(folder + "/instance_weights.safetensors"));
    return state;
}

Result<StateTensors> readOptimizerState(const std::string &folder)
{
    return readTensors(folder + "/optimizer.safetensors");
}

} // namespace winnow
