#include "core/bilevel/forward_mode.h"
#include "core/bilevel/streamed_dot.h"
#include "tests/core/bilevel/oracle_fixture.h"

// Per-sample products against autodiff gradients of single samples, in float64, for every parameter by itself. Tiny-a has
// LayerNorm, biases and a head of its own; tiny-b RMSNorm, q and k norms and a head tied to the embedding.
namespace winnow {
namespace {

using namespace test;

constexpr double exact = 1e-9;

struct Case {
    const char *checkpoint;
    int workers;
    ComputeForm form;
};

class StreamedDotTest : public testing::TestWithParam<Case> {
protected:
    StreamedDotTest() : oracle(GetParam().checkpoint, GetParam().workers, GetParam().form), samples(oracle.train.all())
    {
        for (std::size_t i = 0; i < samples.size(); ++i)
            rows.push_back(i);
        v = at::sin(1.7 * at::arange(phi().flat.numel(), at::kDouble));
        std::vector<at::Tensor> gradients;
        for (const auto &sample : samples)
            gradients.push_back(oracle.gradientOf(phi(), sample));
        perSample = at::stack(gradients); // [B,P]
    }
    const ParameterSet &phi() const { return oracle.tiny.parameters; }
    at::Tensor only(const ParameterSlot &slot) const
    {
        at::Tensor masked = at::zeros_like(v);
        masked.narrow(0, slot.offset, slot.count()).copy_(v.narrow(0, slot.offset, slot.count()));
        return masked;
    }
    at::Tensor estimate(StreamedDot &streamed, const at::Tensor &direction)
    {
        return streamed.perSample({samples, rows, phi(), phi(), direction, at::Tensor()});
    }
    ObjectiveFunction weightedLosses(const at::Tensor &weights) const
    {
        return [weights](const SiteReadout &readout, const PackedBatch &batch, std::span<const std::size_t> members) {
            const at::Tensor loss = crossEntropyPerSample(readout, batch);
            std::vector<at::Tensor> chosen;
            for (const std::size_t member : members)
                chosen.push_back(weights[static_cast<std::int64_t>(member)]);
            return Objective{loss.sum(), loss, at::stack(chosen)};
        };
    }

    OracleModel oracle;
    SamplePointers samples;
    std::vector<std::size_t> rows;
    at::Tensor v, perSample;
};

TEST_P(StreamedDotTest, EveryParameterByItself)
{
    StreamedDot streamed(HypergradientKind::Reference, oracle.passes);
    for (const ParameterSlot &slot : phi().layout->leaves()) {
        const at::Tensor direction = only(slot);
        expectRelative(estimate(streamed, direction), -at::matmul(perSample, direction), exact, slot.name);
    }
}

TEST_P(StreamedDotTest, KeptUsesOfALowerPassAndItsGradient)
{
    const at::Tensor weights = at::tensor({0.5, 0.0, 2.0, -1.0, 1.0, 0.25}, at::kDouble);
    StreamedDot streamed(HypergradientKind::OneStep, oracle.passes);
    at::Tensor gradient = at::empty_like(v);
    const auto pass = [&] { streamed.lowerPass(phi(), samples, weightedLosses(weights), gradient, 0); };
    pass();
    const at::Tensor expected = at::matmul(weights, perSample);
    for (const ParameterSlot &slot : phi().layout->leaves())
        expectRelative(gradient.narrow(0, slot.offset, slot.count()), expected.narrow(0, slot.offset, slot.count()),
                       exact, "gradient of " + slot.name);
    expectRelative(estimate(streamed, v), -at::matmul(perSample, v), exact, "all parameters");
    for (const ParameterSlot &slot : phi().layout->leaves()) {
        pass();
        const at::Tensor direction = only(slot);
        expectRelative(estimate(streamed, direction), -at::matmul(perSample, direction), exact, slot.name);
    }
}

TEST_P(StreamedDotTest, TrainingAndMetaRowsTogether)
{
    const at::Tensor weights = at::tensor({0.5, 0.0, 2.0, -1.0, 1.0, 0.25}, at::kDouble);
    const SamplePointers meta = oracle.meta.all();
    const at::Tensor expectedMeta = oracle.metaGradientOf(phi(), meta);
    for (const bool lower : {false, true}) {
        StreamedDot streamed(lower ? HypergradientKind::BeforeStep : HypergradientKind::Reference, oracle.passes);
        at::Tensor lowerGradient = at::empty_like(v), metaGradient = at::empty_like(v);
        const SampleResults results = streamed.togetherPass(
            phi(),
            {samples, meta, lower ? weightedLosses(weights) : ObjectiveFunction(), oracle.metaObjective(meta)},
            lowerGradient, metaGradient, 0);
        ASSERT_EQ(results.loss.size(), samples.size() + meta.size());
        for (const ParameterSlot &slot : phi().layout->leaves())
            expectRelative(metaGradient.narrow(0, slot.offset, slot.count()),
                           expectedMeta.narrow(0, slot.offset, slot.count()), exact, "meta gradient of " + slot.name);
        if (lower)
            expectRelative(lowerGradient, at::matmul(weights, perSample), exact, "lower gradient");
        expectRelative(estimate(streamed, metaGradient), -at::matmul(perSample, metaGradient), exact, "products");
    }
}

TEST_P(StreamedDotTest, SmallMicroBatchesGiveTheSame)
{
    oracle.passes.setMicroBatch(1);
    StreamedDot streamed(HypergradientKind::Reference, oracle.passes);
    expectRelative(estimate(streamed, v), -at::matmul(perSample, v), exact, "all parameters");
    at::Tensor gradient = at::empty_like(v);
    oracle.passes.gradient(phi(), samples, OracleModel::lossSum, gradient);
    expectRelative(gradient, perSample.sum(0), exact, "gradient");
}

TEST_P(StreamedDotTest, ForwardModeAgrees)
{
    ForwardMode forward(HypergradientKind::Reference, oracle.passes);
    expectRelative(forward.perSample({samples, rows, phi(), phi(), v, at::Tensor()}), -at::matmul(perSample, v), exact,
                   "forward mode");
}

std::string caseName(const testing::TestParamInfo<Case> &info)
{
    std::string name = info.param.checkpoint;
    std::erase(name, '-');
    return name + "Workers" + std::to_string(info.param.workers)
        + (info.param.form == ComputeForm::Plain ? "Plain" : "Fused");
}

INSTANTIATE_TEST_SUITE_P(Models, StreamedDotTest,
                         testing::Values(Case{"tiny-a-original", 1, ComputeForm::Plain},
                                         Case{"tiny-a-original", 2, ComputeForm::Fused},
                                         Case{"tiny-b-original", 1, ComputeForm::Plain},
                                         Case{"tiny-b-original", 3, ComputeForm::Fused}),
                         caseName);

} // namespace
} // namespace winnow
