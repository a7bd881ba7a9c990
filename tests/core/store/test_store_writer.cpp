#include "core/store/store_writer.h"

#include "core/store/event_store.h"
#include "core/store/metric_store.h"
#include "core/store/run_store.h"
#include "tests/core/store/store_folder.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <thread>

namespace winnow {
namespace {

using test::StoreFolder;

StoreWriter::Job event(const std::string &text)
{
    return [text](Database &db) { return EventStore(db).append({{0, {}, -1, "info", "log", text, 0}}); };
}

std::vector<std::string> texts(const std::string &path)
{
    auto db = Database::open(path);
    std::vector<std::string> all;
    const auto events = EventStore(*db).newest(-1);
    for (const EventRecord &e : events.value())
        all.push_back(e.text);
    return all;
}

TEST(StoreWriter, KeepsTheOrderAndFlushes)
{
    StoreFolder folder;
    auto writer = StoreWriter::open(folder.file("a.db"));
    ASSERT_TRUE(writer.ok());
    for (int i = 0; i < 2500; ++i)
        (*writer)->post(event(std::to_string(i)));
    ASSERT_TRUE((*writer)->flush().ok());
    const auto all = texts(folder.file("a.db"));
    ASSERT_EQ(all.size(), 2500u);
    for (int i = 0; i < 2500; ++i)
        ASSERT_EQ(all[static_cast<std::size_t>(i)], std::to_string(i));
    EXPECT_EQ((*writer)->state().waitingJobs, 0u);
    EXPECT_TRUE((*writer)->flush().ok());
}

TEST(StoreWriter, WritesWhatWaitsWhenClosed)
{
    StoreFolder folder;
    {
        auto writer = StoreWriter::open(folder.file("a.db"));
        for (int i = 0; i < 50; ++i)
            (*writer)->post(event("x"));
    }
    EXPECT_EQ(texts(folder.file("a.db")).size(), 50u);
}

TEST(StoreWriter, ARefusedJobIsReportedAndTakesNothingWithIt)
{
    StoreFolder folder;
    auto writer = StoreWriter::open(folder.file("a.db"));
    (*writer)->post(event("before"));
    (*writer)->post([](Database &db) { return MetricStore(db).append(RunId{99}, {{"loss", 1, 0.5, 0}}); });
    (*writer)->post(event("after"));
    EXPECT_FALSE((*writer)->flush().ok());
    EXPECT_TRUE((*writer)->flush().ok());
    EXPECT_EQ(texts(folder.file("a.db")), (std::vector<std::string>{"before", "after"}));
    EXPECT_FALSE((*writer)->execute([](Database &db) { return RunStore(db).rename(RunId{7}, "x"); }).ok());
    EXPECT_TRUE((*writer)->flush().ok());
    EXPECT_TRUE((*writer)->execute(event("last")).ok());
}

TEST(StoreWriter, AStoreThatCannotBeWrittenKeepsItsJobsAndGoesOn)
{
    StoreFolder folder;
    const std::string path = folder.file("a.db");
    StoreWriterSettings quick;
    quick.firstRetry = quick.longestRetry = std::chrono::milliseconds(5);
    auto writer = StoreWriter::open(path, quick);
    std::atomic<int> troubles = 0;
    std::atomic<int> recoveries = 0;
    (*writer)->onTrouble([&](const std::string &text) { ++(text.empty() ? recoveries : troubles); });
    // A job that fails as a full disk does, until the "disk" has room again.
    std::atomic<bool> full = true;
    (*writer)->post(event("first"));
    (*writer)->post([&](Database &db) -> Status {
        WINNOW_TRY(event("second")(db));
        if (!full)
            return {};
        db.noteFailure(SQLITE_FULL);
        return Error{"the disk is full"};
    });
    (*writer)->post(event("third"));
    EXPECT_EQ((*writer)->flush().error().message, "the disk is full");
    EXPECT_EQ((*writer)->state().trouble, "the disk is full");
    EXPECT_EQ((*writer)->state().waitingJobs, 3u);
    EXPECT_TRUE(texts(path).empty());
    full = false;
    Status status = (*writer)->flush();
    for (int i = 0; i < 100 && !status.ok(); ++i)
        status = (*writer)->flush();
    EXPECT_TRUE(status.ok());
    EXPECT_EQ(texts(path), (std::vector<std::string>{"first", "second", "third"}));
    EXPECT_EQ((*writer)->state().trouble, "");
    EXPECT_EQ(troubles, 1);
    EXPECT_EQ(recoveries, 1);
}

TEST(StoreWriter, KillLosesNothingThatWasAcknowledged)
{
    StoreFolder folder;
    const std::string path = folder.file("a.db");
    ASSERT_TRUE(Database::open(path).ok());
    std::int64_t acknowledged = 0;
    for (int round = 0; round < 8; ++round) {
        int ends[2];
        ASSERT_EQ(pipe(ends), 0);
        const pid_t child = fork();
        if (child == 0) {
            auto writer = StoreWriter::open(path);
            for (std::int64_t i = acknowledged;; ++i) {
                (*writer)->post(event(std::to_string(i)));
                if (i % 3 == 0 && (*writer)->flush().ok() && write(ends[1], &i, sizeof i) != sizeof i)
                    _exit(1);
            }
        }
        close(ends[1]);
        std::int64_t last = -1;
        for (int answers = 0; answers < 5 + 7 * round; ++answers)
            ASSERT_EQ(read(ends[0], &last, sizeof last), static_cast<ssize_t>(sizeof last));
        kill(child, SIGKILL);
        while (read(ends[0], &last, sizeof last) == static_cast<ssize_t>(sizeof last)) { }
        close(ends[0]);
        waitpid(child, nullptr, 0);

        auto db = Database::open(path);
        ASSERT_TRUE(db.ok()) << db.error().message;
        ASSERT_TRUE(db->check().ok());
        const auto all = texts(path);
        ASSERT_GT(static_cast<std::int64_t>(all.size()), last);
        for (std::size_t i = 0; i < all.size(); ++i)
            ASSERT_EQ(all[i], std::to_string(i));
        acknowledged = static_cast<std::int64_t>(all.size());
    }
}

} // namespace
} // namespace winnow
