#pragma once

#include "core/base/records.h"

#include <ATen/core/Tensor.h>

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace winnow {

/// Several samples as one sequence of N tokens without padding: linear layers see all tokens at once, attention stays
/// inside each sample. B samples, T tiles in all, S sites in all.
struct PackedBatch {
    at::Tensor ids;                        ///< [N] i64
    at::Tensor positions;                  ///< [N] i64, 0.. inside each sample
    std::vector<std::int64_t> lengths;     ///< tokens of each sample, sum N
    at::Tensor pixels;                     ///< [T,3,size,size] normalised; undefined without tiles
    at::Tensor imageRows;                  ///< [R] i64: rows of the packed sequence that hold image tokens
    at::Tensor siteRows;                   ///< [S] i64: rows whose logits are wanted
    at::Tensor siteLabels;                 ///< [S] i64: target token ids
    at::Tensor siteSamples;                ///< [S] i64: sample of each site
    std::vector<std::int64_t> siteCounts;  ///< sites of each sample, sum S
    std::vector<std::int64_t> sitePositions; ///< position of each site inside its sample

    std::int64_t samples() const { return static_cast<std::int64_t>(lengths.size()); }
    std::int64_t tokens() const;
};

/// What is subtracted from and divided into the 0..1 picture, per channel (spec preprocessing.md 1.6).
struct PixelNormalization {
    std::array<double, 3> mean{0.485, 0.456, 0.406};
    std::array<double, 3> deviation{0.229, 0.224, 0.225};
};

/// Noise added to the 0..1 picture (base training): N(0, deviation), drawn from (seed, position).
struct PixelNoise {
    double deviation = 0.0;
    std::uint64_t seed = 0;
    std::uint64_t position = 0;
};

using SamplePointers = std::vector<std::shared_ptr<const EncodedSample>>;

/// Packs samples. `imageContext` is the id of <IMG_CONTEXT>; the number of such tokens of a sample must equal its tiles
/// times the tokens of a tile, which the encoder guarantees.
PackedBatch packBatch(std::span<const std::shared_ptr<const EncodedSample>> samples, std::int32_t imageContext,
                      at::ScalarType dtype, const PixelNormalization &normalization = {}, const PixelNoise &noise = {});

} // namespace winnow
