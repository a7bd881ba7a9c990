#include "core/rank/rankers.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

namespace winnow {
namespace {

constexpr float nanf = std::numeric_limits<float>::quiet_NaN();

SampleVisit visit(std::uint32_t sample, float loss, float pGiven, float margin, float hypergradient)
{
    return {sample, 1, loss, hypergradient, pGiven, margin};
}

TEST(Rankers, handComputed)
{
    Rankers rankers(3, 0.7);
    ASSERT_TRUE(rankers.add(std::vector{visit(0, 2, 0.25f, -1, 0.5f), visit(1, 1, 0.75f, 3, nanf)}).ok());
    ASSERT_TRUE(rankers.add(std::vector{visit(0, 1, 0.75f, 3, 0.25f)}).ok());
    const auto loss = rankers.suspicion(RankerKind::LossEma);
    EXPECT_NEAR(loss[0], 0.7 * 2 + 0.3 * 1, 1e-12);
    EXPECT_EQ(loss[1], 1);
    EXPECT_TRUE(std::isnan(loss[2]));
    EXPECT_NEAR(rankers.suspicion(RankerKind::Confidence)[0], -0.5, 1e-12);
    EXPECT_NEAR(rankers.suspicion(RankerKind::Variability)[0], 0.25, 1e-12);
    EXPECT_NEAR(rankers.suspicion(RankerKind::Variability)[1], 0, 1e-12);
    EXPECT_NEAR(rankers.suspicion(RankerKind::AreaUnderMargin)[0], -1, 1e-12);
    EXPECT_NEAR(rankers.suspicion(RankerKind::InRunShapley)[0], 0.75, 1e-12);
    EXPECT_TRUE(std::isnan(rankers.suspicion(RankerKind::InRunShapley)[1])) << "no hypergradient was taken";
    EXPECT_EQ(rankers.visits(), (std::vector<std::int64_t>{2, 1, 0}));
}

TEST(Rankers, everyOneFindsTheObviousNoise)
{
    // Sample 1 is noise: high loss, low and unsteady p, negative margin, its weight raises the meta loss.
    Rankers rankers(2, 0.7);
    for (int i = 0; i < 4; ++i)
        ASSERT_TRUE(
            rankers.add(std::vector{visit(0, 0.1f, 0.9f, 4, -0.2f), visit(1, 3, i % 2 == 0 ? 0.1f : 0.4f, -2, 0.3f)})
                .ok());
    for (RankerKind kind : rankerKinds) {
        const auto scores = rankers.suspicion(kind);
        EXPECT_GT(scores[1], scores[0]) << rankerName(kind);
    }
    EXPECT_GT(suspicionFromWeights(std::vector<float>{1, -0.5f})[1], suspicionFromWeights(std::vector<float>{1})[0]);
}

TEST(Rankers, combinedIsThreePartsConfidenceAndOnePartWeight)
{
    Rankers rankers(5, 0.7);
    // p of the given label 0.9, 0.2, 0.5, 0.5; sample 4 is never visited.
    ASSERT_TRUE(rankers
                    .add(std::vector{visit(0, 1, 0.9f, 0, 0), visit(1, 1, 0.2f, 0, 0), visit(2, 1, 0.5f, 0, 0),
                                     visit(3, 1, 0.5f, 0, 0)})
                    .ok());
    const std::vector<double> confidence{1.0 / 4, 4.0 / 4, 2.5 / 4, 2.5 / 4};
    const auto alone = combinedSuspicion(rankers, {});
    for (std::size_t i = 0; i < 4; ++i)
        EXPECT_DOUBLE_EQ(alone[i], confidence[i]);
    EXPECT_TRUE(std::isnan(alone[4]));
    // Weights 1.5 (least suspicious), 0.1 (most), none, 0.7, 0.3: ranks 1/4, 4/4, -, 2/4, 3/4.
    const auto both = combinedSuspicion(rankers, std::vector<float>{1.5f, 0.1f, nanf, 0.7f, 0.3f});
    EXPECT_DOUBLE_EQ(both[0], 0.75 * confidence[0] + 0.25 * 0.25);
    EXPECT_DOUBLE_EQ(both[1], 1.0);
    EXPECT_DOUBLE_EQ(both[2], confidence[2]) << "a row without a weight";
    EXPECT_DOUBLE_EQ(both[3], 0.75 * confidence[3] + 0.25 * 0.5);
    EXPECT_TRUE(std::isnan(both[4])) << "a row without a visit";
    EXPECT_EQ(combinedSuspicion(Rankers(0, 0.7), {}).size(), 0u);
}

TEST(Rankers, unknownSampleChangesNothing)
{
    Rankers rankers(2, 0.7);
    EXPECT_FALSE(rankers.add(std::vector{visit(0, 1, 1, 1, 1), visit(2, 1, 1, 1, 1)}).ok());
    EXPECT_EQ(rankers.serialize(), Rankers(2, 0.7).serialize());
}

TEST(Rankers, resumedStateGoesOnBitForBit)
{
    const auto feed = [](Rankers &rankers, int from, int to) {
        for (int i = from; i < to; ++i) {
            const auto x = static_cast<float>(i);
            ASSERT_TRUE(rankers
                            .add(std::vector{visit(static_cast<std::uint32_t>(i % 5), std::sin(x) + 1, 1 / (x + 1),
                                                   std::cos(x), i % 3 == 0 ? nanf : x)})
                            .ok());
        }
    };
    Rankers whole(6, 0.7);
    feed(whole, 0, 100);
    Rankers half(6, 0.7);
    feed(half, 0, 37);
    auto resumed = Rankers::deserialize(half.serialize());
    ASSERT_TRUE(resumed.ok()) << resumed.error().message;
    feed(*resumed, 37, 100);
    EXPECT_EQ(resumed->serialize(), whole.serialize());
}

TEST(Rankers, damagedStateIsRefused)
{
    const std::string state = Rankers(3, 0.7).serialize();
    for (std::size_t length = 0; length < state.size(); ++length)
        EXPECT_FALSE(Rankers::deserialize(std::string_view(state).substr(0, length)).ok()) << length;
    EXPECT_FALSE(Rankers::deserialize(state + "12345678").ok());
    std::string huge = state;
    huge[22] = 0x7F;
    EXPECT_FALSE(Rankers::deserialize(huge).ok()) << "a count that the bytes do not hold";
    EXPECT_TRUE(Rankers::deserialize(state).ok());
}

} // namespace
} // namespace winnow
