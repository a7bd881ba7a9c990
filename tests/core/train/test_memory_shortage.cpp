#include "core/train/training_loop.h"
#include "tests/support/collected_events.h"
#include "tests/support/made_up_rows.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>

#include <filesystem>
#include <fstream>
#include <new>

// Passes that run out of memory: done again in smaller pieces, with the same result, and told.
namespace winnow
{
namespace
{

using namespace test;
namespace fs = std::filesystem;

/// LibTorch's CPU allocator, whose n-th allocation from now on fails as it does when the system has no memory left.
class FailingAllocator : public c10::Allocator
{
public:
    FailingAllocator() : m_real(c10::GetCPUAllocator())
    {
        c10::SetCPUAllocator(this, 255);
        c10::SetAllocator(c10::kCPU, this, 255);
    }
    ~FailingAllocator() override
    {
        c10::SetCPUAllocator(m_real, 255);
        c10::SetAllocator(c10::kCPU, m_real, 255);
    }
    void failAt(std::int64_t n) { m_left = n, m_failed = false; }
    std::int64_t count() const { return m_count; }
    void startCount() { m_count = 0, m_left = 0; }
    bool failed() const { return m_failed; }

    c10::DataPtr allocate(std::size_t bytes) override
    {
        ++m_count;
        if (m_left > 0 && --m_left == 0) {
            m_failed = true;
            TORCH_CHECK(false, "DefaultCPUAllocator: can't allocate memory: you tried to allocate ", bytes,
                        " bytes. Error code 12 (Cannot allocate memory)");
        }
        return m_real->allocate(bytes);
    }
    c10::DeleterFnPtr raw_deleter() const override { return m_real->raw_deleter(); }
    void copy_data(void *target, const void *source, std::size_t bytes) const override
    {
        m_real->copy_data(target, source, bytes);
    }

private:
    c10::Allocator *m_real;
    std::int64_t m_count = 0, m_left = 0;
    bool m_failed = false;
};

Objective meanLoss(const SiteReadout &readout, const PackedBatch &batch)
{
    const at::Tensor loss = crossEntropyPerSample(readout, batch);
    return {loss.sum() / static_cast<double>(loss.numel()), loss, {}};
}

/// Sum of the losses; throws by `shortage` where more than `most` samples go through the model at once.
ObjectiveFunction sumOfLosses(std::size_t most = 1000, const std::function<void()> &shortage = {})
{
    return [=](const SiteReadout &readout, const PackedBatch &batch, std::span<const std::size_t> members) {
        if (members.size() > most)
            shortage();
        const at::Tensor loss = crossEntropyPerSample(readout, batch);
        return Objective{loss.sum(), loss, {}};
    };
}

class MemoryShortage : public testing::Test
{
protected:
    MemoryShortage()
        : tiny(loadTiny("tiny-a-hf", at::kDouble)),
          rows(tiny.model->config(), 8),
          pool(1, 1),
          passes(*tiny.model, tinyTokens(), pool, at::kDouble)
    {
        gradient = at::empty_like(tiny.parameters.flat);
        expected = at::empty_like(tiny.parameters.flat);
        clean = passes.gradient(tiny.parameters, rows.all(), sumOfLosses(), expected);
    }
    void expectSame(const SampleResults &results) const
    {
        for (std::size_t i = 0; i < rows.size(); ++i)
            EXPECT_NEAR(results.loss[i], clean.loss[i], 1e-10) << i;
        expectClose(gradient, expected, 1e-10, "gradient of the whole batch");
    }

