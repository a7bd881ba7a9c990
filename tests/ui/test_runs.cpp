// The runs page by the numbers of its behaviours: query, looks, groups, upkeep, many runs.
#include "core/base/options_io.h"
#include "core/base/resource_path.h"
#include "ui/bridge/run_upkeep.h"
#include "ui/bridge/store_session.h"
#include "ui/models/run_looks.h"
#include "ui/models/runs_model.h"
#include "ui/support/launch_estimate.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

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

RunRow finished(std::int64_t id, const char *method, double accuracy)
{
    RunRow row;
    row.record.id = RunId{id};
    row.record.name = std::string(method) + "-" + std::to_string(id);
    row.record.stage = "bilevel";
    row.record.method = method;
    row.record.seed = id % 5;
    row.record.state = RunState::Finished;
    row.record.createdMs = id;
    row.record.result.seconds = 50 + static_cast<double>(id);
    row.group = groupOfRun(row.record);
    row.optionsValid = true;
    row.options.seed = row.record.seed;
    row.accuracy = Interval{accuracy, accuracy - 0.03, accuracy + 0.03};
    return row;
}

std::int64_t matching(const QString &text, const RunRows &rows)
{
    RunQuery::Problem problem;
    const auto query = RunQuery::parse(text, &problem);
    EXPECT_TRUE(query) << text.toStdString() << ": " << problem.message.toStdString();
    return query ? std::count_if(rows.begin(), rows.end(), [&](const RunRow &row) { return query->matches(row); }) : -1;
}

RunQuery::Problem problemOf(const char *text)
{
    RunQuery::Problem problem;
    EXPECT_FALSE(RunQuery::parse(QString::fromUtf8(text), &problem)) << text;
    return problem;
}

RunRows sixRuns()
{
    RunRows rows;
    rows.push_back(finished(1, "net", 0.84));
    rows.push_back(finished(2, "net", 0.80));
    rows.push_back(finished(3, "net", 0.86));
    rows.push_back(finished(4, "table", 0.85));
    RunRow tagged = finished(6, "net", 0.9);
    tagged.record.tags = {"noise-30", "abl"};
    tagged.options.meta.gradientEma = 0.9;
    rows.push_back(tagged);
    RunRow open = finished(7, "net", 0);
    open.accuracy.reset();
    rows.push_back(open);
    return rows;
}

TEST(RunsQuery, behaviour2_filtersByOneLine)
{
    const RunRows rows = sixRuns();
    EXPECT_EQ(
        matching(QStringLiteral("mode = \"net\" and seed in (1,2) and acc_best8 > 0.83 and tag ~ \"noise\""), rows), 1);
    EXPECT_EQ(matching(QStringLiteral("mode = \"net\" and seed in (1,2)"), rows), 4);
    EXPECT_EQ(matching(QStringLiteral("acc_best8 > .83"), rows), 4);
    EXPECT_EQ(matching(QStringLiteral("acc_best8 != 0.84"), rows), 4)
        << "a run that was not evaluated meets no condition";
    EXPECT_EQ(matching(QStringLiteral("not mode = net or seed = 3"), rows), 2);
    EXPECT_EQ(matching(QStringLiteral("(mode = table or seed = 1) and acc_best8 > .845"), rows), 2);
    EXPECT_EQ(matching(QStringLiteral("tag != abl"), rows), 5);
    EXPECT_EQ(matching(QStringLiteral("tag = ABL"), rows), 1);
    EXPECT_EQ(matching(QStringLiteral("meta.gradient_ema >= .5"), rows), 1);
    EXPECT_EQ(matching(QStringLiteral("started = 1970-01-01 or started < 1980-01-01"), rows), 6);
    EXPECT_EQ(matching({}, rows), 6);
}

TEST(RunsQuery, behaviour2_anySettingIsUsableByItsKey)
{
    RunRow row = finished(1, "table", 0.8);
    row.options.name = row.record.name;
    for (const OptionInfo &option : optionSchema()) {
        const QString key = QString::fromStdString(option.key);
        const RunField *field = findRunField(key);
        ASSERT_TRUE(field) << option.key;
        const QString text = QStringLiteral("%1 = \"%2\"").arg(key, runValueText(row, *field));
        RunQuery::Problem problem;
        const auto query = RunQuery::parse(text, &problem);
        ASSERT_TRUE(query) << text.toStdString() << problem.message.toStdString();
        EXPECT_TRUE(query->matches(row)) << text.toStdString();
    }
}

