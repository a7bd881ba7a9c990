#include "core/kernels/flat_sums.h"
#include "core/train/adamw.h"
#include "tests/support/engine_fixtures.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

// Fixtures 23-28: losses, read-outs and gradients of the three-tile case.
namespace winnow {
namespace {

using namespace test;

class Losses : public testing::Test {
protected:
    void SetUp() override
    {
        expected = goldenTensors("expected-a-3tiles.safetensors");
        tiny = loadTiny("tiny-a-original", at::kDouble);
        sites = fixtureSites(expected["sites"]);
        batch = packIds(expected["input_ids"], fixturePixels(expected["pixel_u8"], at::kDouble), &sites);
        golden = goldenJson("losses.json");
    }

    /// Gradient of an objective as a flat vector.
    at::Tensor gradientOf(const std::function<at::Tensor(const SiteReadout &)> &objective)
    {
        const ParameterSet trainable = tiny.parameters.trainable();
        const at::Tensor loss = objective(readSites(tiny.model->siteLogits(trainable, batch, ComputeForm::Plain)));
        at::Tensor flat = at::empty_like(tiny.parameters.flat);
        flattenGradients(*tiny.model->layout(), torch::autograd::grad({loss}, trainable.leaves), flat);
        return flat;
    }
    at::Tensor lossGradient()
    {
        return gradientOf([this](const SiteReadout &r) { return crossEntropyPerSample(r, batch).sum(); });
    }
    at::Tensor metaGradient()
    {
        return gradientOf([this](const SiteReadout &r) {
            return metaLossPerSample(r, batch, {false}, tinyTokens(), LossTarget::Both).loss.sum();
        });
    }
    void expectGradients(const at::Tensor &flat, const std::string &file, double tolerance)
    {
        const ParameterSet gradients = ParameterSet::fromFlat(tiny.model->layout(), flat);
        const auto wanted = goldenTensors(file);
        std::size_t compared = 0;
        for (const ParameterSlot &slot : tiny.model->layout()->named()) {
            if (const auto it = wanted.find(slot.name); it != wanted.end()) {
                expectClose(gradients.named(slot), it->second, tolerance, file + " " + slot.name);
                ++compared;
            }
        }
        EXPECT_EQ(compared, wanted.size());
    }

    std::map<std::string, at::Tensor> expected;
    LoadedModel tiny;
    std::vector<Site> sites;
    PackedBatch batch;
    nlohmann::json golden;
};

TEST_F(Losses, CrossEntropyAndMetaLosses) // fixture 24
{
    const c10::NoGradGuard noGrad;
    const SiteReadout readout = readSites(tiny.model->siteLogits(tiny.parameters, batch));
    EXPECT_NEAR(crossEntropyPerSample(readout, batch)[0].item<double>(), golden["ce"].get<double>(), 1e-5);
    const auto check = [&](bool right, LossTarget target, const char *key) {
        const MetaLoss meta = metaLossPerSample(readout, batch, {right}, tinyTokens(), target);
        EXPECT_NEAR(meta.loss[0].item<double>(), golden[key]["loss"].get<double>(), 1e-5) << key;
        EXPECT_NEAR(meta.score[0].item<double>(), golden[key]["score"].get<double>(), 1e-5) << key;
    };
    check(false, LossTarget::Both, "meta_both_label0");
    check(true, LossTarget::Both, "meta_both_label1");
    check(false, LossTarget::Plus, "meta_plus_label0");
}

TEST_F(Losses, StepScores) // fixture 25, the read-outs
{
    const c10::NoGradGuard noGrad;
    const nlohmann::json scores = goldenJson("prm-scores.json");
    const SiteReadout readout = readSites(tiny.model->siteLogits(tiny.parameters, batch));
    const std::vector<double> full = scores["p_plus_full"], pair = scores["p_plus_pair"];
    expectClose(plusProbability(readout, tinyTokens(), Readout::Full), at::tensor(full, at::kDouble), 1e-5, "full");
    expectClose(plusProbability(readout, tinyTokens(), Readout::Pair), at::tensor(pair, at::kDouble), 1e-5, "pair");
    ASSERT_EQ(sites.size(), scores["sites"].size()); // fixture 23
    for (std::size_t i = 0; i < sites.size(); ++i) {
        EXPECT_EQ(sites[i].position, scores["sites"][i][0].get<int>());
        EXPECT_EQ(sites[i].label, scores["sites"][i][1].get<int>());
    }
}

TEST_F(Losses, GradientOfLowerLoss) // fixture 26
{
    const at::Tensor flat = lossGradient();
    expectGradients(flat, "grad-ce.safetensors", 1e-4);
    EXPECT_NEAR(flatNorm(flat), golden["grad_norm_ce"].get<double>(), 1e-4);
}

TEST_F(Losses, GradientOfUpperLoss) // fixture 27
{
    const at::Tensor flat = metaGradient();
    expectGradients(flat, "grad-meta.safetensors", 1e-4);
    EXPECT_NEAR(flatNorm(flat), golden["grad_norm_meta_label0"].get<double>(), 1e-4);
    const ParameterSet gradients = ParameterSet::fromFlat(tiny.model->layout(), flat);
    for (const ParameterSlot &slot : tiny.model->layout()->named())
        EXPECT_NEAR(flatNorm(gradients.named(slot).reshape({-1})),
                    golden["grad_meta_label0_norm_by_tensor"][slot.name].get<double>(), 1e-4)
            << slot.name;
}

TEST_F(Losses, GradientDotProducts) // fixture 28
{
    const at::Tensor a = lossGradient(), b = metaGradient();
    EXPECT_NEAR(flatDot(a, b), golden["dot_all"].get<double>(), 1e-4);
    std::map<std::string, double> byPart;
    for (const ParameterSlot &slot : tiny.model->layout()->named()) {
        const std::string part = slot.name.substr(0, slot.name.find('.'));
        byPart[part] += flatDot(a.narrow(0, slot.offset, slot.count()), b.narrow(0, slot.offset, slot.count()));
    }
    EXPECT_NEAR(byPart["vision_model"], golden["dot_vision_model"].get<double>(), 1e-4);
    EXPECT_NEAR(byPart["mlp1"], golden["dot_mlp1"].get<double>(), 1e-4);
    EXPECT_NEAR(byPart["language_model"], golden["dot_language_model"].get<double>(), 1e-4);
}

} // namespace
} // namespace winnow
