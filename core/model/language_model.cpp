#include "core/model/language_model.h"

#include "core/kernels/fused_operators.h"
#include "core/model/tapped_operators.h"

#include <ATen/ATen.h>

#include <cmath>

namespace winnow {
namespace {

/// Mask [L,M]: the row at position p sees the keys at positions 0 .. p.
at::Tensor visibleFrom(const at::Tensor &positions, std::int64_t keys)
{
    return at::arange(keys, positions.options()).unsqueeze(0) <= positions.unsqueeze(1);
}

} // namespace

LanguageModel::LanguageModel(const InternVLConfig &config, const ParameterLayout &layout)
    : m_config(config.language), m_embedding(layout.leafIndex("language_model.model.embed_tokens.weight")),
      m_norm(layout.leafIndex("language_model.model.norm.weight")),
      m_head(layout.headIndex())
{
    for (std::int64_t i = 0; i < m_config.layers; ++i) {
        const std::string p = "language_model.model.layers." + std::to_string(i) + ".";
        m_blocks.push_back({layout.leafIndex(p + "self_attn.qkv.weight"), layout.leafIndex(p + "self_attn.qkv.bias"),
                            layout.leafIndex(p + "self_attn.o_proj.weight"), layout.leafIndex(p + "mlp.gate_up.weight"),
                            layout.leafIndex(p + "mlp.down_proj.weight"), layout.leafIndex(p + "input_layernorm.weight"),
                            layout.leafIndex(p + "post_attention_layernorm.weight")});
    }
}

at::Tensor LanguageModel::embed(const ParameterSet &parameters, const at::Tensor &ids, std::int64_t imageContext) const
{
    // padding_idx keeps the backward from adding thousands of image rows onto one embedding row.
    const at::Tensor rows = tappedEmbedding(parameters.tap, parameters.leaf(m_embedding), ids, imageContext,
                                            {RowSpace::Tokens, m_embedding});
    return rows.to(parameters.leaf(m_norm).scalar_type()); // the embedding may be wider than the rest (inType)
}

at::Tensor LanguageModel::logits(const ParameterSet &parameters, const at::Tensor &hidden) const
{
    const at::Tensor &head = parameters.leaf(m_head); // may be wider than the rest, and the logits with it
    return tappedLinear(parameters.tap, hidden.to(head.scalar_type()), head, {}, {RowSpace::Sites, m_head});
}

at::Tensor LanguageModel::finalNorm(const ParameterSet &parameters, const at::Tensor &x, ComputeForm form) const
{
    return tappedRmsNorm(parameters.tap, x, parameters.leaf(m_norm), m_config.rmsEps, form, {RowSpace::Sites, m_norm});
}

LanguageModel::Rotary LanguageModel::rotaryOf(const PackedBatch &batch, const at::Tensor &x) const
{
    const std::int64_t longest = batch.positions.max().item<std::int64_t>() + 1;
    const RotaryTable table = rotaryTable(m_config, longest, x.scalar_type());
    return {table.cosine.index_select(0, batch.positions).unsqueeze(1),
            table.sine.index_select(0, batch.positions).unsqueeze(1)};
}

/// q [L,heads,d], k and v [M,kvHeads,d] of one sample -> [L,heads*d]. mask [L,M] bool (true = visible) or undefined.
at::Tensor LanguageModel::attention(const at::Tensor &q, const at::Tensor &k, const at::Tensor &v,
                                    const at::Tensor &mask, bool causal, ComputeForm form) const
{
    const at::Tensor queries = q.transpose(0, 1).unsqueeze(0);
    at::Tensor keys = k.transpose(0, 1).unsqueeze(0);
    at::Tensor values = v.transpose(0, 1).unsqueeze(0);
    at::Tensor out;
    if (form == ComputeForm::Fused) {
        const std::optional<at::Tensor> visible = mask.defined() ? std::optional(mask) : std::nullopt;
        out = at::scaled_dot_product_attention(queries, keys, values, visible, 0.0, causal, std::nullopt,
                                               m_config.heads != m_config.kvHeads);
    } else {
        const std::int64_t share = m_config.heads / m_config.kvHeads;
        keys = keys.repeat_interleave(share, 1);
        values = values.repeat_interleave(share, 1);
        at::Tensor scores
            = at::matmul(queries, keys.transpose(-1, -2)) * (1.0 / std::sqrt(static_cast<double>(m_config.headDim)));
        at::Tensor hidden = mask.defined() ? mask.logical_not()
                                           : at::ones({q.size(0), k.size(0)}, at::kBool).triu(1).to(q.device());
        scores = scores.masked_fill(hidden, -std::numeric_limits<double>::infinity());
        out = at::matmul(at::softmax(scores, -1), values);
    }
    return out.squeeze(0).transpose(0, 1).reshape({q.size(0), -1});
}

at::Tensor LanguageModel::feedForward(const ParameterSet &parameters, const Block &block, const at::Tensor &x,
                                      ComputeForm form, RowSpace rows) const
{
    ParameterTap *tap = parameters.tap;
    const at::Tensor normed
        = tappedRmsNorm(tap, x, parameters.leaf(block.postNorm), m_config.rmsEps, form, {rows, block.postNorm});
    const at::Tensor gateUp
        = tappedLinear(tap, normed, parameters.leaf(block.gateUpWeight), {}, {rows, block.gateUpWeight});
    const auto plain = [&] {
        const auto parts = gateUp.split(m_config.mlp, -1);
        return at::silu(parts[0]) * parts[1];
    };
    const at::Tensor inner = form == ComputeForm::Fused ? fusedSwiGlu(gateUp) : plain();
    return x + tappedLinear(tap, inner, parameters.leaf(block.downWeight), {}, {rows, block.downWeight});
}

at::Tensor LanguageModel::fullBlock(const ParameterSet &parameters, const Block &block, const at::Tensor &x,
                                    const PackedBatch &batch, const Rotary &rotary, ComputeForm form) const
{
    const std::int64_t tokens = x.size(0), d = m_config.headDim, heads = m_config.heads, kv = m_config.kvHeads;
    ParameterTap *tap = parameters.tap;
    const at::Tensor normed = tappedRmsNorm(tap, x, parameters.leaf(block.inputNorm), m_config.rmsEps, form,
                                            {RowSpace::Tokens, block.inputNorm});
    const at::Tensor qkv = tappedLinear(tap, normed, parameters.leaf(block.qkvWeight), parameters.leaf(block.qkvBias),
                                        {RowSpace::Tokens, block.qkvWeight, block.qkvBias})
                               .reshape({tokens, heads + 2 * kv, d});
    const auto parts = qkv.split_with_sizes({heads + kv, kv}, 1);
    const at::Tensor rotated = rotate(parts[0], rotary.cosine, rotary.sine, form); // q and k share the table
    const auto qk = rotated.split_with_sizes({heads, kv}, 1);
    const auto q = qk[0].split_with_sizes(batch.lengths);
    const auto k = qk[1].split_with_sizes(batch.lengths);
    const auto v = parts[1].split_with_sizes(batch.lengths);
    std::vector<at::Tensor> attended;
    for (std::size_t s = 0; s < q.size(); ++s) {
        if (batch.prefixOf[s] < 0) {
            attended.push_back(attention(q[s], k[s], v[s], {}, true, form));
            continue;
        }
        const auto prefix = static_cast<std::size_t>(batch.prefixOf[s]);
        const at::Tensor rows = at::arange(batch.lengths[s], batch.positions.options()) + batch.lengths[prefix];
        attended.push_back(attention(q[s], at::cat({k[prefix], k[s]}), at::cat({v[prefix], v[s]}),
                                     visibleFrom(rows, batch.lengths[prefix] + batch.lengths[s]), false, form));
    }
    const at::Tensor middle = x
        + tappedLinear(tap, at::cat(attended), parameters.leaf(block.outWeight), {},
                       {RowSpace::Tokens, block.outWeight});
    return feedForward(parameters, block, middle, form, RowSpace::Tokens);
}

at::Tensor LanguageModel::siteBlock(const ParameterSet &parameters, const Block &block, const at::Tensor &x,
                                    const PackedBatch &batch, const Rotary &rotary, ComputeForm form) const
{
    const std::int64_t d = m_config.headDim, heads = m_config.heads, kv = m_config.kvHeads;
    ParameterTap *tap = parameters.tap;
    const at::Tensor normed = tappedRmsNorm(tap, x, parameters.leaf(block.inputNorm), m_config.rmsEps, form,
                                            {RowSpace::Tokens, block.inputNorm});
    const auto weights = parameters.leaf(block.qkvWeight).split_with_sizes({heads * d, 2 * kv * d});
    const auto biases = parameters.leaf(block.qkvBias).split_with_sizes({heads * d, 2 * kv * d});
    at::Tensor q = tappedLinear(tap, normed.index_select(0, batch.siteRows), weights[0], biases[0],
                                {RowSpace::Sites, block.qkvWeight, block.qkvBias, 0})
                       .reshape({-1, heads, d});
    q = rotate(q, rotary.cosine.index_select(0, batch.siteRows), rotary.sine.index_select(0, batch.siteRows), form);
    const auto keysValues = tappedLinear(tap, normed, weights[1], biases[1],
                                         {RowSpace::Tokens, block.qkvWeight, block.qkvBias, heads * d})
                                .reshape({-1, 2 * kv, d})
                                .split(kv, 1);
    const auto k = rotate(keysValues[0], rotary.cosine, rotary.sine, form).split_with_sizes(batch.lengths);
    const auto v = keysValues[1].split_with_sizes(batch.lengths);
    const auto qOf = q.split_with_sizes(batch.segmentSites);
    std::vector<at::Tensor> attended;
    const at::Tensor sitePositions = batch.positions.index_select(0, batch.siteRows);
    const auto positionsOf = sitePositions.split_with_sizes(batch.segmentSites);
    for (std::size_t s = 0; s < qOf.size(); ++s) {
        if (batch.segmentSites[s] == 0)
            continue;
        at::Tensor keys = k[s], values = v[s];
        if (batch.prefixOf[s] >= 0) {
            const auto prefix = static_cast<std::size_t>(batch.prefixOf[s]);
            keys = at::cat({k[prefix], keys});
            values = at::cat({v[prefix], values});
        }
        attended.push_back(attention(qOf[s], keys, values, visibleFrom(positionsOf[s], keys.size(0)), false, form));
    }
    const at::Tensor middle = x.index_select(0, batch.siteRows)
        + tappedLinear(tap, at::cat(attended), parameters.leaf(block.outWeight), {}, {RowSpace::Sites, block.outWeight});
    return feedForward(parameters, block, middle, form, RowSpace::Sites);
}

at::Tensor LanguageModel::block(const ParameterSet &parameters, std::int64_t layer, const at::Tensor &x,
                                const PackedBatch &batch, ComputeForm form) const
{
    return fullBlock(parameters, m_blocks[static_cast<std::size_t>(layer)], x, batch, rotaryOf(batch, x), form);
}

at::Tensor LanguageModel::hiddenAtSites(const ParameterSet &parameters, const at::Tensor &x, const PackedBatch &batch,
                                        ComputeForm form) const
{
    const Rotary rotary = rotaryOf(batch, x);
    at::Tensor state = x;
    for (std::size_t layer = 0; layer + 1 < m_blocks.size(); ++layer)
        state = fullBlock(parameters, m_blocks[layer], state, batch, rotary, form);
    return finalNorm(parameters, siteBlock(parameters, m_blocks.back(), state, batch, rotary, form), form);
}

} // namespace winnow
