#include "core/store/dataset_store.h"
#include "core/store/decision_store.h"
#include "core/store/evaluation_store.h"
#include "core/store/event_store.h"
#include "core/store/metric_store.h"
#include "core/store/run_store.h"
#include "core/store/sample_browser.h"
#include "core/store/selection_store.h"
#include "core/store/visit_store.h"
#include "core/store/weight_store.h"
#include "tests/core/store/store_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace winnow {
namespace {

class Stores : public ::testing::Test {
protected:
    Stores() : db(Database::open(folder.file("a.db")).value())
    {
        NewRun fresh;
        fresh.configJson = "{}";
        run = RunStore(db).create(fresh).value();
    }

    test::StoreFolder folder;
    Database db;
    RunId run;
};

constexpr float nan = std::numeric_limits<float>::quiet_NaN();

TEST_F(Stores, MetricsAreReplacedNotDoubled)
{
    MetricStore metrics(db);
    ASSERT_TRUE(metrics.append(run, {{"loss", 1, 0.5, 10}, {"loss", 2, 0.4, 20}, {"acc", 2, nan, 21}}).ok());
    ASSERT_TRUE(metrics.append(run, {{"loss", 2, 0.3, 30}, {"loss", 3, 0.2, 40}}).ok());
    const auto loss = metrics.series(run, "loss");
    EXPECT_EQ(loss->steps, (std::vector<std::int64_t>{1, 2, 3}));
    EXPECT_EQ(loss->values, (std::vector<double>{0.5, 0.3, 0.2}));
    EXPECT_EQ(loss->wallMs, (std::vector<std::int64_t>{10, 30, 40}));
    EXPECT_EQ(metrics.series(run, "loss", 2)->steps, (std::vector<std::int64_t>{3}));
    EXPECT_TRUE(std::isnan(metrics.series(run, "acc")->values.at(0)));
    EXPECT_EQ(*metrics.seriesNames(run), (std::vector<std::string>{"acc", "loss"}));
    EXPECT_EQ(metrics.allSeries(run, 2)->size(), 1u);
    EXPECT_EQ(metrics.latest({run, RunId{99}}, "loss")->size(), 1u);
    EXPECT_EQ(metrics.latest({run}, "loss")->at(run), 0.2);
    EXPECT_FALSE(metrics.append(RunId{99}, {{"loss", 1, 0, 0}}).ok());
}

TEST_F(Stores, behaviour19EveryReadingOfASensorIsKept)
{
    MetricStore metrics(db);
    ASSERT_TRUE(metrics.append(run, {{"hw.cpu", 7, 10, 2000}, {"hw.cpu", 7, 20, 4000}, {"hw.gpu", 7, 1, 2000}, {"loss", 7, 0.5, 10}}).ok());
    ASSERT_TRUE(metrics.append(run, {{"hw.cpu", 8, 40, 8000}, {"hw.cpu", 7, 30, 6000}, {"hw.cpu", 7, 30, 6000}}).ok());
    const auto cpu = metrics.series(run, "hw.cpu");
    EXPECT_EQ(cpu->steps, (std::vector<std::int64_t>{7, 7, 7, 8})) << "all of one iteration, none doubled";
    EXPECT_EQ(cpu->values, (std::vector<double>{10, 20, 30, 40}));
    EXPECT_EQ(cpu->wallMs, (std::vector<std::int64_t>{2000, 4000, 6000, 8000}));
    EXPECT_EQ(metrics.series(run, "hw.cpu", 7)->values, (std::vector<double>{40}));
    EXPECT_EQ(metrics.latest({run}, "hw.cpu")->at(run), 40);
    EXPECT_EQ(*metrics.seriesNames(run), (std::vector<std::string>{"hw.cpu", "hw.gpu", "loss"}));
}

TEST_F(Stores, behaviour18OnlyNewPointsOfEverySeriesAreRead)
{
    MetricStore metrics(db);
    ASSERT_TRUE(metrics.append(run, {{"loss", 1, 0.5, 10}, {"loss", 2, 0.4, 20}, {"hw.cpu", 2, 10, 15}}).ok());
    ASSERT_TRUE(metrics.append(run, {{"loss", 3, 0.3, 30}, {"hw.cpu", 2, 20, 25}, {"acc", 1, 1, 12}}).ok());
    const auto fresh = metrics.newPoints(run, {{"loss", {2, 20}}, {"hw.cpu", {2, 15}}});
    ASSERT_TRUE(fresh.ok()) << fresh.error().message;
    EXPECT_EQ(fresh->at("loss").steps, (std::vector<std::int64_t>{3}));
    EXPECT_EQ(fresh->at("hw.cpu").values, (std::vector<double>{20})) << "also in the iteration that was seen";
    EXPECT_EQ(fresh->at("acc").steps, (std::vector<std::int64_t>{1})) << "a series that is new, from its beginning";
    EXPECT_TRUE(metrics.newPoints(run, {{"loss", {3, 30}}, {"hw.cpu", {2, 25}}, {"acc", {1, 12}}})->empty());
}

TEST_F(Stores, VisitsByStepAndBySample)
{
    VisitStore visits(db);
    VisitColumns v;
    v.push(1, 7, 1.0f, 0.5f, nan, 0.6f, 0.1f);
    v.push(1, 3, 1.0f, 0.25f, -2.0f, 0.7f, 0.2f);
    v.push(2, 7, 0.5f, 0.125f, 3.0f, 0.8f, 0.3f);
    ASSERT_TRUE(visits.append(run, v).ok());
    ASSERT_TRUE(visits.append(run, v).ok());
    EXPECT_EQ(*visits.count(run), 3);
    const auto all = visits.ofRun(run);
    EXPECT_EQ(all->samples, (std::vector<std::uint32_t>{3, 7, 7}));
    const auto seven = visits.ofSample(run, 7);
    EXPECT_EQ(seven->steps, (std::vector<std::int64_t>{1, 2}));
    EXPECT_TRUE(std::isnan(seven->hypergradients[0]));
    EXPECT_EQ(seven->margins[1], 0.3f);
    EXPECT_EQ(visits.ofRun(run, 1)->size(), 1u);
    EXPECT_EQ(visits.ofRun(run, -1, 1)->size(), 2u);
}

TEST_F(Stores, SnapshotsRoundTripBitForBit)
{
    WeightStore weights(db);
    ASSERT_TRUE(weights.setUnits(run, {UnitKind::Id, {"1", "10", "2"}, {0, 2, 1, 0}}).ok());
    const auto units = weights.units(run);
    EXPECT_EQ(units->kind, UnitKind::Id);
    EXPECT_EQ(units->keys, (std::vector<std::string>{"1", "10", "2"}));
    EXPECT_EQ(units->unitOfSample, (std::vector<std::uint32_t>{0, 2, 1, 0}));

    StoredSnapshot first{100, {1.0f, -0.0f, 1e-45f}, {}};
    StoredSnapshot second{200, {0.1f, 3.0f, std::numeric_limits<float>::infinity()}, {200, 150, 3}};
    ASSERT_TRUE(weights.appendSnapshot(run, second).ok());
    ASSERT_TRUE(weights.appendSnapshot(run, first).ok());
    EXPECT_EQ(*weights.steps(run), (std::vector<std::int64_t>{100, 200}));
    EXPECT_FALSE((*weights.at(run, 99)).has_value());
    const auto at = (*weights.at(run, 199)).value();
    EXPECT_EQ(at.step, 100);
    EXPECT_TRUE(std::signbit(at.values[1]));
    EXPECT_EQ(at.values[2], 1e-45f);
    EXPECT_TRUE(at.computedAt.empty());
    const auto last = (*weights.latest(run)).value();
    EXPECT_EQ(last.values, second.values);
    EXPECT_EQ(last.computedAt, second.computedAt);
    EXPECT_EQ(weights.history(run, 0)->values, (std::vector<double>{1.0, 0.1f}));
    EXPECT_FALSE(weights.history(run, 3).ok());
    EXPECT_EQ(weightsOfSamples(*units, last)[1], std::numeric_limits<float>::infinity());
    EXPECT_EQ(weights.all(run, 100)->size(), 1u);
    StoredSnapshot large{300, std::vector<float>(100000, 0.5f), {}};
    ASSERT_TRUE(weights.appendSnapshot(run, large).ok());
    EXPECT_EQ((*weights.latest(run))->values, large.values);
}

TEST_F(Stores, DataSetsKeepTextsUnchanged)
{
    DatasetStore datasets(db);
    DatasetRecord record;
    record.name = "digits";
    record.path = "/data/train.json";
    record.kind = "train";
    record.sha256 = "abc";
    record.rowsRead = 3;
    record.rowsKept = 2;
    record.drops = {{"picture missing", 1, 2, "row 2 names no picture"}};
    SampleRecord one;
    one.index = 0;
    one.key = "'; DROP TABLE samples; --";
    one.question = "a \"quote\"\n<img src='x'> \xE2\x88\x91";
    one.steps = {"a=3", ""};
    one.labels = {true, false};
    one.knownNoise = true;
    SampleRecord two;
    two.index = 1;
    two.key = "b";
    two.subject = "sum";
    two.answerIsRight = false;
    two.picturePath = "a.png";
    two.furtherPictures = {"b \"2\".png", "a.png"};
    const auto id = datasets.put(record, {one, two});
    ASSERT_TRUE(id.ok()) << id.error().message;
    EXPECT_EQ(*datasets.put(record, {one, two}), *id);
    const auto samples = datasets.samples(*id);
    ASSERT_EQ(samples->size(), 2u);
    const SampleRecord &back = (*samples)[0];
    EXPECT_EQ(back.key, one.key);
    EXPECT_EQ(back.question, one.question);
    EXPECT_EQ(back.steps, one.steps);
    EXPECT_EQ(back.labels, one.labels);
    EXPECT_EQ(back.knownNoise, one.knownNoise);
    EXPECT_FALSE(back.answerIsRight.has_value());
    EXPECT_TRUE(back.pictures().empty());
    EXPECT_EQ(datasets.sample(*id, 1)->furtherPictures, two.furtherPictures);
    EXPECT_EQ(datasets.sample(*id, 1)->answerIsRight, std::optional<bool>(false));
    const std::vector<std::vector<std::string>> pictures{{}, {"a.png", "b \"2\".png", "a.png"}};
    EXPECT_EQ(SampleBrowser(db).pictures(*id, 0, 5).value(), pictures);
    EXPECT_FALSE(datasets.sample(*id, 2).ok());
    EXPECT_EQ(*datasets.noiseMask(*id), (std::vector<std::int8_t>{1, -1}));
    EXPECT_EQ(datasets.get(*id)->drops.at(0).example, "row 2 names no picture");
    EXPECT_EQ(datasets.subjects(*id)->at(1), "sum");
    EXPECT_FALSE(datasets.get(DatasetId{9}).ok());
}

TEST_F(Stores, RowsAreReadInPartsAsTheyAreReadWhole)
{
    DatasetStore datasets(db);
    DatasetRecord record;
    record.name = record.path = "parts";
    record.kind = "train";
    record.sha256 = "h";
    record.rowsKept = 4;
    std::vector<SampleRecord> rows(4);
    const std::vector<std::vector<bool>> labels{{}, {true}, {false, true, true}, {true, false}};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].index = static_cast<std::int64_t>(i);
        rows[i].key = std::string(1, static_cast<char>("dbca"[i]));
        rows[i].subject = i % 2 ? "odd" : "even";
        rows[i].labels = labels[i];
        rows[i].steps.resize(labels[i].size(), "s");
    }
    const DatasetId id = *datasets.put(record, rows);
    std::vector<std::vector<bool>> read;
    std::vector<std::string> subjects;
    ASSERT_TRUE(datasets.eachMarks(id, [&](const SampleMarks &marks) {
        read.push_back(marks.labels);
        subjects.push_back(marks.subject);
    }).ok());
    EXPECT_EQ(read, labels);
    EXPECT_EQ(subjects, *datasets.subjects(id));
    std::vector<std::string> keys;
    ASSERT_TRUE(datasets.eachSample(id, [&](const SampleRecord &sample) { keys.push_back(sample.key); }).ok());
    EXPECT_EQ(keys, (std::vector<std::string>{"d", "b", "c", "a"}));
    const std::vector<std::uint32_t> some{3, 0};
    EXPECT_EQ(*datasets.keys(id, some), (std::vector<std::string>{"a", "d"}));
    EXPECT_EQ(datasets.samples(id, some)->at(0).labels, labels[3]);
    EXPECT_EQ(*datasets.orderByKey(id), (std::vector<std::uint32_t>{3, 1, 2, 0}));
    EXPECT_EQ(*datasets.indicesOf(id, {"c", "none", "d"}), (std::vector<std::int64_t>{2, -1, 0}));
    using Found = std::vector<std::pair<std::uint32_t, std::string>>;
    EXPECT_EQ(*datasets.keysWith(id, "c", 5), (Found{{2, "c"}}));
    EXPECT_EQ(*datasets.keysWith(id, "", 2), (Found{{0, "d"}, {1, "b"}})) << "everything, by row, no more than asked";
    EXPECT_TRUE(datasets.keysWith(id, "%", 5)->empty()) << "letters, not a pattern";
    const std::vector<std::uint32_t> outside{4};
    EXPECT_FALSE(datasets.keys(id, outside).ok());
    EXPECT_FALSE(datasets.samples(id, outside).ok());

    SelectionRecord set;
    set.datasetSha256 = "h";
    set.name = "two";
    const SelectionId selection = *SelectionStore(db).save(set, {"c", "elsewhere", "a"});
    auto members = *SelectionStore(db).rows(selection, id);
    std::sort(members.begin(), members.end());
    EXPECT_EQ(members, (std::vector<std::uint32_t>{2, 3}));

    ASSERT_TRUE(DecisionStore(db).set({{"h", "b", Decision::Flip, "", {}, 0}, {"h", "a", Decision::None, "note", {}, 0},
                                       {"h", "c", Decision::None, "", {}, 0}, {"other", "d", Decision::Keep, "", {}, 0}}).ok());
    auto decided = *DecisionStore(db).ofRows("h", id);
    std::sort(decided.begin(), decided.end(), [](const RowDecision &a, const RowDecision &b) { return a.row < b.row; });
    ASSERT_EQ(decided.size(), 2u);
    EXPECT_EQ(decided[0].row, 1u);
    EXPECT_EQ(decided[0].decision, Decision::Flip);
    EXPECT_EQ(decided[1].row, 3u);
    EXPECT_EQ(decided[1].note, "note");
}

