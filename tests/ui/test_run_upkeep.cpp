// Behaviours 5 and 7: what is changed of many runs is kept, undone and purged.
#include "core/base/options_io.h"
#include "ui/bridge/run_upkeep.h"
#include "ui/bridge/store_session.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace winnow::ui
{
namespace
{

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

} // namespace
} // namespace winnow::ui
