// Behaviours 1, 4, 5, 6 and 18: how runs look, are grouped, ordered and counted.
#include "tests/support/made_up_runs.h"
#include "ui/models/run_fields.h"
#include "ui/models/run_looks.h"
#include "ui/models/run_query.h"
#include "ui/models/runs_model.h"

#include <QAbstractItemModelTester>

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cmath>
#include <iostream>
#include <map>
#include <set>

namespace winnow::ui
{
namespace
{

using test::finishedRun;
using test::sixRuns;

TEST(RunsLooks, behaviour5_noTwoOfTwelveShareColourAndDash)
{
    std::vector<RunRow> rows;
    for (int i = 30; i > 0; --i)
        rows.push_back(finishedRun(i, i % 3 == 0 ? "net" : "table", 0.8));
    assignLooks(rows);
    std::set<std::pair<int, int>> looks;
    std::size_t drawn = 0;
    for (const RunRow &row : rows)
        if (row.visible) {
            ++drawn;
            EXPECT_GT(row.id().value, 18) << "the newest are drawn";
            EXPECT_FALSE(row.look.neutral);
            EXPECT_TRUE(looks.emplace(row.look.hue, row.look.dash).second) << "run " << row.id().value;
        }
    EXPECT_EQ(drawn, mostDrawn);

    // Kept looks stay when newer runs come; one more that is asked for is drawn in grey.
    for (const RunLookRecord &look : looksToKeep(RunRows(rows)))
        for (RunRow &row : rows)
            if (row.id() == look.run)
                row.stored = look;
    std::map<RunId, SeriesLook> before;
    for (RunRow &row : rows)
        if (row.visible) {
            before[row.id()] = row.look;
            row.stored.visible = true;
        }
    rows.push_back(finishedRun(31, "table", 0.8));
    rows.back().stored = {.run = RunId{31}, .hue = {}, .dash = 0, .visible = true, .pinned = false};
    rows.front().stored.run = rows.front().id();
    assignLooks(rows);
    for (const RunRow &row : rows)
        if (before.contains(row.id())) {
            EXPECT_EQ(row.look, before.at(row.id()));
        }
    EXPECT_TRUE(rows.back().visible);
    EXPECT_TRUE(rows.back().look.neutral);
    EXPECT_TRUE(looksToKeep(RunRows(rows)).empty());
}

TEST(RunsLooks, behaviour5_twoKeptLooksThatClashAreSeparated)
{
    std::vector<RunRow> rows{finishedRun(1, "table", 0.8), finishedRun(2, "net", 0.8)};
    for (RunRow &row : rows)
        row.stored = {.run = row.id(), .hue = 2, .dash = 1, .visible = true, .pinned = false};
    assignLooks(rows);
    EXPECT_EQ(rows[0].look, (SeriesLook{2, 1, false}));
    EXPECT_NE(rows[1].look, rows[0].look);
    std::array<SeriesLook, 3> same{SeriesLook{1, 1, false}, SeriesLook{1, 1, false}, SeriesLook{1, 1, true}};
    separateLooks({&same[0], &same[1], &same[2]});
    EXPECT_NE(same[0], same[1]);
    EXPECT_NE(same[1], same[2]);
    EXPECT_NE(same[0], same[2]);
}

TEST(RunsGroups, behaviour6_groupFiguresEqualAReferenceComputation)
{
    RunsData data;
    const std::vector<double> net{0.85, 0.86, 0.81};
    for (std::size_t i = 0; i < net.size(); ++i)
        data.rows.push_back(finishedRun(static_cast<std::int64_t>(i) + 1, "net", net[i]));
    RunRow running = finishedRun(9, "net", 0.1);
    running.record.state = RunState::Running;
    data.rows.push_back(running);
    RunRow other = finishedRun(10, "net", 0.5);
    other.options.train.batch = 4;
    data.rows.push_back(other);
    RunsModel model;
    model.setRuns(data);
    model.setGroupBy(QStringLiteral("train.batch"));
    const QString group = QStringLiteral("%1: 16").arg(findRunField(QStringLiteral("train.batch"))->label);
    const auto figure = model.groupFigure(group, RunsModel::Accuracy);
    long double sum = 0;
    for (const double v : net)
        sum += v;
    const long double mean = sum / 3;
    long double squares = 0;
    for (const double v : net)
        squares += (v - mean) * (v - mean);
    const long double sd = std::sqrt(squares / 2);
    const long double half = 4.302652729696142L * sd / std::sqrt(3.0L); // t(0.975, 2)
    EXPECT_EQ(figure.spread.n, 3);
    EXPECT_NEAR(figure.spread.mean, static_cast<double>(mean), 1e-9);
    EXPECT_NEAR(figure.spread.sd, static_cast<double>(sd), 1e-9);
    EXPECT_NEAR(figure.interval.low, static_cast<double>(mean - half), 1e-9);
    EXPECT_NEAR(figure.interval.high, static_cast<double>(mean + half), 1e-9);
    EXPECT_EQ(std::get<GroupCell>(model.index(2, RunsModel::Name).data(CellRole).value<Cell>()).name, group);
    EXPECT_EQ(std::get<TextCell>(model.index(2, RunsModel::Accuracy).data(CellRole).value<Cell>()).text,
              QStringLiteral("84.0 ± 2.6%"));
    model.setSpread(RunsModel::Spread::Interval);
    EXPECT_EQ(std::get<TextCell>(model.index(2, RunsModel::Accuracy).data(CellRole).value<Cell>()).text,
              QStringLiteral("84.0% [77.4, 90.6]"));
}

TEST(RunsGroups, behaviour4_settingsThatDifferComeFirst)
{
    const VaryingSettings settings = varyingSettings(sixRuns());
    EXPECT_EQ(settings.differ, QStringList{QStringLiteral("meta.gradient_ema")});
    EXPECT_FALSE(settings.same.contains(QStringLiteral("meta.gradient_ema")));
    EXPECT_TRUE(settings.same.contains(QStringLiteral("train.batch")));
}

TEST(RunsModelRules, fieldColumnsKeepTheRulesOfItemModels)
{
    RunsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    RunsData data;
    data.rows = sixRuns();
    model.setRuns(data);
    model.setFieldColumns(
        {QStringLiteral("meta.gradient_ema"), QStringLiteral("no such field"), QStringLiteral("note")});
    EXPECT_EQ(model.columnCount(), RunsModel::ColumnCount + 2);
    EXPECT_EQ(model.headerData(RunsModel::ColumnCount, Qt::Horizontal, Qt::DisplayRole),
              QStringLiteral("meta.gradient_ema"));
    model.sort(RunsModel::ColumnCount, Qt::DescendingOrder);
    EXPECT_EQ(model.runAt(3)->id(), RunId{6}) << "the largest value stands first in its group";
    for (const char *key : {"seed", "state", "tag", "", "weighting"})
        model.setGroupBy(QLatin1String(key));
    model.setQuery(*RunQuery::parse(QStringLiteral("mode = table"), nullptr));
    EXPECT_EQ(model.shown(), 1);
    model.selectRange(0, 5);
    EXPECT_EQ(model.selected(), std::vector<RunId>{RunId{4}});
}

TEST(RunsModelRules, behaviour18_rowsStayWhereTheyAreWhileThePointerIsInside)
{
    RunsModel model;
    RunsData data;
    for (int i = 1; i <= 4; ++i)
        data.rows.push_back(finishedRun(i, "net", 0.8 + 0.01 * i));
    model.setRuns(data);
    model.sort(RunsModel::Accuracy, Qt::DescendingOrder);
    EXPECT_EQ(model.runAt(1)->id(), RunId{4});
    RunsData later;
    for (int i = 1; i <= 5; ++i)
        later.rows.push_back(finishedRun(i, "net", i == 1 ? 0.9 : 0.8 + 0.01 * i));
    model.setRuns(later, true);
    EXPECT_EQ(model.runAt(1)->id(), RunId{5}) << "a new run comes first";
    EXPECT_EQ(model.runAt(2)->id(), RunId{4});
    EXPECT_EQ(model.runAt(5)->id(), RunId{1});
    EXPECT_EQ(model.moved(), 5);
    model.sortNow();
    EXPECT_EQ(model.runAt(1)->id(), RunId{1});
    EXPECT_EQ(model.moved(), 0);
}

TEST(ManyRuns, behaviour1_tenThousandRunsBySixtyColumns)
{
    RunsData data;
    std::vector<RunRow> rows;
    for (int i = 10000; i > 0; --i) {
        rows.push_back(finishedRun(i, i % 2 ? "net" : "table", 0.5 + (i * 7919 % 1000) / 2500.0));
        rows.back().options.meta.gradientEma = i % 10 / 10.0;
    }
    data.rows = RunRows(std::move(rows));
    RunsModel model;
    const auto timed = [](const char *what, auto body) {
        const auto begun = std::chrono::steady_clock::now();
        body();
        const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
        std::cout << "behaviour 1, 10 000 runs, " << what << ": " << ms << " ms\n";
    };
    timed("set", [&] { model.setRuns(data); });
    QStringList keys;
    for (const RunField &field : runFields())
        keys << field.key;
    timed("60 columns", [&] { model.setFieldColumns(keys.mid(0, 50)); });
    EXPECT_EQ(model.columnCount(), 60);
    timed("sort by accuracy", [&] { model.sort(RunsModel::Accuracy, Qt::DescendingOrder); });
    timed("sort by name", [&] { model.sort(RunsModel::Name, Qt::AscendingOrder); });
    timed("sort by a setting", [&] { model.sort(RunsModel::ColumnCount + 40, Qt::DescendingOrder); });
    timed("filter", [&] {
        model.setQuery(*RunQuery::parse(
            QStringLiteral("mode = net and meta.gradient_ema > .5 and acc_best8 > 0.6 and name ~ \"net\""), nullptr));
    });
    EXPECT_LT(model.shown(), 10000);
    EXPECT_GT(model.shown(), 100);
    timed("group by a setting", [&] { model.setGroupBy(QStringLiteral("meta.gradient_ema")); });
    timed("no filter", [&] { model.setQuery({}); });
    EXPECT_EQ(model.shown(), 10000);
    timed("select all", [&] { model.setSelected(model.shownRuns()); });
    EXPECT_EQ(model.selected().size(), 10000u);
}

} // namespace
} // namespace winnow::ui