TEST_F(Stores, VisitsSnapshotsAndScoresAreReadInPartsAsTheyAreReadWhole)
{
    VisitStore visits(db);
    VisitColumns v;
    for (int i = 0; i < 7; ++i)
        v.push(i / 2, static_cast<std::uint32_t>(6 - i), 1, 0.5f * static_cast<float>(i), nan, 0.25f, -1);
    ASSERT_TRUE(visits.append(run, v).ok());
    const auto whole = visits.ofRun(run, 0);
    VisitColumns parts;
    ASSERT_TRUE(visits.each(run, 0, [&](const Visit &one) {
        parts.push(one.step, one.sample, one.weight, one.loss, one.hypergradient, one.pGiven, one.margin);
    }).ok());
    EXPECT_EQ(parts.steps, whole->steps);
    EXPECT_EQ(parts.samples, whole->samples);
    EXPECT_EQ(parts.losses, whole->losses);
    EXPECT_EQ(parts.size(), 5u);

    WeightStore weights(db);
    ASSERT_TRUE(weights.setUnits(run, {UnitKind::Id, {"x", "y"}, {1, 0, 1}}).ok());
    EXPECT_EQ(*weights.unitOfSamples(run), weights.units(run)->unitOfSample);
    EXPECT_TRUE(weights.unitOfSamples(RunId{99})->empty());
    ASSERT_TRUE(weights.appendSnapshot(run, {10, {0.5f, 2.0f}, {}}).ok());
    ASSERT_TRUE(weights.appendSnapshot(run, {20, {0.25f, 3.0f}, {19, 20}}).ok());
    std::vector<std::int64_t> steps;
    ASSERT_TRUE(weights.each(run, 10, [&](StoredSnapshot snapshot) {
        steps.push_back(snapshot.step);
        EXPECT_EQ(weightsOfSamples(*weights.unitOfSamples(run), snapshot), (std::vector<float>{3.0f, 0.25f, 3.0f}));
        EXPECT_EQ(snapshot.computedAt, (std::vector<std::int32_t>{19, 20}));
    }).ok());
    EXPECT_EQ(steps, std::vector<std::int64_t>{20});

    EvaluationStore evaluations(db);
    ASSERT_TRUE(evaluations.putScores(run, {"train", 5, 0, false, {{0.5f, 0.25f}, {}, {1.0f}}, {{0, 0}, {}, {0}}}).ok());
    const auto flat = evaluations.flatScores(run, "train", 5);
    ASSERT_TRUE(flat.ok() && flat->has_value());
    EXPECT_EQ((*flat)->begin, (std::vector<std::uint32_t>{0, 2, 2, 3}));
    EXPECT_EQ((*flat)->pPlus, (std::vector<float>{0.5f, 0.25f, 1.0f}));
    EXPECT_FALSE(evaluations.flatScores(run, "train", 6)->has_value());
}

