#include "ui/models/runs_model.h"
#include "ui/models/samples_model.h"
#include "ui/models/thumbnails.h"
#include "ui/support/number_format.h"
#include "ui/support/ranking.h"
#include "ui/support/words.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include <gtest/gtest.h>

#include <cmath>

namespace winnow::ui {
namespace {

RunsData someRuns()
{
    RunsData data;
    const std::array<const char *, 3> methods = {"table", "net", "none"};
    for (int i = 0; i < 9; ++i) {
        RunRow row;
        row.record.id = RunId{i + 1};
        row.record.name = "run-" + std::to_string(i);
        row.record.stage = "bilevel";
        row.record.method = methods[static_cast<std::size_t>(i) % 3];
        row.record.seed = i;
        row.record.createdMs = 1;
        row.record.state = i == 8 ? RunState::Running : RunState::Finished;
        row.group = QString::fromStdString(row.record.method);
        row.optionsValid = true;
        if (i < 6)
            row.accuracy = Interval{0.5 + 0.05 * i, 0.4 + 0.05 * i, 0.6 + 0.05 * i};
        data.rows.push_back(row);
    }
    return data;
}

TEST(Models, runsModelKeepsTheRulesOfItemModels)
{
    RunsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setRuns(someRuns());
    EXPECT_EQ(model.rowCount(), 12); // 9 runs under 3 groups
    model.toggleGroup(0);
    EXPECT_EQ(model.rowCount(), 9);
    model.toggleGroup(0);
    model.sort(RunsModel::Accuracy, Qt::DescendingOrder);
    EXPECT_EQ(model.runAt(1)->record.name.substr(0, 4), "run-");
    model.setSelected({RunId{3}, RunId{99}});
    model.setRuns(someRuns());
    EXPECT_EQ(model.selected(), std::vector<RunId>{RunId{3}}) << "a run that is gone is no longer selected";
    model.setRuns({});
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(Models, queryFiltersAndNamesWhatIsWrong)
{
    const RunsData data = someRuns();
    const auto count = [&data](const QString &text) {
        const auto query = RunQuery::parse(text, nullptr);
        return query ? std::count_if(data.rows.begin(), data.rows.end(), [&](const RunRow &row) { return query->matches(row); }) : -1;
    };
    EXPECT_EQ(count({}), 9);
    EXPECT_EQ(count(QStringLiteral("mode = \"net\"")), 3);
    EXPECT_EQ(count(QStringLiteral("mode = net and seed > 3")), 2);
    EXPECT_EQ(count(QStringLiteral("acc_best8 >= 0.65")), 3);
    EXPECT_EQ(count(QStringLiteral("name ~ \"run-[12]\"")), 2);
    EXPECT_EQ(count(QStringLiteral("train.batch = 16")), 9);
    RunQuery::Problem problem;
    EXPECT_FALSE(RunQuery::parse(QStringLiteral("sed > 3"), &problem));
    EXPECT_EQ(problem.message, QStringLiteral("Unknown name 'sed'. Did you mean 'seed'?"));
    EXPECT_EQ(problem.length, 3);
    for (const char *bad : {"seed", "seed >", "seed > 3 mode = net", "= 3", "seed 3"})
        EXPECT_FALSE(RunQuery::parse(QLatin1String(bad), &problem)) << bad;
}

std::shared_ptr<SamplesData> someSamples()
{
    auto data = std::make_shared<SamplesData>();
    const std::size_t n = 40;
    data->run.record.totalSteps = 10;
    for (std::size_t i = 0; i < n; ++i) {
        SampleRecord sample;
        sample.key = "train#" + std::to_string(i);
        sample.subject = i % 2 ? "sum" : "largest";
        sample.labels = {true, i % 4 != 0};
        sample.steps = {"a", "b"};
        data->samples.push_back(sample);
        data->noise.push_back(i % 5 == 0 ? 1 : 0);
    }
    data->snapshotSteps = {0, 10};
    data->snapshots.push_back(std::vector<float>(n, 1.0F));
    std::vector<float> last;
    for (std::size_t i = 0; i < n; ++i)
        last.push_back(static_cast<float>((i * 7) % n) / 40);
    data->snapshots.push_back(last);
    data->lossEma.assign(n, 0.5F);
    data->minPGiven.assign(n, 0.5F);
    data->visitCount.assign(n, 1);
    data->lastVisit.assign(n, 3);
    std::vector<float> suspicion;
    for (const float w : last)
        suspicion.push_back(-w);
    data->rankers.push_back({QStringLiteral("Learned weight"), suspicion, {}, {}, {}});
    return data;
}

TEST(Models, samplesModelSortsByWeightAndFollowsScopeAndFilters)
{
    SelectionModel selection;
    Thumbnails thumbnails;
    SamplesModel model(selection, thumbnails, nullptr);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const auto data = someSamples();
    selection.reset(data->samples.size());
    selection.setIteration(10, nullptr);
    model.setSamples(data);
    ASSERT_EQ(model.rowCount(), 40);
    for (int row = 1; row < model.rowCount(); ++row)
        EXPECT_LE(model.weights()[model.sampleAt(row - 1)], model.weights()[model.sampleAt(row)]);
    selection.select({1, 2, 3}, SelectionModel::How::Replace, nullptr);
    model.setScope(SamplesModel::Scope::Selection);
    EXPECT_EQ(model.rowCount(), 3);
    model.setScope(SamplesModel::Scope::All);
    selection.setFilters({{QStringLiteral("sum"), QStringLiteral("subject"), QStringLiteral("sum"), 0, 0}}, nullptr);
    model.rebuild();
    EXPECT_EQ(model.rowCount(), 20);
    EXPECT_EQ(selection.count(), 3U) << "a filter does not change the selection";
    selection.setIteration(5, nullptr);
    model.rebuild();
    EXPECT_EQ(model.snapshotStep(), 0) << "the latest earlier snapshot";
}

TEST(Models, selectionCoalescesChangesAndUndoes)
{
    SelectionModel selection;
    selection.reset(10);
    QSignalSpy spy(&selection, &SelectionModel::changed);
    selection.select({1, 2}, SelectionModel::How::Replace, nullptr);
    selection.select({2, 3}, SelectionModel::How::Toggle, nullptr);
    selection.select({1}, SelectionModel::How::Remove, nullptr);
    EXPECT_EQ(selection.count(), 1U);
    EXPECT_EQ(selection.mask()[3], 1);
    ASSERT_TRUE(spy.wait(1000));
    EXPECT_EQ(spy.size(), 1);
    EXPECT_TRUE(selection.undo());
    EXPECT_EQ(selection.count(), 2U);
    EXPECT_TRUE(selection.undo());
    EXPECT_TRUE(selection.redo());
    EXPECT_EQ(selection.count(), 2U);
    selection.select({999}, SelectionModel::How::Add, nullptr);
    EXPECT_EQ(selection.count(), 2U) << "an index outside is left out";
}

TEST(NumberFormat, writesNumbersAsTheDesignSays)
{
    EXPECT_EQ(thousands(1402), QStringLiteral("1\u2009402"));
    EXPECT_EQ(thousands(-1234567), QStringLiteral("\u22121\u2009234\u2009567"));
    EXPECT_EQ(weightText(-0.098), QStringLiteral("\u22120.098"));
    EXPECT_EQ(weightText(-0.0001), QStringLiteral("0.000"));
    EXPECT_EQ(percentInterval({0.85, 0.815, 0.885}), QStringLiteral("85.0% [81.5, 88.5]"));
    EXPECT_EQ(rateText(0.9134), QStringLiteral(".913"));
    EXPECT_EQ(rateText(1.0), QStringLiteral("1.000"));
    EXPECT_EQ(pointsText(0.04), QStringLiteral("+4.0 pts"));
    EXPECT_EQ(pointsText(0.0125), QStringLiteral("+1.3 pts"));
    EXPECT_EQ(pointsText(-0.0115), QStringLiteral("−1.2 pts")) << "as it is written, not the double below";
    EXPECT_EQ(pValueText(0.0002), QStringLiteral("< .001"));
    EXPECT_EQ(durationText(54.8), QStringLiteral("54.8 s"));
    EXPECT_EQ(estimateText(54.2), QStringLiteral("55 s"));
    EXPECT_EQ(estimateText(59.9), QStringLiteral("60 s"));
    EXPECT_EQ(estimateText(252), QStringLiteral("4:12"));
    EXPECT_EQ(durationText(252), QStringLiteral("4:12"));
    EXPECT_EQ(durationText(4800), QStringLiteral("1 h 20 min"));
    EXPECT_EQ(weightText(std::nan("")), QStringLiteral("–"));
}

TEST(CoreWords, inEnglishAreWhatTheCoreSaid)
{
    for (const char *sentence : coreStrings())
        EXPECT_STREQ(coreWords(sentence).toUtf8().constData(), sentence);
    for (const char *text : {"a.json: none of its 3 rows can be used; row 2: field conversations is empty.",
                             "data.train is \"%1\"; it must be 1 or more"})
        EXPECT_STREQ(coreWords(text).toUtf8().constData(), text);
}

TEST(Ranking, leavesUnseenAndUnknownSamplesOut)
{
    const float nan = std::nanf("");
    const std::vector<float> suspicion{4, 3, nan, 1, 9};
    const std::vector<std::int8_t> noise{1, 1, 1, 0, -1};
    const auto area = aurocOf(suspicion, noise);
    ASSERT_TRUE(area);
    EXPECT_DOUBLE_EQ(area->value, 1.0);
    EXPECT_FALSE(aurocOf(suspicion, std::vector<std::int8_t>(5, 0)));
    EXPECT_FALSE(aurocOf(suspicion, {}));
    EXPECT_NEAR(effectiveSampleSize(std::vector<float>{1, 1, 1, 1}), 4, 1e-9);
    EXPECT_NEAR(effectiveSampleSize(std::vector<float>{1, 0, -3}), 1, 1e-9);
}

} // namespace
} // namespace winnow::ui
