#include "core/rank/health_watch.h"

#include "tests/support/collected_events.h"

#include <gtest/gtest.h>

#include <limits>

namespace winnow {
namespace {

using test::CollectedEvents;

class HealthWatchTest : public testing::Test {
protected:
    void lossOf(double value, int times)
    {
        for (int i = 0; i < times; ++i) {
            const MetricPoint point{"loss.train", value};
            watch.onMetrics(++step, {&point, 1});
        }
    }
    void weightsOf(const std::vector<float> &values) { watch.onWeights({++step, values, {}}); }
    std::size_t alerts(const std::string &word) const
    {
        std::size_t found = 0;
        for (const auto &event : events.events)
            found += event.level == EventLevel::Warning && event.text.find(word) != std::string::npos ? 1 : 0;
        return found;
    }
    /// `atBound` of 100 weights at the upper bound, the rest at 1.
    static std::vector<float> piled(std::size_t atBound)
    {
        std::vector<float> values(100, 1.0f);
        std::fill_n(values.begin(), atBound, 3.0f);
        return values;
    }

    CollectedEvents events;
    HealthWatch watch{events, RunOptions()};
    std::int64_t step = 0;
};

TEST_F(HealthWatchTest, PassesEverythingOn)
{
    lossOf(0.5, 2);
    weightsOf({1.0f});
    watch.onEvent(EventLevel::Info, 3, "hello");
    EXPECT_EQ(events.metrics.size(), 2u);
    EXPECT_EQ(events.snapshots.size(), 1u);
    ASSERT_EQ(events.events.size(), 1u);
    EXPECT_EQ(events.events[0].text, "hello");
}

TEST_F(HealthWatchTest, PiledUpWeightsAreToldOnceAnEpisode)
{
    weightsOf(piled(90));
    EXPECT_EQ(alerts("piled up"), 0u) << "more than 90 % are needed";
    weightsOf(piled(91));
    weightsOf(piled(99));
    weightsOf(piled(85));
    weightsOf(piled(95));
    EXPECT_EQ(alerts("piled up"), 1u) << "85 % does not end the episode";
    weightsOf(piled(80));
    weightsOf(piled(92));
    EXPECT_EQ(alerts("piled up"), 2u);
}

TEST_F(HealthWatchTest, FewRowsCarryTheTraining)
{
    const auto carriedBy = [](std::size_t rows) {
        std::vector<float> values(100, 0.0f);
        std::fill_n(values.begin(), rows, 1.0f);
        return values;
    };
    weightsOf(carriedBy(10));
    EXPECT_EQ(alerts("Few rows"), 0u);
    weightsOf(carriedBy(9));
    weightsOf(carriedBy(8));
    weightsOf(carriedBy(14));
    weightsOf(carriedBy(9));
    EXPECT_EQ(alerts("Few rows"), 1u);
    weightsOf(carriedBy(16));
    weightsOf(carriedBy(5));
    EXPECT_EQ(alerts("Few rows"), 2u);
    std::vector<float> unseen(1000, std::numeric_limits<float>::quiet_NaN());
    std::fill_n(unseen.begin(), 20, 1.0f);
    weightsOf(unseen);
    EXPECT_EQ(alerts("Few rows"), 2u) << "rows without a weight yet do not count";
}

TEST_F(HealthWatchTest, DivergenceIsToldOnceAnEpisode)
{
    lossOf(0.6, 40);
    lossOf(0.1, 200);
    lossOf(0.35, 200);
    EXPECT_EQ(alerts("diverges"), 0u) << "three times the lowest, but below where it began";
    lossOf(5.0, 30);
    EXPECT_EQ(alerts("diverges"), 1u);
    lossOf(0.2, 200);
    lossOf(5.0, 30);
    EXPECT_EQ(alerts("diverges"), 2u);
}

TEST_F(HealthWatchTest, ASteadyRunIsSilent)
{
    lossOf(0.6, 50);
    lossOf(0.01, 500);
    lossOf(0.1, 100); // ten times the lowest, far below the start
    weightsOf(std::vector<float>(50, 1.0f));
    EXPECT_TRUE(events.events.empty());
}

} // namespace
} // namespace winnow