TEST(RunsQuery, behaviour2_saysWhereAndWhatIsWrong)
{
    const auto unknown = problemOf("mode = net and sed > 3");
    EXPECT_EQ(unknown.message, QStringLiteral("Unknown name 'sed'. Did you mean 'seed'?"));
    EXPECT_EQ(unknown.from, 15);
    EXPECT_EQ(unknown.length, 3);
    const auto choice = problemOf("mode = tabel");
    EXPECT_TRUE(choice.message.endsWith(QStringLiteral("Did you mean 'table'?"))) << choice.message.toStdString();
    EXPECT_EQ(choice.from, 7);
    EXPECT_EQ(problemOf("seed > x").from, 7);
    EXPECT_EQ(problemOf("name > 3").from, 5);
    EXPECT_EQ(problemOf("tag ~ \"a(\"").from, 6);
    EXPECT_EQ(problemOf("seed in 1").from, 8);
    EXPECT_EQ(problemOf("seed in (1, 2").from, 8);
    EXPECT_EQ(problemOf("(seed = 1").from, 0);
    EXPECT_EQ(problemOf("tag = \"open").from, 6);
    EXPECT_EQ(problemOf("seed = 1 mode = net").from, 9);
    EXPECT_EQ(problemOf("started > yesterday").from, 10);
    for (const char *bad :
         {"seed", "seed >", "= 3", "seed 3", "and", "seed = 1 and", "seed in ()", "not", "()", ")", "seed = 1)"})
        EXPECT_FALSE(problemOf(bad).message.isEmpty()) << bad;
}

TEST(RunsQuery, behaviour2_completesNamesSignsAndValues)
{
    const RunRows rows = sixRuns();
    const auto words = [&rows](const char *text) {
        const QString own = QString::fromUtf8(text);
        return RunQuery::complete(own, static_cast<int>(own.size()), rows).words;
    };
    EXPECT_EQ(words("acc").value(0), QStringLiteral("acc_best8"));
    EXPECT_TRUE(words("").contains(QStringLiteral("seed")));
    EXPECT_TRUE(words("gradient_e").contains(QStringLiteral("meta.gradient_ema"))) << "a part in the middle is enough";
    EXPECT_TRUE(words("seed ").contains(QStringLiteral(">=")));
    EXPECT_FALSE(words("mode ").contains(QStringLiteral(">=")));
    EXPECT_EQ(words("mode = "),
              (QStringList{QStringLiteral("none"), QStringLiteral("domain"), QStringLiteral("table"),
                           QStringLiteral("net")}));
    EXPECT_TRUE(words("tag ~ \"noi").contains(QStringLiteral("noise-30")));
    EXPECT_EQ(words("mode = net "), (QStringList{QStringLiteral("and"), QStringLiteral("or")}));
    EXPECT_TRUE(words("seed in (1, ").contains(QStringLiteral("2")));
    EXPECT_TRUE(words("mode = net and s").contains(QStringLiteral("seed")));
    const auto place = RunQuery::complete(QStringLiteral("mode = net and sta"), 18, rows);
    EXPECT_EQ(place.from, 15);
    EXPECT_EQ(place.length, 3);
}

TEST(RunsLooks, behaviour5_noTwoOfTwelveShareColourAndDash)
{
    std::vector<RunRow> rows;
    for (int i = 30; i > 0; --i)
        rows.push_back(finished(i, i % 3 == 0 ? "net" : "table", 0.8));
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
    rows.push_back(finished(31, "table", 0.8));
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
    std::vector<RunRow> rows{finished(1, "table", 0.8), finished(2, "net", 0.8)};
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
        data.rows.push_back(finished(static_cast<std::int64_t>(i) + 1, "net", net[i]));
    RunRow running = finished(9, "net", 0.1);
    running.record.state = RunState::Running;
    data.rows.push_back(running);
    RunRow other = finished(10, "net", 0.5);
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
        data.rows.push_back(finished(i, "net", 0.8 + 0.01 * i));
    model.setRuns(data);
    model.sort(RunsModel::Accuracy, Qt::DescendingOrder);
    EXPECT_EQ(model.runAt(1)->id(), RunId{4});
    RunsData later;
    for (int i = 1; i <= 5; ++i)
        later.rows.push_back(finished(i, "net", i == 1 ? 0.9 : 0.8 + 0.01 * i));
    model.setRuns(later, true);
    EXPECT_EQ(model.runAt(1)->id(), RunId{5}) << "a new run comes first";
    EXPECT_EQ(model.runAt(2)->id(), RunId{4});
    EXPECT_EQ(model.runAt(5)->id(), RunId{1});
    EXPECT_EQ(model.moved(), 5);
    model.sortNow();
    EXPECT_EQ(model.runAt(1)->id(), RunId{1});
    EXPECT_EQ(model.moved(), 0);
}

