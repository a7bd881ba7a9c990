#pragma once

#include "core/base/records.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <span>

namespace winnow {

/// Stochastic depth of InternViT (spec internvl3.md section 1): both branches of a layer, attention and MLP, are left
/// out for a tile with the layer's rate, each by a draw of its own, and divided by 1 - rate where they stay.
struct DropPath {
    double rate = 0.0; ///< of the last layer; 0 in the first, linear between
    std::uint64_t seed = 0;
};

/// The rate of a layer, 0 based.
double dropPathRate(double last, std::int64_t layer, std::int64_t layers);

/// What the branches are multiplied by, [layers, 2, T] f64, 0 or 1 / (1 - rate), for the tiles of `samples` one after
/// another; undefined where nothing can be dropped. `members` are the samples' places in the whole batch and `position`
/// the batch's in the run: the draws depend on neither workers nor micro-batches.
at::Tensor drawBranchFactors(const DropPath &drop, std::int64_t layers,
                             std::span<const std::shared_ptr<const EncodedSample>> samples, std::uint64_t position,
                             std::span<const std::size_t> members);

} // namespace winnow