TEST_F(Stores, EvaluationsAndScores)
{
    EvaluationStore evaluations(db);
    EvaluationRecord e;
    e.run = run;
    e.step = 100;
    e.n = 2;
    e.correct = 1;
    e.accuracy = 0.5;
    e.subjects = {{"sum", 2, 1}};
    ASSERT_TRUE(evaluations.put(e, {{0, 3, 0.9, true, false}, {1, 1, nan, false, true}}).ok());
    e.correct = 2;
    e.accuracy = 1;
    const auto id = evaluations.put(e, {{0, 2, 0.8, true, false}, {1, 1, 0.5, true, true}});
    ASSERT_TRUE(id.ok());
    const auto all = evaluations.ofRun(run);
    ASSERT_EQ(all->size(), 1u);
    EXPECT_EQ((*all)[0].accuracy, 1);
    EXPECT_EQ((*all)[0].subjects.at(0).n, 2);
    EXPECT_EQ(evaluations.picks(*id)->at(0).candidate, 2);
    e.settings.aggregate = "min";
    ASSERT_TRUE(evaluations.put(e, {}).ok());
    EXPECT_EQ(evaluations.ofRun(run)->size(), 2u);

    // What claims are made with: the chosen checkpoint's, never what was asked for by hand.
    e.step = 200;
    e.n = 4;
    e.correct = 3;
    ASSERT_TRUE(evaluations.put(e, {}).ok());
    EXPECT_EQ(evaluations.countsOfRuns()->at(run).n, 4) << "no choice yet: the newest";
    RunResult result;
    result.selectedStep = 100;
    ASSERT_TRUE(RunStore(db).setResult(run, result).ok());
    EXPECT_EQ(evaluations.countsOfRuns()->at(run).n, 2);
    e.purpose = "manual";
    e.step = 100;
    e.n = 50;
    const auto manual = evaluations.put(e, {});
    ASSERT_TRUE(manual.ok());
    EXPECT_EQ(evaluations.countsOfRuns()->at(run).n, 2);
    EXPECT_EQ(evaluations.newestOfRuns()->at(run), *manual);

    StoredScores scores{"test", 100, 0.25, true, {{0.5f, 0.25f}, {}, {1.0f}}, {{0.75f, 0.5f}, {}, {0.0f}}};
    ASSERT_TRUE(evaluations.putScores(run, scores).ok());
    ASSERT_TRUE(evaluations.putScores(run, scores).ok());
    EXPECT_EQ(evaluations.scoresOfRun(run)->size(), 1u);
    const auto back = (*evaluations.scores(run, "test", 100)).value();
    EXPECT_EQ(back.pPlusFull, scores.pPlusFull);
    EXPECT_EQ(back.pPlusPair, scores.pPlusPair);
    EXPECT_TRUE(back.final);
    EXPECT_FALSE((*evaluations.scores(run, "test", 50)).has_value());
    scores.pPlusPair.pop_back();
    EXPECT_FALSE(evaluations.putScores(run, scores).ok());

    EvaluationRecord alone;
    alone.checkpoint = "/c";
    const auto aloneId = evaluations.put(alone, {});
    scores.pPlusPair = scores.pPlusFull;
    ASSERT_TRUE(evaluations.putScores(*aloneId, scores).ok());
    EXPECT_EQ((*evaluations.scores(*aloneId))->pPlusFull, scores.pPlusFull);
}

