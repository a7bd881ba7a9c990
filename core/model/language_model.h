#pragma once

#include "core/model/compute_form.h"
#include "core/model/packed_batch.h"
#include "core/model/parameters.h"
#include "core/model/rope.h"

namespace winnow {

/// Qwen2 decoder on a packed batch (spec internvl3.md section 2, steps 7-8). Attention never crosses samples.
/// Stateless: parameters come with each call.
class LanguageModel {
public:
    LanguageModel(const InternVLConfig &config, const ParameterLayout &layout);

    /// Token embeddings [N,H]; the rows of `imageContext` get no gradient (they are overwritten by image rows).
    at::Tensor embed(const ParameterSet &parameters, const at::Tensor &ids, std::int64_t imageContext) const;

    /// x [N,H] -> final-norm hidden states at the batch's site rows [S,H]. The last block computes only what the
    /// sites need: keys and values for all tokens, the rest for the site rows.
    at::Tensor hiddenAtSites(const ParameterSet &parameters, const at::Tensor &x, const PackedBatch &batch,
                             ComputeForm attention) const;

    /// hidden [S,H] -> logits [S,V].
    at::Tensor logits(const ParameterSet &parameters, const at::Tensor &hidden) const;

    // Parts, for tests.
    at::Tensor block(const ParameterSet &parameters, std::int64_t layer, const at::Tensor &x, const PackedBatch &batch,
                     ComputeForm attention) const;
    at::Tensor finalNorm(const ParameterSet &parameters, const at::Tensor &x,
                         ComputeForm form = ComputeForm::Fused) const; ///< x: site rows

private:
    struct Block {
        std::size_t qkvWeight, qkvBias, outWeight, gateUpWeight, downWeight, inputNorm, postNorm;
    };
    struct Rotary {
        at::Tensor cosine, sine; ///< [N,1,headDim] rows of each token
    };
    Rotary rotaryOf(const PackedBatch &batch, const at::Tensor &x) const;
    at::Tensor fullBlock(const ParameterSet &parameters, const Block &block, const at::Tensor &x,
                         const PackedBatch &batch, const Rotary &rotary, ComputeForm form) const;
    at::Tensor siteBlock(const ParameterSet &parameters, const Block &block, const at::Tensor &x,
                         const PackedBatch &batch, const Rotary &rotary, ComputeForm form) const;
    at::Tensor feedForward(const ParameterSet &parameters, const Block &block, const at::Tensor &x,
                           ComputeForm form, RowSpace rows) const;
    at::Tensor attention(const at::Tensor &q, const at::Tensor &k, const at::Tensor &v, const at::Tensor &mask,
                         bool causal, ComputeForm form) const;

    InternVLConfig::Language m_config;
    std::size_t m_embedding, m_norm, m_head;
    std::vector<Block> m_blocks;
};

} // namespace winnow
