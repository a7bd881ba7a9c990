#include "core/rank/confident_learning.h"

#include "core/rank/confident_joint_json.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace winnow
{
namespace
{

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Counted by hand. Steps given +: p(+) 0.95, 0.85, 0.75, 0.05, 0.5, so t(+) = 3.1 / 5 = 0.62; given -: p(-) 0.9, 0.8,
/// 0.1, so t(-) = 0.6.
std::vector<JudgedRow> handRows()
{
    return {{{true, 0.95}, {false, 0.1}}, {{true, 0.85}, {true, 0.05}}, {{false, 0.2}, {true, 0.75}, {false, 0.9}},
            {{true, 0.5}, {true, none}}};
}

TEST(ConfidentLearning, TheJointIsTheOneCountedByHand)
{
    const auto rows = handRows();
    const ConfidentJoint joint = confidentJoint(rows);
    EXPECT_EQ(joint.steps(), 8) << "a step without a figure is left out";
    EXPECT_DOUBLE_EQ(joint.thresholds[1], 0.62);
    EXPECT_DOUBLE_EQ(joint.thresholds[0], 0.6);
    // 0.95, 0.85 and 0.75 are confident +, 0.05 is confident -, 0.5 is neither.
    EXPECT_EQ(joint.counts[1][1], 3);
    EXPECT_EQ(joint.counts[1][0], 1);
    // p(-) 0.9 and 0.8 are confident -, p(+) 0.9 is confident +.
    EXPECT_EQ(joint.counts[0][0], 2);
    EXPECT_EQ(joint.counts[0][1], 1);
    EXPECT_DOUBLE_EQ(joint.joint[1][1], 5.0 / 8 * 3 / 4);
    EXPECT_DOUBLE_EQ(joint.joint[1][0], 5.0 / 8 * 1 / 4);
    EXPECT_DOUBLE_EQ(joint.joint[0][0], 3.0 / 8 * 2 / 3);
    EXPECT_DOUBLE_EQ(joint.joint[0][1], 3.0 / 8 * 1 / 3);
    EXPECT_DOUBLE_EQ(joint.wrongShare(), 9.0 / 32);
}

TEST(ConfidentLearning, WhereBothLabelsPassTheLikelierOneCounts)
{
    // t(+) = 0.2, t(-) = 0.3: all but the steps with p(+) 0.1 and p(-) 0.2 pass both.
    const std::vector<JudgedRow> rows{{{true, 0.3}, {true, 0.1}, {false, 0.6}, {false, 0.8}}};
    const ConfidentJoint joint = confidentJoint(rows);
    EXPECT_EQ(joint.counts[1][0], 2);
    EXPECT_EQ(joint.counts[1][1], 0);
    EXPECT_EQ(joint.counts[0][1], 2);
    EXPECT_DOUBLE_EQ(joint.wrongShare(), 1.0);
}

TEST(ConfidentLearning, ARowIsTheMeanOrTheLowestOfItsMargins)
{
    const auto rows = handRows();
    const ConfidentJoint joint = confidentJoint(rows);
    const auto mean = confidentSuspicion(rows, joint, RowScore::Mean);
    const auto lowest = confidentSuspicion(rows, joint, RowScore::Lowest);
    const double first = (0.95 - 0.62) - (0.05 - 0.6), second = (0.9 - 0.6) - (0.1 - 0.62);
    ASSERT_EQ(mean.size(), 4u);
    EXPECT_NEAR(mean[0], -(first + second) / 2, 1e-12);
    EXPECT_NEAR(lowest[0], -second, 1e-12);
    EXPECT_GT(mean[1], mean[0]);
    EXPECT_NEAR(lowest[1], -((0.05 - 0.62) - (0.95 - 0.6)), 1e-12);
    EXPECT_NEAR(mean[3], -((0.5 - 0.62) - (0.5 - 0.6)), 1e-12) << "the step without a figure does not count";
}

TEST(ConfidentLearning, WithoutStepsOrALabelNothingIsInvented)
{
    const std::vector<JudgedRow> empty{{}, {{true, none}}};
    const ConfidentJoint nothing = confidentJoint(empty);
    EXPECT_TRUE(std::isnan(nothing.wrongShare()));
    for (const double suspicion : confidentSuspicion(empty, nothing, RowScore::Mean))
        EXPECT_TRUE(std::isnan(suspicion));

    const std::vector<JudgedRow> oneLabel{{{true, 0.9}}, {{true, 0.3}}};
    const ConfidentJoint joint = confidentJoint(oneLabel);
    EXPECT_TRUE(std::isnan(joint.thresholds[0]));
    EXPECT_EQ(joint.counts[1][1], 1);
    EXPECT_EQ(joint.counts[1][0], 0) << "a label that is never given has no threshold to pass";
    EXPECT_DOUBLE_EQ(joint.wrongShare(), 0.0);
    const auto suspicion = confidentSuspicion(oneLabel, joint, RowScore::Mean);
    EXPECT_GT(suspicion[1], suspicion[0]);
}

TEST(ConfidentLearning, TheJointIsToldByLabelAndNullWhereNothingIsKnown)
{
    const auto rows = handRows();
    const nlohmann::ordered_json told = confidentJointJson(confidentJoint(rows));
    EXPECT_EQ(told["counts"].dump(), R"({"+":{"+":3,"-":1},"-":{"+":1,"-":2}})");
    EXPECT_DOUBLE_EQ(told["thresholds"]["-"].get<double>(), 0.6);
    EXPECT_DOUBLE_EQ(told["joint"]["+"]["-"].get<double>(), 5.0 / 32);
    EXPECT_DOUBLE_EQ(told["wrong_share"].get<double>(), 9.0 / 32);
    const nlohmann::ordered_json nothing = confidentJointJson({});
    EXPECT_TRUE(nothing["wrong_share"].is_null());
}

} // namespace
} // namespace winnow
