#include "core/run/alert_monitor.h"

#include "core/run/run_recorder.h"
#include "core/store/event_store.h"
#include "core/store/run_store.h"
#include "tests/core/store/store_folder.h"

#include <gtest/gtest.h>

#include <cmath>

namespace winnow {
namespace {

using namespace std::chrono_literals;
using test::StoreFolder;

/// Behaviour 20: each alert becomes one event of the run, once per event.
class Behaviour20Alerts : public ::testing::Test {
protected:
    void SetUp() override
    {
        writer = std::move(StoreWriter::open(folder.file("a.db")).value());
        ASSERT_TRUE(writer->execute([&](Database &db) -> Status {
            NewRun created;
            created.configJson = "{}";
            WINNOW_ASSIGN(run, RunStore(db).create(created));
            return {};
        }).ok());
        limits.freeBytes = 0; // the disk of this machine is no matter of most tests
        limits.freeCheckpoints = 0;
    }
    std::unique_ptr<AlertMonitor> monitor()
    {
        return std::make_unique<AlertMonitor>(*writer, run, folder.path(), limits);
    }
    std::vector<EventRecord> alerts()
    {
        EXPECT_TRUE(writer->flush().ok());
        auto db = Database::open(folder.file("a.db"));
        return EventStore(*db).noticesAfter(0).value();
    }
    static void iterate(AlertMonitor &monitor, std::int64_t step, double loss, double seconds)
    {
        const MetricPoint points[] = {{"loss.train", loss}, {"time.iteration", seconds}};
        monitor.onMetrics(step, points);
        monitor.onProgress("training", step, 100);
    }

    StoreFolder folder;
    std::unique_ptr<StoreWriter> writer;
    RunId run;
    AlertLimits limits;
};

TEST_F(Behaviour20Alerts, ALossThatIsNoNumber)
{
    const auto m = monitor();
    iterate(*m, 1, 0.5, 0.1);
    EXPECT_TRUE(alerts().empty());
    iterate(*m, 2, std::nan(""), 0.1);
    iterate(*m, 3, INFINITY, 0.1);
    const auto raised = alerts();
    ASSERT_EQ(raised.size(), 1u) << "once per event";
    EXPECT_EQ(raised[0].step, 2) << "where the mark stands on the curve";
    EXPECT_EQ(raised[0].kind, "alert");
    EXPECT_EQ(raised[0].level, "error");
}

TEST_F(Behaviour20Alerts, NoProgressForTwentyUsualIterations)
{
    const auto m = monitor();
    const auto now = AlertMonitor::Clock::now();
    m->tick(now + 1h);
    EXPECT_TRUE(alerts().empty()) << "nothing is known of the usual time yet";
    iterate(*m, 7, 0.5, 3.0);
    m->tick(now + 55s);
    EXPECT_TRUE(alerts().empty());
    m->tick(now + 90s);
    m->tick(now + 120s);
    ASSERT_EQ(alerts().size(), 1u);
    EXPECT_EQ(alerts()[0].step, 7);
    iterate(*m, 8, 0.5, 3.0);
    m->onPaused(8);
    m->tick(now + 1h);
    EXPECT_EQ(alerts().size(), 1u) << "a pause is no stall";
    m->onResumed(8);
    m->tick(AlertMonitor::Clock::now() + 1h);
    EXPECT_EQ(alerts().size(), 2u);
}

TEST_F(Behaviour20Alerts, WhatTheEngineTellsIsKeptOnceAlsoAfterAResume)
{
    StopFlag stop;
    RunRecorder recorder(*writer, run, stop);
    const std::string text = "The weights have piled up.";
    recorder.onEvent(EventLevel::Warning, 20, text);
    recorder.onEvent(EventLevel::Warning, 20, text); // resumed from 15, the run came to 20 again
    EXPECT_EQ(alerts().size(), 1u);
    recorder.onEvent(EventLevel::Warning, 60, text); // another time
    EXPECT_EQ(alerts().size(), 2u);
    recorder.onEvent(EventLevel::Warning, -1, "3 of 200 rows are left out."); // stands with the run
    recorder.onEvent(EventLevel::Info, 70, "a line of the log");
    EXPECT_EQ(alerts().size(), 2u);
}

TEST_F(Behaviour20Alerts, ADiskThatIsAlmostFull)
{
    limits.freeCheckpoints = 2;
    const auto m = monitor();
    m->tick();
    EXPECT_TRUE(alerts().empty());
    m->onCheckpoint({10, folder.path(), std::uint64_t{1} << 60}); // no disk holds two of these
    m->tick(AlertMonitor::Clock::now() + 20s);
    m->tick(AlertMonitor::Clock::now() + 40s);
    ASSERT_EQ(alerts().size(), 1u);
    EXPECT_NE(alerts()[0].text.find(folder.path()), std::string::npos);
}

} // namespace
} // namespace winnow
