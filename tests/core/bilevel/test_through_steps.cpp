#include "core/bilevel/centering.h"
#include "tests/core/bilevel/oracle_fixture.h"

#include <map>

// What the trainer hands to the upper optimiser, against float64 autodiff through the lower steps themselves.
namespace winnow {
namespace {

using namespace test;

constexpr double exact = 1e-9;

/// The state of a trainer before a step, and the numbers of that step.
struct Before {
    at::Tensor flat, first, second;
    std::int64_t steps = 0;
};

Before stateOf(const BilevelTrainer &trainer)
{
    StateTensors optimizer, instance;
    trainer.save(optimizer, instance);
    return {trainer.parameters().flat.clone(), optimizer.at("lower.first_moment").clone(),
            optimizer.at("lower.second_moment").clone(), optimizer.at("lower.steps").item<std::int64_t>()};
}

/// p' of one AdamW step at the gradient g~, differentiable in g~.
at::Tensor adamWStep(const Before &before, const at::Tensor &gradient, const OptimizerOptions &o)
{
    const auto t = static_cast<double>(before.steps + 1);
    const double correction1 = 1.0 - std::pow(o.beta1, t), correction2 = 1.0 - std::pow(o.beta2, t);
    const at::Tensor m = o.beta1 * before.first + (1.0 - o.beta1) * gradient;
    const at::Tensor v = o.beta2 * before.second + (1.0 - o.beta2) * gradient * gradient;
    // The derivative of a root at 0 is infinite; such a parameter has never had a gradient.
    const at::Tensor seen = v.detach() > 0;
    const at::Tensor root = at::where(seen, at::where(seen, v, at::ones_like(v)).sqrt(), at::zeros_like(v));
    if (o.form == AdamWForm::Transformers) {
        const double size = o.learningRate * std::sqrt(correction2) / correction1;
        return (before.flat - size * m / (root + o.epsilon)) * (1.0 - o.learningRate * o.weightDecay);
    }
    return before.flat * (1.0 - o.learningRate * o.weightDecay)
        - o.learningRate / correction1 * m / (root / std::sqrt(correction2) + o.epsilon);
}

SamplePointers rowsAt(const EncodedDataset &data, const std::vector<std::size_t> &rows)
{
    SamplePointers samples;
    for (const std::size_t row : rows)
        samples.push_back(data.get(row));
    return samples;
}

/// Weights other than 1, so that the derivative at w is not that at 1.
void spreadWeights(BilevelTrainer &trainer)
{
    trainer.setUpper(at::linspace(0.5, 2.0, trainer.upper().numel(), at::kDouble));
}

void checkPreconditioned(AdamWForm form, std::int64_t batch, double clip, Estimator estimator)
{
    OracleModel oracle("tiny-a-original");
    RunOptions options = oracleOptions(batch);
    options.meta.estimator = estimator;
    options.meta.precondition = Precondition::Exact;
    options.train.optimizer.form = form;
    options.train.optimizer.clipNorm = clip;
    const TrainRequest request = oracle.request(options);
    BilevelTrainer trainer(request, oracle.passes, oracle.tiny.parameters);
    trainer.setOrders(BatchOrder::sequential(6, static_cast<std::size_t>(batch)), BatchOrder::sequential(4, 3));
    StepReport ignored;
    for (std::int64_t t = 0; t < 3; ++t)
        trainer.step(t, ignored);
    spreadWeights(trainer);
    const Before before = stateOf(trainer);
    const at::Tensor upper = trainer.upper().clone();
    const std::vector<std::size_t> rows = BatchOrder::sequential(6, static_cast<std::size_t>(batch)).rowsOf(3);
    const SamplePointers samples = rowsAt(oracle.train, rows);
    const ParameterSet phi = ParameterSet::fromFlat(oracle.tiny.model->layout(), before.flat);
    std::vector<at::Tensor> gradients;
    for (const auto &sample : samples)
        gradients.push_back(oracle.gradientOf(phi, sample));

    const c10::AutoGradMode enable(true);
    at::Tensor w = upper.clone().requires_grad_(true);
    at::Tensor total = at::zeros_like(before.flat);
    for (std::size_t i = 0; i < rows.size(); ++i)
        total = total + w[static_cast<std::int64_t>(rows[i])] * gradients[i] / static_cast<double>(batch);
    const double norm = batch == 1 ? flatNorm(gradients[0]) : flatNorm(total.detach());
    const double kept = clipFactor(norm, clip);
    ASSERT_TRUE(clip == 0 || kept < 1.0) << "the case must clip";
    const at::Tensor next = adamWStep(before, kept * total, options.train.optimizer);
    const SamplePointers questions = rowsAt(oracle.meta, BatchOrder::sequential(4, 3).rowsOf(3));
    const at::Tensor derivative = torch::autograd::grad({oracle.metaLossAt(next, questions)}, {w})[0];

    StepReport report;
    trainer.step(3, report);
    const double eta = options.train.optimizer.learningRate;
    expectRelative(trainer.upperGradient() * eta / static_cast<double>(batch), derivative, exact,
                   std::string(choiceName(form)) + " batch " + std::to_string(batch));
}

TEST(ThroughSteps, ExactPreconditionerEqualsAutodiffThroughAdamW)
{
    for (const AdamWForm form : {AdamWForm::Torch, AdamWForm::Transformers}) {
        for (const double clip : {0.0, 1e-3}) {
            checkPreconditioned(form, 4, clip, Estimator::Streamed);
            checkPreconditioned(form, 1, clip, Estimator::GradientDot);
            checkPreconditioned(form, 1, clip, Estimator::Streamed);
        }
    }
}

TEST(ThroughSteps, DiagonalPreconditionerEqualsItsFormula)
{
    for (const HypergradientKind kind : {HypergradientKind::OneStep, HypergradientKind::Reference}) {
        OracleModel oracle("tiny-b-original");
        RunOptions options = oracleOptions(4);
        options.meta.hypergradient = kind;
        options.meta.precondition = Precondition::Diagonal;
        const TrainRequest request = oracle.request(options);
        BilevelTrainer trainer(request, oracle.passes, oracle.tiny.parameters);
        trainer.setOrders(BatchOrder::sequential(6, 4), BatchOrder::sequential(4, 3));
        StepReport report;
        trainer.step(0, report);
        const Before before = stateOf(trainer);
        trainer.step(1, report);
        const Before after = stateOf(trainer);
        const auto layout = oracle.tiny.model->layout();
        const ParameterSet phi = ParameterSet::fromFlat(layout, before.flat), next = ParameterSet::fromFlat(layout, after.flat);
        const SamplePointers questions = rowsAt(oracle.meta, BatchOrder::sequential(4, 3).rowsOf(1));
        const double correction2 = 1.0 - std::pow(options.train.optimizer.beta2, 2.0);
        const at::Tensor direction = oracle.metaGradientOf(next, questions)
            / ((after.second / correction2).sqrt() + options.train.optimizer.epsilon);
        at::Tensor expected = at::zeros({6}, at::kDouble);
        for (const std::size_t row : BatchOrder::sequential(6, 4).rowsOf(1)) {
            const ParameterSet &at = kind == HypergradientKind::OneStep ? phi : next;
            expected[static_cast<std::int64_t>(row)] -= at::dot(direction, oracle.gradientOf(at, oracle.train.get(row)));
        }
        expectRelative(trainer.upperGradient(), expected, exact, std::string(choiceName(kind)));
    }
}

/// dM(phi_k)/dw through k weighted SGD steps with clipping factors taken as constants.
at::Tensor throughUnrolled(const OracleModel &oracle, const RunOptions &options, const at::Tensor &upper)
{
    const auto batch = static_cast<std::size_t>(options.train.batch);
    const auto layout = oracle.tiny.model->layout();
    const c10::AutoGradMode enable(true);
    at::Tensor w = upper.clone().requires_grad_(true);
    at::Tensor flat = oracle.tiny.parameters.flat.clone().requires_grad_(true);
    const double eta = options.train.optimizer.learningRate;
    for (std::int64_t t = 0; t < options.meta.unroll; ++t) {
        const std::vector<std::size_t> rows = BatchOrder::sequential(6, batch).rowsOf(t);
        const PackedBatch packed = packBatch(rowsAt(oracle.train, rows), tinyTokens().imageContext, at::kDouble);
        const ParameterSet set = ParameterSet::fromFlat(layout, flat);
        const at::Tensor losses
            = crossEntropyPerSample(readSites(oracle.tiny.model->siteLogits(set, packed, ComputeForm::Plain)), packed);
        std::vector<at::Tensor> weights;
        for (const std::size_t row : rows)
            weights.push_back(w[static_cast<std::int64_t>(row)]);
        const at::Tensor total = (at::stack(weights) * losses).sum() / static_cast<double>(batch);
        const at::Tensor g = torch::autograd::grad({total}, {flat}, {}, true, true)[0];
        double norm = flatNorm(g.detach());
        if (batch == 1) // there the gradient is clipped before the weight multiplies it
            norm /= std::abs(w[static_cast<std::int64_t>(rows[0])].item<double>());
        const double kept = clipFactor(norm, options.train.optimizer.clipNorm);
        flat = flat * (1.0 - eta * options.train.optimizer.weightDecay) - eta * kept * g;
    }
    const SamplePointers questions
        = rowsAt(oracle.meta, BatchOrder::sequential(4, 3).rowsOf(options.meta.unroll - 1));
    return torch::autograd::grad({oracle.metaLossAt(flat, questions)}, {w})[0];
}

TEST(ThroughSteps, UnrolledStepsEqualAutodiffThroughAllOfThem)
{
    for (const auto &[unroll, batch, clip] : {std::tuple{2, 4, 0.0}, {3, 2, 0.1}, {2, 1, 0.1}, {2, 1, 0.0}}) {
        OracleModel oracle(batch == 2 ? "tiny-b-original" : "tiny-a-original", batch == 4 ? 2 : 1);
        RunOptions options = oracleOptions(batch);
        options.train.optimizer.form = AdamWForm::Sgd;
        options.train.optimizer.learningRate = 0.05;
        options.train.optimizer.clipNorm = clip;
        options.meta.unroll = unroll;
        options.meta.unrollMode = UnrollMode::Exact;
        const TrainRequest request = oracle.request(options);
        const at::Tensor upper = at::linspace(0.5, 2.0, 6, at::kDouble);
        const at::Tensor derivative = throughUnrolled(oracle, options, upper);
        BilevelTrainer trainer(request, oracle.passes, oracle.tiny.parameters);
        trainer.setOrders(BatchOrder::sequential(6, static_cast<std::size_t>(batch)), BatchOrder::sequential(4, 3));
        trainer.setUpper(upper);
        StepReport report;
        for (std::int64_t t = 0; t < unroll; ++t) {
            EXPECT_TRUE(at::equal(trainer.upper(), upper)) << "the upper level moves after the last step only";
            trainer.step(t, report);
        }
        EXPECT_FALSE(at::equal(trainer.upper(), upper));
        expectRelative(trainer.upperGradient() * options.train.optimizer.learningRate / static_cast<double>(batch),
                       derivative, exact, "unroll " + std::to_string(unroll) + " batch " + std::to_string(batch));
    }
}

TEST(ThroughSteps, ResumedRunsGoOnBitForBit)
{
    std::map<std::string, RunOptions> cases;
    cases["streamed one-step"] = oracleOptions(4);
    cases["before-step"] = oracleOptions(4);
    cases["before-step"].meta.hypergradient = HypergradientKind::BeforeStep;
    cases["interval"] = oracleOptions(4);
    cases["interval"].meta.interval = 4;
    cases["interval"].meta.hypergradient = HypergradientKind::Reference;
    cases["unroll"] = oracleOptions(2);
    cases["unroll"].meta.unroll = 4;
    cases["unroll"].meta.unrollMode = UnrollMode::Exact;
    cases["unroll"].train.optimizer.form = AdamWForm::Sgd;
    for (auto &[name, options] : cases) {
        OracleModel oracle("tiny-b-original");
        oracle.passes.setDropPath({0.5, 3});
        const auto run = [&](std::int64_t stop) {
            const at::Tensor start = oracle.tiny.parameters.flat.clone();
            const TrainRequest request = oracle.request(options);
            auto trainer = std::make_unique<BilevelTrainer>(
                request, oracle.passes, ParameterSet::fromFlat(oracle.tiny.model->layout(), start));
            for (std::int64_t t = 0; t < 8; ++t) {
                StepReport report;
                if (t == stop) {
                    StateTensors optimizer, instance;
                    trainer->save(optimizer, instance);
                    const at::Tensor flat = trainer->parameters().flat.clone();
                    trainer = std::make_unique<BilevelTrainer>(
                        request, oracle.passes, ParameterSet::fromFlat(oracle.tiny.model->layout(), flat));
                    trainer->restore(optimizer, instance);
                }
                trainer->step(t, report);
            }
            return at::cat({trainer->parameters().flat, trainer->upper()});
        };
        EXPECT_TRUE(at::equal(run(-1), run(3))) << name;
    }
}

TEST(ThroughSteps, CentringTakesTheMeanOfEachLabel)
{
    const at::Tensor h = at::tensor({1.0, 2.0, 4.0, -1.0, 10.0}, at::kDouble);
    const std::vector<std::int32_t> labels{10, 12, 10, 12, 7};
    EXPECT_TRUE(at::equal(centredByLabel(h, labels, Centering::No), h));
    const at::Tensor centred = at::tensor({-1.5, 1.5, 1.5, -1.5, 0.0}, at::kDouble);
    EXPECT_TRUE(at::allclose(centredByLabel(h, labels, Centering::Label), centred));
    const double deviation = std::sqrt(4 * 2.25 / 5);
    EXPECT_TRUE(at::allclose(centredByLabel(h, labels, Centering::LabelScaled), centred / deviation));
    const at::Tensor outlier = at::cat({at::tensor({100.0, -100.0}, at::kDouble), at::zeros({48}, at::kDouble)});
    const at::Tensor cut = centredByLabel(outlier, std::vector<std::int32_t>(50, 10), Centering::LabelScaled);
    EXPECT_DOUBLE_EQ(cut[0].item<double>(), 3.0);
    EXPECT_DOUBLE_EQ(cut[1].item<double>(), -3.0);
}

} // namespace
} // namespace winnow
