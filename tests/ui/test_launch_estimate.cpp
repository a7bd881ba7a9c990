// Behaviour 8: what a run will need, before it starts.
#include "core/base/resource_path.h"
#include "tests/support/made_up_runs.h"
#include "ui/support/launch_estimate.h"

#include <gtest/gtest.h>

namespace winnow::ui
{
namespace
{

TEST(LaunchEstimates, behaviour8_timeComesFromEarlierRunsOnTheDeviceAndMemoryFromTheSizes)
{
    RunOptions options;
    options.threads = 1;
    EXPECT_FALSE(estimateLaunch(options, {}, {}).seconds);
    EXPECT_FALSE(estimateLaunch(options, {}, {}).noSizes.empty());
    RunRow run = test::finishedRun(1, "table", 0.8);
    run.options = options;
    run.record.device = "CPU, 2 threads";
    run.record.result.steps = 100;
    run.record.result.seconds = 10;
    RunRow elsewhere = run;
    elsewhere.record.device = "GPU";
    elsewhere.record.result.seconds = 1;
    RunRows rows;
    rows.push_back(run);
    rows.push_back(elsewhere);
    LaunchEstimate estimate = estimateLaunch(options, rows, {});
    ASSERT_TRUE(estimate.seconds);
    EXPECT_NEAR(*estimate.seconds, 60.0, 1e-9) << "600 iterations at 0.1 s, the other device left out";
    EXPECT_EQ(estimate.runs, 1);
    EXPECT_FALSE(estimate.rough);
    options.train.batch *= 2;
    options.meta.batch *= 2;
    estimate = estimateLaunch(options, rows, {});
    EXPECT_TRUE(estimate.rough);
    EXPECT_NEAR(*estimate.seconds, 120.0, 1e-9);

    options.model.checkpoint = resourceFolder() + "/demo/base";
    estimate = estimateLaunch(options, rows, {});
    EXPECT_GT(estimate.memory, 0u) << estimate.noSizes;
    EXPECT_TRUE(estimate.fits());
    estimate.memory = estimate.memoryThere + 1;
    EXPECT_FALSE(estimate.fits());
    options.weighting.method = Method::None;
    EXPECT_EQ(trainingBytes(options, 1000, 0), 16000u) << "weights, gradient and two moments of 4 bytes";
    options.model.precision = Precision::Bf16;
    EXPECT_EQ(trainingBytes(options, 1000, 0), 18000u) << "and a copy of the weights of 2 bytes";
    options.train.batch = 1;
    EXPECT_EQ(trainingBytes(options, 1000, 100), 18000u + 2 * 1600u) << "activations of 2 bytes";
    options.model.precision = Precision::Bf16Pure;
    EXPECT_EQ(trainingBytes(options, 1000, 100), 8000u + 2 * 1600u) << "everything of 2 bytes";
}

} // namespace
} // namespace winnow::ui
