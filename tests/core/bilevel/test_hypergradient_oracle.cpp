#include "core/bilevel/finite_difference.h"
#include "core/bilevel/gradient_dot.h"
#include "tests/support/engine_fixtures.h"
#include "tests/support/fixture_dataset.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

// The one-step hypergradient against float64 autodiff through the SGD step itself.
namespace winnow {
namespace {

using namespace test;

class Oracle : public testing::Test {
protected:
    Oracle()
        : golden(goldenJson("bilevel-table.json")), train(FixtureDataset::train(golden)),
          meta(FixtureDataset::meta(golden)), tiny(loadTiny("tiny-a-original", at::kDouble)), pool(1, 1),
          passes(*tiny.model, tinyTokens(), pool, at::kDouble)
    {
        passes.setNormalization(fixtureNormalization());
        passes.setAttention(ComputeForm::Plain);
    }

    PackedBatch pack(const std::shared_ptr<const EncodedSample> &sample) const
    {
        const SamplePointers one{sample};
        return packBatch(one, tinyTokens().imageContext, at::kDouble, fixtureNormalization());
    }
    at::Tensor lossAt(const ParameterSet &p, const PackedBatch &batch) const
    {
        return crossEntropyPerSample(readSites(tiny.model->siteLogits(p, batch, ComputeForm::Plain)), batch).sum();
    }
    at::Tensor metaAt(const ParameterSet &p, const PackedBatch &batch, bool right) const
    {
        return metaLossPerSample(readSites(tiny.model->siteLogits(p, batch, ComputeForm::Plain)), batch, {right},
                                 tinyTokens(), LossTarget::Both)
            .loss.sum();
    }

    /// dM(phi - eta w grad L(phi))/dw at w = 1, by differentiating through the step.
    double throughStep(const PackedBatch &lower, const PackedBatch &upper, bool right, double eta) const
    {
        const c10::AutoGradMode enable(true);
        const ParameterSet phi = tiny.parameters.trainable();
        at::Tensor w = at::ones({}, at::kDouble).requires_grad_(true);
        const auto gradients
            = torch::autograd::grad({w * lossAt(phi, lower)}, phi.leaves, {}, true, true);
        ParameterSet next = phi;
        for (std::size_t i = 0; i < next.leaves.size(); ++i)
            next.leaves[i] = phi.leaves[i] - eta * gradients[i];
        return torch::autograd::grad({metaAt(next, upper, right)}, {w})[0].item<double>();
    }

    nlohmann::json golden;
    FixtureDataset train, meta;
    LoadedModel tiny;
    WorkerPool pool;
    BatchPasses passes;
};

TEST_F(Oracle, OneStepEqualsAutodiffThroughTheStep)
{
    constexpr double eta = 1e-3;
    for (std::size_t i = 0; i < train.size(); ++i) {
        const std::shared_ptr<const EncodedSample> row = train.get(i), question = meta.get(i % meta.size());
        const PackedBatch lower = pack(row), upper = pack(question);
        const double expected = throughStep(lower, upper, question->answerIsRight, eta);

        at::Tensor g = at::empty_like(tiny.parameters.flat), v = at::empty_like(g);
        passes.gradient(
            tiny.parameters, {row},
            [](const SiteReadout &r, const PackedBatch &b, std::span<const std::size_t>) {
                const at::Tensor loss = crossEntropyPerSample(r, b);
                return Objective{loss.sum(), loss};
            },
            g);
        const ParameterSet after = ParameterSet::fromFlat(tiny.model->layout(), tiny.parameters.flat - eta * g);
        passes.gradient(
            after, {question},
            [&](const SiteReadout &r, const PackedBatch &b, std::span<const std::size_t>) {
                const MetaLoss loss = metaLossPerSample(r, b, {question->answerIsRight}, tinyTokens(), LossTarget::Both);
                return Objective{loss.loss.sum(), loss.loss};
            },
            v);
        const SamplePointers samples{row};
        const std::vector<std::size_t> rows{i};
        const HypergradientInput input{samples, rows, tiny.parameters, after, v, g};
        GradientDot dot(HypergradientKind::OneStep, passes);
        EXPECT_NEAR(eta * dot.perSample(input).item<double>() / expected, 1.0, 1e-9) << "row " << i;

        // Central differences are exact to second order: halving the step must cut the error about fourfold.
        const auto error = [&](double step) {
            FiniteDifference difference(HypergradientKind::OneStep, step, passes);
            return std::abs(eta * difference.perSample(input).item<double>() / expected - 1.0);
        };
        EXPECT_LT(error(0.005), 0.5 * error(0.02) + 1e-7) << "row " << i;
    }
}

TEST_F(Oracle, BatchesGiveTheSameValuesAsSingleSamples)
{
    const SamplePointers samples{train.get(0), train.get(1), train.get(2), train.get(3)};
    const std::vector<std::size_t> rows{0, 1, 2, 3};
    const at::Tensor v = at::sin(at::arange(tiny.parameters.flat.numel(), at::kDouble));
    FiniteDifference difference(HypergradientKind::Reference, 0.01, passes);
    const at::Tensor together
        = difference.perSample({samples, rows, tiny.parameters, tiny.parameters, v, at::Tensor()});
    for (std::size_t i = 0; i < samples.size(); ++i) {
        GradientDot dot(HypergradientKind::Reference, passes);
        const SamplePointers one{samples[i]};
        const std::vector<std::size_t> row{i};
        const double exact
            = dot.perSample({one, row, tiny.parameters, tiny.parameters, v, at::Tensor()}).item<double>();
        EXPECT_NEAR(together[static_cast<std::int64_t>(i)].item<double>(), exact, 1e-3 * std::abs(exact) + 1e-3);
    }
}

TEST_F(Oracle, AnAugmentedStepIsDifferentiatedAtItsOwnPictures)
{
    passes.setAugmentation({0.2, 0.1, 7});
    const SamplePointers samples{train.get(0)};
    const std::vector<std::size_t> rows{0};
    const at::Tensor v = at::sin(at::arange(tiny.parameters.flat.numel(), at::kDouble));
    const auto along = [&](DrawPosition position) {
        GradientDot dot(HypergradientKind::Reference, passes);
        FiniteDifference difference(HypergradientKind::Reference, 0.01, passes);
        const HypergradientInput input{samples, rows, tiny.parameters, tiny.parameters, v, at::Tensor(), position};
        const double exact = dot.perSample(input).item<double>();
        EXPECT_NEAR(difference.perSample(input).item<double>(), exact, 1e-3 * std::abs(exact) + 1e-3);
        return exact;
    };
    const double third = along(3), fourth = along(4), clean = along({});
    EXPECT_NE(third, fourth);
    EXPECT_NE(third, clean);
    EXPECT_EQ(third, along(3));
}

} // namespace
} // namespace winnow
