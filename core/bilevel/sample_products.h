#pragma once

#include "core/model/packed_batch.h"
#include "core/model/parameters.h"

namespace winnow {

/// Per-sample products <v, g_i> of one micro-batch, layer by layer, without ever holding a sample's gradient g_i:
/// with rows t of sample i, inputs x_t and gradients s_t at the outputs,
///   Linear      sum_t s_t . (V x_t + v_b)           (one product with V for all samples at once)
///   Gain        sum_t v . (s_t o x_t) + v_b . s_t
///   Embedding   sum_t s_t . V[id_t]
///   Positions   sum_t s_t . V_t, and the class token's row with v_class
/// A leaf that is used twice (a head tied to the embedding, the split qkv of the last block) needs no cross terms: both
/// uses meet the whole v of that leaf. The micro-batch holds `products` samples to take products of, then others (meta
/// rows) that only have a gradient. Used on one thread.
class SampleProducts : public ParameterTap {
public:
    struct Plan {
        std::size_t products = 0;                 ///< samples with products; the first of the micro-batch
        const ParameterSet *direction = nullptr;  ///< v where it is known before the pass; else uses are kept for finish()
        ParameterSet *productGradient = nullptr;  ///< gets sum_i weight_i g_i; may be null
        ParameterSet *otherGradient = nullptr;    ///< gets the gradient of the other samples; may be null
    };
    SampleProducts(const PackedBatch &batch, const Plan &plan);

    void setSampleWeights(const at::Tensor &weights) override { m_weights = weights; }
    void use(ParameterUse use) override;

    /// Products of the kept uses, which are given free.
    void finish(const ParameterSet &direction);
    /// [products] float64.
    const at::Tensor &values() const { return m_values; }

private:
    struct Space {
        at::Tensor samples;         ///< [rows] i64: sample of each row
        std::int64_t products = 0;  ///< rows of samples with products; they come first
    };
    const Space &spaceOf(RowSpace rows) const { return m_spaces[static_cast<std::size_t>(rows)]; }
    void addProducts(const ParameterUse &use, const ParameterSet &direction);
    void addGradient(const ParameterUse &use, ParameterSet &gradient, const at::Tensor &rowWeights) const;
    void addRows(RowSpace rows, const at::Tensor &values);

    Plan m_plan;
    Space m_spaces[3];
    at::Tensor m_weights; ///< [b] or undefined
    at::Tensor m_values;
    std::vector<ParameterUse> m_kept;
};

} // namespace winnow
