#include "core/eval/aggregation.h"
#include "core/eval/baselines.h"
#include "core/eval/best_of_n.h"
#include "core/eval/published_anchors.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <limits>

namespace winnow {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr float nanf = std::numeric_limits<float>::quiet_NaN();

TEST(Aggregation, goldenValuesOfFixture25)
{
    std::ifstream file(std::string(WINNOW_GOLDEN_DIR) + "/model/prm-scores.json");
    const auto golden = nlohmann::json::parse(file);
    const auto full = golden["p_plus_full"].get<std::vector<float>>();
    const auto pair = golden["p_plus_pair"].get<std::vector<float>>();
    const auto near = [](double value, const nlohmann::json &wanted) {
        EXPECT_NEAR(value, wanted.get<double>(), 1e-6 * std::abs(wanted.get<double>()));
    };
    near(aggregate(full, Aggregation::Mean), golden["mean"]);
    near(aggregate(full, Aggregation::Min), golden["min"]);
    near(aggregate(full, Aggregation::Max), golden["max"]);
    near(aggregate(full, Aggregation::LogMean), golden["log_mean"]);
    near(aggregate(pair, Aggregation::Mean), golden["pair_mean"]);
    EXPECT_DOUBLE_EQ(aggregate(full, Aggregation::SumLog), 4 * aggregate(full, Aggregation::LogMean));
    EXPECT_EQ(aggregate(full, Aggregation::Last), full.back());
}

TEST(Aggregation, edges)
{
    for (Aggregation how : {Aggregation::Mean, Aggregation::Min, Aggregation::Max, Aggregation::LogMean,
                            Aggregation::Last, Aggregation::SumLog}) {
        EXPECT_TRUE(std::isnan(aggregate({}, how)));
        EXPECT_TRUE(std::isnan(aggregate(std::vector<float>{nanf, 0.5f}, how)));
        EXPECT_TRUE(std::isnan(aggregate(std::vector<float>{0.5f, nanf}, how)));
    }
    EXPECT_EQ(aggregate(std::vector<float>{0.5f, 0}, Aggregation::LogMean), -std::numeric_limits<double>::infinity());
}

TEST(BestOfN, tieRules)
{
    const std::vector<double> scores = {0.5, 0.7, 0.2, 0.7, 0.7, 0.1};
    EXPECT_EQ(pickBest(scores, Ties::Last).candidate, 4u);
    EXPECT_EQ(pickBest(scores, Ties::First).candidate, 1u);
    EXPECT_TRUE(pickBest(scores, Ties::Last).tie);
    EXPECT_TRUE(pickBest(scores, Ties::First).tie);
    // A tie below the winner does not decide anything.
    EXPECT_FALSE(pickBest(std::vector<double>{0.5, 0.5, 0.6}, Ties::Last).tie);
    EXPECT_FALSE(pickBest(std::vector<double>{0.6, 0.5, 0.5}, Ties::First).tie);
}

TEST(BestOfN, nanNeverWins)
{
    EXPECT_EQ(pickBest(std::vector<double>{0.1, nan, 0.05}, Ties::Last).candidate, 0u);
    EXPECT_EQ(pickBest(std::vector<double>{nan, 0.1}, Ties::First).candidate, 1u);
    EXPECT_FALSE(pickBest(std::vector<double>{nan, 0.1}, Ties::Last).tie);
    const Pick none = pickBest(std::vector<double>{nan, nan}, Ties::Last);
    EXPECT_FALSE(none.taken);
    EXPECT_EQ(none.candidate, 0u);
    EXPECT_EQ(pickBest(std::vector<double>{-3, -1, -2}, Ties::Last).candidate, 1u) << "logarithms are negative";
    const double low = -std::numeric_limits<double>::infinity();
    EXPECT_TRUE(pickBest(std::vector<double>{low, low}, Ties::Last).taken);
}

std::vector<ScoredQuestion> someQuestions()
{
    return {{"sum", {0.9, 0.1, 0.95}, {true, false, false}},
            {"max", {0.2, 0.2, 0.1}, {false, true, true}},
            {"sum", {nan, nan, nan}, {true, true, true}},
            {"max", {0.1, 0.2, 0.3}, {false, false, true}}};
}

TEST(BestOfN, countsAccuracyTiesAndSubjects)
{
    const BestOfN all = bestOfN(someQuestions(), 3, Ties::Last);
    EXPECT_EQ(all.questions, 4);
    EXPECT_EQ(all.correct, 2);
    EXPECT_EQ(all.ties, 1);
    EXPECT_EQ(all.notTaken, 1);
    EXPECT_DOUBLE_EQ(all.accuracy, 0.5);
    ASSERT_EQ(all.subjects.size(), 2u);
    EXPECT_EQ(all.subjects[0].subject, "sum");
    EXPECT_EQ(all.subjects[0].questions, 2);
    EXPECT_EQ(all.subjects[0].correct, 0) << "a question without a score is wrong though its candidate 0 is right";
    EXPECT_EQ(all.subjects[1].correct, 2);
    EXPECT_EQ(bestOfN(someQuestions(), 3, Ties::First).correct, 1);
    EXPECT_TRUE(std::isnan(bestOfN({}, 3, Ties::Last).accuracy));
}

TEST(BestOfN, curveUsesTheFirstCandidates)
{
    const auto curve = bestOfNCurve(someQuestions(), 4, Ties::Last);
    ASSERT_EQ(curve.size(), 4u);
    EXPECT_EQ(curve[0].correct, 1);
    EXPECT_EQ(curve[1].correct, 2);
    EXPECT_EQ(curve[2].correct, 2);
    EXPECT_EQ(curve[3].correct, 2) << "fewer candidates than asked for: all of them";
}

TEST(Baselines, randomAndOracle)
{
    const CandidateTruth truth = {{true, false, false, false}, {true, true, true, true}, {false, true, false, true}};
    EXPECT_DOUBLE_EQ(randomBaseline(truth, 4).accuracy, (0.25 + 1 + 0.5) / 3);
    EXPECT_DOUBLE_EQ(randomBaseline(truth, 4).standardDeviation, std::sqrt(0.1875 + 0.25) / 3);
    EXPECT_DOUBLE_EQ(randomBaseline(truth, 1).accuracy, 2.0 / 3);
    EXPECT_EQ(oracleCorrect(truth, 1), 2);
    EXPECT_EQ(oracleCorrect(truth, 2), 3);
}

TEST(Baselines, selfConsistency)
{
    using Answers = std::vector<std::vector<std::optional<std::string>>>;
    const Answers answers = {{"A", "B", "B", {}}, {"C", "D", "D", "C"}, {{}, {}, {}, {}}, {{}, {}, "A", {}}};
    const CandidateTruth truth = {
        {false, true, true, false}, {true, false, false, true}, {true, true, true, true}, {false, false, true, false}};
    const SelfConsistency result = selfConsistency(answers, truth, 4);
    EXPECT_EQ(result.picks[0].candidate, 1u);
    EXPECT_EQ(result.picks[0].votes, 2);
    EXPECT_FALSE(result.picks[0].tie);
    EXPECT_EQ(result.picks[1].candidate, 0u) << "the answer that was given first wins";
    EXPECT_TRUE(result.picks[1].tie);
    EXPECT_FALSE(result.picks[2].correct);
    EXPECT_TRUE(result.picks[3].correct);
    EXPECT_EQ(result.correct, 3);
    EXPECT_EQ(result.ties, 1);
    EXPECT_EQ(result.withoutVotes, 1);
    EXPECT_EQ(selfConsistency(answers, truth, 1).correct, 1) << "A is wrong, C right, two without votes";
}

TEST(PublishedAnchors, changesFollowFromTheBase)
{
    double base = 0;
    for (const PublishedAnchor &anchor : publishedAnchors()) {
        EXPECT_FALSE(anchor.source.empty());
        if (anchor.method == "base")
            base = anchor.accuracy;
        if (anchor.change) {
            EXPECT_NEAR(anchor.accuracy - base, *anchor.change, 1e-9) << anchor.method;
        }
    }
    EXPECT_EQ(publishedAnchors().size(), 12u);
}

} // namespace
} // namespace winnow
