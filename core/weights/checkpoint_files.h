#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/model/internvl_config.h"
#include "core/weights/checkpoint_names.h"
#include "core/weights/safetensors_file.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace winnow {

/// A tensor whose shape or dtype is not what the model needs.
struct WrongTensor {
    std::string name;    ///< on disk
    std::string problem; ///< "has shape [3, 4], but [4, 3] is needed"
};

/// One tensor of the model with the bytes that it is made of.
struct TensorToLoad {
    TensorSource source;
    std::vector<TensorView> views; ///< one for each of source.diskNames
};

/// A checkpoint folder: its safetensors file or shards, mapped into memory, and its config.json, compared with each
/// other. Opening fails only where nothing sensible can be said; a checkpoint that lacks tensors opens, and problem()
/// says what is wrong with it. Immutable after open; any thread. Views live as long as this object.
class WINNOW_CORE_API CheckpointFiles {
public:
    /// `config` takes the place of the folder's config.json.
    static Result<CheckpointFiles> open(const std::string &folder,
                                        const std::optional<InternVLConfig> &config = std::nullopt);

    const std::string &folder() const { return m_folder; }
    /// model.safetensors or its shards.
    std::size_t fileCount() const { return m_files.size(); }
    CheckpointLayout layout() const { return m_layout; }
    /// No lm_head tensor: the embedding serves as the head, whatever the configuration says.
    bool tied() const { return m_tied; }

    /// From config.json or given to open(), with `language.tied` as in the files. Absent without either.
    const std::optional<InternVLConfig> &config() const { return m_config; }
    /// Without a configuration: the sizes that the shapes show. Head counts and rope theta in it are guesses.
    const std::optional<InternVLConfig> &inferredSizes() const { return m_inferred; }

    /// Every tensor, by its on-disk name (in-memory names are normalised).
    const std::map<std::string, TensorView> &tensors() const { return m_tensors; }

    const std::vector<std::string> &missing() const { return m_missing; } ///< on-disk names
    const std::vector<std::string> &extra() const { return m_extra; }     ///< not part of the model; not loaded
    const std::vector<WrongTensor> &wrong() const { return m_wrong; }
    /// Elements of the model's tensors that are there.
    std::int64_t parameterCount() const { return m_parameters; }

    /// Why the model cannot run from this folder, in one sentence; absent when it can.
    std::optional<Error> problem() const;
    /// All tensors of the model in the order of expectedTensors, or problem().
    Result<std::vector<TensorToLoad>> plan() const;

private:
    CheckpointFiles() = default;

    Status openTensors();
    Status openIndexed(const std::string &indexPath);
    Status addFile(const std::string &path);
    Status readConfig(const std::optional<InternVLConfig> &given);
    void compare();

    std::string m_folder;
    std::vector<SafetensorsFile> m_files;
    std::map<std::string, TensorView> m_tensors;
    std::map<std::string, std::string> m_origin; ///< file of each tensor
    CheckpointLayout m_layout = CheckpointLayout::Original;
    bool m_tied = false;
    std::optional<InternVLConfig> m_config;
    std::optional<InternVLConfig> m_inferred;
    std::vector<std::string> m_missing;
    std::vector<std::string> m_extra;
    std::vector<WrongTensor> m_wrong;
    std::int64_t m_parameters = 0;
};

/// The sizes that a model's tensors show by name and shape. Head counts and rope theta cannot be seen and are set to
/// values that fit the shapes. The error names the first tensor that would be needed and is not there.
WINNOW_CORE_API Result<InternVLConfig> inferSizes(const std::map<std::string, TensorView> &tensors,
                                                  CheckpointLayout layout);

} // namespace winnow
