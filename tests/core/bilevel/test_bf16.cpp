#include "core/bilevel/bilevel_trainer.h"
#include "core/engine/bench_shapes.h"
#include "core/engine/precision_types.h"
#include "core/kernels/flat_sums.h"
#include "core/rank/correlation.h"
#include "tests/core/bilevel/oracle_fixture.h"

#include <ATen/ATen.h>

#include <cctype>
#include <cmath>
#include <map>

// Passes and runs in bf16, over a float32 master and all in bf16, against those in float32.
namespace winnow {
namespace {

using namespace test;

double cosine(const at::Tensor &a, const at::Tensor &b)
{
    const at::Tensor x = a.to(at::kDouble).reshape({-1}), y = b.to(at::kDouble).reshape({-1});
    return (at::dot(x, y) / (x.norm() * y.norm())).item<double>();
}

/// "vision_model.encoder.layers.3.ls1" -> "vision_model.encoder.layers..ls1": one kind in all layers.
std::string kindOf(std::string name)
{
    std::erase_if(name, [](char c) { return std::isdigit(static_cast<unsigned char>(c)); });
    return name;
}

/// Gradients of all leaves of one kind, one after another.
std::map<std::string, at::Tensor> byKind(const ParameterLayout &layout, const at::Tensor &flat)
{
    std::map<std::string, std::vector<at::Tensor>> parts;
    for (const ParameterSlot &slot : layout.leaves())
        parts[kindOf(slot.name)].push_back(flat.narrow(0, slot.offset, slot.count()));
    std::map<std::string, at::Tensor> kinds;
    for (const auto &[kind, tensors] : parts)
        kinds[kind] = at::cat(tensors);
    return kinds;
}

/// A tiny model with made-up rows in one precision.
struct Tiny {
    Tiny(const std::string &checkpoint, Precision precision, int workers = 1)
        : types(typesOf(precision)), loaded(loadTiny(checkpoint, types.held)), train(loaded.model->config(), 6),
          meta(loaded.model->config(), 4, {true, 2}), pool(workers, 1),
          passes(*loaded.model, tinyTokens(), pool, types.compute)
    {
    }
    TrainRequest request(const RunOptions &options) const
    {
        TrainRequest request;
        request.options = options;
        giveRows(request, train, meta);
        return request;
    }