    LoadedModel tiny;
    MadeUpRows rows;
    WorkerPool pool;
    BatchPasses passes;
    at::Tensor gradient, expected;
    SampleResults clean;
};

TEST_F(MemoryShortage, TheMicroBatchHalvesUntilThePassFits)
{
    const auto shortage = [] { throw std::bad_alloc(); };
    expectSame(passes.gradient(tiny.parameters, rows.all(), sumOfLosses(2, shortage), gradient));
    EXPECT_EQ(passes.microBatch(), 2u) << "8 did not fit, nor did 4";
    EXPECT_TRUE(passes.takeMemoryNotice());
    EXPECT_FALSE(passes.takeMemoryNotice()) << "told once";
    gradient.zero_();
    expectSame(passes.gradient(tiny.parameters, rows.all(), sumOfLosses(2, shortage), gradient));
    EXPECT_FALSE(passes.takeMemoryNotice()) << "the size stays: the next pass fits at once";
}

TEST_F(MemoryShortage, LibTorchsOwnRefusalIsUnderstood)
{
    const auto shortage = [] { at::empty({std::int64_t{1} << 55}, at::kDouble); };
    expectSame(passes.gradient(tiny.parameters, rows.all(), sumOfLosses(4, shortage), gradient));
    EXPECT_EQ(passes.microBatch(), 4u);
}

TEST_F(MemoryShortage, OneSampleThatDoesNotFitEndsThePass)
{
    const auto shortage = [] { throw std::bad_alloc(); };
    EXPECT_THROW(passes.gradient(tiny.parameters, rows.all(), sumOfLosses(0, shortage), gradient), std::bad_alloc);
    EXPECT_EQ(passes.microBatch(), 1u);
}

TEST_F(MemoryShortage, AnotherErrorIsNotTakenForIt)
{
    const auto fault = [] { throw std::runtime_error("something else"); };
    EXPECT_THROW(passes.gradient(tiny.parameters, rows.all(), sumOfLosses(4, fault), gradient), std::runtime_error);
    EXPECT_EQ(passes.microBatch(), 0u);
    EXPECT_FALSE(passes.takeMemoryNotice());
}

TEST_F(MemoryShortage, AnyAllocationOfAPassMayFail)
{
    FailingAllocator allocator;
    const auto forward = [&] {
        const SampleResults results = passes.forward(tiny.parameters, rows.all());
        for (std::size_t i = 0; i < rows.size(); ++i)
            EXPECT_NEAR(results.loss[i], clean.loss[i], 1e-10) << i;
    };
    const auto backward = [&] { expectSame(passes.gradient(tiny.parameters, rows.all(), sumOfLosses(), gradient)); };
    Random random(7, RandomStream::ImportSample, {});
    int injected = 0;
    for (const std::function<void()> &pass : {std::function<void()>(forward), std::function<void()>(backward)}) {
        passes.setMicroBatch(0);
        allocator.startCount();
        pass();
        const auto allocations = static_cast<std::uint64_t>(allocator.count());
        ASSERT_GT(allocations, 100u);
        for (int trial = 0; trial < 100; ++trial) {
            const auto n = static_cast<std::int64_t>(1 + random.below(allocations));
            passes.setMicroBatch(0);
            gradient.zero_();
            allocator.failAt(n);
            pass();
            ASSERT_TRUE(allocator.failed()) << "allocation " << n << " of " << allocations;
            EXPECT_EQ(passes.microBatch(), 4u) << "allocation " << n;
            EXPECT_TRUE(passes.takeMemoryNotice());
            ++injected;
        }
    }
    RecordProperty("allocations_failed", injected);
}

/// Trains on the same rows again and again; a pass over more than two samples finds no memory.
class ShortTrainer : public Trainer
{
public:
    ShortTrainer(BatchPasses &passes, const ParameterSet &parameters, SamplePointers samples)
        : m_passes(passes),
          m_parameters(parameters),
          m_samples(std::move(samples)),
          m_gradient(at::empty_like(parameters.flat))
    {
    }
    void step(std::int64_t, StepReport &report) override
    {
        m_tries = 0;
        const auto objective = [this](const SiteReadout &readout, const PackedBatch &batch,
                                      std::span<const std::size_t> members) {
            ++m_tries;
            if (members.size() > 2)
                throw std::bad_alloc();
            return meanLoss(readout, batch);
        };
        m_passes.gradient(m_parameters, m_samples, objective, m_gradient);
        report.metrics = {{"loss.train", 1.0}};
        tries.push_back(m_tries);
    }
    const ParameterSet &parameters() const override { return m_parameters; }
    WeightSnapshot snapshot(std::int64_t step) const override { return {step, {}, {}}; }
    void save(StateTensors &, StateTensors &) const override { }
    void restore(const StateTensors &, const StateTensors &) override { }
    void carryOver(const StateTensors &) override { }

    std::vector<int> tries; ///< micro-batches that were begun, of each iteration

private:
    BatchPasses &m_passes;
    ParameterSet m_parameters;
    SamplePointers m_samples;
    at::Tensor m_gradient;
    int m_tries = 0;
};

TEST_F(MemoryShortage, ARunTellsItOnceAndKeepsTheSizeInItsCheckpoint)
{
    std::string pattern = (fs::temp_directory_path() / "winnow-memory-XXXXXX").string();
    const std::string folder = ::mkdtemp(pattern.data());
    TrainRequest request;
    request.options.train.iterations = 3;
    request.options.checkpointEvery = 1;
    request.options.evaluation.every = 0;
    request.tokens = tinyTokens();
    request.train = &rows;
    request.runFolder = folder;
    request.tokenizerFolder = folder;
    CollectedEvents events;
    StopFlag stop;
    ShortTrainer trainer(passes, tiny.parameters, rows.all());
    TrainingLoop loop(request, trainer, passes, events, stop);
    const auto outcome = loop.run();
    ASSERT_TRUE(outcome.ok()) << outcome.error().message;
    EXPECT_EQ(trainer.tries, (std::vector<int>{1 + 1 + 4, 4, 4})) << "8, then 4, then four pieces of 2";
    ASSERT_EQ(events.events.size(), 1u);
    EXPECT_EQ(events.events[0].step, 1);
    EXPECT_NE(events.events[0].text.find("at most 2 rows"), std::string::npos) << events.events[0].text;

    const auto state = readCheckpointState(outcome->lastCheckpoint);
    ASSERT_TRUE(state.ok()) << state.error().message;
    EXPECT_EQ(state->progress.microBatch, 2);
    BatchPasses later(*tiny.model, tinyTokens(), pool, at::kDouble);
    request.options.train.iterations = 4;
    ShortTrainer resumed(later, tiny.parameters, rows.all());
    TrainingLoop again(request, resumed, later, events, stop);
    ASSERT_TRUE(again.run(state->progress).ok());
    EXPECT_EQ(resumed.tries, std::vector<int>{4}) << "a resumed run does not look for the size again";
    std::error_code ignored;
    fs::remove_all(folder, ignored);
}

} // namespace
} // namespace winnow
