#include "core/data/demo/demo_base.h"
#include "core/data/demo/demo_files.h"
#include "core/text/bpe_trainer.h"
#include "core/text/chat_template.h"
#include "core/text/qwen_added_tokens.h"
#include "core/text/step_prompt.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

namespace winnow {

namespace {

/// 256 bytes + 113 merges + 31 added tokens: the 400 entries of design.md section 7.
constexpr int demoMerges = 113;

/// The verdict words are left out, so that none is merged with the space before it or the full stop after it: a word is
/// then the same token where the system text names it and where the assistant says it.
constexpr std::string_view judgeTextWithoutWords = "Judge each step with or";

std::string conversationText(std::string_view system, const DemoProblem &problem, std::string_view answer)
{
    std::vector<Turn> turns{{Turn::Role::System, std::string(system)}, {Turn::Role::User, demoQuestionTurn(problem)}};
    for (const char *step : {"a=1", "b=2", "1+2=3", "|1-2|=1", "max(1,2)=2", "Answer: 3"}) {
        turns.push_back({Turn::Role::User, step});
        turns.push_back({Turn::Role::Assistant, std::string(answer)});
    }
    return renderChat(turns);
}

/// The demo's own text, each kind of row once a subject. The long prompt of VisualPRM once fills the rest of the
/// vocabulary with English pairs that occur in real data.
std::vector<std::string> corpus()
{
    constexpr int weight = 8; // the demo's words come before those of the long prompt
    std::vector<std::string> texts;
    for (DemoSubject subject : {DemoSubject::Sum, DemoSubject::Difference, DemoSubject::Largest}) {
        const DemoProblem problem{subject, {}, {}, 0};
        for (int i = 0; i < weight; ++i) {
            texts.push_back(conversationText(judgeTextWithoutWords, problem, "+"));
            texts.push_back(conversationText(judgeTextWithoutWords, problem, "y"));
            texts.push_back(conversationText(demoReadText, problem, "3"));
            texts.push_back(conversationText(demoChainText, problem, "3"));
        }
    }
    texts.emplace_back(visualPrmSystemText());
    return texts;
}

Status writeText(const std::filesystem::path &path, const std::string &text)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (!file)
        return Error{path.string() + ": the file cannot be written; check the folder's rights and free space."};
    return {};
}

nlohmann::ordered_json visionJson()
{
    return {{"model_type", "internvl_vision"},
            {"hidden_size", 64},
            {"num_hidden_layers", 2},
            {"num_attention_heads", 4},
            {"intermediate_size", 256},
            {"patch_size", {7, 7}},
            {"image_size", {demoTileSize, demoTileSize}},
            {"num_channels", 3},
            {"norm_type", "layer_norm"},
            {"layer_norm_eps", 1e-6},
            {"layer_scale_init_value", 0.1},
            {"initializer_range", 0.02},
            {"hidden_act", "gelu"},
            {"attention_bias", true},
            {"attention_dropout", 0.0},
            {"hidden_dropout_prob", 0.0},
            {"projection_dropout", 0.0},
            {"drop_path_rate", 0.0},
            {"use_absolute_position_embeddings", true},
            {"use_mask_token", false},
            {"use_mean_pooling", true},
            {"use_qk_norm", false}};
}

nlohmann::ordered_json languageJson(const Tokenizer &tokenizer)
{
    return {{"model_type", "qwen2"},
            {"hidden_size", 128},
            {"num_hidden_layers", 4},
            {"num_attention_heads", 4},
            {"num_key_value_heads", 2},
            {"intermediate_size", 512},
            {"vocab_size", tokenizer.vocabularySize()},
            {"max_position_embeddings", 4096},
            {"rms_norm_eps", 1e-6},
            {"rope_theta", 10000.0},
            {"rope_scaling", nullptr},
            {"hidden_act", "silu"},
            {"attention_dropout", 0.0},
            {"initializer_range", 0.02},
            {"tie_word_embeddings", false},
            {"use_cache", true},
            {"use_sliding_window", false}};
}

} // namespace

Result<Tokenizer> makeDemoTokenizer()
{
    std::vector<std::string> added;
    for (const QwenAddedToken &token : qwenAddedTokens)
        added.emplace_back(token.text);
    const std::vector<std::string> texts = corpus();
    return trainByteLevelBpe(texts, demoMerges, added);
}

std::string demoBaseConfigJson(const Tokenizer &tokenizer)
{
    nlohmann::ordered_json json;
    json["architectures"] = {"InternVLForConditionalGeneration"};
    json["model_type"] = "internvl";
    json["dtype"] = "float32";
    json["downsample_ratio"] = 0.5;
    json["image_seq_length"] = demoTokensPerTile;
    json["image_token_id"] = tokenizer.tokenId("<IMG_CONTEXT>").value_or(-1);
    json["projector_hidden_act"] = "gelu";
    json["vision_feature_layer"] = -1;
    json["vision_feature_select_strategy"] = "default";
    json["tie_word_embeddings"] = false;
    json["text_config"] = languageJson(tokenizer);
    json["vision_config"] = visionJson();
    return json.dump(2) + "\n";
}

Status writeDemoBaseFiles(const Tokenizer &tokenizer, const std::string &folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return Error{folder + ": the folder cannot be made (" + error.message() + ")."};
    WINNOW_TRY(tokenizer.save(folder));
    return writeText(std::filesystem::path(folder) / "config.json", demoBaseConfigJson(tokenizer));
}

} // namespace winnow
