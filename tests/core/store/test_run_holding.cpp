#include "core/store/process_mark.h"
#include "core/store/run_store.h"

#include "tests/core/store/store_folder.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>

namespace winnow {
namespace {

using test::StoreFolder;

/// Runs `body` in a process of its own; true when it returned true.
bool elsewhere(const std::function<bool()> &body)
{
    const pid_t child = fork();
    if (child == 0)
        _exit(body() ? 0 : 1);
    int status = 1;
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST(ProcessMark, ALaterProcessOfTheSameNumberIsAnother)
{
    const ProcessMark own = ProcessMark::own();
    EXPECT_EQ(own.pid, getpid());
    EXPECT_EQ(lifeOf(own), ProcessLife::Alive);
    ProcessMark later = own;
    later.mark += "1"; // started at another tick
    EXPECT_EQ(lifeOf(later), ProcessLife::Dead);
    ProcessMark beforeReboot = own;
    beforeReboot.mark[0] = own.mark[0] == '0' ? '1' : '0';
    EXPECT_EQ(lifeOf(beforeReboot), ProcessLife::Dead);
    ProcessMark container = own;
    container.mark.insert(container.mark.find("pid:["), "other-");
    EXPECT_EQ(lifeOf(container), ProcessLife::Unknown);
    ProcessMark away = own;
    away.host += "-other";
    EXPECT_EQ(lifeOf(away), ProcessLife::Unknown);
}

TEST(ProcessMark, AnEndedProcessIsDeadBeforeItsParentHasWaited)
{
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
        const std::string mark = ProcessMark::own().mark;
        _exit(write(ends[1], mark.data(), mark.size()) == static_cast<ssize_t>(mark.size()) ? 0 : 1);
    }
    std::string mark(256, '\0');
    mark.resize(static_cast<std::size_t>(read(ends[0], mark.data(), mark.size())));
    siginfo_t info{};
    ASSERT_EQ(waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT), 0); // it stays a zombie
    EXPECT_EQ(lifeOf({child, ProcessMark::own().host, mark}), ProcessLife::Dead);
    waitpid(child, nullptr, 0);
    close(ends[0]);
    close(ends[1]);
}

class Holding : public ::testing::Test {
protected:
    Holding() : db(Database::open(folder.file("a.db")).value()), runs(db)
    {
        NewRun run;
        run.configJson = "{}";
        id = runs.create(run).value();
    }
    bool claimElsewhere() const
    {
        return elsewhere([this] {
            auto own = Database::open(folder.file("a.db"));
            return own.ok() && RunStore(*own).claim(id, "", "cpu", 1).ok();
        });
    }

    StoreFolder folder;
    Database db;
    RunStore runs;
    RunId id;
};

TEST_F(Holding, TwoProgramsNeverHoldOneRun)
{
    ASSERT_TRUE(runs.claim(id, "", "cpu", 1).ok());
    EXPECT_TRUE(*runs.heldHere(id));
    EXPECT_TRUE(runs.get(id)->held());
    EXPECT_FALSE(claimElsewhere());
    ASSERT_TRUE(runs.setState(id, RunState::Paused).ok());
    EXPECT_FALSE(claimElsewhere()) << "its process waits in the pause";
    EXPECT_FALSE(runs.get(id)->resumable());
}

TEST_F(Holding, ARunLeftPausedWaitsForTheNextProgram)
{
    ASSERT_TRUE(runs.claim(id, "", "cpu", 1).ok());
    ASSERT_TRUE(runs.leavePaused(id).ok());
    EXPECT_EQ(runs.get(id)->state, RunState::Paused);
    EXPECT_FALSE(runs.get(id)->held());
    EXPECT_TRUE(runs.get(id)->resumable());
    EXPECT_FALSE(*runs.heldHere(id));
    EXPECT_TRUE(runs.markInterrupted()->empty()) << "nobody died";
    EXPECT_TRUE(claimElsewhere());
    EXPECT_EQ(runs.get(id)->state, RunState::Running);
    EXPECT_FALSE(*runs.heldHere(id));
    EXPECT_EQ(*runs.abandoned(), (std::vector<RunId>{id})) << "that program has ended";
    EXPECT_EQ(*runs.markInterrupted(), (std::vector<RunId>{id}));
}

TEST_F(Holding, RequestsAreKeptUntilTheyAreFollowed)
{
    ASSERT_TRUE(runs.setRequest(id, RunRequest::Pause).ok()) << "a queued run may be asked too";
    ASSERT_TRUE(runs.claim(id, "", "cpu", 1).ok());
    EXPECT_EQ(*runs.request(id), RunRequest::Pause);
    ASSERT_TRUE(runs.setRequest(id, RunRequest::Discard).ok());
    EXPECT_EQ(runs.request(id).value(), RunRequest::Discard);
    ASSERT_TRUE(runs.setRequest(id, RunRequest::Stop).ok());
    ASSERT_TRUE(runs.clearRequest(id, RunRequest::Pause).ok());
    EXPECT_EQ(*runs.request(id), RunRequest::Stop) << "a newer request stays";
    EXPECT_EQ(runs.get(id)->request, RunRequest::Stop);
    ASSERT_TRUE(runs.setState(id, RunState::Stopped).ok());
    EXPECT_EQ(*runs.request(id), RunRequest::None) << "a later resume must not be stopped by it";
    EXPECT_FALSE(runs.setRequest(id, RunRequest::Pause).ok());
    EXPECT_FALSE(runs.setRequest(RunId{99}, RunRequest::Pause).ok());
}

TEST_F(Holding, OtherProgramsSeeThatTheStoreChanged)
{
    const std::int64_t before = *db.changeNumber();
    EXPECT_EQ(*db.changeNumber(), before);
    ASSERT_TRUE(claimElsewhere());
    EXPECT_NE(*db.changeNumber(), before);
}

TEST(Migration0002, OpensAStoreOfVersion1)
{
    StoreFolder folder;
    const std::string path = folder.file("old.db");
    sqlite3 *old = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &old), SQLITE_OK);
    const std::string schema = test::readFile(WINNOW_SOURCE_DIR "/resources/migrations/0001_initial.sql")
        + "PRAGMA application_id = 1464421966; PRAGMA user_version = 1;"
          "INSERT INTO runs (uuid, project_id, name, state, config_json, stage, method, seed, command, code_version, "
          "environment, device, pid, host, created_ms) VALUES ('u', 1, 'old', 'running', '{}', '', '', 1, '', '', '{}', "
          "'', 0, 'gone', 1), ('v', 1, 'older', 'finished', '{}', '', '', 1, '', '', '{}', '', 0, 'gone', 1);";
    char *message = nullptr;
    ASSERT_EQ(sqlite3_exec(old, schema.c_str(), nullptr, nullptr, &message), SQLITE_OK) << message;
    ASSERT_EQ(sqlite3_exec(old, ("UPDATE runs SET pid = 4194305, host = '" + ProcessMark::own().host + "'").c_str(),
                           nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(old);

    auto db = Database::open(path);
    ASSERT_TRUE(db.ok()) << db.error().message;
    EXPECT_EQ(db->version(), currentStoreVersion());
    RunStore runs(*db);
    EXPECT_EQ(runs.find("old")->processMark, "");
    EXPECT_EQ(*runs.markInterrupted(), (std::vector<RunId>{runs.find("old")->id})) << "no process has that number";
    EXPECT_EQ(runs.find("older")->state, RunState::Finished);
    EXPECT_TRUE(std::filesystem::exists(path + ".v1.backup"));
}

} // namespace
} // namespace winnow
