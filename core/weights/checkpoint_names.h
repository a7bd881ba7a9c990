#pragma once

#include "core/base/export.h"
#include "core/model/internvl_config.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

/// The names of a model's tensors in the three forms that files have (spec internvl3.md, sections 3 and 4): original,
/// -hf as on disk, -hf as in memory (`model.` before everything). Inside Winnow a tensor has its original name, with
/// q, k and v of the vision tower in one tensor (`attn.qkv`, rows q then k then v).

struct ExpectedTensor {
    std::string name; ///< internal
    std::vector<std::int64_t> shape;
};

/// All tensors of a model in a fixed order: vision tower, projector, language model. The head is left out if `tied`.
WINNOW_CORE_API std::vector<ExpectedTensor> expectedTensors(const InternVLConfig &config, bool tied);

/// The on-disk form of a name that may be in the in-memory form; other names come back unchanged.
WINNOW_CORE_API std::string normaliseName(std::string_view name);

/// Original if any name begins with `vision_model.`, else -hf.
WINNOW_CORE_API CheckpointLayout detectLayout(const std::vector<std::string> &names);

/// Names on disk of an internal tensor: one, or q, k, v whose concatenation along dimension 0 it is (-hf only).
WINNOW_CORE_API std::vector<std::string> diskNames(std::string_view internalName, CheckpointLayout layout);

/// Where an internal tensor comes from: the concatenation along dimension 0 of the tensors on disk, which have equal
/// shapes where they are several.
struct TensorSource {
    std::string internalName;
    std::vector<std::string> diskNames;
    std::vector<std::int64_t> shape; ///< of the internal tensor

    /// Of each tensor on disk.
    WINNOW_CORE_API std::vector<std::int64_t> diskShape() const;
};

/// One source for each tensor of expectedTensors, in its order. Serves loading and, read backwards, saving.
WINNOW_CORE_API std::vector<TensorSource> tensorSources(const InternVLConfig &config, bool tied,
                                                        CheckpointLayout layout);

} // namespace winnow
