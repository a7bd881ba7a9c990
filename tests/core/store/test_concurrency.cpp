#include "core/store/metric_store.h"
#include "core/store/run_store.h"
#include "core/store/store_writer.h"

#include "tests/core/store/store_folder.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <thread>

namespace winnow {
namespace {

using namespace std::chrono_literals;
using test::StoreFolder;

constexpr std::int64_t rowsPerSecond = 200;

/// Seconds of writing: a few in a test, 600 by tests/robustness/concurrency.
std::int64_t secondsOfWriting()
{
    const char *text = std::getenv("WINNOW_CONCURRENCY_SECONDS");
    return text ? std::atoll(text) : 3;
}

pid_t start(const std::function<int()> &body)
{
    const pid_t child = fork();
    if (child == 0)
        _exit(body());
    return child;
}

int statusOf(pid_t child)
{
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Writes its run's curve at the pace of a trainer; 0 when every row was taken without a word of trouble.
int writeCurve(const std::string &path, RunId run, std::int64_t rows)
{
    auto writer = StoreWriter::open(path);
    if (!writer.ok())
        return 2;
    std::atomic<bool> trouble = false;
    (*writer)->onTrouble([&](const std::string &) { trouble = true; });
    for (std::int64_t step = 1; step <= rows; ++step) {
        (*writer)->post([run, step](Database &db) { return MetricStore(db).append(run, {{"loss.train", step, 0.5, 1}}); });
        if (step % 50 == 0 && !(*writer)->flush().ok()) // as before a checkpoint
            return 3;
        std::this_thread::sleep_for(1000ms / rowsPerSecond);
    }
    return (*writer)->flush().ok() && !trouble ? 0 : 4;
}

/// Reads as a window does, with a connection that stays and ones that come and go, until the curve has all its rows.
int readCurve(const std::string &path, RunId run, std::int64_t rows)
{
    auto lasting = Database::open(path);
    if (!lasting.ok())
        return 2;
    std::size_t seen = 0;
    while (seen < static_cast<std::size_t>(rows)) {
        auto passing = Database::open(path);
        if (!passing.ok() || !RunStore(*passing).list().ok())
            return 3;
        const auto series = MetricStore(*lasting).series(run, "loss.train");
        if (!series.ok() || series->steps.size() < seen)
            return 4; // an error, or a row that was there is gone
        seen = series->steps.size();
        std::this_thread::sleep_for(20ms);
    }
    return 0;
}

// Behaviour 12. Each process checks every row and error it meets; the parent counts the rows of all at the end.
TEST(Behaviour12Concurrency, TwoWritersAndAReaderShareAStore)
{
    StoreFolder folder;
    const std::string path = folder.file("a.db");
    std::vector<RunId> runs;
    {
        auto db = Database::open(path);
        ASSERT_TRUE(db.ok()) << db.error().message;
        for (int i = 0; i < 2; ++i) {
            NewRun run;
            run.configJson = "{}";
            runs.push_back(RunStore(*db).create(run).value());
        }
    }
    const std::int64_t rows = rowsPerSecond * secondsOfWriting();
    const pid_t first = start([&] { return writeCurve(path, runs[0], rows); });
    const pid_t second = start([&] { return writeCurve(path, runs[1], rows); });
    const pid_t reader = start([&] { return readCurve(path, runs[0], rows); });
    const pid_t other = start([&] { return readCurve(path, runs[1], rows); });
    EXPECT_EQ(statusOf(first), 0);
    EXPECT_EQ(statusOf(second), 0);
    EXPECT_EQ(statusOf(reader), 0);
    EXPECT_EQ(statusOf(other), 0);

    auto db = Database::open(path);
    ASSERT_TRUE(db.ok());
    EXPECT_TRUE(db->check().ok());
    for (const RunId run : runs) {
        const auto series = MetricStore(*db).series(run, "loss.train");
        ASSERT_TRUE(series.ok());
        ASSERT_EQ(series->steps.size(), static_cast<std::size_t>(rows));
        for (std::size_t i = 0; i < series->steps.size(); ++i)
            ASSERT_EQ(series->steps[i], static_cast<std::int64_t>(i) + 1);
    }
    std::printf("%lld rows each by 2 writers at %lld a second, 2 readers: none lost\n", static_cast<long long>(rows),
                static_cast<long long>(rowsPerSecond));
}

} // namespace
} // namespace winnow
