#include "core/run/run_scheduler.h"
#include "core/run/thread_executor.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <stdexcept>

namespace winnow {
namespace {

/// Works until it is stopped; counts how often it was let go on.
RunWork untilStopped(std::atomic<int> &loops)
{
    return [&loops](RunId, StopFlag &stop) -> Status {
        while (stop.waitWhilePaused() != StopFlag::Request::Stop) {
            ++loops;
            std::this_thread::yield();
        }
        return {};
    };
}

TEST(ThreadExecutor, PauseResumeStop)
{
    std::atomic<int> loops = 0;
    std::atomic<int> ended = 0;
    ThreadExecutor executor(untilStopped(loops));
    const RunId run{1};
    ASSERT_TRUE(executor.start(run, [&](RunId, const Status &s) { ended += s.ok() ? 1 : 100; }).ok());
    EXPECT_FALSE(executor.start(run, {}).ok());
    EXPECT_TRUE(executor.isActive(run));
    ASSERT_TRUE(executor.pause(run).ok());
    ASSERT_TRUE(executor.resume(run).ok());
    while (loops == 0)
        std::this_thread::yield();
    ASSERT_TRUE(executor.stop(run).ok());
    executor.wait(run);
    EXPECT_EQ(ended, 1);
    EXPECT_FALSE(executor.isActive(run));
    EXPECT_FALSE(executor.stop(run).ok());
    // It may be started again (resume).
    ASSERT_TRUE(executor.start(run, {}).ok());
    ASSERT_TRUE(executor.stop(run).ok());
    executor.wait(run);
}

TEST(ThreadExecutor, ExceptionsBecomeErrors)
{
    ThreadExecutor executor([](RunId run, StopFlag &) -> Status {
        if (run == RunId{1})
            throw std::runtime_error("boom");
        throw 7;
    });
    std::promise<std::string> message;
    ASSERT_TRUE(executor.start(RunId{1}, [&](RunId, const Status &s) { message.set_value(s.error().message); }).ok());
    EXPECT_NE(message.get_future().get().find("boom"), std::string::npos);
    std::promise<bool> ok;
    ASSERT_TRUE(executor.start(RunId{2}, [&](RunId, const Status &s) { ok.set_value(s.ok()); }).ok());
    EXPECT_FALSE(ok.get_future().get());
}

TEST(ThreadExecutor, ClosingStopsAPausedRun)
{
    std::atomic<int> loops = 0;
    std::atomic<bool> ended = false;
    {
        ThreadExecutor executor(untilStopped(loops));
        ASSERT_TRUE(executor.start(RunId{1}, [&](RunId, const Status &) { ended = true; }).ok());
        ASSERT_TRUE(executor.pause(RunId{1}).ok());
    }
    EXPECT_TRUE(ended);
}

TEST(RunScheduler, OneAtATimeInOrder)
{
    std::mutex mutex;
    std::vector<std::int64_t> order;
    std::atomic<int> atOnce = 0;
    std::promise<void> release;
    std::promise<void> last;
    const auto gate = release.get_future().share();
    RunScheduler scheduler;
    ThreadExecutor executor([&, gate](RunId run, StopFlag &) -> Status {
        gate.wait();
        EXPECT_EQ(++atOnce, 1);
        {
            std::lock_guard lock(mutex);
            order.push_back(run.value);
        }
        --atOnce;
        return {};
    });
    for (std::int64_t i = 1; i <= 5; ++i)
        ASSERT_TRUE(scheduler.submit(RunId{i}, executor, [&, i](RunId, const Status &) {
            if (i == 5)
                last.set_value();
        }).ok());
    EXPECT_FALSE(scheduler.submit(RunId{3}, executor).ok());
    EXPECT_EQ(scheduler.active(), RunId{1});
    EXPECT_EQ(scheduler.waiting().size(), 4u);
    EXPECT_TRUE(*scheduler.cancel(RunId{4}));
    release.set_value();
    last.get_future().wait();
    scheduler.close();
    EXPECT_EQ(order, (std::vector<std::int64_t>{1, 2, 3, 5}));
    EXPECT_FALSE(scheduler.submit(RunId{9}, executor).ok());
}

} // namespace
} // namespace winnow
