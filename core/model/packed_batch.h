#pragma once

#include "core/base/records.h"
#include "core/model/picture_augmentation.h"

#include <ATen/core/Tensor.h>

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace winnow {

/// Several samples as one sequence of N tokens without padding: linear layers see all tokens at once, attention stays
/// inside each segment. B samples, G segments, T tiles in all, S sites in all. A segment is a whole sample, or the part of
/// one after a prefix that several samples share and that stands in the batch once (candidates of one question).
struct PackedBatch {
    at::Tensor ids;                        ///< [N] i64
    at::Tensor positions;                  ///< [N] i64, 0.. inside each sample
    std::vector<std::int64_t> lengths;     ///< tokens of each segment [G], sum N
    std::vector<std::int64_t> prefixOf;    ///< segment whose tokens come before this one [G]; -1: none
    std::vector<std::int64_t> segmentSites; ///< sites of each segment [G], sum S
    at::Tensor pixels;                     ///< [T,3,size,size] normalised; undefined without tiles
    at::Tensor branchFactors;              ///< [layers,2,T] of InternViT's branches (drop_path.h); undefined: all 1
    at::Tensor imageRows;                  ///< [R] i64: rows of the packed sequence that hold image tokens
    at::Tensor siteRows;                   ///< [S] i64: rows whose logits are wanted
    at::Tensor siteLabels;                 ///< [S] i64: target token ids
    at::Tensor siteSamples;                ///< [S] i64: sample of each site
    std::vector<std::int64_t> siteCounts;  ///< sites of each sample [B], sum S

    std::int64_t samples() const { return static_cast<std::int64_t>(siteCounts.size()); }
    std::int64_t tokens() const;
};

/// What is subtracted from and divided into the 0..1 picture, per channel (spec preprocessing.md 1.6).
struct PixelNormalization {
    std::array<double, 3> mean{0.485, 0.456, 0.406};
    std::array<double, 3> deviation{0.229, 0.224, 0.225};
};

using SamplePointers = std::vector<std::shared_ptr<const EncodedSample>>;

/// Packs samples. `imageContext` is the id of <IMG_CONTEXT>; the number of such tokens of a sample must equal its tiles
/// times the tokens of a tile, which the encoder guarantees.
PackedBatch packBatch(std::span<const std::shared_ptr<const EncodedSample>> samples, std::int32_t imageContext,
                      at::ScalarType dtype, const PixelNormalization &normalization = {},
                      const AugmentedBatch &augmented = {});

/// The same with groups of neighbouring samples, `groups` giving the size of each (sum B): the tokens that all samples of a
/// group begin with, up to the first site, and their tiles are packed once. For passes without gradients.
PackedBatch packGroups(std::span<const std::shared_ptr<const EncodedSample>> samples, std::span<const std::size_t> groups,
                       std::int32_t imageContext, at::ScalarType dtype, const PixelNormalization &normalization = {});

/// Tokens that all samples begin with, not more than up to their first site; 0 when their tiles differ.
std::size_t sharedPrefix(std::span<const std::shared_ptr<const EncodedSample>> samples);

} // namespace winnow
