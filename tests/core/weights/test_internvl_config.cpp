#include "core/model/internvl_config.h"
#include "core/weights/checkpoint_names.h"
#include "tests/core/weights/weights_fixtures.h"

#include <gtest/gtest.h>

#include <numeric>

using namespace winnow;
using namespace winnow::test;

namespace {

const std::string where = "folder/config.json";

InternVLConfig readGolden(const std::string &name)
{
    const auto config = InternVLConfig::fromFile(goldenModel(name));
    EXPECT_TRUE(config) << config.error().message;
    return config ? *config : InternVLConfig();
}

std::int64_t elements(const InternVLConfig &config, bool tied)
{
    std::int64_t sum = 0;
    for (const ExpectedTensor &tensor : expectedTensors(config, tied))
        sum += std::accumulate(tensor.shape.begin(), tensor.shape.end(), std::int64_t{1}, std::multiplies<>());
    return sum;
}

struct BadConfig {
    const char *file;
    std::string from;
    std::string to;
    const char *says;
};

void expectRefused(const BadConfig &bad)
{
    const std::string text = replaced(readBytes(goldenModel(bad.file)), bad.from, bad.to);
    const auto config = InternVLConfig::fromJson(text, where);
    ASSERT_FALSE(config) << bad.file << ": " << bad.to;
    const std::string &message = config.error().message;
    EXPECT_EQ(message.find(where), 0u) << message;
    EXPECT_NE(message.find(bad.says), std::string::npos) << message;
    EXPECT_EQ(message.back(), '.') << message;
}

constexpr const char *original = "tiny-a-original/config.json";
constexpr const char *hf = "tiny-a-hf/config.json";
constexpr const char *hf5 = "tiny-a-hf/config.v5.json";

} // namespace

TEST(InternVLConfig, ReadsTheOriginalLayout)
{
    const InternVLConfig config = readGolden(original);
    EXPECT_EQ(config.vision, (InternVLConfig::Vision{.imageSize = 112, .patchSize = 14, .hidden = 32, .layers = 3,
                                                     .heads = 4, .mlp = 64, .rmsNorm = false, .eps = 1e-6,
                                                     .qkvBias = true, .qkNorm = false, .dropPathRate = 0.1}));
    EXPECT_EQ(config.language, (InternVLConfig::Language{.hidden = 48, .layers = 3, .heads = 6, .kvHeads = 2,
                                                         .headDim = 8, .mlp = 96, .rmsEps = 1e-6, .vocab = 400,
                                                         .ropeTheta = 1e6, .dynamicRopeFactor = 2.0,
                                                         .maxPositions = 32768, .tied = false}));
    EXPECT_FALSE(config.imageToken);
    EXPECT_EQ(config.dtype, "float32");
    EXPECT_EQ(config.tokensPerTile(), 16);
    EXPECT_EQ(config.projectorInput(), 128);
}

TEST(InternVLConfig, ReadsBothFormsOfTheHfLayoutTheSame)
{
    for (const std::string name : {"tiny-a", "tiny-b"}) {
        const InternVLConfig four = readGolden(name + "-hf/config.json");
        const InternVLConfig five = readGolden(name + "-hf/config.v5.json");
        EXPECT_EQ(four, five) << name;
        InternVLConfig first = readGolden(name + "-original/config.json");
        EXPECT_EQ(four.imageToken, 394);
        // What the -hf layout does not say, or says in the tokenizer only in the original one.
        first.imageToken = 394;
        first.vision.dropPathRate = 0.0;
        first.language.dynamicRopeFactor.reset();
        EXPECT_EQ(four, first) << name;
    }
}

TEST(InternVLConfig, ReadsTheSwitchesOfModelB)
{
    const InternVLConfig config = readGolden("tiny-b-hf/config.json");
    EXPECT_TRUE(config.vision.rmsNorm);
    EXPECT_TRUE(config.vision.qkNorm);
    EXPECT_FALSE(config.vision.qkvBias);
    EXPECT_TRUE(config.language.tied);
    EXPECT_EQ(config.language.ropeTheta, 1e4);
    EXPECT_EQ(config.dtype, "bfloat16");
}

