#include "core/weights/checkpoint_converter.h"
#include "core/weights/convert_values.h"
#include "tests/core/weights/weights_fixtures.h"

#include <gtest/gtest.h>

#include <cstring>

using namespace winnow;
using namespace winnow::test;

namespace
{

CheckpointFiles opened(const std::string &folder, const std::optional<InternVLConfig> &config = std::nullopt)
{
    auto files = CheckpointFiles::open(folder, config);
    if (!files)
        throw std::runtime_error(files.error().message);
    return std::move(files).value();
}

std::string tensorBytes(const std::string &path)
{
    const auto file = SafetensorsFile::open(path);
    EXPECT_TRUE(file) << file.error().message;
    std::string all;
    for (const auto &[name, view] : file->tensors())
        all += name + ":" + std::string(dtypeName(view.dtype)) + ":" + bytesOf(view);
    return all;
}

} // namespace

TEST(CheckpointConverter, BothDirectionsGiveTheReferencesTensors)
{
    TemporaryFolder folder;
    for (const std::string model : {"tiny-a", "tiny-b"}) {
        for (const auto &[source, target, layout] : {std::tuple{"-hf", "-original", CheckpointLayout::Original},
                                                     {"-original", "-hf", CheckpointLayout::Hf},
                                                     {"-hf", "-hf", CheckpointLayout::Hf}}) {
            const std::string out = folder.path(model + source + target);
            const auto report = convertCheckpoint(opened(goldenModel(model + source)), out,
                                                  {.layout = layout, .dtype = std::nullopt, .imageToken = 394});
            ASSERT_TRUE(report) << report.error().message;
            EXPECT_EQ(tensorBytes(out + "/model.safetensors"),
                      tensorBytes(goldenModel(model + target + "/model.safetensors")));
            const CheckpointFiles again = opened(out);
            EXPECT_FALSE(again.problem());
            EXPECT_EQ(again.layout(), layout);
            EXPECT_EQ(again.config()->imageToken, 394);
            EXPECT_EQ(again.tied(), model == "tiny-b");
            EXPECT_EQ(again.parameterCount(), opened(goldenModel(model + source)).parameterCount());
        }
    }
}

TEST(CheckpointConverter, TensorsFromShardsAndMemoryNames)
{
    TemporaryFolder folder;
    const auto config = opened(goldenModel("tiny-b-original")).config();
    ASSERT_TRUE(convertCheckpoint(opened(goldenModel("tiny-b-original-sharded"), config), folder.path("b"),
                                  {.layout = CheckpointLayout::Original}));
    EXPECT_EQ(tensorBytes(folder.path("b/model.safetensors")),
              tensorBytes(goldenModel("tiny-b-original/model.safetensors")));
    // Model a rounded to bf16, under names in memory; rounding the file on disk gives the same.
    const auto hf = opened(goldenModel("tiny-a-hf")).config();
    ASSERT_TRUE(convertCheckpoint(opened(goldenModel("tiny-a-hf-memory-names-bf16"), hf), folder.path("memory"),
                                  {.layout = CheckpointLayout::Hf}));
    ASSERT_TRUE(convertCheckpoint(opened(goldenModel("tiny-a-hf")), folder.path("rounded"),
                                  {.layout = CheckpointLayout::Hf, .dtype = DType::BF16}));
    EXPECT_EQ(tensorBytes(folder.path("memory/model.safetensors")),
              tensorBytes(folder.path("rounded/model.safetensors")));
    EXPECT_EQ(opened(folder.path("rounded")).config()->dtype, "bfloat16");
}

TEST(CheckpointConverter, HalvesAreNearTheirValues)
{
    TemporaryFolder folder;
    ASSERT_TRUE(convertCheckpoint(opened(goldenModel("tiny-a-original")), folder.path("half"),
                                  {.layout = CheckpointLayout::Original, .dtype = DType::F16}));
    const auto whole = SafetensorsFile::open(goldenModel("tiny-a-original/model.safetensors"));
    const auto half = SafetensorsFile::open(folder.path("half/model.safetensors"));
    ASSERT_TRUE(whole && half);
    for (const auto &[name, view] : whole->tensors()) {
        const TensorView *narrow = half->find(name);
        ASSERT_NE(narrow, nullptr);
        EXPECT_EQ(narrow->dtype, DType::F16);
        EXPECT_EQ(narrow->shape, view.shape);
        std::vector<float> a(view.data.size() / 4), b(view.data.size() / 4);
        std::memcpy(a.data(), view.data.data(), view.data.size());
        convertValues(DType::F16, narrow->data, DType::F32, std::as_writable_bytes(std::span(b)));
        for (std::size_t i = 0; i < a.size(); ++i)
            ASSERT_NEAR(b[i], a[i], 1e-3 * std::abs(a[i]) + 1e-6) << name;
    }
    const std::string config = readBytes(folder.path("half/config.json"));
    EXPECT_NE(config.find("\"torch_dtype\": \"float16\""), std::string::npos);
    EXPECT_NE(config.find("\"max_window_layers\": 70"), std::string::npos)
        << "a key that Winnow has no use for is kept";
}

TEST(CheckpointConverter, CopiesTheTokenizerAndWhatBelongsToTheLayout)
{
    TemporaryFolder folder;
    std::filesystem::copy(goldenModel("tiny-a-original"), folder.path("source"));
    for (const char *name : {"tokenizer.json", "preprocessor_config.json", "modeling_internvl_chat.py", "notes.txt"})
        writeBytes(folder.path(std::string("source/") + name), name);
    const auto same =
        convertCheckpoint(opened(folder.path("source")), folder.path("same"), {.layout = CheckpointLayout::Original});
    ASSERT_TRUE(same) << same.error().message;
    EXPECT_EQ(same->copied,
              (std::vector<std::string>{"tokenizer.json", "preprocessor_config.json", "modeling_internvl_chat.py"}));
    EXPECT_EQ(readBytes(folder.path("same/config.json")), readBytes(folder.path("source/config.json")));
    const auto other = convertCheckpoint(opened(folder.path("source")), folder.path("other"),
                                         {.layout = CheckpointLayout::Hf, .dtype = std::nullopt, .imageToken = 394});
    ASSERT_TRUE(other) << other.error().message;
    EXPECT_EQ(other->copied, (std::vector<std::string>{"tokenizer.json"}));
}

TEST(CheckpointConverter, RefusesWithASentence)
{
    TemporaryFolder folder;
    const CheckpointFiles files = opened(goldenModel("tiny-a-original"));
    const auto noToken = convertCheckpoint(files, folder.path("a"), {.layout = CheckpointLayout::Hf});
    ASSERT_FALSE(noToken);
    EXPECT_NE(noToken.error().message.find("<IMG_CONTEXT>"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(folder.path("a")));
    writeBytes(folder.path("taken"), "x");
    const auto taken = convertCheckpoint(files, folder.path("taken"), {.layout = CheckpointLayout::Original});
    ASSERT_FALSE(taken);
    EXPECT_NE(taken.error().message.find("not empty"), std::string::npos);
    const auto integers =
        convertCheckpoint(files, folder.path("b"), {.layout = CheckpointLayout::Original, .dtype = DType::I32});
    EXPECT_FALSE(integers);
    const auto noConfig = convertCheckpoint(opened(goldenModel("tiny-a-hf-memory-names-bf16")), folder.path("c"),
                                            {.layout = CheckpointLayout::Hf});
    ASSERT_FALSE(noConfig);
    EXPECT_NE(noConfig.error().message.find("config.json"), std::string::npos);
}