TEST_F(Stores, DecisionsUndoAndRedo)
{
    DecisionStore decisions(db);
    const auto of = [&](const char *key) { return (*decisions.get("h", key)).value_or(DecisionRecord{}).decision; };
    ASSERT_TRUE(decisions.set({{"h", "a", Decision::Flip, "", run, 0}}).ok());
    ASSERT_TRUE(decisions.set({{"h", "a", Decision::Exclude, "", run, 0}, {"h", "b", Decision::Exclude, "n", {}, 0}}).ok());
    EXPECT_EQ(decisions.ofDataset("h")->size(), 2u);
    EXPECT_EQ(*decisions.undo("h"), 2);
    EXPECT_EQ(of("a"), Decision::Flip);
    EXPECT_EQ(of("b"), Decision::None);
    EXPECT_EQ(*decisions.redo("h"), 2);
    EXPECT_EQ(of("b"), Decision::Exclude);
    EXPECT_EQ(*decisions.undo("h"), 2);
    EXPECT_EQ(*decisions.undo("h"), 1);
    EXPECT_EQ(*decisions.undo("h"), 0);
    EXPECT_EQ(of("a"), Decision::None);
    EXPECT_EQ(*decisions.undo("other"), 0);
    // A new decision ends what could be done again.
    ASSERT_TRUE(decisions.set({{"h", "c", Decision::Keep, "", {}, 0}}).ok());
    EXPECT_EQ(*decisions.redo("h"), 0);
}

TEST_F(Stores, EventsAreFollowedById)
{
    EventStore events(db);
    ASSERT_TRUE(events.append({{0, run, 5, "info", "log", "one", 0}, {0, {}, -1, "warning", "log", "two", 7}}).ok());
    ASSERT_TRUE(events.append({{0, run, 6, "error", "alert", "three", 0}}).ok());
    const auto first = events.ofRun(run);
    ASSERT_EQ(first->size(), 2u);
    EXPECT_GT((*first)[0].atMs, 0);
    EXPECT_EQ(events.ofRun(run, (*first)[0].id)->at(0).text, "three");
    EXPECT_EQ(events.newest(2)->at(0).text, "two");
    EXPECT_FALSE(events.append({{0, run, 5, "loud", "log", "x", 0}}).ok());
}

} // namespace
} // namespace winnow
