#include "core/model/parameters.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <numeric>

namespace winnow {

std::int64_t ParameterSlot::count() const
{
    return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

ParameterLayout::ParameterLayout(const InternVLConfig &config, bool tied) : m_tied(tied)
{
    addVision(config);
    addLanguage(config);
}

std::size_t ParameterLayout::leafIndex(const std::string &name) const
{
    return m_leafIndex.at(name);
}

void ParameterLayout::addNamed(const std::string &name, std::vector<std::int64_t> shape)
{
    ParameterSlot slot{name, std::move(shape), m_size};
    m_size += slot.count();
    m_named.push_back(std::move(slot));
}

void ParameterLayout::addLeaf(const std::string &name, std::vector<std::int64_t> shape, std::int64_t offset)
{
    m_leafIndex.emplace(name, m_leaves.size());
    m_leaves.push_back({name, std::move(shape), offset});
}

void ParameterLayout::addBoth(const std::string &name, std::vector<std::int64_t> shape)
{
    addLeaf(name, shape, m_size);
    addNamed(name, std::move(shape));
}

void ParameterLayout::addVision(const InternVLConfig &config)
{
    const auto &v = config.vision;
    const std::int64_t width = v.hidden;
    const std::int64_t grid = v.imageSize / v.patchSize;
    const std::string root = "vision_model.embeddings.";
    addBoth(root + "class_embedding", {1, 1, width});
    addBoth(root + "position_embedding", {1, grid * grid + 1, width});
    addBoth(root + "patch_embedding.weight", {width, 3, v.patchSize, v.patchSize});
    addBoth(root + "patch_embedding.bias", {width});
    for (std::int64_t i = 0; i < v.layers; ++i) {
        const std::string layer = "vision_model.encoder.layers." + std::to_string(i) + ".";
        addBoth(layer + "attn.qkv.weight", {3 * width, width});
        if (v.qkvBias)
            addBoth(layer + "attn.qkv.bias", {3 * width});
        if (v.qkNorm) {
            addBoth(layer + "attn.q_norm.weight", {width});
            addBoth(layer + "attn.k_norm.weight", {width});
        }
        addBoth(layer + "attn.proj.weight", {width, width});
        addBoth(layer + "attn.proj.bias", {width});
        addBoth(layer + "mlp.fc1.weight", {v.mlp, width});
        addBoth(layer + "mlp.fc1.bias", {v.mlp});
        addBoth(layer + "mlp.fc2.weight", {width, v.mlp});
        addBoth(layer + "mlp.fc2.bias", {width});
        for (const char *norm : {"norm1", "norm2"}) {
            addBoth(layer + norm + ".weight", {width});
            if (!v.rmsNorm)
                addBoth(layer + norm + ".bias", {width});
        }
        addBoth(layer + "ls1", {width});
        addBoth(layer + "ls2", {width});
    }
    const std::int64_t merged = 4 * width;
    addBoth("mlp1.0.weight", {merged});
    addBoth("mlp1.0.bias", {merged});
    addBoth("mlp1.1.weight", {config.language.hidden, merged});
    addBoth("mlp1.1.bias", {config.language.hidden});
    addBoth("mlp1.3.weight", {config.language.hidden, config.language.hidden});
    addBoth("mlp1.3.bias", {config.language.hidden});
}

void ParameterLayout::addLanguage(const InternVLConfig &config)
{
    const auto &l = config.language;
    const std::int64_t width = l.hidden;
    const std::int64_t queries = l.heads * l.headDim;
    const std::int64_t keys = l.kvHeads * l.headDim;
    addBoth("language_model.model.embed_tokens.weight", {l.vocab, width});
    for (std::int64_t i = 0; i < l.layers; ++i) {
        const std::string layer = "language_model.model.layers." + std::to_string(i) + ".";
        addLeaf(layer + "self_attn.qkv.weight", {queries + 2 * keys, width}, m_size);
        addNamed(layer + "self_attn.q_proj.weight", {queries, width});
        addNamed(layer + "self_attn.k_proj.weight", {keys, width});
        addNamed(layer + "self_attn.v_proj.weight", {keys, width});
        addLeaf(layer + "self_attn.qkv.bias", {queries + 2 * keys}, m_size);
        addNamed(layer + "self_attn.q_proj.bias", {queries});
        addNamed(layer + "self_attn.k_proj.bias", {keys});
        addNamed(layer + "self_attn.v_proj.bias", {keys});
        addBoth(layer + "self_attn.o_proj.weight", {width, queries});
        addLeaf(layer + "mlp.gate_up.weight", {2 * l.mlp, width}, m_size);
        addNamed(layer + "mlp.gate_proj.weight", {l.mlp, width});
        addNamed(layer + "mlp.up_proj.weight", {l.mlp, width});
        addBoth(layer + "mlp.down_proj.weight", {width, l.mlp});
        addBoth(layer + "input_layernorm.weight", {width});
        addBoth(layer + "post_attention_layernorm.weight", {width});
    }
    addBoth("language_model.model.norm.weight", {width});
    if (!m_tied)
        addBoth("language_model.lm_head.weight", {l.vocab, width});
}

std::size_t ParameterLayout::headIndex() const
{
    return m_tied ? embeddingIndex() : leafIndex("language_model.lm_head.weight");
}

ParameterSet ParameterSet::fromFlat(std::shared_ptr<const ParameterLayout> layout, const at::Tensor &flat)
{
    ParameterSet set{std::move(layout), flat, {}};
    set.leaves.reserve(set.layout->leaves().size());
    for (const ParameterSlot &slot : set.layout->leaves())
        set.leaves.push_back(set.named(slot));
    return set;
}

ParameterSet ParameterSet::trainable() const
{
    ParameterSet set{layout, flat, {}};
    set.leaves.reserve(leaves.size());
    for (const at::Tensor &leaf : leaves)
        set.leaves.push_back(leaf.detach().requires_grad_(true));
    return set;
}

at::Tensor ParameterSet::named(const ParameterSlot &slot) const
{
    return flat.narrow(0, slot.offset, slot.count()).view(slot.shape);
}

ParameterSet inType(const ParameterSet &held, at::ScalarType type, at::Tensor &buffer)
{
    if (held.flat.scalar_type() == type)
        return held;
    const c10::NoGradGuard noGrad;
    const ParameterLayout &layout = *held.layout;
    const std::vector<ParameterSlot> &slots = layout.leaves();
    std::vector<std::size_t> kept{layout.embeddingIndex()};
    if (!layout.tied())
        kept.push_back(layout.headIndex());
    if (!buffer.defined()) {
        std::int64_t size = layout.size();
        for (const std::size_t i : kept)
            size -= slots[i].count();
        buffer = at::empty({size}, held.flat.options().dtype(type));
    }
    ParameterSet set{held.layout, held.flat, {}};
    std::int64_t from = 0, to = 0; // where the present run of rounded leaves starts in `flat` and in `buffer`
    const auto roundRun = [&](std::int64_t end) {
        buffer.narrow(0, to, end - from).copy_(held.flat.narrow(0, from, end - from));
        to += end - from;
    };
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const ParameterSlot &slot = slots[i];
        if (std::find(kept.begin(), kept.end(), i) == kept.end()) {
            set.leaves.push_back(buffer.narrow(0, to + slot.offset - from, slot.count()).view(slot.shape));
            continue;
        }
        set.leaves.push_back(held.leaf(i));
        roundRun(slot.offset);
        from = slot.offset + slot.count();
    }
    roundRun(layout.size());
    return set;
}

void flattenGradients(const ParameterLayout &layout, const std::vector<at::Tensor> &gradients, at::Tensor &flat)
{
    for (std::size_t i = 0; i < gradients.size(); ++i) {
        const ParameterSlot &slot = layout.leaves()[i];
        at::Tensor place = flat.narrow(0, slot.offset, slot.count());
        if (gradients[i].defined())
            place.copy_(gradients[i].reshape({-1}));
        else
            place.zero_();
    }
}

void addGradients(const ParameterLayout &layout, const std::vector<at::Tensor> &gradients, at::Tensor &flat)
{
    for (std::size_t i = 0; i < gradients.size(); ++i) {
        const ParameterSlot &slot = layout.leaves()[i];
        if (gradients[i].defined())
            flat.narrow(0, slot.offset, slot.count()).add_(gradients[i].reshape({-1}));
    }
}

} // namespace winnow
