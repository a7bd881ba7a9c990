#include "core/report/comparison.h"

#include "tests/core/store/store_folder.h"
#include "tests/support/stored_runs.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>

namespace winnow
{
namespace
{

nlohmann::json reference()
{
    std::ifstream file(std::string(WINNOW_GOLDEN_DIR) + "/compare/reference.json");
    return nlohmann::json::parse(file);
}

BestOfN picksOf(const std::vector<int> &right)
{
    BestOfN result;
    for (const int one : right) {
        result.picks.push_back({static_cast<std::size_t>(one), 0.5, true, false, one == 1});
        ++result.questions;
        result.correct += one;
    }
    return result;
}

TEST(Behaviour28, agreementEqualsTheReferenceComputation)
{
    const nlohmann::json wanted = reference();
    const auto a = wanted["a"].get<std::vector<float>>();
    const auto b = wanted["b"].get<std::vector<float>>();
    const WeightAgreement got = weightAgreement(a, b);
    EXPECT_EQ(got.samples, a.size());
    EXPECT_EQ(got.leftOut, 0U);
    EXPECT_NEAR(got.spearman, wanted["spearman"].get<double>(), 1e-9);
    EXPECT_NEAR(got.kendall, wanted["kendall"].get<double>(), 1e-9);
    const auto overlap = wanted["overlap"].get<std::vector<std::pair<std::size_t, std::size_t>>>();
    ASSERT_EQ(got.overlap.size(), overlap.size());
    for (std::size_t i = 0; i < overlap.size(); ++i) {
        EXPECT_EQ(got.overlap[i].k, overlap[i].first);
        EXPECT_EQ(got.overlap[i].common, overlap[i].second) << "k = " << overlap[i].first;
    }
    EXPECT_EQ(got.count(Quadrant::OnlyARejects), wanted["only_a_rejects"]);
    EXPECT_EQ(got.count(Quadrant::OnlyBRejects), wanted["only_b_rejects"]);
    EXPECT_EQ(got.count(Quadrant::BothReject), wanted["both_reject"]);
    EXPECT_EQ(got.count(Quadrant::BothKeep), wanted["both_keep"]);
    const auto ranks = wanted["rank_a"].get<std::vector<double>>();
    for (std::size_t i = 0; i < ranks.size(); ++i)
        EXPECT_NEAR(got.rankA[i], ranks[i], 1e-9);
}

TEST(Behaviour28, samplesWithoutAWeightAreLeftOutAndCounted)
{
    const float none = std::numeric_limits<float>::quiet_NaN();
    const std::vector<float> a = {0.1F, 0.2F, none, 1.5F, 1.0F};
    const std::vector<float> b = {0.3F, 0.9F, 0.1F, none, 0.2F};
    const WeightAgreement got = weightAgreement(a, b);
    EXPECT_EQ(got.samples, 3U);
    EXPECT_EQ(got.leftOut, 2U);
    EXPECT_TRUE(std::isnan(got.rankA[2]) && std::isnan(got.rankB[3]));
    EXPECT_EQ(got.count(Quadrant::BothReject), 1);
    EXPECT_EQ(samplesOfQuadrant(got, a, b, Quadrant::OnlyARejects), std::vector<std::uint32_t>{1});
    EXPECT_EQ(samplesOfQuadrant(got, a, b, Quadrant::OnlyBRejects), std::vector<std::uint32_t>{4});
    EXPECT_TRUE(samplesOfQuadrant(got, a, b, Quadrant::BothKeep).empty());
}

TEST(Behaviour30, pairedTestEqualsTheReferenceComputation)
{
    const nlohmann::json wanted = reference();
    const PairedTest got = pairedTest(picksOf(wanted["right_a"].get<std::vector<int>>()), picksOf(wanted["right_b"].get<std::vector<int>>()));
    EXPECT_EQ(got.lost(), wanted["only_a"]);
    EXPECT_EQ(got.gained(), wanted["only_b"]);
    EXPECT_EQ(got.both + got.neither + got.lost() + got.gained(), got.questions);
    EXPECT_NEAR(got.mcNemar.pValue, wanted["mcnemar"].get<double>(), 1e-9);
    EXPECT_NEAR(got.bootstrap.difference, wanted["difference"].get<double>(), 1e-9);
    // Here a pick changes exactly where its rightness does.
    ASSERT_EQ(static_cast<std::int64_t>(got.changed.size()), got.lost() + got.gained());
    for (const FlippedPick &flip : got.changed)
        EXPECT_EQ(flip.gained(), wanted["right_b"][flip.question] == 1);
}

TEST(Behaviour30, bootstrapBandEqualsTheExactQuantiles)
{
    for (const auto &row : reference()["bootstrap"]) {
        const Interval got = bootstrapInterval(row[0].get<std::int64_t>(), row[1].get<std::int64_t>());
        EXPECT_NEAR(got.low, row[2].get<double>(), 1e-9) << row;
        EXPECT_NEAR(got.high, row[3].get<double>(), 1e-9) << row;
    }
    EXPECT_EQ(bootstrapInterval(0, 0).high, 1);
}

TEST(Behaviour30, verdictClaimsOnlyWhatTheIntervalShows)
{
    const PairedTest better = pairedTest(picksOf(std::vector<int>(60, 0)), picksOf(std::vector<int>(60, 1)));
    EXPECT_EQ(verdictSentence(better, "A", "B"), "B is better by 100.0 points.");
    const PairedTest worse = pairedTest(picksOf(std::vector<int>(60, 1)), picksOf(std::vector<int>(60, 0)));
    EXPECT_EQ(verdictSentence(worse, "A", "B"), "A is better by 100.0 points.");
    std::vector<int> one(60, 0);
    one[3] = 1;
    const PairedTest alike = pairedTest(picksOf(std::vector<int>(60, 0)), picksOf(one));
    EXPECT_EQ(verdictSentence(alike, "A", "B"), "No difference can be shown.");
    EXPECT_EQ(verdictSentence(pairedTest({}, {}), "A", "B"), "No question was answered by both.");
}

TEST(Scoring, picksFollowFromStepProbabilities)
{
    const CandidateTruth truth = {{true, false}, {false, true, true}};
    const std::vector<std::vector<float>> p = {{0.9F, 0.5F}, {0.8F, 0.8F}, {0.1F}, {0.6F}, {0.7F}};
    const auto questions = scoredQuestions(truth, {"x", "y"}, p, Aggregation::Mean);
    ASSERT_EQ(questions.size(), 2U);
    EXPECT_EQ(bestOfN(questions, 2, Ties::Last).correct, 1) << "0.7 loses against 0.8, 0.6 beats 0.1";
    EXPECT_EQ(bestOfN(scoredQuestions(truth, {}, p, Aggregation::Max), 2, Ties::Last).correct, 2);
    EXPECT_TRUE(scoredQuestions(truth, {}, {{0.5F}}, Aggregation::Mean).empty()) << "scores of another test set";
    EXPECT_EQ(commonCandidates(truth), 2U);
    EXPECT_EQ(curveCounts(6), (std::vector<std::size_t>{1, 2, 4, 6}));
}

class StoredComparison : public testing::Test
{
protected:
    void put(const std::vector<test::StoredRun> &runs)
    {
        for (const test::StoredRun &run : runs) {
            const auto id = test::putStoredRun(database, run);
            ASSERT_TRUE(id.ok()) << id.error().message;
            records.push_back(RunStore(database).get(*id).value());
        }
    }

