#include "core/bilevel/bilevel_trainer.h"
#include "core/train/sft_trainer.h"
#include "tests/support/made_up_rows.h"
#include "tests/support/ranks.h"

#include <ATen/ATen.h>

#include <new>

// Ranks that train together against one process. The ranks are threads here, over real connections;
// tests/app/test_cli_processes.cpp has processes.
namespace winnow
{
namespace
{

using namespace test;

TEST(ProcessGroup, SumsAreTheSameBitsOnEveryRank)
{
    constexpr int ranks = 3;
    std::vector<at::Tensor> sums(ranks);
    withRanks(ranks, [&](ProcessGroup &group) {
        Random random(5, RandomStream::ImportSample, {static_cast<std::uint64_t>(group.rank())});
        at::Tensor values = at::empty({10001}, at::kFloat);
        for (std::int64_t i = 0; i < values.numel(); ++i)
            values.data_ptr<float>()[i] = static_cast<float>(random.below(1000003)) / 7919.0f;
        group.sum(values);
        sums[static_cast<std::size_t>(group.rank())] = values;
        EXPECT_EQ(group.largest(10 - group.rank()), 10);
        EXPECT_EQ(group.largest(group.rank()), ranks - 1);
        EXPECT_EQ(group.fromRoot(group.isRoot() ? "from rank 0 \x01" : "of no use"), "from rank 0 \x01");
        EXPECT_EQ(group.fromRoot(""), "");
    });
    EXPECT_TRUE(at::equal(sums[0], sums[1]));
    EXPECT_TRUE(at::equal(sums[0], sums[2]));
}

TEST(ProcessGroup, WhatOneRankFailsByIsToldToAll)
{
    std::vector<std::string> told(3);
    EXPECT_THROW(withRanks(3,
                           [&](ProcessGroup &group) {
                               if (group.rank() == 1)
                                   throw std::runtime_error("its disk is full.");
                               try {
                                   at::Tensor values = at::ones({4});
                                   group.sum(values);
                               } catch (const std::exception &error) {
                                   told[static_cast<std::size_t>(group.rank())] = error.what();
                                   throw;
                               }
                           }),
                 std::runtime_error);
    EXPECT_NE(told[0].find("Rank 1 (process"), std::string::npos) << told[0];
    EXPECT_NE(told[0].find("its disk is full."), std::string::npos) << told[0];
    EXPECT_EQ(told[0], told[2]);
}

/// All kinds of passes over one batch.
struct Passed {
    SampleResults gradientResults, forwardResults, groupResults;
    at::Tensor gradient, streamedGradient, metaGradient, streamed, hessian;
    std::vector<double> products, forwardMode;
};

class Together : public testing::Test
{
protected:
    Together() : tiny(loadTiny("tiny-a-hf", at::kDouble)), rows(tiny.model->config(), 7)
    {
        Random random(3, RandomStream::ImportSample, {});
        direction = at::empty_like(tiny.parameters.flat);
        for (std::int64_t i = 0; i < direction.numel(); ++i)
            direction.data_ptr<double>()[i] = static_cast<double>(random.below(2001)) / 1000.0 - 1.0;
    }
    Passed pass(ProcessGroup *group, int workers, std::size_t most = 1000) const
    {
        WorkerPool pool(workers, 1);
        BatchPasses passes(*tiny.model, tinyTokens(), pool, at::kDouble);
        passes.setGroup(group);
        const SamplePointers samples = rows.all(), meta(samples.begin(), samples.begin() + 3);
        const auto objective = [most](const SiteReadout &readout, const PackedBatch &batch,
                                      std::span<const std::size_t> members) {
            if (members.size() > most)
                throw std::bad_alloc();
            const at::Tensor loss = crossEntropyPerSample(readout, batch);
            return Objective{loss.sum() / 7, loss, at::full_like(loss, 1.0 / 7)};
        };
        Passed out;
        out.gradient = at::empty_like(tiny.parameters.flat);
        out.gradientResults = passes.gradient(tiny.parameters, samples, objective, out.gradient);
        microBatch = passes.microBatch();
        out.forwardResults = passes.forward(tiny.parameters, samples);
        out.groupResults = passes.forwardGroups(tiny.parameters, samples, {1, 2, 1, 2, 1});
        StreamedDot streamed(HypergradientKind::BeforeStep, passes);
        out.streamedGradient = at::empty_like(out.gradient);
        out.metaGradient = at::empty_like(out.gradient);
        streamed.togetherPass(tiny.parameters, {samples, meta, objective, objective}, out.streamedGradient,
                              out.metaGradient, 0);
        const std::vector<std::size_t> places(samples.size());
        out.streamed = streamed.perSample({samples, places, tiny.parameters, tiny.parameters, direction, out.gradient});
        out.hessian = at::empty_like(out.gradient);
        passes.secondOrder(tiny.parameters, samples, objective, direction, out.hessian, out.products);
        out.forwardMode = passes.forwardMode(tiny.parameters, samples, direction);
        return out;
    }
    void expectSame(const SampleResults &a, const SampleResults &b) const
    {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            EXPECT_NEAR(a.loss[i], b.loss[i], tolerance) << i;
            EXPECT_NEAR(a.pGiven[i], b.pGiven[i], tolerance) << i;
            EXPECT_NEAR(a.margin[i], b.margin[i], tolerance) << i;
            expectClose(a.siteLogits[i], b.siteLogits[i], tolerance, "logits");
            EXPECT_TRUE(at::equal(a.siteLabels[i], b.siteLabels[i]));
            ASSERT_EQ(a.crossEntropy[i].size(), b.crossEntropy[i].size());
            for (std::size_t s = 0; s < a.crossEntropy[i].size(); ++s) {
                EXPECT_NEAR(a.crossEntropy[i][s], b.crossEntropy[i][s], tolerance);
                EXPECT_NEAR(a.pPlusFull[i][s], b.pPlusFull[i][s], 1e-7);
                EXPECT_NEAR(a.pPlusPair[i][s], b.pPlusPair[i][s], 1e-7);
            }
        }
    }
    void expectSame(const Passed &a, const Passed &b) const
    {
        expectSame(a.gradientResults, b.gradientResults);
        expectSame(a.forwardResults, b.forwardResults);
        expectSame(a.groupResults, b.groupResults);
        expectClose(a.gradient, b.gradient, tolerance, "gradient");
        expectClose(a.streamedGradient, b.streamedGradient, tolerance, "gradient of the tapped pass");
        expectClose(a.metaGradient, b.metaGradient, tolerance, "meta gradient");
        expectClose(a.streamed, b.streamed, tolerance, "streamed products");
        expectClose(a.hessian, b.hessian, tolerance, "Hessian product");
        for (std::size_t i = 0; i < rows.size(); ++i) {
            EXPECT_NEAR(a.products[i], b.products[i], tolerance);
            EXPECT_NEAR(a.forwardMode[i], b.forwardMode[i], tolerance);
        }
    }

