#include "core/engine/engine_impl.h"
#include "tests/support/collected_events.h"
#include "tests/support/made_up_rows.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

// Stochastic depth in passes over a batch, and train.drop_path from the settings to the weights.
namespace winnow {
namespace {

using namespace test;
namespace fs = std::filesystem;

struct Pass {
    SampleResults results;
    at::Tensor gradient;
};

Pass passOf(at::ScalarType dtype, const DropPath &drop, DrawPosition position, int workers = 1,
            std::size_t microBatch = 0, ComputeForm form = ComputeForm::Fused)
{
    const LoadedModel tiny = loadTiny("tiny-a-original", dtype);
    const MadeUpRows rows(tiny.model->config(), 6);
    WorkerPool pool(workers, 1);
    BatchPasses passes(*tiny.model, tinyTokens(), pool, dtype);
    passes.setDropPath(drop);
    passes.setMicroBatch(microBatch);
    passes.setAttention(form);
    Pass pass;
    pass.gradient = at::empty_like(tiny.parameters.flat);
    pass.results = passes.gradient(
        tiny.parameters, rows.all(),
        [](const SiteReadout &readout, const PackedBatch &batch, std::span<const std::size_t>) {
            const at::Tensor loss = crossEntropyPerSample(readout, batch);
            return Objective{loss.sum(), loss, {}};
        },
        pass.gradient, position);
    return pass;
}

/// Of the gradients, in parts of the largest entry.
double difference(const Pass &a, const Pass &b)
{
    const double scale = a.gradient.abs().max().item<double>();
    return (a.gradient - b.gradient).abs().max().item<double>() / scale;
}

TEST(DropPathPasses, WithoutARateEveryBitStays)
{
    for (const auto dtype : {at::kFloat, at::kDouble}) {
        const Pass off = passOf(dtype, {}, 4), zero = passOf(dtype, {0.0, 9}, 4), none = passOf(dtype, {}, {});
        EXPECT_TRUE(at::equal(off.gradient, zero.gradient));
        EXPECT_TRUE(at::equal(off.gradient, none.gradient));
        EXPECT_EQ(off.results.loss, zero.results.loss);
        EXPECT_EQ(off.results.loss, none.results.loss);
    }
}

/// What finite differences do: two passes over the same pictures, which are augmented once.
TEST(KeptPasses, ASecondForwardPassTakesThePicturesOfTheFirstBitForBit)
{
    const LoadedModel tiny = loadTiny("tiny-a-original", at::kFloat);
    MadeUpRows rows(tiny.model->config(), 6);
    const SamplePointers before = rows.all();
    for (std::size_t row = 0; row < rows.size(); ++row) {
        auto black = std::make_shared<EncodedSample>(*before[row]);
        std::fill(black->tiles.rgb.begin(), black->tiles.rgb.end(), std::uint8_t{0});
        rows.setRow(row, black);
    }
    for (const auto &[workers, microBatch] : {std::pair{1, 0}, std::pair{2, 0}, std::pair{2, 1}}) {
        WorkerPool pool(workers, 1);
        BatchPasses passes(*tiny.model, tinyTokens(), pool, at::kFloat);
        passes.setMicroBatch(static_cast<std::size_t>(microBatch));
        passes.setAugmentation({0.1, 0.08, 3});
        PackedForward kept;
        const auto plain = passes.forward(tiny.parameters, before, 4);
        EXPECT_EQ(passes.forward(tiny.parameters, before, 4, &kept).loss, plain.loss);
        EXPECT_EQ(passes.forward(tiny.parameters, before, 4, &kept).loss, plain.loss);
        const auto again = passes.forward(tiny.parameters, rows.all(), 4, &kept).loss;
        if (microBatch == 0) {
            EXPECT_EQ(again, plain.loss) << "nothing is packed anew";
        } else {
            EXPECT_NE(again, plain.loss) << "in micro-batches nothing is kept";
        }
    }
}

TEST(DropPathPasses, WorkersAndMicroBatchesSeeTheSameDraws)
{
    const DropPath drop{0.5, 9};
    const Pass whole = passOf(at::kDouble, drop, 4);
    EXPECT_GT(difference(whole, passOf(at::kDouble, drop, 5)), 1e-6) << "the draws matter";
    EXPECT_GT(difference(whole, passOf(at::kDouble, {}, 4)), 1e-6);
    for (const auto &[workers, microBatch] : {std::pair{2, 0}, std::pair{3, 0}, std::pair{1, 1}, std::pair{2, 2}}) {
        const Pass split = passOf(at::kDouble, drop, 4, workers, static_cast<std::size_t>(microBatch));
        EXPECT_LT(difference(whole, split), 1e-12) << workers << " workers, micro-batch " << microBatch;
        for (std::size_t i = 0; i < whole.results.loss.size(); ++i)
            EXPECT_NEAR(whole.results.loss[i], split.results.loss[i], 1e-12) << i;
    }
}

TEST(DropPathPasses, BothFormsAndBothPrecisionsAgree)
{
    const DropPath drop{0.5, 9};
    const Pass whole = passOf(at::kDouble, drop, 4);
    EXPECT_LT(difference(whole, passOf(at::kDouble, drop, 4, 1, 0, ComputeForm::Plain)), 1e-12);
    EXPECT_LT(difference(whole, passOf(at::kFloat, drop, 4)), 1e-4);
}

TEST(DropPathPasses, ScoringDropsNothing)
{
    const LoadedModel tiny = loadTiny("tiny-a-original", at::kFloat);
    const MadeUpRows rows(tiny.model->config(), 6);
    WorkerPool pool(1, 1);
    BatchPasses passes(*tiny.model, tinyTokens(), pool, at::kFloat);
    const std::vector<std::size_t> alone(6, 1);
    const auto scores = [&] { return passes.forwardGroups(tiny.parameters, rows.all(), alone).pPlusFull; };
    const auto losses = [&] { return passes.forward(tiny.parameters, rows.all()).loss; };
    const auto scored = scores();
    const auto looked = losses();
    passes.setDropPath({0.9, 9});
    EXPECT_EQ(scores(), scored);
    EXPECT_EQ(losses(), looked);
    EXPECT_NE(passes.forward(tiny.parameters, rows.all(), 1).loss, looked);
}

/// Trainings of a few steps through the engine's own door.
class DropPathRuns : public testing::Test {
protected:
    DropPathRuns()
    {
        std::string pattern = (fs::temp_directory_path() / "winnow-drop-path-XXXXXX").string();
        folder = ::mkdtemp(pattern.data());
        std::ofstream(folder + "/tokenizer.json") << "{}";
    }
    ~DropPathRuns() override
    {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }
    TrainOutcome train(const std::string &name, bool dropPath, std::int64_t checkpointEvery = 4,
                       const std::string &resumeFrom = {})
    {
        const MadeUpRows rows(loadTiny(checkpoint, at::kFloat).model->config(), 6);
        TrainRequest request;
        request.options.stage = Stage::ColdStart;
        request.options.seed = 3;
        request.options.threads = 1;
        request.options.model.checkpoint = goldenModel(checkpoint);
        request.options.train.batch = 3;
        request.options.train.iterations = 4;
        request.options.train.dropPath = dropPath;
        request.options.train.optimizer.schedule = Schedule::Constant;
        request.options.checkpointEvery = checkpointEvery;
        request.tokens = tinyTokens();
        request.train = &rows;
        request.runFolder = folder + "/" + name;
        request.resumeFrom = resumeFrom;
        request.tokenizerFolder = folder;
        fs::create_directories(request.runFolder);
        StopFlag stop;
        EngineImpl engine;
        events.events.clear();
        auto outcome = engine.train(request, events, stop);
        EXPECT_TRUE(outcome.ok()) << outcome.error().message;
        return outcome.ok() ? *outcome : TrainOutcome{};
    }
    bool toldThatNothingIsDropped() const
    {
        return std::any_of(events.events.begin(), events.events.end(), [](const auto &event) {
            return event.text.find("drop_path_rate") != std::string::npos;
        });
    }

