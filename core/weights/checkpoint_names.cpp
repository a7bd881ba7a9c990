#include "core/weights/checkpoint_names.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace winnow {

namespace {

using Shape = std::vector<std::int64_t>;
using NamePair = std::pair<std::string_view, std::string_view>;

constexpr std::string_view originalLayer = "vision_model.encoder.layers.";
constexpr std::string_view hfLayer = "vision_tower.encoder.layer.";

// Prefixes: what follows is kept.
constexpr std::array<NamePair, 6> outsideLayers{{
    {"vision_model.embeddings.class_embedding", "vision_tower.embeddings.cls_token"},
    {"vision_model.embeddings.position_embedding", "vision_tower.embeddings.position_embeddings"},
    {"vision_model.embeddings.patch_embedding.", "vision_tower.embeddings.patch_embeddings.projection."},
    {"mlp1.0.", "multi_modal_projector.layer_norm."},
    {"mlp1.1.", "multi_modal_projector.linear_1."},
    {"mlp1.3.", "multi_modal_projector.linear_2."},
}};
constexpr std::array<NamePair, 7> insideLayers{{
    {"attn.proj.", "attention.projection_layer."},
    {"attn.q_norm.", "attention.q_norm."},
    {"attn.k_norm.", "attention.k_norm."},
    {"norm1.", "layernorm_before."},
    {"norm2.", "layernorm_after."},
    {"ls1", "lambda_1"},
    {"ls2", "lambda_2"},
}};
constexpr std::string_view fusedQkv = "attn.qkv.";

// In this order (spec section 4).
constexpr std::array<NamePair, 4> memoryPrefixes{{
    {"model.language_model.", "language_model.model."},
    {"lm_head.", "language_model.lm_head."},
    {"model.vision_tower.", "vision_tower."},
    {"model.multi_modal_projector.", "multi_modal_projector."},
}};

template <std::size_t N>
std::optional<std::string> replacePrefix(std::string_view name, const std::array<NamePair, N> &pairs)
{
    for (const auto &[from, to] : pairs) {
        if (name.starts_with(from))
            return std::string(to).append(name.substr(from.size()));
    }
    return std::nullopt;
}

class TensorList {
public:
    void add(std::string name, Shape shape) { m_tensors.push_back({std::move(name), std::move(shape)}); }
    void addBoth(const std::string &name, Shape weight)
    {
        const std::int64_t rows = weight.front();
        add(name + ".weight", std::move(weight));
        add(name + ".bias", {rows});
    }
    std::vector<ExpectedTensor> take() { return std::move(m_tensors); }

private:
    std::vector<ExpectedTensor> m_tensors;
};

void addVision(TensorList &list, const InternVLConfig::Vision &vision)
{
    const std::int64_t width = vision.hidden;
    const std::int64_t patch = vision.patchSize;
    const std::string embeddings = "vision_model.embeddings.";
    list.add(embeddings + "class_embedding", {1, 1, width});
    list.add(embeddings + "position_embedding", {1, vision.positions(), width});
    list.addBoth(embeddings + "patch_embedding", {width, 3, patch, patch});
    for (int i = 0; i < vision.layers; ++i) {
        const std::string layer = std::string(originalLayer) + std::to_string(i) + ".";
        for (const char *norm : {"norm1", "norm2"}) {
            list.add(layer + norm + ".weight", {width});
            if (!vision.rmsNorm)
                list.add(layer + norm + ".bias", {width});
        }
        list.add(layer + "attn.qkv.weight", {3 * width, width});
        if (vision.qkvBias)
            list.add(layer + "attn.qkv.bias", {3 * width});
        if (vision.qkNorm) {
            list.add(layer + "attn.q_norm.weight", {width});
            list.add(layer + "attn.k_norm.weight", {width});
        }
        list.addBoth(layer + "attn.proj", {width, width});
        list.addBoth(layer + "mlp.fc1", {vision.mlp, width});
        list.addBoth(layer + "mlp.fc2", {width, vision.mlp});
        list.add(layer + "ls1", {width});
        list.add(layer + "ls2", {width});
    }
}

void addLanguage(TensorList &list, const InternVLConfig::Language &language, bool tied)
{
    const std::int64_t width = language.hidden;
    const std::int64_t queries = std::int64_t{language.heads} * language.headDim;
    const std::int64_t keys = std::int64_t{language.kvHeads} * language.headDim;
    list.add("language_model.model.embed_tokens.weight", {language.vocab, width});
    for (int i = 0; i < language.layers; ++i) {
        const std::string layer = "language_model.model.layers." + std::to_string(i) + ".";
        list.add(layer + "input_layernorm.weight", {width});
        list.addBoth(layer + "self_attn.q_proj", {queries, width});
        list.addBoth(layer + "self_attn.k_proj", {keys, width});
        list.addBoth(layer + "self_attn.v_proj", {keys, width});
        list.add(layer + "self_attn.o_proj.weight", {width, queries});
        list.add(layer + "post_attention_layernorm.weight", {width});
        list.add(layer + "mlp.gate_proj.weight", {language.mlp, width});
        list.add(layer + "mlp.up_proj.weight", {language.mlp, width});
        list.add(layer + "mlp.down_proj.weight", {width, language.mlp});
    }
    list.add("language_model.model.norm.weight", {width});
    if (!tied)
        list.add("language_model.lm_head.weight", {language.vocab, width});
}

} // namespace

