#include "core/model/internvl_config.h"

#include "core/model/config_reader.h"

#include <nlohmann/json.hpp>

namespace winnow {

namespace {

using nlohmann::json;

// Generous limits that keep every product of sizes inside 64 bits.
constexpr std::int64_t maxWidth = 1 << 17;
constexpr std::int64_t maxMlp = 1 << 20;
constexpr std::int64_t maxLayers = 1000;
constexpr std::int64_t maxHeads = 4096;
constexpr std::int64_t maxVocab = 10'000'000;
constexpr std::int64_t maxPicture = 16384;
constexpr std::int64_t maxPositionsLimit = 100'000'000;
constexpr std::size_t maxConfigBytes = 16 << 20;

/// Names of the keys that differ between the layouts.
struct KeyNames {
    const char *language;
    const char *qkvBias;
    const char *qkNorm;
    const char *layer;
    const char *topArchitecture;
};
constexpr KeyNames originalKeys{"llm_config", "qkv_bias", "qk_normalization", "select_layer", "InternVLChatModel"};
constexpr KeyNames hfKeys{"text_config", "attention_bias", "use_qk_norm", "vision_feature_layer",
                          "InternVLForConditionalGeneration"};

void readVision(const ConfigObject &vision, const KeyNames &keys, InternVLConfig::Vision &out)
{
    out.hidden = vision.integer("hidden_size", 1, maxWidth);
    out.layers = vision.integer("num_hidden_layers", 1, maxLayers);
    out.heads = vision.integer("num_attention_heads", 1, maxHeads);
    out.mlp = vision.integer("intermediate_size", 1, maxMlp);
    out.imageSize = vision.sideLength("image_size", maxPicture);
    out.patchSize = vision.sideLength("patch_size", maxPicture);
    out.rmsNorm = vision.text("norm_type", {"layer_norm", "rms_norm"}) == "rms_norm";
    out.eps = vision.number("layer_norm_eps", 0.0, 1.0);
    out.qkvBias = vision.flag(keys.qkvBias);
    out.qkNorm = vision.flag(keys.qkNorm);
    // The -hf layout has no such key; our own checkpoints add it.
    out.dropPathRate = vision.numberOr("drop_path_rate", 0.0, 0.999, 0.0);
    vision.textOr("hidden_act", {"gelu"}, "gelu");
    vision.integerOr("num_channels", 3, 3, 3);
}

void checkVision(const ConfigObject &vision, const InternVLConfig::Vision &sizes)
{
    if (vision.failed())
        return;
    if (sizes.hidden % sizes.heads != 0)
        vision.refuse("num_attention_heads", "must divide hidden_size " + std::to_string(sizes.hidden));
    else if (sizes.imageSize % sizes.patchSize != 0)
        vision.refuse("image_size", "must be a multiple of patch_size " + std::to_string(sizes.patchSize));
    else if (sizes.grid() % InternVLConfig::Projector::unshuffle != 0)
        vision.refuse("image_size", "must give an even number of patches a side, not " + std::to_string(sizes.grid()));
}

/// Theta stands beside rope_scaling up to transformers 4, inside rope_parameters since 5. A reader that looks in one
/// place only takes its own default and computes wrong logits in silence, hence the strictness.
void readRope(const ConfigObject &language, InternVLConfig::Language &out)
{
    const ConfigObject parameters = language.childOr("rope_parameters");
    const ConfigObject scaling = language.childOr("rope_scaling");
    const bool outside = language.has("rope_theta");
    const bool inside = parameters.has("rope_theta");
    if (!outside && !inside)
        return language.refuse("rope_theta", "is missing, and so is rope_parameters.rope_theta; add the one that the "
                                             "model was trained with");
    out.ropeTheta = (outside ? language : parameters).number("rope_theta", 1e-6, 1e12);
    if (outside && inside && parameters.number("rope_theta", 1e-6, 1e12) != out.ropeTheta)
        return language.refuse("rope_theta", "differs from rope_parameters.rope_theta; keep the right one");
    for (const ConfigObject &place : {parameters, scaling}) {
        if (place.numberOr("partial_rotary_factor", 0.0, 1.0, 1.0) != 1.0)
            return place.refuse("partial_rotary_factor", "must be 1");
        const std::string kind = place.textOr(place.has("rope_type") ? "rope_type" : "type", {"default", "dynamic"},
                                              place.has("factor") ? "" : "default");
        if (kind.empty())
            return place.refuse("rope_type", "is missing beside factor");
        if (kind == "dynamic")
            out.dynamicRopeFactor = place.number("factor", 1.0, 1e6);
    }
}

void readLanguage(const ConfigObject &language, InternVLConfig::Language &out)
{
    language.textOr("model_type", {"qwen2"}, "qwen2");
    language.firstTextOr("architectures", {"Qwen2ForCausalLM", "Qwen2Model"});
    if (!language.has("model_type") && !language.has("architectures"))
        return language.refuse("model_type", "is missing; only qwen2 language models are supported");
    language.textOr("hidden_act", {"silu"}, "silu");
    if (language.flagOr("use_sliding_window", false))
        return language.refuse("use_sliding_window", "is true; sliding windows are not supported");
    out.hidden = language.integer("hidden_size", 1, maxWidth);
    out.layers = language.integer("num_hidden_layers", 1, maxLayers);
    out.heads = language.integer("num_attention_heads", 1, maxHeads);
    out.kvHeads = language.integer("num_key_value_heads", 1, maxHeads);
    out.mlp = language.integer("intermediate_size", 1, maxMlp);
    out.rmsEps = language.number("rms_norm_eps", 0.0, 1.0);
    out.vocab = language.integer("vocab_size", 1, maxVocab);
    out.maxPositions = language.integer("max_position_embeddings", 1, maxPositionsLimit);
    if (language.failed())
        return;
    if (!language.has("head_dim") && out.hidden % out.heads != 0)
        return language.refuse("num_attention_heads", "must divide hidden_size " + std::to_string(out.hidden)
                                                          + " where head_dim is not given");
    out.headDim = language.integerOr("head_dim", 1, maxWidth, out.hidden / out.heads);
    if (out.headDim % 2 != 0)
        return language.refuse("head_dim", "must be even, not " + std::to_string(out.headDim));
    if (out.heads % out.kvHeads != 0)
        return language.refuse("num_key_value_heads",
                               "must divide num_attention_heads " + std::to_string(out.heads));
    readRope(language, out);
}

void readOriginalOnly(const ConfigObject &top, InternVLConfig &out)
{
    top.textOr("ps_version", {"v2"}, "v1");
    if (!top.has("ps_version"))
        top.refuse("ps_version", "is missing, which means v1; only v2 is supported");
    if (top.flagOr("pad2square", false))
        top.refuse("pad2square", "is true; such models are not supported");
    for (const char *key : {"use_backbone_lora", "use_llm_lora"}) {
        if (top.integerOr(key, 0, 1 << 20, 0) > 0)
            top.refuse(key, "is above 0; merge the LoRA weights into the model first");
    }
    if (top.has("force_image_size"))
        out.vision.imageSize = top.sideLength("force_image_size", maxPicture);
}

void readHfOnly(const ConfigObject &top, const ConfigObject &vision)
{
    top.textOr("projector_hidden_act", {"gelu"}, "gelu");
    top.textOr("vision_feature_select_strategy", {"default"}, "default");
    if (!vision.flagOr("use_mean_pooling", true))
        vision.refuse("use_mean_pooling", "is false, which adds a final norm; such models are not supported");
    if (!vision.flagOr("use_absolute_position_embeddings", true))
        vision.refuse("use_absolute_position_embeddings", "is false; such models are not supported");
}

void readTop(const ConfigObject &top, const ConfigObject &language, const KeyNames &keys, InternVLConfig &out)
{
    top.firstTextOr("architectures", {keys.topArchitecture});
    if (top.number("downsample_ratio", 0.0, 1.0) != 0.5)
        top.refuse("downsample_ratio", "must be 0.5");
    // The output of the last layer has two names: -1 and the number of layers.
    const int layer = top.integerOr(keys.layer, -maxLayers, maxLayers, -1);
    if (layer != -1 && layer != out.vision.layers)
        top.refuse(keys.layer, "must be -1 (the last layer), not " + std::to_string(layer));
    out.tiling.minTiles = top.integerOr("min_dynamic_patch", 1, 1000, out.tiling.minTiles);
    out.tiling.maxTiles = top.integerOr("max_dynamic_patch", 1, 1000, out.tiling.maxTiles);
    out.tiling.thumbnail = top.flagOr("use_thumbnail", out.tiling.thumbnail);
    if (out.tiling.minTiles > out.tiling.maxTiles)
        top.refuse("min_dynamic_patch", "is above max_dynamic_patch");
    if (top.has("image_token_id"))
        out.imageToken = top.integer("image_token_id", 0, out.language.vocab - 1);
    out.language.tied = language.flagOr("tie_word_embeddings", top.flagOr("tie_word_embeddings", false));
    const char *dtypeKey = top.has("dtype") ? "dtype" : "torch_dtype";
    out.dtype = top.textOr(dtypeKey, {"float64", "float32", "float16", "bfloat16"},
                           language.textOr("torch_dtype", {"float64", "float32", "float16", "bfloat16"}, "float32"));
}

} // namespace

std::string_view layoutName(CheckpointLayout layout)
{
    return layout == CheckpointLayout::Original ? "original" : "hf";
}

int InternVLConfig::tokensPerTile() const
{
    const int side = vision.grid() / Projector::unshuffle;
    return side * side;
}

std::int64_t InternVLConfig::parameterCount(bool tied) const
{
    const std::int64_t c = vision.hidden;
    const std::int64_t norm = vision.rmsNorm ? c : 2 * c;
    const std::int64_t patch = c * 3 * vision.patchSize * vision.patchSize + c;
    const std::int64_t qkv = 3 * c * c + (vision.qkvBias ? 3 * c : 0) + (vision.qkNorm ? 2 * c : 0);
    const std::int64_t block = 2 * norm + qkv + c * c + c + 2 * c * vision.mlp + vision.mlp + c + 2 * c;
    const std::int64_t tower = c + vision.positions() * c + patch + vision.layers * block;

    const std::int64_t d = language.hidden;
    const std::int64_t in = projectorInput();
    const std::int64_t projector = 2 * in + in * d + d + d * d + d;

    const std::int64_t q = std::int64_t{language.heads} * language.headDim;
    const std::int64_t kv = std::int64_t{language.kvHeads} * language.headDim;
    const std::int64_t attention = q * d + q + 2 * (kv * d + kv) + d * q;
    const std::int64_t layer = 2 * d + attention + 3 * d * language.mlp;
    const std::int64_t embedding = std::int64_t{language.vocab} * d;
    return tower + projector + language.layers * layer + d + embedding * (tied ? 1 : 2);
}

Result<InternVLConfig> InternVLConfig::fromJson(std::string_view text, const std::string &path)
{
    WINNOW_ASSIGN(const CheckpointLayout layout, configLayout(text, path));
    WINNOW_ASSIGN(const json document, parseConfigJson(text, path));
    ConfigProblem problem(path);
    const ConfigObject top(document, "", problem);
    const KeyNames &keys = layout == CheckpointLayout::Original ? originalKeys : hfKeys;
    const ConfigObject vision = top.child("vision_config");
    const ConfigObject language = top.child(keys.language);

    InternVLConfig config;
    if (!problem.found())
        readVision(vision, keys, config.vision);
    if (!problem.found())
        readLanguage(language, config.language);
    if (!problem.found() && layout == CheckpointLayout::Original)
        readOriginalOnly(top, config);
    if (!problem.found() && layout == CheckpointLayout::Hf)
        readHfOnly(top, vision);
    if (!problem.found())
        readTop(top, language, keys, config);
    checkVision(vision, config.vision);
    if (problem.found())
        return problem.error();
    return config;
}

Result<InternVLConfig> InternVLConfig::fromFile(const std::string &path)
{
    WINNOW_ASSIGN(const std::string text, readConfigFile(path, maxConfigBytes));
    return fromJson(text, path);
}

Result<CheckpointLayout> configLayout(std::string_view text, const std::string &path)
{
    WINNOW_ASSIGN(const json document, parseConfigJson(text, path));
    if (!document.is_object())
        return Error{path + ": is no JSON object; it should be the config.json of an InternVL checkpoint."};
    const auto type = document.find("model_type");
    if (type == document.end() || !type->is_string())
        return Error{path + ": has no model_type; it should be internvl_chat or internvl."};
    const std::string &name = type->get_ref<const std::string &>();
    if (name == "internvl_chat")
        return CheckpointLayout::Original;
    if (name == "internvl")
        return CheckpointLayout::Hf;
    return Error{path + ": model_type is '" + name.substr(0, 60)
                 + "'; only internvl_chat and internvl (InternVL with a Qwen2 language model) are supported."};
}

} // namespace winnow