/// A store with runs that have folders with files, and what the window reads of it.
class Upkeep : public testing::Test
{
protected:
    void SetUp() override
    {
        ASSERT_TRUE(m_session.open(m_folder.filePath(QStringLiteral("a.db"))).ok());
        auto db = Database::open(m_session.path().toStdString());
        for (const char *name : {"a", "b", "c"}) {
            RunOptions options;
            options.name = name;
            const RunId id = *RunStore(*db).create({.project = {},
                                                    .parent = {},
                                                    .name = name,
                                                    .configJson = optionsToJson(options),
                                                    .stage = "bilevel",
                                                    .method = "table",
                                                    .seed = 1,
                                                    .command = "winnow run",
                                                    .codeVersion = "0.1.0",
                                                    .environment = "{}",
                                                    .device = {},
                                                    .threads = 1,
                                                    .totalSteps = 10,
                                                    .tags = {"old"},
                                                    .note = "first"});
            const RunRecord record = *RunStore(*db).get(id);
            const QString folder = m_folder.filePath(QStringLiteral("runs/") + QString::fromStdString(record.uuid));
            ASSERT_TRUE(QDir().mkpath(folder));
            QFile file(folder + QStringLiteral("/model.bin"));
            ASSERT_TRUE(file.open(QIODevice::WriteOnly));
            file.write(QByteArray(1000, 'x'));
            ASSERT_TRUE(RunStore(*db).claim(id, folder.toStdString(), "CPU", 1).ok());
            ASSERT_TRUE(RunStore(*db).setState(id, RunState::Finished).ok());
        }
    }
    RunsData read()
    {
        RunsData data;
        bool there = false;
        m_session.request<RunsData>(
            &m_context, [](StoreReader &reader) { return reader.runs(); },
            [&](Result<RunsData> result) {
                ASSERT_TRUE(result.ok()) << result.error().message;
                data = std::move(result).value();
                there = true;
            });
        EXPECT_TRUE(QTest::qWaitFor([&] { return there; }, 20000));
        return data;
    }
    static std::vector<const RunRow *> rowsOf(const RunsData &data)
    {
        std::vector<const RunRow *> rows;
        for (const RunRow &row : data.rows)
            rows.push_back(&row);
        return rows;
    }
    void waitFor(QSignalSpy &spy, int count)
    {
        ASSERT_TRUE(QTest::qWaitFor([&] { return spy.size() >= count; }, 20000));
    }
    QTemporaryDir m_folder;
    StoreSession m_session;
    QObject m_context;
    RunUpkeep m_upkeep{m_session};
};

TEST_F(Upkeep, behaviour7_everyChangeOfManyRunsIsUndoneAndDoneAgain)
{
    QSignalSpy spy(&m_upkeep, &RunUpkeep::done);
    const RunsData before = read();
    const auto rows = rowsOf(before);
    ASSERT_EQ(rows.size(), 3u);
    m_upkeep.rename(rows, QStringLiteral("x-{name}-{n}"));
    m_upkeep.setTags(rows, {QStringLiteral("new")}, {QStringLiteral("old")});
    m_upkeep.setNote(rows, QStringLiteral("second"), true);
    m_upkeep.setArchived(rows, true);
    m_upkeep.setDeleted(rows, true);
    waitFor(spy, 5);
    RunsData now = read();
    for (const RunRow &row : now.rows) {
        EXPECT_EQ(row.record.name.substr(0, 2), "x-");
        EXPECT_EQ(row.record.tags, std::vector<std::string>{"new"});
        EXPECT_EQ(row.record.note, "first\nsecond");
        EXPECT_TRUE(row.record.archived);
        EXPECT_TRUE(row.deleted);
    }
    for (int i = 0; i < 5; ++i)
        m_upkeep.undo();
    waitFor(spy, 10);
    now = read();
    ASSERT_EQ(now.rows.size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(now.rows[i].record.name, before.rows[i].record.name);
        EXPECT_EQ(now.rows[i].record.tags, before.rows[i].record.tags);
        EXPECT_EQ(now.rows[i].record.note, "first");
        EXPECT_FALSE(now.rows[i].record.archived);
        EXPECT_FALSE(now.rows[i].deleted);
    }
    EXPECT_FALSE(m_upkeep.canUndo());
    m_upkeep.redo();
    waitFor(spy, 11);
    EXPECT_EQ(read().rows[0].record.name.substr(0, 2), "x-");
}

