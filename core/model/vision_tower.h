#pragma once

#include "core/model/compute_form.h"
#include "core/model/parameters.h"

namespace winnow {

/// InternViT (spec internvl3.md section 2, steps 1-2): patches, class token, positions, pre-norm blocks with layer
/// scale, no final norm. Stateless: parameters come with each call.
class VisionTower {
public:
    VisionTower(const InternVLConfig &config, const ParameterLayout &layout);

    /// pixels [T,3,h,w] -> [T, 1 + (h/patch)(w/patch), D]. Other sizes than the configured one interpolate positions.
    /// `branchFactors` [layers,2,T] multiply what the attention and MLP branches add (drop_path.h); undefined: 1.
    at::Tensor forward(const ParameterSet &parameters, const at::Tensor &pixels, ComputeForm attention,
                       const at::Tensor &branchFactors = {}) const;

    // The two parts of forward, named as in the specification.
    at::Tensor embed(const ParameterSet &parameters, const at::Tensor &pixels) const;
    /// `factors` [2,T] are the layer's own.
    at::Tensor block(const ParameterSet &parameters, std::int64_t layer, const at::Tensor &x, ComputeForm attention,
                     const at::Tensor &factors = {}) const;
    std::int64_t layers() const { return static_cast<std::int64_t>(m_blocks.size()); }

private:
    static constexpr std::size_t absent = static_cast<std::size_t>(-1);
    struct Block {
        std::size_t qkvWeight, qkvBias = absent, qNorm = absent, kNorm = absent, projWeight, projBias;
        std::size_t fc1Weight, fc1Bias, fc2Weight, fc2Bias;
        std::size_t norm1Weight, norm1Bias = absent, norm2Weight, norm2Bias = absent, ls1, ls2;
    };
    at::Tensor norm(const ParameterSet &parameters, std::size_t weight, std::size_t bias, const at::Tensor &x) const;
    at::Tensor attend(const ParameterSet &parameters, const Block &block, const at::Tensor &x, ComputeForm form) const;
    at::Tensor positions(const ParameterSet &parameters, std::int64_t rows, std::int64_t columns) const;

    InternVLConfig::Vision m_config;
    std::size_t m_classEmbedding, m_positionEmbedding, m_patchWeight, m_patchBias;
    std::vector<Block> m_blocks;
};

} // namespace winnow
