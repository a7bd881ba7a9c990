#pragma once

#include "core/model/internvl.h"
#include "core/weights/checkpoint_files.h"

namespace winnow {

struct LoadedModel {
    std::unique_ptr<InternVL> model;
    ParameterSet parameters;
};

/// Reads a checkpoint folder of either layout straight into one flat vector of `dtype`.
Result<LoadedModel> loadModel(const std::string &folder, at::ScalarType dtype);

/// A model with random weights: N(0, 0.02) for products, 0.1 for layer scale, ones and zeros for norms, as the original
/// initialises. `imageToken` must stand in the config.
Result<LoadedModel> initializeModel(const std::string &configJson, std::uint64_t seed, at::ScalarType dtype);

/// Writes model.safetensors and config.json in the -hf layout, in the parameters' dtype.
Status saveModel(const std::string &folder, const InternVL &model, const ParameterSet &parameters);

/// SHA-256 over the tensors of the -hf layout, sorted by name, of (name, dtype, shape, little-endian bytes).
std::string weightsSha256(const InternVL &model, const ParameterSet &parameters);

} // namespace winnow