std::vector<ExpectedTensor> expectedTensors(const InternVLConfig &config, bool tied)
{
    TensorList list;
    addVision(list, config.vision);
    const std::int64_t merged = config.projectorInput();
    const std::int64_t width = config.language.hidden;
    list.addBoth("mlp1.0", {merged});
    list.addBoth("mlp1.1", {width, merged});
    list.addBoth("mlp1.3", {width, width});
    addLanguage(list, config.language, tied);
    return list.take();
}

std::string normaliseName(std::string_view name)
{
    return replacePrefix(name, memoryPrefixes).value_or(std::string(name));
}

CheckpointLayout detectLayout(const std::vector<std::string> &names)
{
    const bool original = std::any_of(names.begin(), names.end(),
                                      [](const std::string &name) { return name.starts_with("vision_model."); });
    return original ? CheckpointLayout::Original : CheckpointLayout::Hf;
}

std::vector<std::string> diskNames(std::string_view internalName, CheckpointLayout layout)
{
    if (layout == CheckpointLayout::Original)
        return {std::string(internalName)};
    if (!internalName.starts_with(originalLayer))
        return {replacePrefix(internalName, outsideLayers).value_or(std::string(internalName))};
    const std::string_view rest = internalName.substr(originalLayer.size());
    const std::size_t dot = rest.find('.');
    if (dot == std::string_view::npos)
        return {std::string(internalName)};
    const std::string layer = std::string(hfLayer).append(rest.substr(0, dot + 1));
    const std::string_view part = rest.substr(dot + 1);
    if (!part.starts_with(fusedQkv))
        return {layer + replacePrefix(part, insideLayers).value_or(std::string(part))};
    std::vector<std::string> names;
    for (const char *projection : {"q_proj.", "k_proj.", "v_proj."})
        names.push_back((layer + "attention." + projection).append(part.substr(fusedQkv.size())));
    return names;
}

std::vector<std::int64_t> TensorSource::diskShape() const
{
    std::vector<std::int64_t> result = shape;
    if (diskNames.size() > 1)
        result.front() /= static_cast<std::int64_t>(diskNames.size());
    return result;
}

std::vector<TensorSource> tensorSources(const InternVLConfig &config, bool tied, CheckpointLayout layout)
{
    std::vector<TensorSource> sources;
    for (ExpectedTensor &tensor : expectedTensors(config, tied)) {
        std::vector<std::string> names = diskNames(tensor.name, layout);
        sources.push_back({std::move(tensor.name), std::move(names), std::move(tensor.shape)});
    }
    return sources;
}

} // namespace winnow
