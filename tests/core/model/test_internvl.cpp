#include "tests/support/engine_fixtures.h"

#include <ATen/ATen.h>

// Fixtures 5-22 of the specification: every stage of the forward pass against transformers and the float64 reference.
namespace winnow {
namespace {

using namespace test;

struct Case {
    LoadedModel loaded;
    std::map<std::string, at::Tensor> expected;
    at::Tensor pixels;
    PackedBatch batch;
};

Case load(const std::string &folder, const std::string &file, at::ScalarType dtype = at::kFloat)
{
    Case c{loadTiny(folder, dtype), goldenTensors(file), {}, {}};
    if (c.expected.contains("pixel_u8"))
        c.pixels = fixturePixels(c.expected["pixel_u8"], dtype);
    if (c.expected.contains("input_ids"))
        c.batch = packIds(c.expected["input_ids"], c.pixels);
    return c;
}

TEST(InternVL, VisionTowerStages)
{
    const c10::NoGradGuard noGrad;
    Case c = load("tiny-a-original", "expected-a-1tiles.safetensors");
    const VisionTower &vision = c.loaded.model->vision();
    const ParameterSet &p = c.loaded.parameters;
    at::Tensor x = vision.embed(p, c.pixels);
    expectClose(x, c.expected["vit.embed"], 1e-5, "fixture 5");
    x = vision.block(p, 0, x, ComputeForm::Fused);
    expectClose(x, c.expected["vit.layer0"], 2e-5, "fixture 6");
    expectClose(vision.forward(p, c.pixels, ComputeForm::Fused), c.expected["vit.layer2"], 5e-5, "fixture 7");
    expectClose(vision.forward(p, c.pixels, ComputeForm::Plain), c.expected["vit.layer2"], 5e-5, "fixture 7, plain");
}

TEST(InternVL, PixelUnshuffleOrder)
{
    const nlohmann::json units = goldenJson("units.json")["unshuffle"];
    const at::Tensor out = pixelUnshuffle(at::arange(48, at::kLong).reshape({1, 4, 6, 2}));
    const std::vector<std::int64_t> expected = units["out"];
    EXPECT_EQ(out.sizes().vec(), (std::vector<std::int64_t>{1, 2, 3, 8}));
    EXPECT_TRUE(at::equal(out.reshape({-1}), at::tensor(expected, at::kLong))) << "fixture 8";
}

TEST(InternVL, Features)
{
    const c10::NoGradGuard noGrad;
    for (const auto &[file, what] : {std::pair{"expected-a-1tiles.safetensors", "fixture 9"},
                                     std::pair{"expected-a-3tiles.safetensors", "fixture 10"}}) {
        Case c = load("tiny-a-original", file);
        expectClose(c.loaded.model->imageFeatures(c.loaded.parameters, c.pixels, ComputeForm::Fused),
                    c.expected["features"], 1e-4, what);
    }
    Case b = load("tiny-b-original", "expected-b-1tiles.safetensors");
    expectClose(b.loaded.model->imageFeatures(b.loaded.parameters, b.pixels, ComputeForm::Fused),
                b.expected["features"], 1e-4, "fixture 21");
}

TEST(InternVL, LanguageModelStages)
{
    const c10::NoGradGuard noGrad;
    Case c = load("tiny-a-hf", "expected-a-3tiles.safetensors");
    const LanguageModel &language = c.loaded.model->language();
    const ParameterSet &p = c.loaded.parameters;
    at::Tensor x = c.loaded.model->inputEmbeddings(p, c.batch, ComputeForm::Fused);
    expectClose(x, c.expected["inputs_embeds"], 1e-4, "fixture 11");
    const RotaryTable table = rotaryTable(c.loaded.model->config().language, x.size(0), at::kFloat);
    expectClose(table.cosine, c.expected["rope.cos"], 1e-5, "fixture 12 cos");
    expectClose(table.sine, c.expected["rope.sin"], 1e-5, "fixture 12 sin");
    x = language.block(p, 0, x, c.batch, ComputeForm::Fused);
    expectClose(x, c.expected["llm.layer0"], 1e-4, "fixture 13");
    x = language.block(p, 1, x, c.batch, ComputeForm::Fused);
    expectClose(x, c.expected["llm.layer1"], 2e-4, "fixture 14");
    x = language.block(p, 2, x, c.batch, ComputeForm::Fused);
    expectClose(x, c.expected["llm.layer2"], 2e-4, "fixture 14");
    expectClose(language.finalNorm(p, x), c.expected["llm.norm"], 2e-4, "fixture 15");
}

TEST(InternVL, Logits)
{
    const c10::NoGradGuard noGrad;
    struct Row {
        const char *folder, *file, *what;
    };
    for (const Row &row : {Row{"tiny-a-original", "expected-a-1tiles.safetensors", "fixture 16"},
                           Row{"tiny-a-hf", "expected-a-3tiles.safetensors", "fixture 17"},
                           Row{"tiny-a-original", "expected-a-0tiles.safetensors", "fixture 18"},
                           Row{"tiny-b-hf", "expected-b-1tiles.safetensors", "fixture 22"}}) {
        for (const auto dtype : {at::kFloat, at::kDouble}) {
            for (const ComputeForm form : {ComputeForm::Fused, ComputeForm::Plain}) {
                Case c = load(row.folder, row.file, dtype);
                expectClose(c.loaded.model->siteLogits(c.loaded.parameters, c.batch, form), c.expected["logits"], 5e-4,
                            row.what);
            }
        }
    }
}

TEST(InternVL, PositionInterpolation)
{
    const c10::NoGradGuard noGrad;
    Case c = load("tiny-a-original", "expected-a-posinterp.safetensors");
    const VisionTower &vision = c.loaded.model->vision();
    expectClose(vision.embed(c.loaded.parameters, c.pixels), c.expected["vit.embed"], 5e-5, "fixture 19 embed");
    expectClose(vision.forward(c.loaded.parameters, c.pixels, ComputeForm::Fused), c.expected["vit.last"], 5e-5,
                "fixture 19 last");
}

TEST(InternVL, LogitsOnlyAtRequestedRowsEqualTheFullOnes)
{
    const c10::NoGradGuard noGrad;
    Case c = load("tiny-a-original", "expected-a-3tiles.safetensors", at::kDouble);
    const std::vector<Site> sites{{3, 0}, {40, 0}, {static_cast<std::int32_t>(c.batch.tokens() - 1), 0}};
    const PackedBatch few = packIds(c.expected["input_ids"], c.pixels, &sites);
    const at::Tensor all = c.loaded.model->siteLogits(c.loaded.parameters, c.batch);
    const at::Tensor some = c.loaded.model->siteLogits(c.loaded.parameters, few);
    expectClose(some, all.index_select(0, few.siteRows), 1e-10, "rows of the last block");
}

TEST(InternVL, PackedSamplesDoNotSeeEachOther)
{
    const c10::NoGradGuard noGrad;
    LoadedModel tiny = loadTiny("tiny-a-original", at::kDouble);
    SamplePointers samples;
    std::vector<at::Tensor> alone;
    for (int s = 0; s < 3; ++s) {
        EncodedSample sample;
        for (int i = 0; i < 9 + 4 * s; ++i)
            sample.ids.push_back(20 + (i * 7 + s * 13) % 150);
        sample.sites = {{4, 10}, {static_cast<std::int32_t>(sample.ids.size()) - 1, 12}};
        samples.push_back(std::make_shared<EncodedSample>(sample));
        const SamplePointers one{samples.back()};
        alone.push_back(tiny.model->siteLogits(tiny.parameters, packBatch(one, 394, at::kDouble)));
    }
    const at::Tensor together = tiny.model->siteLogits(tiny.parameters, packBatch(samples, 394, at::kDouble));
    expectClose(together, at::cat(alone), 1e-12, "packed against alone");
}

TEST(InternVL, SharedPrefixGivesTheSameLogits)
{
    const c10::NoGradGuard noGrad;
    LoadedModel tiny = loadTiny("tiny-a-original", at::kDouble);
    SamplePointers samples;
    for (int s = 0; s < 4; ++s) { // three that begin alike, and one alone
        EncodedSample sample;
        for (int i = 0; i < 12; ++i)
            sample.ids.push_back(20 + (s < 3 ? i : 3 * i + 1));
        for (int i = 0; i < 5 + 2 * s; ++i)
            sample.ids.push_back(100 + (i * 7 + s * 13) % 90);
        sample.sites = {{13, 10}, {static_cast<std::int32_t>(sample.ids.size()) - 1, 12}};
        samples.push_back(std::make_shared<EncodedSample>(sample));
    }
    EXPECT_EQ(sharedPrefix(std::span(samples).first(3)), 12u);
    const std::vector<std::size_t> groups{3, 1};
    const PackedBatch shared = packGroups(samples, groups, 394, at::kDouble);
    const PackedBatch alone = packBatch(samples, 394, at::kDouble);
    EXPECT_EQ(shared.tokens(), alone.tokens() - 2 * 12);
    EXPECT_EQ(shared.siteCounts, alone.siteCounts);
    for (const ComputeForm form : {ComputeForm::Fused, ComputeForm::Plain})
        expectClose(tiny.model->siteLogits(tiny.parameters, shared, form),
                    tiny.model->siteLogits(tiny.parameters, alone, form), 1e-12, "shared prefix");
}

TEST(Rope, FrequenciesAndDynamicBase)
{
    const nlohmann::json units = goldenJson("units.json");
    const std::vector<double> inverse = units["rope_inv_freq_64_1e6"];
    expectClose(inverseFrequencies(1e6, 64), at::tensor(inverse, at::kDouble), 1e-9, "fixture 31");
    const double at40000 = units["rope_dynamic_base_T40000"], at32768 = units["rope_dynamic_base_T32768"];
    EXPECT_NEAR(rotaryBase(1e6, 2.0, 40000, 32768, 64) / at40000, 1.0, 1e-9);
    EXPECT_NEAR(rotaryBase(1e6, 2.0, 32768, 32768, 64) / at32768, 1.0, 1e-9);
}

} // namespace
} // namespace winnow