    test::StoreFolder folder;
    Database database = Database::open(folder.file("a.db")).value();
    std::vector<RunRecord> records;
};

TEST_F(StoredComparison, behaviour28DifferentDataAreRefusedWithTheReason)
{
    put({{.name = "table"}, {.name = "elsewhere", .trainSha256 = "train-2"}});
    const auto got = compareRuns(database, records);
    ASSERT_TRUE(got.ok()) << got.error().message;
    const PairComparison &pair = got->pairs.at(0);
    EXPECT_FALSE(pair.sameTrainData);
    EXPECT_FALSE(pair.weights.has_value());
    EXPECT_TRUE(pair.accuracy.has_value()) << "the test data are the same";
    ASSERT_EQ(pair.notes.size(), 1U);
    EXPECT_NE(pair.notes[0].find("training data differ"), std::string::npos) << pair.notes[0];
}

TEST_F(StoredComparison, figuresFollowFromTheStore)
{
    put({{.name = "table"},
         {.name = "other",
          .weights = {0.25F, 0.5F, 1.25F, 1.5F},
          .correct = {true, true, true, false},
          .learningRate = 1e-4}});
    const auto got = compareRuns(database, records, {{}, 2, 1});
    ASSERT_TRUE(got.ok()) << got.error().message;
    const PairComparison &pair = got->pairs.at(0);
    ASSERT_TRUE(pair.weights && pair.accuracy);
    EXPECT_NEAR(pair.weights->agreement.spearman, -1, 1e-9);
    EXPECT_NEAR(pair.weights->agreement.kendall, -1, 1e-9);
    EXPECT_EQ(pair.weights->topOverlap, 0);
    EXPECT_EQ(pair.accuracy->gained(), 1);
    EXPECT_EQ(pair.accuracy->lost(), 0);
    EXPECT_EQ(got->runs[1].picked.correct, 3);
    EXPECT_EQ(got->differingSettings, std::vector<std::string>{"train.optimizer.learning_rate"});
}

} // namespace
} // namespace winnow