    static constexpr double tolerance = 1e-11; ///< float64, sums in another order
    LoadedModel tiny;
    MadeUpRows rows;
    at::Tensor direction;
    static thread_local std::size_t microBatch; ///< after the gradient pass
};
thread_local std::size_t Together::microBatch = 0;

TEST_F(Together, EveryKindOfPassGivesWhatOneProcessGets)
{
    const Passed alone = pass(nullptr, 1);
    for (const int ranks : {2, 3}) {
        std::vector<Passed> results(static_cast<std::size_t>(ranks));
        withRanks(ranks,
                  [&](ProcessGroup &group) { results[static_cast<std::size_t>(group.rank())] = pass(&group, 2); });
        for (const Passed &result : results)
            expectSame(result, alone);
        EXPECT_TRUE(at::equal(results[0].gradient, results[1].gradient)) << "bit for bit among the ranks";
        EXPECT_TRUE(at::equal(results[0].streamed, results[1].streamed));
    }
}

TEST_F(Together, ARankShortOfMemoryMakesAllTakeSmallerPieces)
{
    const Passed alone = pass(nullptr, 1);
    std::vector<std::size_t> sizes(2);
    std::vector<Passed> results(2);
    withRanks(2, [&](ProcessGroup &group) {
        const auto rank = static_cast<std::size_t>(group.rank());
        results[rank] = pass(&group, 1, group.isRoot() ? 1000 : 2); // shares of 4 and 3
        sizes[rank] = microBatch;
    });
    expectSame(results[0], alone);
    expectSame(results[1], alone);
    EXPECT_EQ(sizes, (std::vector<std::size_t>{2, 2}));
}

/// 200 iterations of a bi-level training, in float64: AdamW makes much of the last bits of a sum.
class Training : public testing::TestWithParam<std::pair<Method, Estimator>>
{
protected:
    struct Trained {
        at::Tensor model, upper;
        std::vector<SampleVisit> visits;
    };
    static Trained train(ProcessGroup *group, int workers)
    {
        LoadedModel tiny = loadTiny("tiny-a-hf", at::kDouble);
        const MadeUpRows trainRows(tiny.model->config(), 12, {false, 1}), metaRows(tiny.model->config(), 8, {false, 2});
        TrainRequest request;
        request.options.weighting.method = GetParam().first;
        request.options.meta.estimator = GetParam().second;
        request.options.meta.gradientEma = 0.9;
        request.options.train.batch = 4;
        request.options.meta.batch = 4;
        request.options.train.iterations = 200;
        giveRows(request, trainRows, metaRows);
        WorkerPool pool(workers, 1);
        BatchPasses passes(*tiny.model, tinyTokens(), pool, at::kDouble);
        passes.setGroup(group);
        BilevelTrainer trainer(request, passes, tiny.parameters);
        Trained result;
        for (std::int64_t t = 0; t < request.options.train.iterations; ++t) {
            StepReport report;
            trainer.step(t, report);
            result.visits.insert(result.visits.end(), report.visits.begin(), report.visits.end());
        }
        result.model = trainer.parameters().flat.clone();
        result.upper = trainer.upper().clone();
        return result;
    }
};

TEST_P(Training, TwoRanksEqualOneProcess)
{
    const Trained alone = train(nullptr, 1), twoWorkers = train(nullptr, 2);
    std::vector<Trained> ranks(2);
    withRanks(2, [&](ProcessGroup &group) { ranks[static_cast<std::size_t>(group.rank())] = train(&group, 1); });
    for (const Trained &rank : ranks) {
        EXPECT_TRUE(at::equal(rank.model, twoWorkers.model)) << "two ranks share a batch as two workers do";
        EXPECT_TRUE(at::equal(rank.upper, twoWorkers.upper));
        expectClose(rank.model, alone.model, 1e-5, "model");
        expectClose(rank.upper, alone.upper, 1e-5, "instance weights");
        ASSERT_EQ(rank.visits.size(), alone.visits.size());
        for (std::size_t i = 0; i < alone.visits.size(); ++i) {
            EXPECT_EQ(rank.visits[i].sample, alone.visits[i].sample);
            EXPECT_NEAR(rank.visits[i].loss, alone.visits[i].loss, 1e-5f) << i;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Kinds, Training,
                         testing::Values(std::pair{Method::Table, Estimator::FiniteDifference},
                                         std::pair{Method::Table, Estimator::Streamed},
                                         std::pair{Method::Net, Estimator::FiniteDifference},
                                         std::pair{Method::Net, Estimator::Streamed}));

} // namespace
} // namespace winnow
