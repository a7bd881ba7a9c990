#include "core/store/run_store.h"

#include "tests/core/store/store_folder.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace winnow {
namespace {

TEST(RunState, TableOfTransitions)
{
    using S = RunState;
    const std::vector<std::pair<S, S>> allowed{
        {S::Queued, S::Running},      {S::Queued, S::Failed},       {S::Queued, S::Stopped},
        {S::Running, S::Paused},      {S::Running, S::Finished},    {S::Running, S::Failed},
        {S::Running, S::Stopped},     {S::Running, S::Interrupted}, {S::Paused, S::Running},
        {S::Paused, S::Failed},       {S::Paused, S::Stopped},      {S::Paused, S::Interrupted},
        {S::Failed, S::Queued},       {S::Failed, S::Running},      {S::Stopped, S::Queued},
        {S::Stopped, S::Running},     {S::Interrupted, S::Queued},  {S::Interrupted, S::Running},
        {S::Interrupted, S::Stopped},
    };
    for (S from : allRunStates())
        for (S to : allRunStates()) {
            const bool expected = std::find(allowed.begin(), allowed.end(), std::pair(from, to)) != allowed.end();
            EXPECT_EQ(runStateMayBecome(from, to), expected) << runStateName(from) << " -> " << runStateName(to);
        }
    for (S state : allRunStates())
        EXPECT_EQ(runStateFromName(runStateName(state)), state);
    EXPECT_FALSE(runStateFromName("walking").has_value());
}

class Runs : public ::testing::Test {
protected:
    Runs() : db(Database::open(folder.file("a.db")).value()), runs(db) {}

    RunId make(const std::string &name, std::vector<std::string> tags = {})
    {
        NewRun run;
        run.name = name;
        run.configJson = "{\"seed\":1}";
        run.seed = 10;
        run.tags = std::move(tags);
        return runs.create(run).value();
    }

    test::StoreFolder folder;
    Database db;
    RunStore runs;
};

TEST_F(Runs, CreateFindAndFilter)
{
    const RunId a = make("table", {"demo", "x"});
    const RunId b = make("");
    const auto record = runs.get(a);
    EXPECT_EQ(record->tags, (std::vector<std::string>{"demo", "x"}));
    EXPECT_EQ(record->uuid.size(), 36u);
    EXPECT_EQ(record->state, RunState::Queued);
    EXPECT_EQ(runs.get(b)->name, "run " + std::to_string(b.value));
    EXPECT_EQ(runs.find("table")->id, a);
    EXPECT_EQ(runs.find(std::to_string(b.value))->id, b);
    EXPECT_EQ(runs.find(record->uuid.substr(0, 8))->id, a);
    EXPECT_FALSE(runs.find("nothing").ok());
    make("table");
    EXPECT_FALSE(runs.find("table").ok());

    RunFilter filter;
    filter.tag = "demo";
    EXPECT_EQ(runs.list(filter)->size(), 1u);
    filter = {};
    filter.text = "TAB";
    EXPECT_EQ(runs.list(filter)->size(), 2u);
    filter.limit = 1;
    EXPECT_EQ(runs.list(filter)->size(), 1u);
    ASSERT_TRUE(runs.setArchived(a, true).ok());
    EXPECT_EQ(runs.list()->size(), 2u);
    filter = {};
    filter.withArchived = true;
    filter.states = {RunState::Queued, RunState::Running};
    EXPECT_EQ(runs.list(filter)->size(), 3u);
    EXPECT_EQ(*runs.allTags(), (std::vector<std::string>{"demo", "x"}));
}

TEST_F(Runs, StatesResultAndRemoval)
{
    const RunId a = make("a");
    EXPECT_FALSE(runs.setState(a, RunState::Finished).ok());
    ASSERT_TRUE(runs.claim(a, "/folder", "cpu", 2).ok());
    EXPECT_FALSE(runs.claim(a, "/folder", "cpu", 2).ok());
    EXPECT_EQ(runs.get(a)->pid, getpid());
    EXPECT_FALSE(runs.remove(a).ok());
    ASSERT_TRUE(runs.setProgress(a, "train", 5, 10).ok());
    RunResult result;
    result.steps = 10;
    result.weightsSha256 = "w";
    result.accuracy = 0.5;
    ASSERT_TRUE(runs.setResult(a, result).ok());
    ASSERT_TRUE(runs.setState(a, RunState::Finished).ok());
    const auto record = runs.get(a);
    EXPECT_EQ(record->step, 5);
    EXPECT_EQ(record->result.accuracy, std::optional<double>(0.5));
    EXPECT_FALSE(record->result.accuracyLast.has_value());
    EXPECT_GT(record->finishedMs, 0);
    EXPECT_EQ(record->pid, 0);
    const auto refused = runs.setState(a, RunState::Running);
    EXPECT_NE(refused.error().message.find("finished"), std::string::npos);

    ASSERT_TRUE(runs.rename(a, "b").ok());
    EXPECT_FALSE(runs.rename(a, "").ok());
    ASSERT_TRUE(runs.setNote(a, "n").ok());
    ASSERT_TRUE(runs.setTags(a, {"t"}).ok());
    ArtifactRecord artifact;
    artifact.run = a;
    artifact.kind = "checkpoint";
    artifact.path = "/c";
    ASSERT_TRUE(runs.addArtifact(artifact).ok());
    ASSERT_TRUE(runs.addArtifact(artifact).ok());
    EXPECT_EQ(runs.artifacts(a)->size(), 1u);
    NewRun child;
    child.configJson = "{}";
    child.parent = a;
    const RunId c = runs.create(child).value();
    ASSERT_TRUE(runs.remove(a).ok());
    EXPECT_FALSE(runs.get(a).ok());
    EXPECT_FALSE(runs.setTags(a, {}).ok());
    EXPECT_FALSE(runs.get(c)->parent);
}

TEST_F(Runs, ADeadProcessLeavesAnInterruptedRun)
{
    const RunId mine = make("mine");
    const RunId dead = make("dead");
    ASSERT_TRUE(runs.claim(mine, "", "cpu", 1).ok());
    const pid_t child = fork();
    if (child == 0) {
        auto own = Database::open(folder.file("a.db"));
        _exit(own.ok() && RunStore(*own).claim(dead, "", "cpu", 1).ok() ? 0 : 1);
    }
    int status = 1;
    waitpid(child, &status, 0);
    ASSERT_EQ(status, 0);
    EXPECT_EQ(*runs.markInterrupted(), (std::vector<RunId>{dead}));
    EXPECT_EQ(runs.get(dead)->state, RunState::Interrupted);
    EXPECT_EQ(runs.get(mine)->state, RunState::Running);
    EXPECT_TRUE(runs.markInterrupted()->empty());
    EXPECT_TRUE(runs.claim(dead, "", "cpu", 1).ok());
}

} // namespace
} // namespace winnow
