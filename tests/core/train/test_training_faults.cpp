#include "core/bilevel/bilevel_trainer.h"
#include "core/train/training_loop.h"
#include "tests/support/collected_events.h"
#include "tests/support/made_up_rows.h"

#include <ATen/ATen.h>

#include <filesystem>

// Injected faults: gradients that are no number.
namespace winnow {
namespace {

using namespace test;

/// A folder that is gone at the end.
class Folder {
public:
    Folder()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "winnow-faults-XXXXXX").string();
        m_path = ::mkdtemp(pattern.data());
    }
    ~Folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    const std::string &path() const { return m_path; }

private:
    std::string m_path;
};

/// A table run over text rows, but for one row with a picture. With a normalisation that divides by 0 that row gives
/// gradients that are no number, and no other does.
class FaultyRun {
public:
    static constexpr std::size_t badRow = 5;

    explicit FaultyRun(NonFinite answer, Estimator estimator = Estimator::FiniteDifference)
        : m_tiny(loadTiny("tiny-a-hf", at::kFloat)), m_train(m_tiny.model->config(), 8, {false, 1}),
          m_meta(m_tiny.model->config(), 4, {false, 2}), m_pool(1, 1),
          m_passes(*m_tiny.model, tinyTokens(), m_pool, at::kFloat)
    {
        m_passes.setNormalization({{0.5, 0.5, 0.5}, {0.0, 0.0, 0.0}});
        request.options.train.batch = 2;
        request.options.train.iterations = 12;
        request.options.checkpointEvery = 2;
        request.options.meta.batch = 2;
        request.options.meta.estimator = estimator;
        request.options.health.nonFinite = answer;
        request.options.evaluation.every = 0;
        giveRows(request, m_train, m_meta);
        request.runFolder = m_folder.path();
        request.tokenizerFolder = m_folder.path();
    }
    void spoilTraining() { m_train.setRow(badRow, MadeUpRows(m_tiny.model->config(), 1).get(0)); }
    void spoilMeta() { m_meta.setRow(1, MadeUpRows(m_tiny.model->config(), 1).get(0)); }

    Result<TrainOutcome> run()
    {
        BilevelTrainer trainer(request, m_passes, m_tiny.parameters);
        trainer.setOrders(BatchOrder::sequential(8, static_cast<std::size_t>(request.options.train.batch)),
                          BatchOrder::sequential(4, 2));
        TrainingLoop loop(request, trainer, m_passes, events, m_stop);
        auto outcome = loop.run();
        upper = trainer.upper().clone();
        return outcome;
    }
    const at::Tensor &flat() const { return m_tiny.parameters.flat; }
    std::size_t told(const std::string &word) const
    {
        std::size_t found = 0;
        for (const auto &event : events.events)
            found += event.text.find(word) != std::string::npos ? 1 : 0;
        return found;
    }

    TrainRequest request;
    CollectedEvents events;
    at::Tensor upper;

private:
    Folder m_folder;
    LoadedModel m_tiny;
    MadeUpRows m_train, m_meta;
    WorkerPool m_pool;
    BatchPasses m_passes;
    StopFlag m_stop;
};

TEST(NonFinite, StopsBeforeAnyWeightChanges)
{
    FaultyRun faulty(NonFinite::Stop), good(NonFinite::Stop);
    faulty.spoilTraining(); // row 5 is in the third batch of four
    const auto outcome = faulty.run();
    ASSERT_FALSE(outcome.ok());
    EXPECT_NE(outcome.error().message.find("iteration 3"), std::string::npos) << outcome.error().message;
    ASSERT_EQ(faulty.told("is not a number at iteration 3"), 1u);
    EXPECT_EQ(faulty.events.events.back().step, 3) << "where the mark stands on the curve";
    good.request.options.train.iterations = 2;
    ASSERT_TRUE(good.run().ok());
    EXPECT_TRUE(at::equal(faulty.flat(), good.flat())) << "the model is that after two iterations";
    EXPECT_TRUE(at::equal(faulty.upper, good.upper));
}

TEST(NonFinite, SkippedIterationsAreCountedAndToldAndChangeNothing)
{
    for (const Estimator estimator : {Estimator::FiniteDifference, Estimator::Streamed}) {
        FaultyRun faulty(NonFinite::Skip, estimator);
        faulty.spoilTraining();
        const auto outcome = faulty.run();
        ASSERT_TRUE(outcome.ok()) << outcome.error().message;
        EXPECT_EQ(outcome->steps, 12);
        EXPECT_EQ(faulty.told("Skipped: "), 3u) << "every fourth of twelve batches";
        EXPECT_EQ(faulty.told("(3 skipped so far)"), 1u);
        EXPECT_TRUE(faulty.flat().isfinite().all().item<bool>());
        EXPECT_TRUE(faulty.upper.isfinite().all().item<bool>());
        EXPECT_EQ(faulty.upper[FaultyRun::badRow].item<float>(), faulty.upper[4].item<float>())
            << "both rows of the bad batch only decayed";
        for (const auto &[step, visit] : faulty.events.visits)
            EXPECT_NE(visit.sample, FaultyRun::badRow);
    }
}

TEST(NonFinite, ABadMetaBatchLeavesTheUpperLevelAlone)
{
    FaultyRun faulty(NonFinite::Skip);
    faulty.request.options.meta.gradientEma = 0.9; // one bad gradient must not stay in the average for ever
    faulty.spoilMeta();
    const auto outcome = faulty.run();
    ASSERT_TRUE(outcome.ok()) << outcome.error().message;
    EXPECT_EQ(faulty.told("the gradient of the meta loss is not a number"), 6u);
    EXPECT_TRUE(faulty.upper.isfinite().all().item<bool>());
    EXPECT_FALSE(at::equal(faulty.upper, at::ones_like(faulty.upper))) << "the good meta batches still move it";
}

TEST(NonFinite, SkippingWithoutEndStopsTheRun)
{
    FaultyRun faulty(NonFinite::Skip);
    faulty.request.options.train.batch = 8; // the bad row is in every batch
    faulty.request.options.health.mostSkips = 3;
    faulty.spoilTraining();
    const at::Tensor before = faulty.flat().clone();
    const auto outcome = faulty.run();
    ASSERT_FALSE(outcome.ok());
    EXPECT_NE(outcome.error().message.find("iteration 4"), std::string::npos) << outcome.error().message;
    EXPECT_TRUE(at::equal(faulty.flat(), before));
}

TEST(NonFinite, RollsBackToTheLastCheckpoint)
{
    FaultyRun faulty(NonFinite::RollBack), good(NonFinite::Stop);
    faulty.request.options.checkpointEvery = 5;
    faulty.request.options.train.iterations = 7; // checkpoint at 5, bad batches at 3 (no checkpoint yet) and 7
    faulty.spoilTraining();
    const auto early = faulty.run();
    ASSERT_FALSE(early.ok());
    EXPECT_NE(early.error().message.find("nothing to go back to"), std::string::npos) << early.error().message;

    FaultyRun later(NonFinite::RollBack);
    later.request.options.checkpointEvery = 1;
    later.request.options.train.iterations = 3;
    later.spoilTraining();
    const auto outcome = later.run();
    ASSERT_TRUE(outcome.ok()) << outcome.error().message;
    EXPECT_EQ(later.told("Rolled back: "), 1u);
    good.request.options.train.iterations = 2;
    ASSERT_TRUE(good.run().ok());
    EXPECT_TRUE(at::equal(later.flat(), good.flat())) << "the model of the checkpoint of iteration 2";
    EXPECT_TRUE(at::equal(later.upper, good.upper));
}

} // namespace
} // namespace winnow