TEST(InternVLConfig, WritesWhatItReads)
{
    for (const char *name : {original, hf, hf5, "tiny-b-original/config.json", "tiny-b-hf/config.json"}) {
        InternVLConfig config = readGolden(name);
        config.tiling = {.minTiles = 2, .maxTiles = 6, .thumbnail = false};
        config.language.headDim = 10; // not hidden / heads, so it must be written
        for (const std::string &text : {config.toHfJson(), config.toOriginalJson()}) {
            const auto again = InternVLConfig::fromJson(text, where);
            ASSERT_TRUE(again) << again.error().message;
            EXPECT_EQ(*again, config) << text;
        }
        EXPECT_EQ(*configLayout(config.toHfJson(), where), CheckpointLayout::Hf);
        EXPECT_EQ(*configLayout(config.toOriginalJson(), where), CheckpointLayout::Original);
    }
}

TEST(InternVLConfig, CountsParameters)
{
    const InternVLConfig oneB;
    EXPECT_EQ(oneB.parameterCount(false), 938'193'024);
    EXPECT_EQ(elements(oneB, false), 938'193'024);
    EXPECT_EQ(expectedTensors(oneB, false).size(), 637u);
    EXPECT_EQ(oneB.tokensPerTile(), 256);
    InternVLConfig twoB;
    twoB.language.hidden = 1536;
    twoB.language.layers = 28;
    twoB.language.heads = 12;
    twoB.language.headDim = 128;
    twoB.language.mlp = 8960;
    EXPECT_EQ(twoB.parameterCount(false), 2'088'957'440);
    for (const char *name : {original, "tiny-b-original/config.json"}) {
        const InternVLConfig config = readGolden(name);
        for (const bool tied : {false, true})
            EXPECT_EQ(config.parameterCount(tied), elements(config, tied)) << name;
    }
}

TEST(InternVLConfig, TakesEverySizeFromTheConfiguration)
{
    struct Size {
        int hidden, layers, heads, kvHeads, mlp;
        std::int64_t parameters; ///< 0: not published
    };
    for (const Size &size : {Size{896, 24, 14, 2, 4864, 938'193'024}, {1536, 28, 12, 2, 8960, 2'088'957'440},
                             {3584, 28, 28, 4, 18944, 7'944'373'760}, {5120, 48, 40, 8, 13824, 15'117'256'704},
                             {8192, 80, 64, 8, 29568, 0}}) {
        InternVLConfig config;
        config.imageToken = 151667;
        config.language.dynamicRopeFactor = 2.0;
        config.language.hidden = size.hidden;
        config.language.layers = size.layers;
        config.language.heads = size.heads;
        config.language.kvHeads = size.kvHeads;
        config.language.headDim = size.hidden / size.heads;
        config.language.mlp = size.mlp;
        if (size.parameters == 0) // the large vision tower
            config.vision = {.imageSize = 448, .patchSize = 14, .hidden = 3200, .layers = 45, .heads = 25, .mlp = 12800,
                             .rmsNorm = true, .eps = 1e-6, .qkvBias = false, .qkNorm = true, .dropPathRate = 0.0};
        else
            EXPECT_EQ(config.parameterCount(false), size.parameters);
        EXPECT_EQ(config.parameterCount(false), elements(config, false)) << size.hidden;
        for (const std::string &text : {config.toHfJson(), config.toOriginalJson()}) {
            const auto again = InternVLConfig::fromJson(text, where);
            ASSERT_TRUE(again) << again.error().message;
            EXPECT_EQ(*again, config);
        }
    }
}

TEST(InternVLConfig, AcceptsWhatShouldNotMatter)
{
    const std::string text = readBytes(goldenModel(hf));
    const InternVLConfig plain = readGolden(hf);
    for (const auto &[from, to] : std::vector<std::pair<std::string, std::string>>{
             {"\"downsample_ratio\"", "\"attn_implementation\": \"eager\", \"downsample_ratio\""},
             {"\"vision_feature_layer\": -1", "\"vision_feature_layer\": 3"},
             {"\"rope_scaling\": null", "\"rope_scaling\": {\"rope_type\": \"default\"}"},
             {"\"rope_scaling\": null", "\"head_dim\": 8"},
             {"\"rope_scaling\": null", "\"rope_parameters\": {\"rope_theta\": 1000000.0}"},
             {"[\n      14,\n      14\n    ]", "14"},
             {"\"sliding_window\": null", "\"sliding_window\": 4096"}}) {
        const auto config = InternVLConfig::fromJson(replaced(text, from, to), where);
        ASSERT_TRUE(config) << config.error().message;
        EXPECT_EQ(*config, plain) << to;
    }
    const auto dynamic = InternVLConfig::fromJson(
        replaced(readBytes(goldenModel(hf5)), "\"rope_type\": \"default\"", "\"rope_type\": \"dynamic\", \"factor\": 2.0"),
        where);
    ASSERT_TRUE(dynamic) << dynamic.error().message;
    EXPECT_EQ(dynamic->language.dynamicRopeFactor, 2.0);
}

TEST(InternVLConfig, ForceImageSizeOverrides)
{
    const auto config = InternVLConfig::fromJson(
        replaced(readBytes(goldenModel(original)), "\"force_image_size\": 112", "\"force_image_size\": 56"), where);
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->vision.imageSize, 56);
}

TEST(InternVLConfig, RefusesOtherModels)
{
    for (const BadConfig &bad : std::vector<BadConfig>{
             {original, "\"internvl_chat\"", "\"llava\"", "model_type is 'llava'"},
             {original, "\"model_type\": \"internvl_chat\",", "", "model_type"},
             {original, "InternVLChatModel", "InternVLChatModel2", "architectures"},
             {original, "Qwen2ForCausalLM", "InternLM3ForCausalLM", "llm_config.architectures"},
             {original, "\"qwen2\"", "\"internlm3\"", "llm_config.model_type"},
             {hf, "\"qwen2\"", "\"qwen3\"", "text_config.model_type"},
             {original, "\"use_sliding_window\": false", "\"use_sliding_window\": true", "use_sliding_window"},
             {original, "\"pad2square\": false", "\"pad2square\": true", "pad2square"},
             {original, "\"use_backbone_lora\": 0", "\"use_backbone_lora\": 16", "use_backbone_lora"},
             {original, "\"use_llm_lora\": 0", "\"use_llm_lora\": 16", "use_llm_lora"},
             {original, "\"ps_version\": \"v2\"", "\"ps_version\": \"v1\"", "ps_version"},
             {original, "\"ps_version\": \"v2\",", "", "ps_version"},
             {original, "\"select_layer\": -1", "\"select_layer\": -4", "select_layer"},
             {original, "\"hidden_act\": \"gelu\"", "\"hidden_act\": \"relu\"", "vision_config.hidden_act"},
             {original, "\"hidden_act\": \"silu\"", "\"hidden_act\": \"gelu\"", "llm_config.hidden_act"},
             {hf, "\"use_mean_pooling\": true", "\"use_mean_pooling\": false", "use_mean_pooling"},
             {hf, "\"default\"", "\"full\"", "vision_feature_select_strategy"},
             {hf, "\"downsample_ratio\": 0.5", "\"downsample_ratio\": 0.25", "downsample_ratio"},
             {hf, "\"projector_hidden_act\": \"gelu\"", "\"projector_hidden_act\": \"relu\"", "projector_hidden_act"},
             {hf, "\"layer_norm\"", "\"batch_norm\"", "norm_type"},
             {hf, "\"num_channels\": 3", "\"num_channels\": 1", "num_channels"}})
        expectRefused(bad);
}

TEST(InternVLConfig, RefusesAMissingOrDoubtfulTheta)
{
    for (const BadConfig &bad : std::vector<BadConfig>{
             {original, "\"rope_theta\": 1000000.0,", "", "llm_config.rope_theta is missing"},
             {hf, "\"rope_theta\": 1000000.0,", "", "text_config.rope_theta is missing"},
             {hf5, "\"rope_theta\": 1000000.0,", "", "text_config.rope_theta is missing"},
             {hf5, "\"rope_theta\": 1000000.0", "\"rope_theta\": null", "text_config.rope_theta is missing"},
             {hf5, "\"rope_parameters\"", "\"rope_theta\": 10000.0, \"rope_parameters\"", "differs"},
             {hf5, "\"default\"\n    }", "\"yarn\"\n    }", "text_config.rope_parameters.rope_type"},
             {hf5, "\"default\"\n    }", "\"dynamic\"\n    }", "text_config.rope_parameters.factor is missing"},
             {hf, "\"rope_scaling\": null", "\"rope_scaling\": {\"factor\": 2.0}", "rope_type is missing"},
             {hf, "\"rope_theta\": 1000000.0", "\"rope_theta\": 0", "text_config.rope_theta"}})
        expectRefused(bad);
}

TEST(InternVLConfig, RefusesBadSizes)
{
    for (const BadConfig &bad : std::vector<BadConfig>{
             {hf, "\"hidden_size\": 48", "\"hidden_size\": 0", "text_config.hidden_size"},
             {hf, "\"hidden_size\": 48", "\"hidden_size\": -48", "text_config.hidden_size"},
             {hf, "\"hidden_size\": 48", "\"hidden_size\": 48.5", "text_config.hidden_size"},
             {hf, "\"hidden_size\": 48", "\"hidden_size\": \"48\"", "text_config.hidden_size"},
             {hf, "\"hidden_size\": 48", "\"hidden_size\": 9223372036854775807", "text_config.hidden_size"},
             {hf, "\"hidden_size\": 48", "\"hidden_size\": 18446744073709551615", "text_config.hidden_size"},
             {hf, "\"hidden_size\": 48,", "", "text_config.hidden_size is missing"},
             {hf, "\"hidden_size\": 48", "\"hidden_size\": 50", "text_config.num_attention_heads"},
             {hf, "\"num_key_value_heads\": 2", "\"num_key_value_heads\": 4", "num_key_value_heads"},
             {hf, "\"hidden_size\": 48", "\"head_dim\": 7, \"hidden_size\": 48", "head_dim"},
             {hf, "\"hidden_size\": 32", "\"hidden_size\": 33", "vision_config.num_attention_heads"},
             {hf, "[\n      14,\n      14\n    ]", "[14, 7]", "vision_config.patch_size"},
             {hf, "[\n      14,\n      14\n    ]", "[]", "vision_config.patch_size"},
             {hf, "[\n      14,\n      14\n    ]", "15", "vision_config.image_size"},
             {hf, "[\n      14,\n      14\n    ]", "16", "even number of patches"},
             {hf, "\"layer_norm_eps\": 1e-06", "\"layer_norm_eps\": \"1e-6\"", "layer_norm_eps"},
             {hf, "\"attention_bias\": true", "\"attention_bias\": 1", "attention_bias"},
             {hf, "\"image_token_id\": 394", "\"image_token_id\": 400", "image_token_id"},
             {hf, "\"dtype\": \"float32\"", "\"dtype\": \"int8\"", "dtype"},
             {original, "\"drop_path_rate\": 0.1", "\"drop_path_rate\": 1.0", "drop_path_rate"},
             {original, "\"llm_config\"", "\"text_config\"", "llm_config is missing"},
             {original, "\"vision_config\": {", "\"vision_config\": 3, \"v\": {", "vision_config must be an object"}})
        expectRefused(bad);
}

TEST(InternVLConfig, RefusesWhatIsNoConfig)
{
    const std::string good = readBytes(goldenModel(hf));
    for (const std::string &text :
         {std::string(), std::string("[]"), std::string("null"), std::string("{}"), good.substr(0, good.size() / 2),
          std::string(100000, '['), replaced(good, "\"vocab_size\": 400", "\"vocab_size\": 400, \"vocab_size\": 401")}) {
        const auto config = InternVLConfig::fromJson(text, where);
        ASSERT_FALSE(config);
        EXPECT_EQ(config.error().message.find(where), 0u) << config.error().message;
    }
    const auto missing = InternVLConfig::fromFile("no/such/config.json");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().message.find("no/such/config.json"), 0u);
}
