#pragma once

#include "core/base/records.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace winnow {

/// Random changes of the pictures while training, so that rows that come back do not show the same pixels.
struct PictureAugmentation {
    double noise = 0.0;  ///< standard deviation of noise added to the 0..1 picture
    double jitter = 0.0; ///< each tile moves by at most this share of its side, zooms by at most this share, and turns by
                         ///< at most this share of a quarter turn, all uniform; its border colours go on outside
    std::uint64_t seed = 0;

    bool active() const { return noise > 0 || jitter > 0; }
};

/// Which draws a pass takes: those of this place in the run, or none (clean pictures). Passes with the same position see
/// the same pictures, so that an estimator differentiates the very loss that its step took.
using DrawPosition = std::optional<std::uint64_t>;

/// The draws of a batch's samples: `members` are their places in the whole batch, so that a sample's draw depends neither
/// on the number of workers nor on micro-batches.
struct AugmentedBatch {
    PictureAugmentation augmentation = {};
    std::uint64_t position = 0;
    std::span<const std::size_t> members = {};
};

/// `unit` [T,3,size,size], 0..1, the tiles of `samples` one after another; returns the changed ones (the same tensor where
/// nothing is to be changed).
at::Tensor augmentPictures(at::Tensor unit, std::span<const std::shared_ptr<const EncodedSample>> samples,
                           const AugmentedBatch &batch);

} // namespace winnow
