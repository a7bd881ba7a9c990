#include "core/run/process_executor.h"

#include "core/run/run_hold.h"
#include "core/run/run_scheduler.h"
#include "core/store/run_store.h"
#include "tests/core/store/store_folder.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <future>
#include <sstream>
#include <thread>

namespace winnow {
namespace {

using test::readFile;
using test::StoreFolder;

/// A child that stands for `winnow resume`: a shell script.
class Processes : public ::testing::Test {
protected:
    void SetUp() override { writer = std::move(StoreWriter::open(folder.file("a.db")).value()); }

    RunId queuedRun()
    {
        RunId id;
        EXPECT_TRUE(writer->execute([&](Database &db) -> Status {
            NewRun run;
            run.configJson = "{}";
            WINNOW_ASSIGN(id, RunStore(db).create(run));
            return {};
        }).ok());
        return id;
    }
    RunRecord stored(RunId run) const
    {
        auto db = Database::open(folder.file("a.db"));
        return RunStore(*db).get(run).value();
    }
    ProcessExecutor::Command script(const std::string &text) const
    {
        return [this, text](RunId run) -> Result<DetachedCommand> {
            return DetachedCommand{{"/bin/sh", "-c", text}, folder.file("runs/" + std::to_string(run.value) + "/run.log")};
        };
    }
    std::string waitForLog(const std::string &path) const
    {
        std::string text;
        while ((text = readFile(path)).find('\n') == std::string::npos)
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        return text;
    }

    StoreFolder folder;
    std::unique_ptr<StoreWriter> writer;
};

TEST_F(Processes, TheChildHasASessionOfItsOwnAndOutlivesTheExecutor)
{
    const RunId run = queuedRun();
    const std::string log = folder.file("runs/" + std::to_string(run.value) + "/run.log");
    {
        ProcessExecutor executor(*writer, script("read x; echo $$ $(cut -d' ' -f6 /proc/$$/stat) end; exec sleep 1000"));
        ASSERT_TRUE(executor.start(run, {}).ok());
        EXPECT_FALSE(executor.start(run, {}).ok());
        EXPECT_TRUE(executor.isActive(run));
        EXPECT_FALSE(executor.endsWithProgram());
        (void)waitForLog(log);
    }
    std::istringstream fields(waitForLog(log));
    pid_t pid = 0, session = 0;
    fields >> pid >> session;
    EXPECT_EQ(pid, session) << "read found nothing on standard input";
    ASSERT_EQ(kill(pid, 0), 0);
    kill(pid, SIGKILL);
    int status = 0;
    EXPECT_EQ(waitpid(pid, &status, 0), pid);
}

TEST_F(Processes, AChildThatNeverCameToItsRunFailsItWithTheReason)
{
    const RunId run = queuedRun();
    ProcessExecutor executor(*writer, script("echo; echo 'error: no engine'; exit 3"));
    std::promise<std::string> told;
    ASSERT_TRUE(executor.start(run, [&](RunId, const Status &s) { told.set_value(s.ok() ? "" : s.error().message); }).ok());
    const std::string message = told.get_future().get();
    executor.wait(run);
    EXPECT_FALSE(executor.isActive(run));
    EXPECT_NE(message.find("no engine"), std::string::npos) << message;
    EXPECT_EQ(stored(run).state, RunState::Failed);
    EXPECT_EQ(stored(run).error, message);
}

TEST_F(Processes, AProgramThatCannotBeStartedIsSaid)
{
    const RunId run = queuedRun();
    ProcessExecutor executor(*writer, [this](RunId) -> Result<DetachedCommand> {
        return DetachedCommand{{folder.file("nothing")}, folder.file("log")};
    });
    const Status status = executor.start(run, {});
    ASSERT_FALSE(status.ok());
    EXPECT_NE(status.error().message.find("nothing"), std::string::npos);
    EXPECT_FALSE(executor.isActive(run));
}

TEST_F(Processes, ClosingTheSchedulerLetsProcessesGoOn)
{
    const RunId run = queuedRun();
    const RunId next = queuedRun();
    RunScheduler scheduler;
    ProcessExecutor executor(*writer, script("echo $$; exec sleep 1000"));
    ASSERT_TRUE(scheduler.submit(run, executor).ok());
    ASSERT_TRUE(scheduler.submit(next, executor).ok());
    EXPECT_EQ(scheduler.drop(), (std::vector<RunId>{next}));
    scheduler.close(); // returns although the child works
    EXPECT_TRUE(executor.isActive(run));
    const pid_t pid = std::stoi(waitForLog(folder.file("runs/" + std::to_string(run.value) + "/run.log")));
    ASSERT_EQ(kill(pid, SIGKILL), 0);
    executor.wait(run);
    EXPECT_EQ(stored(next).state, RunState::Queued);
}

TEST_F(Processes, RequestsOfOtherProgramsReachTheRun)
{
    const RunId run = queuedRun();
    ASSERT_TRUE(writer->execute([&](Database &db) { return RunStore(db).claim(run, "", "cpu", 1); }).ok());
    StopFlag stop;
    const RunHold hold(*writer, run, stop);
    const auto ask = [&](RunRequest request, StopFlag::Request expected) {
        auto other = Database::open(folder.file("a.db"));
        ASSERT_TRUE(RunStore(*other).setRequest(run, request).ok());
        while (stop.request() != expected || *RunStore(*other).request(run) != RunRequest::None)
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
    };
    ask(RunRequest::Pause, StopFlag::Request::Pause);
    ask(RunRequest::Resume, StopFlag::Request::Run);
    ask(RunRequest::Pause, StopFlag::Request::Pause); // the same one again
    ask(RunRequest::Stop, StopFlag::Request::Stop);
    EXPECT_FALSE(hold.lost());
}

TEST_F(Processes, ARunThatAnotherProgramTookOverStopsHere)
{
    const RunId run = queuedRun();
    const std::string path = folder.file("a.db");
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork(); // before the threads of the hold begin
    if (child == 0) {
        char go = 0;
        if (read(ends[0], &go, 1) != 1)
            _exit(2);
        auto own = Database::open(path); // as after a sleep of this machine: taken for dead, and resumed elsewhere
        const bool taken = own.ok() && RunStore(*own).setState(run, RunState::Interrupted).ok()
            && RunStore(*own).claim(run, "", "cpu", 1).ok();
        _exit(taken ? 0 : 1);
    }
    ASSERT_TRUE(writer->execute([&](Database &db) { return RunStore(db).claim(run, "", "cpu", 1); }).ok());
    StopFlag stop;
    const RunHold hold(*writer, run, stop);
    ASSERT_EQ(write(ends[1], "g", 1), 1);
    int status = 1;
    waitpid(child, &status, 0);
    ASSERT_EQ(status, 0);
    while (!hold.lost() || !stop.stopRequested())
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    close(ends[0]);
    close(ends[1]);
}

} // namespace
} // namespace winnow
