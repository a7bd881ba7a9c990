#include "core/model/drop_path.h"
#include "tests/support/made_up_rows.h"

#include <ATen/ATen.h>

#include <cmath>
#include <numeric>

// Stochastic depth: the draws, and what InternViT's layers do with them.
namespace winnow {
namespace {

using namespace test;

std::shared_ptr<const EncodedSample> sampleOf(int tiles)
{
    auto sample = std::make_shared<EncodedSample>();
    sample->tiles.count = tiles;
    return sample;
}

at::Tensor factorsOf(const SamplePointers &samples, const DropPath &drop, std::int64_t layers, std::uint64_t position,
                     const std::vector<std::size_t> &members)
{
    return drawBranchFactors(drop, layers, samples, position, members);
}

TEST(DropPath, RatesAreTheReferencesLinspace)
{
    const at::Tensor expected = at::linspace(0.0, 0.1, 24, at::kDouble);
    for (std::int64_t layer = 0; layer < 24; ++layer)
        EXPECT_NEAR(dropPathRate(0.1, layer, 24), expected[layer].item<double>(), 1e-15) << layer;
    EXPECT_EQ(dropPathRate(0.1, 0, 1), 0.0) << "linspace with one step is its start";
}

TEST(DropPath, NothingIsDrawnWhereNothingCanBeDropped)
{
    EXPECT_FALSE(factorsOf({sampleOf(2)}, {0.0, 1}, 3, 0, {0}).defined());
    EXPECT_FALSE(factorsOf({sampleOf(2)}, {0.5, 1}, 1, 0, {0}).defined());
    EXPECT_FALSE(factorsOf({sampleOf(0)}, {0.5, 1}, 3, 0, {0}).defined());
}

TEST(DropPath, MeansAreOneAndBranchesAndTilesDrawByThemselves)
{
    constexpr int draws = 20000;
    constexpr double rate = 0.4;
    constexpr std::int64_t layers = 3;
    const SamplePointers one{sampleOf(2)};
    at::Tensor dropped = at::zeros({layers, 2, 2}, at::kDouble), sum = at::zeros_like(dropped);
    double bothBranches = 0, bothTiles = 0, layersTogether = 0;
    for (std::uint64_t position = 0; position < draws; ++position) {
        const at::Tensor factors = factorsOf(one, {rate, 5}, layers, position, {0});
        ASSERT_EQ(factors.sizes().vec(), (std::vector<std::int64_t>{layers, 2, 2}));
        const at::Tensor gone = (factors == 0).to(at::kDouble);
        sum += factors;
        dropped += gone;
        const auto is = [&](int layer, int branch, int tile) { return gone[layer][branch][tile].item<double>(); };
        bothBranches += is(2, 0, 0) * is(2, 1, 0);
        bothTiles += is(2, 0, 0) * is(2, 0, 1);
        layersTogether += is(1, 0, 0) * is(2, 0, 0);
    }
    // Four standard deviations of a mean of `draws` draws.
    const auto slack = [](double p) { return 4.0 * std::sqrt(p * (1.0 - p) / draws); };
    for (std::int64_t layer = 0; layer < layers; ++layer) {
        const double p = dropPathRate(rate, layer, layers);
        for (std::int64_t branch = 0; branch < 2; ++branch) {
            for (std::int64_t tile = 0; tile < 2; ++tile) {
                EXPECT_NEAR(dropped[layer][branch][tile].item<double>() / draws, p, slack(p));
                EXPECT_NEAR(sum[layer][branch][tile].item<double>() / draws, 1.0, slack(p) / (1.0 - p));
            }
        }
    }
    EXPECT_NEAR(bothBranches / draws, rate * rate, slack(rate * rate));
    EXPECT_NEAR(bothTiles / draws, rate * rate, slack(rate * rate));
    EXPECT_NEAR(layersTogether / draws, 0.2 * rate, slack(0.2 * rate));
}

TEST(DropPath, KeptBranchesAreDividedByTheirProbability)
{
    const at::Tensor factors = factorsOf({sampleOf(200)}, {0.4, 5}, 3, 0, {0});
    EXPECT_TRUE((factors[0] == 1.0).all().item<bool>());
    EXPECT_TRUE((factors[1] == 0.0).logical_or(factors[1] == 1.0 / (1.0 - 0.2)).all().item<bool>());
    EXPECT_TRUE((factors[2] == 0.0).logical_or(factors[2] == 1.0 / (1.0 - 0.4)).all().item<bool>());
}

TEST(DropPath, ADrawDependsOnThePositionAndThePlaceInTheBatchAlone)
{
    const DropPath drop{0.5, 5};
    const auto first = sampleOf(40), text = sampleOf(0), second = sampleOf(30);
    const at::Tensor together = factorsOf({first, text, second}, drop, 3, 9, {0, 1, 2});
    EXPECT_TRUE(at::equal(together.narrow(2, 0, 40), factorsOf({first}, drop, 3, 9, {0})));
    const at::Tensor alone = factorsOf({second}, drop, 3, 9, {2});
    EXPECT_TRUE(at::equal(together.narrow(2, 40, 30), alone));
    EXPECT_FALSE(at::equal(alone, factorsOf({second}, drop, 3, 10, {2})));
    EXPECT_FALSE(at::equal(alone, factorsOf({second}, drop, 3, 9, {1})));
    EXPECT_FALSE(at::equal(alone, factorsOf({second}, {0.5, 6}, 3, 9, {2})));
}

TEST(DropPath, ALayerAddsItsBranchesTimesTheirFactors)
{
    const c10::NoGradGuard noGrad;
    for (const auto dtype : {at::kFloat, at::kDouble}) {
        for (const ComputeForm form : {ComputeForm::Fused, ComputeForm::Plain}) {
            const LoadedModel tiny = loadTiny("tiny-a-original", dtype);
            const VisionTower &vision = tiny.model->vision();
            const std::int64_t size = tiny.model->config().vision.imageSize;
            const at::Tensor pixels = at::sin(at::arange(2 * 3 * size * size, dtype)).view({2, 3, size, size});
            const at::Tensor x = vision.embed(tiny.parameters, pixels);
            const auto run = [&](double attention, double mlp) {
                // The other tile shows that factors are the tile's own.
                const at::Tensor factors = at::tensor({attention, 1.0, mlp, 1.0}, at::kDouble).view({2, 2}).to(dtype);
                const at::Tensor out = vision.block(tiny.parameters, 1, x, form, factors);
                const at::Tensor plain = vision.block(tiny.parameters, 1, x, form);
                expectClose(out[1], plain[1], 1e-6, "the tile that drops nothing");
                return out[0];
            };
            const double exact = dtype == at::kDouble ? 1e-12 : 2e-5;
            EXPECT_TRUE(at::equal(run(0, 0), x[0]));
            expectClose(run(1.5, 0), x[0] + 1.5 * (run(1, 0) - x[0]), exact, "attention");
            expectClose(run(0, 1.5), x[0] + 1.5 * (run(0, 1) - x[0]), exact, "MLP");
            EXPECT_GT((run(1, 0) - x[0]).abs().max().item<double>(), 10 * exact);
            EXPECT_GT((run(0, 1) - x[0]).abs().max().item<double>(), 10 * exact);
            EXPECT_TRUE(at::equal(vision.block(tiny.parameters, 1, x, form, at::ones({2, 2}, dtype)),
                                  vision.block(tiny.parameters, 1, x, form)));
        }
    }
}

} // namespace
} // namespace winnow