TEST_F(Upkeep, behaviour7_aRefusedChangeChangesNoRun)
{
    QSignalSpy spy(&m_upkeep, &RunUpkeep::done);
    {
        auto db = Database::open(m_session.path().toStdString());
        NewRun active;
        active.name = "active";
        active.configJson = optionsToJson(RunOptions());
        active.stage = "bilevel";
        const RunId id = *RunStore(*db).create(active);
        ASSERT_TRUE(RunStore(*db).claim(id, {}, "CPU", 1).ok());
    }
    const RunsData data = read();
    m_upkeep.setDeleted(rowsOf(data), true);
    waitFor(spy, 1);
    EXPECT_FALSE(spy[0][1].toBool());
    for (const RunRow &row : read().rows)
        EXPECT_FALSE(row.deleted);
    EXPECT_FALSE(m_upkeep.canUndo());
}

TEST_F(Upkeep, behaviour7_purgeRemovesCheckpointsAndReportsTheBytes)
{
    QSignalSpy spy(&m_upkeep, &RunUpkeep::done);
    const RunsData data = read();
    std::vector<RunRecord> records;
    for (const RunRow &row : data.rows)
        records.push_back(row.record);
    EXPECT_EQ(RunUpkeep::folderBytes(records), 3000u);
    m_upkeep.purge({&data.rows[0], &data.rows[1]});
    waitFor(spy, 1);
    EXPECT_EQ(spy[0][0].toString(), QStringLiteral("Purged 2 runs, %1 freed").arg(megabytes(2000)));
    EXPECT_FALSE(QFile::exists(QString::fromStdString(data.rows[0].record.folder)));
    EXPECT_TRUE(QFile::exists(QString::fromStdString(data.rows[2].record.folder)));
    EXPECT_EQ(read().rows.size(), 1u);
}

TEST_F(Upkeep, behaviour7_purgeLeavesAFolderThatIsNotTheRunsOwn)
{
    QSignalSpy spy(&m_upkeep, &RunUpkeep::done);
    RunRow row = read().rows[0];
    row.record.folder = m_folder.path().toStdString(); // as a store from elsewhere might say
    EXPECT_EQ(RunUpkeep::folderBytes({row.record}), 0u);
    m_upkeep.purge({&row});
    waitFor(spy, 1);
    EXPECT_TRUE(QFile::exists(m_session.path())) << "nothing but the run's own folder is removed";
    EXPECT_TRUE(spy[0][0].toString().contains(QStringLiteral("was left")));
}

TEST_F(Upkeep, behaviour5_hideAndPinAreKept)
{
    QSignalSpy spy(&m_upkeep, &RunUpkeep::done);
    const RunsData data = read();
    RunLookRecord look = data.rows[0].stored;
    look.visible = false;
    m_upkeep.setLooks(QStringLiteral("hid"), {&data.rows[0]}, {look});
    look = data.rows[1].stored;
    look.pinned = true;
    look.hue = 3;
    look.dash = 1;
    m_upkeep.setLooks(QStringLiteral("pinned"), {&data.rows[1]}, {look});
    waitFor(spy, 2);
    StoreSession again; // as the next start
    ASSERT_TRUE(again.open(m_session.path()).ok());
    RunsData kept;
    bool there = false;
    again.request<RunsData>(
        &m_context, [](StoreReader &reader) { return reader.runs(); },
        [&](Result<RunsData> result) {
            kept = std::move(result).value();
            there = true;
        });
    ASSERT_TRUE(QTest::qWaitFor([&] { return there; }, 20000));
    EXPECT_FALSE(kept.rows[0].visible);
    EXPECT_TRUE(kept.rows[1].pinned);
    EXPECT_EQ(kept.rows[1].look, (SeriesLook{3, 1, false}));
}

TEST(LaunchEstimates, behaviour8_timeComesFromEarlierRunsOnTheDeviceAndMemoryFromTheSizes)
{
    RunOptions options;
    options.threads = 1;
    EXPECT_FALSE(estimateLaunch(options, {}, {}).seconds);
    EXPECT_FALSE(estimateLaunch(options, {}, {}).noSizes.empty());
    RunRow run = finished(1, "table", 0.8);
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
}

TEST(ManyRuns, behaviour1_tenThousandRunsBySixtyColumns)
{
    RunsData data;
    std::vector<RunRow> rows;
    for (int i = 10000; i > 0; --i) {
        rows.push_back(finished(i, i % 2 ? "net" : "table", 0.5 + (i * 7919 % 1000) / 2500.0));
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

int main(int argc, char **argv)
{
    // On the stack, so that it goes before Qt's own statics do.
    QApplication application(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
