#include "core/model/internvl_config.h"

#include <nlohmann/json.hpp>

namespace winnow {

namespace {

using Json = nlohmann::ordered_json;

/// rope_theta beside rope_scaling: read rightly by transformers 4.x and 5.x, whereas rope_parameters is passed over
/// by 4.x.
void addLanguage(Json &out, const InternVLConfig::Language &language, const std::string &dtype)
{
    out["architectures"] = {"Qwen2ForCausalLM"};
    out["model_type"] = "qwen2";
    out["attention_dropout"] = 0.0;
    out["dtype"] = dtype;
    out["hidden_act"] = "silu";
    out["hidden_size"] = language.hidden;
    if (language.headDim * language.heads != language.hidden)
        out["head_dim"] = language.headDim;
    out["initializer_range"] = 0.02;
    out["intermediate_size"] = language.mlp;
    out["max_position_embeddings"] = language.maxPositions;
    out["num_attention_heads"] = language.heads;
    out["num_hidden_layers"] = language.layers;
    out["num_key_value_heads"] = language.kvHeads;
    out["rms_norm_eps"] = language.rmsEps;
    if (language.dynamicRopeFactor)
        out["rope_scaling"] = {{"factor", *language.dynamicRopeFactor}, {"rope_type", "dynamic"}, {"type", "dynamic"}};
    else
        out["rope_scaling"] = nullptr;
    out["rope_theta"] = language.ropeTheta;
    out["sliding_window"] = nullptr;
    out["tie_word_embeddings"] = language.tied;
    out["torch_dtype"] = dtype;
    out["use_cache"] = true;
    out["use_sliding_window"] = false;
    out["vocab_size"] = language.vocab;
}

void addVisionSizes(Json &out, const InternVLConfig::Vision &vision)
{
    out["attention_dropout"] = 0.0;
    out["hidden_act"] = "gelu";
    out["hidden_size"] = vision.hidden;
    out["intermediate_size"] = vision.mlp;
    out["layer_norm_eps"] = vision.eps;
    out["norm_type"] = vision.rmsNorm ? "rms_norm" : "layer_norm";
    out["num_attention_heads"] = vision.heads;
    out["num_channels"] = 3;
    out["num_hidden_layers"] = vision.layers;
}

void addTiling(Json &out, const InternVLConfig::Tiling &tiling)
{
    out["max_dynamic_patch"] = tiling.maxTiles;
    out["min_dynamic_patch"] = tiling.minTiles;
    out["use_thumbnail"] = tiling.thumbnail;
}

} // namespace

std::string InternVLConfig::toHfJson() const
{
    Json out;
    out["architectures"] = {"InternVLForConditionalGeneration"};
    out["model_type"] = "internvl";
    out["downsample_ratio"] = 0.5;
    out["dtype"] = dtype;
    out["torch_dtype"] = dtype;
    out["image_seq_length"] = tokensPerTile();
    if (imageToken)
        out["image_token_id"] = *imageToken;
    addTiling(out, tiling);
    out["projector_hidden_act"] = "gelu";
    out["tie_word_embeddings"] = language.tied;
    out["vision_feature_layer"] = -1;
    out["vision_feature_select_strategy"] = "default";
    addLanguage(out["text_config"], language, dtype);
    Json &tower = out["vision_config"];
    tower["model_type"] = "internvl_vision";
    addVisionSizes(tower, vision);
    tower["attention_bias"] = vision.qkvBias;
    tower["drop_path_rate"] = vision.dropPathRate;
    tower["hidden_dropout_prob"] = 0.0;
    tower["image_size"] = {vision.imageSize, vision.imageSize};
    tower["layer_scale_init_value"] = 0.1;
    tower["patch_size"] = {vision.patchSize, vision.patchSize};
    tower["projection_dropout"] = 0.0;
    tower["use_absolute_position_embeddings"] = true;
    tower["use_mask_token"] = false;
    tower["use_mean_pooling"] = true;
    tower["use_qk_norm"] = vision.qkNorm;
    return out.dump(2) + "\n";
}

std::string InternVLConfig::toOriginalJson() const
{
    Json out;
    out["architectures"] = {"InternVLChatModel"};
    out["model_type"] = "internvl_chat";
    out["downsample_ratio"] = 0.5;
    out["dynamic_image_size"] = true;
    out["force_image_size"] = vision.imageSize;
    out["hidden_size"] = language.hidden;
    if (imageToken)
        out["image_token_id"] = *imageToken;
    addTiling(out, tiling);
    out["pad2square"] = false;
    out["ps_version"] = "v2";
    out["select_layer"] = -1;
    out["template"] = "internvl2_5";
    out["tie_word_embeddings"] = language.tied;
    out["torch_dtype"] = dtype;
    out["use_backbone_lora"] = 0;
    out["use_llm_lora"] = 0;
    addLanguage(out["llm_config"], language, dtype);
    Json &tower = out["vision_config"];
    tower["architectures"] = {"InternVisionModel"};
    tower["model_type"] = "intern_vit_6b";
    addVisionSizes(tower, vision);
    tower["drop_path_rate"] = vision.dropPathRate;
    tower["dropout"] = 0.0;
    tower["image_size"] = vision.imageSize;
    tower["initializer_factor"] = 0.1;
    tower["initializer_range"] = 1e-10;
    tower["patch_size"] = vision.patchSize;
    tower["qk_normalization"] = vision.qkNorm;
    tower["qkv_bias"] = vision.qkvBias;
    tower["use_flash_attn"] = false;
    return out.dump(2) + "\n";
}

} // namespace winnow