    std::string folder, checkpoint = "tiny-a-original";
    CollectedEvents events;
};

TEST_F(DropPathRuns, TheSettingTakesTheCheckpointsRate)
{
    const std::string off = train("off", false).weightsSha256;
    const std::string on = train("on", true).weightsSha256;
    EXPECT_FALSE(toldThatNothingIsDropped());
    EXPECT_NE(on, off);
    EXPECT_EQ(train("again", true).weightsSha256, on);
}

TEST_F(DropPathRuns, WithoutARateInTheCheckpointItIsToldAndChangesNothing)
{
    checkpoint = "tiny-a-hf"; // that layout knows no drop path
    const std::string off = train("off", false).weightsSha256;
    EXPECT_FALSE(toldThatNothingIsDropped());
    EXPECT_EQ(train("on", true).weightsSha256, off);
    EXPECT_TRUE(toldThatNothingIsDropped());
}

TEST_F(DropPathRuns, AResumedRunGoesOnBitForBit)
{
    const TrainOutcome whole = train("whole", true, 2);
    const TrainOutcome resumed = train("resumed", true, 4, folder + "/whole/step-00000002");
    EXPECT_EQ(resumed.steps, 4);
    EXPECT_EQ(resumed.weightsSha256, whole.weightsSha256);
}

} // namespace
} // namespace winnow
