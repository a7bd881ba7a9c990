#include "core/weights/checkpoint_files.h"
#include "tests/core/weights/weights_fixtures.h"

#include <gtest/gtest.h>

#include <cstring>
#include <set>

using namespace winnow;
using namespace winnow::test;

namespace {

CheckpointFiles openGolden(const std::string &name, const std::optional<InternVLConfig> &config = std::nullopt)
{
    auto files = CheckpointFiles::open(goldenModel(name), config);
    if (!files)
        throw std::runtime_error(files.error().message);
    return std::move(files).value();
}

/// Internal name -> shape and bytes, q, k and v joined.
std::map<std::string, std::pair<std::vector<std::int64_t>, std::string>> contents(const CheckpointFiles &files)
{
    std::map<std::string, std::pair<std::vector<std::int64_t>, std::string>> result;
    const auto plan = files.plan();
    EXPECT_TRUE(plan) << plan.error().message;
    for (const TensorToLoad &tensor : *plan) {
        std::string bytes;
        for (const TensorView &view : tensor.views)
            bytes += bytesOf(view);
        result[tensor.source.internalName] = {tensor.source.shape, bytes};
    }
    return result;
}

/// float32 rounded to the nearest bfloat16, ties to even.
std::string roundedToBf16(const std::string &bytes)
{
    std::string result;
    for (std::size_t i = 0; i < bytes.size(); i += 4) {
        std::uint32_t bits = 0;
        std::memcpy(&bits, bytes.data() + i, 4);
        const auto rounded = static_cast<std::uint16_t>((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
        result.append(reinterpret_cast<const char *>(&rounded), 2);
    }
    return result;
}

void expectComplete(const CheckpointFiles &files)
{
    EXPECT_TRUE(files.missing().empty()) << files.missing().front();
    EXPECT_TRUE(files.extra().empty()) << files.extra().front();
    EXPECT_TRUE(files.wrong().empty()) << files.wrong().front().name;
}

/// A folder with a copy of a fixture that a test may damage.
struct Copy {
    explicit Copy(const std::string &name)
    {
        for (const auto &entry : std::filesystem::directory_iterator(goldenModel(name)))
            std::filesystem::copy(entry.path(), folder.path(entry.path().filename().string()));
    }

    /// Rewrites model.safetensors after a change of its list of tensors.
    template <typename Change>
    void change(Change change)
    {
        const std::string path = folder.path("model.safetensors");
        const auto file = SafetensorsFile::open(path);
        ASSERT_TRUE(file) << file.error().message;
        std::vector<TensorToWrite> tensors = tensorsToWrite(*file);
        change(tensors);
        const Status status = writeSafetensors(path, tensors);
        ASSERT_TRUE(status) << status.error().message;
    }

    TemporaryFolder folder;
};

TensorToWrite &named(std::vector<TensorToWrite> &tensors, const std::string &name)
{
    for (TensorToWrite &tensor : tensors) {
        if (tensor.name == name)
            return tensor;
    }
    throw std::runtime_error("no tensor " + name);
}

void expectOpenFails(const std::string &folder, const std::string &says)
{
    const auto files = CheckpointFiles::open(folder);
    ASSERT_FALSE(files) << says;
    EXPECT_EQ(files.error().message.find(folder), 0u) << files.error().message;
    EXPECT_NE(files.error().message.find(says), std::string::npos) << files.error().message;
}

} // namespace

TEST(CheckpointFiles, Fixture1OriginalLayout)
{
    const CheckpointFiles files = openGolden("tiny-a-original");
    expectComplete(files);
    EXPECT_EQ(files.layout(), CheckpointLayout::Original);
    EXPECT_FALSE(files.tied());
    EXPECT_FALSE(files.problem());
    EXPECT_EQ(files.tensors().size(), 91u);
    EXPECT_EQ(files.parameterCount(), files.config()->parameterCount(false));
    EXPECT_FALSE(files.inferredSizes());
}

TEST(CheckpointFiles, Fixture2HfLayoutHoldsTheSameBytes)
{
    const CheckpointFiles hf = openGolden("tiny-a-hf");
    expectComplete(hf);
    EXPECT_EQ(hf.layout(), CheckpointLayout::Hf);
    EXPECT_EQ(hf.tensors().size(), 103u);
    const CheckpointFiles original = openGolden("tiny-a-original");
    EXPECT_EQ(hf.parameterCount(), original.parameterCount());
    EXPECT_EQ(contents(hf), contents(original));
}

TEST(CheckpointFiles, Fixture3MemoryNamesInBf16)
{
    const CheckpointFiles original = openGolden("tiny-a-original");
    const CheckpointFiles files = openGolden("tiny-a-hf-memory-names-bf16", original.config());
    expectComplete(files);
    EXPECT_EQ(files.layout(), CheckpointLayout::Hf);
    EXPECT_FALSE(files.tied());
    auto expected = contents(original);
    for (auto &[name, content] : expected)
        content.second = roundedToBf16(content.second);
    EXPECT_EQ(contents(files), expected);
}

TEST(CheckpointFiles, Fixture4Shards)
{
    const CheckpointFiles whole = openGolden("tiny-b-original");
    const CheckpointFiles shards = openGolden("tiny-b-original-sharded", whole.config());
    expectComplete(shards);
    EXPECT_EQ(shards.layout(), CheckpointLayout::Original);
    EXPECT_EQ(contents(shards), contents(whole));
}

TEST(CheckpointFiles, Fixture20TiedHeadQkNormNoBias)
{
    const CheckpointFiles original = openGolden("tiny-b-original");
    const CheckpointFiles hf = openGolden("tiny-b-hf");
    for (const CheckpointFiles *files : {&original, &hf}) {
        expectComplete(*files);
        EXPECT_TRUE(files->tied());
        EXPECT_TRUE(files->config()->language.tied);
        EXPECT_EQ(files->parameterCount(), files->config()->parameterCount(true));
    }
    EXPECT_EQ(contents(original), contents(hf));
}

TEST(CheckpointFiles, InfersSizesWithoutAConfigAndSaysThatItCannotRun)
{
    for (const std::string name : {"tiny-a-hf-memory-names-bf16", "tiny-b-original-sharded"}) {
        const CheckpointFiles files = openGolden(name);
        expectComplete(files);
        EXPECT_FALSE(files.config());
        ASSERT_TRUE(files.inferredSizes());
        EXPECT_EQ(files.parameterCount(), files.inferredSizes()->parameterCount(files.tied()));
        ASSERT_TRUE(files.problem());
        EXPECT_NE(files.problem()->message.find("config.json"), std::string::npos);
        EXPECT_FALSE(files.plan());
    }
    const InternVLConfig inferred = *openGolden("tiny-a-hf-memory-names-bf16").inferredSizes();
    EXPECT_EQ(inferred.vision.imageSize, 112);
    EXPECT_EQ(inferred.vision.layers, 3);
    EXPECT_EQ(inferred.language.layers, 3);
    EXPECT_EQ(inferred.language.vocab, 400);
}

TEST(CheckpointFiles, HeadThatIsThereIsUsedWhateverTheConfigSays)
{
    Copy copy("tiny-a-hf");
    const std::string path = copy.folder.path("config.json");
    writeBytes(path, replaced(readBytes(path), "\"tie_word_embeddings\": false", "\"tie_word_embeddings\": true"));
    const auto files = CheckpointFiles::open(copy.folder.path());
    ASSERT_TRUE(files) << files.error().message;
    EXPECT_FALSE(files->tied());
    EXPECT_FALSE(files->config()->language.tied);
    EXPECT_FALSE(files->problem());
}

TEST(CheckpointFiles, ListsMissingExtraAndWrongByName)
{
    Copy copy("tiny-a-hf");
    const std::vector<std::byte> data(16 * 48 * 8);
    copy.change([&](std::vector<TensorToWrite> &tensors) {
        named(tensors, "vision_tower.encoder.layer.1.attention.k_proj.weight").name = "something.else";
        TensorToWrite &transposed = named(tensors, "language_model.model.layers.0.self_attn.k_proj.weight");
        std::swap(transposed.shape[0], transposed.shape[1]);
        TensorToWrite &integers = named(tensors, "language_model.model.layers.1.self_attn.k_proj.weight");
        integers.dtype = DType::I64;
        integers.data = data;
    });
    const auto files = CheckpointFiles::open(copy.folder.path());
    ASSERT_TRUE(files) << files.error().message;
    EXPECT_EQ(files->missing(), (std::vector<std::string>{"vision_tower.encoder.layer.1.attention.k_proj.weight"}));
    EXPECT_EQ(files->extra(), (std::vector<std::string>{"something.else"}));
    ASSERT_EQ(files->wrong().size(), 2u);
    EXPECT_EQ(files->wrong()[0].name, "language_model.model.layers.0.self_attn.k_proj.weight");
    EXPECT_EQ(files->wrong()[0].problem, "has shape [48, 16], but [16, 48] is needed");
    EXPECT_EQ(files->wrong()[1].problem, "has dtype I64, but F32, F16, BF16 or F64 is needed");
    const auto plan = files->plan();
    ASSERT_FALSE(plan);
    EXPECT_NE(plan.error().message.find("vision_tower.encoder.layer.1.attention.k_proj.weight"), std::string::npos);
}

TEST(CheckpointFiles, ExtraTensorsAloneDoNotStopIt)
{
    Copy copy("tiny-a-original");
    const std::vector<std::byte> data(4);
    copy.change([&](std::vector<TensorToWrite> &tensors) { tensors.push_back({"rotary", DType::F32, {1}, data}); });
    const auto files = CheckpointFiles::open(copy.folder.path());
    ASSERT_TRUE(files) << files.error().message;
    EXPECT_EQ(files->extra(), (std::vector<std::string>{"rotary"}));
    EXPECT_TRUE(files->plan());
}

TEST(CheckpointFiles, RefusesTwoNamesOfOneTensor)
{
    Copy copy("tiny-a-hf");
    copy.change([](std::vector<TensorToWrite> &tensors) {
        TensorToWrite head = named(tensors, "language_model.lm_head.weight");
        head.name = "lm_head.weight";
        tensors.push_back(head);
    });
    expectOpenFails(copy.folder.path(), "is there already");
}

TEST(CheckpointFiles, RefusesFoldersWithoutAModel)
{
    TemporaryFolder folder;
    expectOpenFails(folder.path(), "holds neither");
    expectOpenFails(folder.path("missing"), "is no folder");
    writeBytes(folder.path("pytorch_model.bin"), "x");
    expectOpenFails(folder.path(), "convert it");
    ASSERT_TRUE(writeSafetensors(folder.path("model.safetensors"), {}));
    expectOpenFails(folder.path(), "has no config.json");
    writeBytes(folder.path("config.json"), "{");
    expectOpenFails(folder.path(), "not valid JSON");
}

TEST(CheckpointFiles, RefusesBadIndexes)
{
    Copy copy("tiny-b-original-sharded");
    const std::string path = copy.folder.path("model.safetensors.index.json");
    const std::string good = readBytes(path);
    const std::string entry = "\"mlp1.0.weight\": \"model-00001-of-00002.safetensors\"";
    const std::string name = "\"mlp1.0.weight\": ";
    for (const std::string shard : {"\"../model-00001-of-00002.safetensors\"", "\"/etc/passwd\"", "\"..\"", "\"\"",
                                    "\"sub/x.safetensors\"", "\"x.bin\"", "\".x.safetensors\"", "7",
                                    "\"a\\u0000.safetensors\"", "\"a\\\\b.safetensors\"", "\".safetensors\""}) {
        writeBytes(path, replaced(good, entry, name + shard));
        expectOpenFails(copy.folder.path(), "no plain file name");
    }
    writeBytes(path, replaced(good, entry, name + "\"model-00003-of-00002.safetensors\""));
    expectOpenFails(copy.folder.path(), "cannot be opened");
    writeBytes(path, replaced(good, entry, name + "\"model-00002-of-00002.safetensors\""));
    expectOpenFails(copy.folder.path(), "'mlp1.0.weight' is not in this file");
    writeBytes(path, replaced(good, entry, entry + ", \"ghost\": \"model-00001-of-00002.safetensors\""));
    expectOpenFails(copy.folder.path(), "'ghost' is not in this file");
    writeBytes(path, replaced(good, entry, entry + ", " + entry));
    expectOpenFails(copy.folder.path(), "stands twice");
    for (const std::string text : {"", "[]", "{}", "{\"weight_map\": {}}", "{\"weight_map\": 3}"}) {
        writeBytes(path, text);
        expectOpenFails(copy.folder.path(), "model.safetensors.index.json");
    }
}

TEST(CheckpointNames, MapsEveryFormToOne)
{
    EXPECT_EQ(normaliseName("model.language_model.layers.0.x"), "language_model.model.layers.0.x");
    EXPECT_EQ(normaliseName("lm_head.weight"), "language_model.lm_head.weight");
    EXPECT_EQ(normaliseName("model.vision_tower.a"), "vision_tower.a");
    EXPECT_EQ(normaliseName("model.multi_modal_projector.a"), "multi_modal_projector.a");
    EXPECT_EQ(normaliseName("language_model.model.norm.weight"), "language_model.model.norm.weight");
    EXPECT_EQ(detectLayout({"lm_head.weight", "vision_model.x"}), CheckpointLayout::Original);
    EXPECT_EQ(detectLayout({"vision_tower.x"}), CheckpointLayout::Hf);
    EXPECT_EQ(diskNames("vision_model.encoder.layers.11.attn.qkv.bias", CheckpointLayout::Hf),
              (std::vector<std::string>{"vision_tower.encoder.layer.11.attention.q_proj.bias",
                                        "vision_tower.encoder.layer.11.attention.k_proj.bias",
                                        "vision_tower.encoder.layer.11.attention.v_proj.bias"}));
    EXPECT_EQ(diskNames("mlp1.3.bias", CheckpointLayout::Hf),
              (std::vector<std::string>{"multi_modal_projector.linear_2.bias"}));
}

TEST(CheckpointNames, CountsOfTheOneBModel)
{
    const InternVLConfig config;
    std::set<std::string> names;
    for (const CheckpointLayout layout : {CheckpointLayout::Original, CheckpointLayout::Hf}) {
        names.clear();
        for (const TensorSource &source : tensorSources(config, false, layout))
            names.insert(source.diskNames.begin(), source.diskNames.end());
        EXPECT_EQ(names.size(), layout == CheckpointLayout::Original ? 637u : 733u);
    }
}
