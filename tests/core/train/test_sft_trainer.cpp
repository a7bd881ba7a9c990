#include "core/train/sft_trainer.h"
#include "tests/support/made_up_rows.h"

#include <ATen/ATen.h>

#include <gtest/gtest.h>

// The cold start's head-only iterations.
namespace winnow {
namespace {

using namespace test;

class ColdStart {
public:
    explicit ColdStart(std::int64_t headIterations)
        : m_tiny(loadTiny("tiny-a-hf", at::kFloat)), m_rows(m_tiny.model->config(), 6), m_pool(1, 1),
          m_passes(*m_tiny.model, tinyTokens(), m_pool, at::kFloat)
    {
        TrainRequest request;
        request.options.stage = Stage::ColdStart;
        request.options.train.batch = 2;
        request.options.train.iterations = 8;
        request.options.train.headIterations = headIterations;
        request.options.train.optimizer.weightDecay = 0.1; // a decay of frozen parameters would show
        request.tokens = tinyTokens();
        request.train = &m_rows;
        trainer = std::make_unique<SftTrainer>(request, m_passes, m_tiny.parameters);
    }
    void run(std::int64_t from, std::int64_t to)
    {
        for (std::int64_t t = from; t < to; ++t) {
            StepReport report;
            trainer->step(t, report);
            ASSERT_TRUE(report.nonFinite.empty());
        }
    }
    /// The flat vector's head and the rest of it.
    std::pair<at::Tensor, at::Tensor> parts() const
    {
        const ParameterSlot &slot = m_tiny.parameters.layout->leaves()[m_tiny.parameters.layout->headIndex()];
        const at::Tensor flat = m_tiny.parameters.flat;
        return {flat.narrow(0, slot.offset, slot.count()).clone(),
                at::cat({flat.narrow(0, 0, slot.offset),
                         flat.narrow(0, slot.offset + slot.count(), flat.numel() - slot.offset - slot.count())})};
    }
    at::Tensor flat() const { return m_tiny.parameters.flat; }

    std::unique_ptr<SftTrainer> trainer;

private:
    LoadedModel m_tiny;
    MadeUpRows m_rows;
    WorkerPool m_pool;
    BatchPasses m_passes;
};

TEST(SftTrainer, HeadOnlyIterationsMoveTheHeadAlone)
{
    ColdStart run(3);
    const auto [headBefore, restBefore] = run.parts();
    run.run(0, 3);
    const auto [head, rest] = run.parts();
    EXPECT_FALSE(at::equal(head, headBefore));
    EXPECT_TRUE(at::equal(rest, restBefore));
    run.run(3, 4);
    EXPECT_FALSE(at::equal(run.parts().second, rest)) << "then everything moves";
}

TEST(SftTrainer, ResumesInsideTheHeadOnlyIterationsBitForBit)
{
    ColdStart whole(3), broken(3), resumed(3);
    whole.run(0, 6);
    broken.run(0, 2);
    StateTensors optimizer, instance;
    broken.trainer->save(optimizer, instance);
    resumed.trainer->restore(optimizer, instance);
    resumed.flat().copy_(broken.flat());
    resumed.run(2, 6);
    EXPECT_TRUE(at::equal(resumed.flat(), whole.flat()));
}

TEST(SftTrainer, WithoutHeadOnlyIterationsTheStateHasNoPartForThem)
{
    StateTensors optimizer, instance;
    ColdStart(0).trainer->save(optimizer, instance);
    for (const auto &[name, tensor] : optimizer)
        EXPECT_EQ(name.find("head."), std::string::npos) << name;
}

} // namespace
} // namespace winnow
