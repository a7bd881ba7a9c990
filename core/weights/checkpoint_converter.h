#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/model/internvl_config.h"
#include "core/weights/checkpoint_files.h"

#include <optional>
#include <string>
#include <vector>

namespace winnow
{

struct ConvertOptions {
    CheckpointLayout layout = CheckpointLayout::Hf;
    std::optional<DType> dtype = std::nullopt; ///< of all tensors: F64, F32, F16 or BF16; absent: each as it is stored
    /// Id of <IMG_CONTEXT> where config.json names none; the -hf layout must name it.
    std::optional<int> imageToken = std::nullopt;
};

struct ConvertReport {
    std::int64_t tensors = 0;
    std::int64_t bytes = 0; ///< of the tensors written
    std::vector<std::string> copied; ///< tokenizer and other small files
};

/// Writes the model of a checkpoint in another layout or dtype: model.safetensors, config.json, and the small files
/// that both layouts share (tokenizer, generation settings; where the layout stays also the model's own program and
/// picture settings). q, k and v of the vision tower are split or joined; values are rounded to nearest. Tensors are
/// streamed from the mapped file, so memory stays small whatever the model's size. `out` must not exist or must be
/// empty.
WINNOW_CORE_API Result<ConvertReport> convertCheckpoint(const CheckpointFiles &files, const std::string &out,
                                                        const ConvertOptions &options);

} // namespace winnow
