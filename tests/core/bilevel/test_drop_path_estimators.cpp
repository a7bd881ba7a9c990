#include "core/bilevel/finite_difference.h"
#include "core/bilevel/forward_mode.h"
#include "core/bilevel/gradient_dot.h"
#include "core/bilevel/streamed_dot.h"
#include "tests/core/bilevel/oracle_fixture.h"

// With stochastic depth every estimator differentiates the very loss that the step took: the draws of its position.
namespace winnow {
namespace {

using namespace test;

constexpr double exact = 1e-9;
constexpr std::uint64_t position = 3;

struct Case {
    const char *checkpoint;
    int workers;
    ComputeForm form;
};

class DropPathEstimators : public testing::TestWithParam<Case> {
protected:
    DropPathEstimators()
        : oracle(GetParam().checkpoint, GetParam().workers, GetParam().form), samples(oracle.train.all())
    {
        oracle.passes.setDropPath({0.5, 7});
        for (std::size_t i = 0; i < samples.size(); ++i)
            rows.push_back(i);
        v = at::sin(1.7 * at::arange(phi().flat.numel(), at::kDouble));
        perSample = gradientsAt(position);
    }
    const ParameterSet &phi() const { return oracle.tiny.parameters; }
    /// [B,P]: each sample's gradient in its place of the batch.
    at::Tensor gradientsAt(DrawPosition where)
    {
        std::vector<at::Tensor> gradients;
        for (std::size_t wanted = 0; wanted < samples.size(); ++wanted) {
            const auto objective = [wanted](const SiteReadout &readout, const PackedBatch &batch,
                                            std::span<const std::size_t> members) {
                const at::Tensor loss = crossEntropyPerSample(readout, batch);
                at::Tensor total = loss.sum() * 0.0;
                for (std::size_t i = 0; i < members.size(); ++i) {
                    if (members[i] == wanted)
                        total = total + loss[static_cast<std::int64_t>(i)];
                }
                return Objective{total, loss, {}};
            };
            gradients.push_back(at::empty_like(phi().flat));
            oracle.passes.gradient(phi(), samples, objective, gradients.back(), where);
        }
        return at::stack(gradients);
    }
    HypergradientInput input(const at::Tensor &direction) const
    {
        return {samples, rows, phi(), phi(), direction, none, position};
    }
    ObjectiveFunction equalWeights() const
    {
        return [](const SiteReadout &readout, const PackedBatch &batch, std::span<const std::size_t>) {
            const at::Tensor loss = crossEntropyPerSample(readout, batch);
            return Objective{loss.sum(), loss, at::ones_like(loss.detach())};
        };
    }

    OracleModel oracle;
    SamplePointers samples;
    std::vector<std::size_t> rows;
    at::Tensor v, perSample, none;
};

TEST_P(DropPathEstimators, TheDrawsMatter)
{
    // Otherwise the tests below would show nothing. Row 2 has no picture, so nothing of it is dropped.
    const at::Tensor clean = gradientsAt({}), other = gradientsAt(position + 1);
    ASSERT_EQ(samples[2]->tiles.count, 0);
    for (std::int64_t i = 0; i < perSample.size(0); ++i) {
        const bool picture = samples[static_cast<std::size_t>(i)]->tiles.count > 0;
        EXPECT_EQ((perSample[i] - clean[i]).abs().max().item<double>() > 1e-9, picture) << i;
    }
    EXPECT_GT((perSample - other).abs().max().item<double>(), 1e-9);
    EXPECT_TRUE(at::equal(perSample, gradientsAt(position)));
}

TEST_P(DropPathEstimators, StreamedProducts)
{
    StreamedDot streamed(HypergradientKind::Reference, oracle.passes);
    for (const ParameterSlot &slot : phi().layout->leaves()) {
        at::Tensor only = at::zeros_like(v);
        only.narrow(0, slot.offset, slot.count()).copy_(v.narrow(0, slot.offset, slot.count()));
        const at::Tensor expected = -at::matmul(perSample, only);
        const at::Tensor products = streamed.perSample(input(only));
        if (expected.abs().max().item<double>() == 0) { // all uses of the leaf were dropped
            EXPECT_EQ(products.abs().max().item<double>(), 0.0) << slot.name;
        } else {
            expectRelative(products, expected, exact, slot.name);
        }
    }
}

TEST_P(DropPathEstimators, StreamedUsesOfTheStepItself)
{
    StreamedDot streamed(HypergradientKind::OneStep, oracle.passes);
    at::Tensor gradient = at::empty_like(v);
    streamed.lowerPass(phi(), samples, equalWeights(), gradient, position);
    expectRelative(gradient, perSample.sum(0), exact, "gradient");
    expectRelative(streamed.perSample(input(v)), -at::matmul(perSample, v), exact, "products");
}

TEST_P(DropPathEstimators, TrainingRowsBesideMetaRows)
{
    const SamplePointers meta = oracle.meta.all();
    StreamedDot streamed(HypergradientKind::BeforeStep, oracle.passes);
    at::Tensor lower = at::empty_like(v), upper = at::empty_like(v);
    streamed.togetherPass(phi(), {samples, meta, equalWeights(), oracle.metaObjective(meta)}, lower, upper, position);
    expectRelative(lower, perSample.sum(0), exact, "lower gradient");
    expectRelative(streamed.perSample(input(upper)), -at::matmul(perSample, upper), exact, "products");
}

TEST_P(DropPathEstimators, ForwardModeAndThePassThroughTheBackwardPass)
{
    ForwardMode forward(HypergradientKind::Reference, oracle.passes);
    expectRelative(forward.perSample(input(v)), -at::matmul(perSample, v), exact, "forward mode");
    std::vector<double> products;
    oracle.passes.secondOrder(phi(), samples, equalWeights(), v, at::Tensor(), products, position);
    expectRelative(at::tensor(at::ArrayRef<double>(products), at::kDouble), at::matmul(perSample, v), exact,
                   "second order");
}

TEST_P(DropPathEstimators, FiniteDifferenceAndDot)
{
    FiniteDifference difference(HypergradientKind::Reference, 0.01, oracle.passes);
    const at::Tensor expected = -at::matmul(perSample, v);
    EXPECT_TRUE(at::allclose(difference.perSample(input(v)), expected, 1e-3, 1e-3));

    const SamplePointers one{samples[0]};
    const std::vector<std::size_t> row{0};
    const HypergradientInput single{one, row, phi(), phi(), v, none, position};
    GradientDot dot(HypergradientKind::Reference, oracle.passes);
    expectRelative(dot.perSample(single), expected.narrow(0, 0, 1), exact, "dot");
    EXPECT_TRUE(at::allclose(difference.perSample(single), expected.narrow(0, 0, 1), 1e-3, 1e-3));
}

std::string caseName(const testing::TestParamInfo<Case> &info)
{
    std::string name = info.param.checkpoint;
    std::erase(name, '-');
    return name + "Workers" + std::to_string(info.param.workers)
        + (info.param.form == ComputeForm::Plain ? "Plain" : "Fused");
}

INSTANTIATE_TEST_SUITE_P(Models, DropPathEstimators,
                         testing::Values(Case{"tiny-a-original", 1, ComputeForm::Plain},
                                         Case{"tiny-b-original", 2, ComputeForm::Fused}),
                         caseName);

} // namespace
} // namespace winnow