    PrecisionTypes types;
    LoadedModel loaded;
    MadeUpRows train, meta;
    WorkerPool pool;
    BatchPasses passes;
};

TEST(Bf16, OneVectorIsRoundedAndEmbeddingAndHeadStay)
{
    for (const char *checkpoint : {"tiny-a-original", "tiny-b-original"}) { // a head of its own, and a tied one
        const LoadedModel loaded = loadTiny(checkpoint, at::kFloat);
        const ParameterLayout &layout = *loaded.model->layout();
        at::Tensor buffer;
        const ParameterSet set = inType(loaded.parameters, at::kBFloat16, buffer);
        std::int64_t rounded = 0;
        for (std::size_t i = 0; i < set.leaves.size(); ++i) {
            const at::Tensor &leaf = set.leaf(i), &held = loaded.parameters.leaf(i);
            if (i == layout.headIndex() || i == layout.embeddingIndex()) {
                EXPECT_TRUE(leaf.is_same(held)) << layout.leaves()[i].name;
                continue;
            }
            EXPECT_TRUE(at::equal(leaf, held.to(at::kBFloat16))) << layout.leaves()[i].name;
            EXPECT_TRUE(leaf.is_alias_of(buffer)) << layout.leaves()[i].name;
            rounded += leaf.numel();
        }
        EXPECT_EQ(buffer.numel(), rounded);
        EXPECT_TRUE(inType(loaded.parameters, at::kFloat, buffer).leaf(0).is_same(loaded.parameters.leaf(0)));
    }
}

struct Closeness {
    const char *checkpoint;
    Precision precision;
    double loss; ///< largest difference of a sample's loss, in parts of it
};

class CloseToFp32 : public testing::TestWithParam<Closeness> { };

TEST_P(CloseToFp32, LossesAndGradientsOfEveryParameterKind)
{
    const Closeness &limit = GetParam();
    Tiny exact(limit.checkpoint, Precision::Fp32), narrow(limit.checkpoint, limit.precision, 2);
    const SamplePointers samples = exact.train.all();
    at::Tensor expected = at::empty_like(exact.loaded.parameters.flat);
    at::Tensor gradient = at::empty_like(narrow.loaded.parameters.flat);
    const SampleResults a = exact.passes.gradient(exact.loaded.parameters, samples, OracleModel::lossSum, expected);
    const SampleResults b = narrow.passes.gradient(narrow.loaded.parameters, samples, OracleModel::lossSum, gradient);
    EXPECT_EQ(gradient.scalar_type(), narrow.types.held);
    for (std::size_t i = 0; i < samples.size(); ++i) {
        EXPECT_NEAR(b.loss[i], a.loss[i], limit.loss * a.loss[i]) << "sample " << i;
        EXPECT_EQ(b.siteLogits[i].scalar_type(), at::kFloat);
    }
    const ParameterLayout &layout = *exact.loaded.model->layout();
    const auto kinds = byKind(layout, expected), own = byKind(layout, gradient);
    for (const auto &[kind, tensor] : kinds)
        EXPECT_GE(cosine(own.at(kind), tensor), 0.99) << kind;
}

std::string closenessName(const testing::TestParamInfo<Closeness> &info)
{
    std::string name = info.param.checkpoint + std::string(choiceName(info.param.precision));
    std::erase(name, '-');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Models, CloseToFp32,
                         testing::Values(Closeness{"tiny-a-original", Precision::Bf16, 0.01},
                                         Closeness{"tiny-b-original", Precision::Bf16, 0.01},
                                         Closeness{"tiny-a-original", Precision::Bf16Pure, 0.02},
                                         Closeness{"tiny-b-original", Precision::Bf16Pure, 0.02}),
                         closenessName);

RunOptions tableOptions(std::int64_t batch, Estimator estimator, HypergradientKind kind)
{
    RunOptions options;
    options.train.batch = batch;
    options.train.iterations = 100;
    options.meta.batch = 3;
    options.meta.estimator = estimator;
    options.meta.hypergradient = kind;
    return options;
}

/// h of each row in the first iteration.
std::vector<double> hypergradients(const RunOptions &options, Precision precision)
{
    Tiny tiny("tiny-a-original", precision);
    BilevelTrainer trainer(tiny.request(options), tiny.passes, tiny.loaded.parameters);
    StepReport report;
    trainer.step(0, report);
    EXPECT_TRUE(report.nonFinite.empty()) << report.nonFinite;
    std::vector<double> h;
    for (const SampleVisit &visit : report.visits)
        h.push_back(visit.hypergradient);
    return h;
}

TEST(Bf16, EveryEstimatorAgreesWithItsOwnFp32)
{
    struct Case {
        Estimator estimator;
        HypergradientKind kind;
        std::int64_t batch;
    };
    // One scale for all: what rounding does to a product of two gradients goes with their lengths, not with the product.
    double largest = 0;
    for (const double h : hypergradients(tableOptions(6, Estimator::Streamed, HypergradientKind::OneStep), Precision::Fp32))
        largest = std::max(largest, std::abs(h));
    for (const Case &c : {Case{Estimator::GradientDot, HypergradientKind::OneStep, 1},
                          Case{Estimator::GradientDot, HypergradientKind::Reference, 1},
                          Case{Estimator::Streamed, HypergradientKind::OneStep, 1},
                          Case{Estimator::Streamed, HypergradientKind::OneStep, 6},
                          Case{Estimator::Streamed, HypergradientKind::Reference, 6},
                          Case{Estimator::Streamed, HypergradientKind::BeforeStep, 6},
                          Case{Estimator::FiniteDifference, HypergradientKind::OneStep, 6},
                          Case{Estimator::FiniteDifference, HypergradientKind::Reference, 6},
                          Case{Estimator::ForwardMode, HypergradientKind::Reference, 6}}) {
        const RunOptions options = tableOptions(c.batch, c.estimator, c.kind);
        const std::vector<double> exact = hypergradients(options, Precision::Fp32);
        const std::vector<double> own = hypergradients(options, Precision::Bf16);
        for (std::size_t i = 0; i < exact.size(); ++i)
            EXPECT_NEAR(own[i], exact[i], 0.1 * largest)
                << choiceName(c.estimator) << " " << choiceName(c.kind) << ", batch " << c.batch << ", row " << i;
    }
}

RunOptions netOptions(NetPath path)
{
    RunOptions options = tableOptions(2, Estimator::FiniteDifference, HypergradientKind::Reference);
    options.weighting.method = Method::Net;
    options.weighting.activation = WeightActivation::Sigmoid;
    options.weighting.netPath = path;
    options.train.dropPath = true;
    return options;
}

void expectResumesBitForBit(const RunOptions &options, Precision precision)
{
    constexpr std::int64_t iterations = 6, cut = 3;
    Tiny whole("tiny-b-original", precision, 2), broken("tiny-b-original", precision, 2);
    BilevelTrainer unbroken(whole.request(options), whole.passes, whole.loaded.parameters);
    BilevelTrainer first(broken.request(options), broken.passes, broken.loaded.parameters);
    const auto steps = [](BilevelTrainer &trainer, std::int64_t from, std::int64_t to) {
        for (std::int64_t t = from; t < to; ++t) {
            StepReport report;
            trainer.step(t, report);
            ASSERT_TRUE(report.nonFinite.empty()) << report.nonFinite;
        }
    };
    steps(unbroken, 0, iterations);
    steps(first, 0, cut);
    StateTensors optimizer, instance;
    first.save(optimizer, instance);
    EXPECT_EQ(optimizer.at("lower.first_moment").scalar_type(), typesOf(precision).held);
    Tiny again("tiny-b-original", precision, 2);
    again.loaded.parameters.flat.copy_(broken.loaded.parameters.flat);
    BilevelTrainer second(again.request(options), again.passes, again.loaded.parameters);
    second.restore(optimizer, instance);
    steps(second, cut, iterations);
    EXPECT_TRUE(at::equal(again.loaded.parameters.flat, whole.loaded.parameters.flat));
    EXPECT_TRUE(at::equal(second.upper(), unbroken.upper()));
    EXPECT_EQ(second.upper().scalar_type(), at::kFloat) << "the weights being learned are never narrow";
}

TEST(Bf16, TableAndNetResumeBitForBit)
{
    for (const Precision precision : {Precision::Bf16, Precision::Bf16Pure}) {
        SCOPED_TRACE(choiceName(precision));
        expectResumesBitForBit(tableOptions(2, Estimator::Streamed, HypergradientKind::OneStep), precision);
        expectResumesBitForBit(netOptions(NetPath::Detached), precision);
        expectResumesBitForBit(netOptions(NetPath::Reference), precision);
    }
}

/// The difference between the two: of a weight whose bf16 neighbours are further away than twice the step, the step is
/// lost in bf16, and kept in a float32 master, whose steps add up.
TEST(Bf16, AnUpdateBelowHalfAStepIsLostInPureAndKeptByTheMaster)
{
    RunOptions options = tableOptions(2, Estimator::Streamed, HypergradientKind::OneStep);
    options.weighting.method = Method::None;
    options.train.optimizer.learningRate = 1e-5;
    options.train.optimizer.weightDecay = 0;
    constexpr std::int64_t iterations = 5;
    constexpr double largestStep = 4e-5; // AdamW's step is close to the rate, rarely a few times that
    const auto trained = [&](Precision precision, at::Tensor &before) {
        Tiny tiny("tiny-a-original", precision);
        before = tiny.loaded.parameters.flat.to(at::kFloat).clone();
        BilevelTrainer trainer(tiny.request(options), tiny.passes, tiny.loaded.parameters);
        for (std::int64_t t = 0; t < iterations; ++t) {
            StepReport report;
            trainer.step(t, report);
        }
        return tiny.loaded.parameters.flat.to(at::kFloat);
    };
    at::Tensor before, pureBefore;
    const at::Tensor after = trained(Precision::Bf16, before), pureAfter = trained(Precision::Bf16Pure, pureBefore);
    const at::Tensor large = pureBefore.abs() * std::ldexp(1.0, -9) > largestStep; // half a bf16 step is not less
    const std::int64_t count = large.sum().item<std::int64_t>();
    ASSERT_GT(count, 1000);
    EXPECT_EQ((large & (pureAfter != pureBefore)).sum().item<std::int64_t>(), 0);
    const std::int64_t moved = (large & (after != before)).sum().item<std::int64_t>();
    EXPECT_GT(moved, count / 4) << "all with a gradient; some embedding rows and head rows have none to speak of";
    // Small weights move in both.
    EXPECT_GT(((pureBefore.abs() < 1e-3) & (pureAfter != pureBefore)).sum().item<std::int64_t>(), 0);
}

TEST(Bf16, PassesSeeTheWeightsOfTheLastStep)
{
    Tiny tiny("tiny-a-original", Precision::Bf16);
    const SamplePointers samples = tiny.train.all();
    RunOptions options = tableOptions(2, Estimator::Streamed, HypergradientKind::OneStep);
    options.train.optimizer.learningRate = 1e-2;
    BilevelTrainer trainer(tiny.request(options), tiny.passes, tiny.loaded.parameters);
    for (std::int64_t t = 0; t < 3; ++t) {
        StepReport report;
        trainer.step(t, report);
        BatchPasses fresh(*tiny.loaded.model, tinyTokens(), tiny.pool, at::kBFloat16);
        EXPECT_EQ(tiny.passes.forward(trainer.parameters(), samples).loss,
                  fresh.forward(trainer.parameters(), samples).loss);
    }
}

/// <grad L_i, grad M_j> of 200 pairs of a training row and a meta row on the demo shape.
std::vector<double> pairProducts(const BenchShape &shape, Precision precision)
{
    constexpr std::size_t pairs = 200, metaRows = 20;
    const PrecisionTypes types = typesOf(precision);
    auto made = initializeModel(shape.config.toHfJson(), 1, types.held);
    EXPECT_TRUE(made.ok());
    const LoadedModel loaded = std::move(made).value();
    const BenchRows train(shape, pairs, 1), meta(shape, metaRows, 2);
    WorkerPool pool(1, 1);
    BatchPasses passes(*loaded.model, shape.tokens, pool, types.compute);
    const ObjectiveFunction upper = [&](const SiteReadout &readout, const PackedBatch &batch,
                                        std::span<const std::size_t>) {
        const MetaLoss loss = metaLossPerSample(readout, batch, {true}, shape.tokens, LossTarget::Both);
        return Objective{loss.loss.sum(), loss.loss, {}};
    };
    std::vector<at::Tensor> directions;
    for (std::size_t j = 0; j < metaRows; ++j) {
        directions.push_back(at::empty_like(loaded.parameters.flat));
        passes.gradient(loaded.parameters, {meta.get(j)}, upper, directions.back());
    }
    at::Tensor gradient = at::empty_like(loaded.parameters.flat);
    std::vector<double> products;
    for (std::size_t i = 0; i < pairs; ++i) {
        passes.gradient(loaded.parameters, {train.get(i)}, OracleModel::lossSum, gradient);
        products.push_back(flatDot(gradient, directions[i % metaRows]));
    }
    return products;
}

TEST(Bf16, ProductsOfTheDemoShapeRankAsInFp32)
{
    const auto shape = benchShape("demo");
    ASSERT_TRUE(shape.ok());
    const std::vector<double> exact = pairProducts(*shape, Precision::Fp32);
    const double master = spearman(pairProducts(*shape, Precision::Bf16), exact);
    EXPECT_GE(master, 0.99);
    RecordProperty("rank_correlation_bf16", std::to_string(master));
    RecordProperty("rank_correlation_bf16_pure",
                   std::to_string(spearman(pairProducts(*shape, Precision::Bf16Pure), exact)));
}

} // namespace
} // namespace winnow
