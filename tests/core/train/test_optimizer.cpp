#include "core/train/adamw.h"
#include "core/train/lr_schedule.h"
#include "tests/support/engine_fixtures.h"

#include <ATen/ATen.h>

#include <cmath>

namespace winnow {
namespace {

using namespace test;

void checkForm(AdamWForm form, const char *key)
{
    const nlohmann::json golden = goldenJson("adamw.json");
    const std::vector<double> start = golden["p0"];
    OptimizerOptions options;
    options.form = form;
    options.weightDecay = golden["weight_decay"];
    options.epsilon = golden["eps"];
    const double rate = golden["lr"];
    for (const auto dtype : {at::kDouble, at::kFloat}) {
        at::Tensor p = at::tensor(start, at::kDouble).to(dtype);
        AdamW adamW(options, p);
        for (std::size_t t = 0; t < golden["grads"].size(); ++t) {
            const std::vector<double> gradient = golden["grads"][t];
            adamW.step(p, at::tensor(gradient, at::kDouble).to(dtype), rate);
            const std::vector<double> expected = golden[key][t];
            expectClose(p, at::tensor(expected, at::kDouble), 1e-6, std::string(key) + " step " + std::to_string(t));
        }
    }
}

TEST(AdamW, TransformersForm) // fixture 29
{
    checkForm(AdamWForm::Transformers, "hf_4_49");
}

TEST(AdamW, TorchForm) // fixture 30
{
    checkForm(AdamWForm::Torch, "torch");
}

TEST(AdamW, ScaleEqualsScaledGradient)
{
    at::Tensor a = at::ones({1000}, at::kDouble), b = a.clone();
    AdamW first({}, a), second({}, b);
    const at::Tensor gradient = at::linspace(-1, 1, 1000, at::kDouble);
    first.step(a, gradient, 1e-2, 0.25);
    second.step(b, gradient * 0.25, 1e-2);
    EXPECT_TRUE(at::equal(a, b));
}

/// A step in bf16 as torch takes it on a GPU, a tensor operation at a time, each in float and rounded once. (On a CPU
/// torch rounds factors too.)
TEST(AdamW, Bf16RoundsLikeTensorOperations)
{
    OptimizerOptions options;
    options.form = AdamWForm::Transformers;
    options.weightDecay = 0.05;
    const at::Tensor wave = at::sin(at::arange(10000, at::kDouble) * 1.7);
    at::Tensor p = (wave * 0.05).to(at::kBFloat16), q = p.clone();
    at::Tensor m = at::zeros_like(p), v = at::zeros_like(p);
    const auto wide = [](const at::Tensor &x) { return x.to(at::kFloat); };
    const auto narrow = [](const at::Tensor &x) { return x.to(at::kBFloat16); };
    AdamW adamW(options, p);
    EXPECT_EQ(adamW.secondMoment().scalar_type(), at::kBFloat16);
    for (int t = 1; t <= 4; ++t) {
        const at::Tensor g = (at::cos(at::arange(10000, at::kDouble) * 0.3 * t) * 1e-2).to(at::kBFloat16);
        adamW.step(p, g, 1e-3, 0.5);
        const at::Tensor clipped = g * 0.5;
        m = narrow(wide(narrow(options.beta1 * wide(m))) + (1.0 - options.beta1) * wide(clipped));
        v.mul_(options.beta2).addcmul_(clipped, clipped, 1.0 - options.beta2);
        const double size = 1e-3 * std::sqrt(1.0 - std::pow(options.beta2, t)) / (1.0 - std::pow(options.beta1, t));
        q = narrow(wide(q) - size * wide(m) / wide(narrow(wide(v.sqrt()) + options.epsilon)));
        q = narrow(wide(q) - 1e-3 * options.weightDecay * wide(q));
    }
    // Where a value falls on the border between two, a fused multiply-add may round the other way.
    EXPECT_LE((p != q).sum().item<std::int64_t>(), 20);
    EXPECT_LE((adamW.secondMoment() != v).sum().item<std::int64_t>(), 20);
    const at::Tensor kept = adamW.secondMoment().clone();
    adamW.step(p, at::zeros_like(p), 1e-3);
    EXPECT_TRUE(at::equal(adamW.secondMoment(), kept)) << "0.999 v is v";
}

TEST(AdamW, ClipFactor)
{
    EXPECT_DOUBLE_EQ(clipFactor(0.5, 1.0), 1.0);
    EXPECT_NEAR(clipFactor(4.0, 1.0), 0.25, 1e-6);
    EXPECT_DOUBLE_EQ(clipFactor(1e9, 0.0), 1.0);
}

TEST(Schedule, CosineEqualsReference) // fixture 31
{
    const nlohmann::json units = goldenJson("units.json");
    for (const auto &[key, total] : {std::pair{"cosine", 100000.0}, std::pair{"cosine_small", 20.0}}) {
        for (const nlohmann::json &row : units[key]) {
            const double step = row[0], expected = row[1];
            EXPECT_NEAR(learningRateFactor(Schedule::Cosine, step, 0.05 * total, total), expected, 1e-9) << key << step;
        }
    }
}

TEST(Schedule, OneCycleRisesAndFalls)
{
    EXPECT_NEAR(learningRateFactor(Schedule::OneCycle, 0, 100, 1000), 0.04, 1e-12);
    EXPECT_NEAR(learningRateFactor(Schedule::OneCycle, 100, 100, 1000), 1.0, 1e-12);
    EXPECT_NEAR(learningRateFactor(Schedule::OneCycle, 1000, 100, 1000), 1e-5, 1e-12);
}

TEST(Schedule, StableDecayHoldsAndFallsOnALine)
{
    const auto factor = [](double step) { return learningRateFactor(Schedule::StableDecay, step, 100, 1000, 200); };
    EXPECT_DOUBLE_EQ(factor(50), 0.5);
    for (const double step : {100.0, 500.0, 800.0})
        EXPECT_DOUBLE_EQ(factor(step), 1.0) << step;
    EXPECT_DOUBLE_EQ(factor(850), 0.75);
    EXPECT_DOUBLE_EQ(factor(1000), 0.0);
    OptimizerOptions options;
    options.schedule = Schedule::StableDecay;
    options.learningRate = 2e-4;
    options.warmupShare = 0.0;
    options.decayShare = 0.5;
    EXPECT_DOUBLE_EQ(scheduledRate(options, 0, 600), 2e-4);
    EXPECT_DOUBLE_EQ(scheduledRate(options, 450, 600), 1e-4);
}

} // namespace
} // namespace winnow
