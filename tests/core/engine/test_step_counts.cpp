#include "core/engine/step_counts.h"

#include "core/engine/bench_shapes.h"
#include "core/model/model_loader.h"
#include "core/model/packed_batch.h"
#include "core/model/step_part.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <thread>

namespace winnow {
namespace {

std::int64_t flopsOf(const std::function<void()> &work)
{
    const OperatorCount count;
    work();
    return count.flops();
}

TEST(StepCounts, ALinearLayerIsCountedAsByHand)
{
    const at::Tensor weight = at::randn({7, 5}).requires_grad_(), bias = at::randn({7}).requires_grad_();
    const at::Tensor x = at::randn({2, 3, 5}).requires_grad_();
    // 6 rows of 5 numbers into 7: 6 * 5 * 7 products and as many sums.
    EXPECT_EQ(flopsOf([&] { (void)at::linear(x, weight, bias); }), 2 * 6 * 5 * 7);
    EXPECT_EQ(flopsOf([&] { (void)at::linear(x, weight); }), 2 * 6 * 5 * 7);
    // And backwards once more for the input and once more for the weight.
    EXPECT_EQ(flopsOf([&] { at::linear(x, weight, bias).sum().backward(); }), 3 * 2 * 6 * 5 * 7);
    at::Tensor sum = at::zeros({7, 5});
    EXPECT_EQ(flopsOf([&] { sum.addmm_(at::randn({7, 6}), at::randn({6, 5})); }), 2 * 6 * 5 * 7);
    EXPECT_EQ(flopsOf([&] { (void)at::mv(at::randn({4, 3}), at::randn({3})); }), 2 * 4 * 3);
    EXPECT_EQ(flopsOf([&] { (void)(x + x).relu(); }), 0) << "elementwise work is not counted";
}

TEST(StepCounts, AttentionIsCountedAsByHand)
{
    const std::int64_t heads = 2, length = 6, width = 8;
    const at::Tensor q = at::randn({1, heads, length, width}).requires_grad_();
    const at::Tensor k = at::randn({1, heads, length, width}).requires_grad_();
    const at::Tensor v = at::randn({1, heads, length, width}).requires_grad_();
    // Scores and output: each pair of query and key costs `width` products twice.
    const std::int64_t full = 2 * (2 * heads * length * length * width);
    const std::int64_t causal = 2 * (2 * heads * (length * (length + 1) / 2) * width);
    EXPECT_EQ(flopsOf([&] { (void)at::scaled_dot_product_attention(q, k, v); }), full);
    EXPECT_EQ(flopsOf([&] { (void)at::scaled_dot_product_attention(q, k, v, {}, 0.0, true); }), causal);
    EXPECT_EQ(flopsOf([&] { at::scaled_dot_product_attention(q, k, v, {}, 0.0, true).sum().backward(); }),
              causal + causal / 2 * 5);
    // The plain form computes all pairs.
    EXPECT_EQ(flopsOf([&] { (void)at::matmul(at::softmax(at::matmul(q, k.transpose(-1, -2)), -1), v); }), full);
}

/// The forward of the benchmark's demo shape, added up from its configuration.
TEST(StepCounts, TheForwardOfTheModelIsTheSumOverItsLayers)
{
    const auto shape = benchShape("demo");
    ASSERT_TRUE(shape.ok());
    auto loaded = initializeModel(shape->config.toHfJson(), 1, at::kFloat);
    ASSERT_TRUE(loaded.ok()) << loaded.error().message;
    const BenchRows rows(*shape, 1, 1);
    const PackedBatch batch = packBatch(SamplePointers{rows.get(0)}, shape->tokens.imageContext, at::kFloat);
    const c10::NoGradGuard noGrad;
    const std::int64_t counted = flopsOf([&] { (void)loaded->model->siteLogits(loaded->parameters, batch); });

    const std::int64_t tiles = 3, patches = 16, n = patches + 1, D = 64, visionMlp = 256, visionLayers = 2;
    const std::int64_t patchInput = 3 * 7 * 7;
    std::int64_t expected = 2 * tiles * patches * patchInput * D; // patch embedding
    expected += visionLayers
        * (2 * tiles * n * D * 3 * D + 4 * tiles * n * n * D + 2 * tiles * n * D * D + 4 * tiles * n * D * visionMlp);
    const std::int64_t H = 128, imageTokens = tiles * 4;
    expected += 2 * imageTokens * 4 * D * H + 2 * imageTokens * H * H; // projector
    const std::int64_t N = 102, sites = 4, kv = 2 * 32, q = 4 * 32, mlp = 512, layers = 3, vocabulary = 400;
    expected += (layers - 1) * (2 * N * H * (q + 2 * kv) + 4 * (N * (N + 1) / 2) * q + 2 * N * q * H + 6 * N * H * mlp);
    // Of the last layer only the sites are wanted.
    expected += 2 * sites * H * q + 2 * N * H * 2 * kv + 4 * sites * N * q + 2 * sites * q * H + 6 * sites * H * mlp;
    expected += 2 * sites * H * vocabulary;
    EXPECT_EQ(counted, expected);
}

TEST(StepCounts, OperatorsThatCallOthersAreNotCountedBesideThem)
{
    const at::Tensor a = at::randn({3, 3});
    const OperatorCount count;
    (void)at::linear(a, a); // calls t() and mm()
    const std::int64_t linear = count.operators();
    EXPECT_GE(linear, 2);
    EXPECT_LE(linear, 4);
    (void)(a + a);
    EXPECT_EQ(count.operators(), linear + 1);
    std::thread([&] { (void)(a * a); }).join();
    EXPECT_EQ(count.operators(), linear + 2) << "on every thread";
}

double secondsOf(const std::function<void()> &work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void restIn(const char *name)
{
    const StepPart part(name);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
}

TEST(StepCounts, PartsExcludeEachOther)
{
    const PartTimes times(1);
    const double lower = secondsOf([] { restIn(StepPart::vision); });
    const double upper = secondsOf([] {
        const StepPart meta(StepPart::meta);
        restIn(StepPart::vision);
        restIn(StepPart::optimizer);
    });
    EXPECT_GE(times.seconds(PartTimes::Vision), 0.02);
    EXPECT_LE(times.seconds(PartTimes::Vision), lower) << "that of the upper step is meta";
    EXPECT_GE(times.seconds(PartTimes::Meta), 0.02);
    EXPECT_GE(times.seconds(PartTimes::Optimizer), 0.02);
    EXPECT_LE(times.seconds(PartTimes::Meta) + times.seconds(PartTimes::Optimizer), upper) << "without its optimiser";
    EXPECT_EQ(times.seconds(PartTimes::Language), 0);
}

TEST(StepCounts, PartsOfWorkersCountByTheirMean)
{
    const PartTimes times(2);
    const double alone = secondsOf([] { restIn(StepPart::backward); });
    EXPECT_GE(times.seconds(PartTimes::LowerBackward), 0.01);
    EXPECT_LE(times.seconds(PartTimes::LowerBackward), alone / 2);
}

TEST(StepCounts, OnlyDevicesOfTheListHaveAPeak)
{
    EXPECT_FALSE(peakFlops("cpu", "fp32").has_value());
    EXPECT_NEAR(peakFlops("NVIDIA H200", "bf16").value(), 989.4e12, 1e6);
    EXPECT_NEAR(peakFlops("NVIDIA H100 80GB HBM3", "fp32").value(), 66.9e12, 1e6);
    EXPECT_FALSE(peakFlops("NVIDIA H200", "int8").has_value());
}

} // namespace
} // namespace winnow
