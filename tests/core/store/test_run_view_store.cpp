#include "core/store/run_view_store.h"

#include "core/store/run_store.h"
#include "tests/core/store/store_folder.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <vector>

namespace winnow
{
namespace
{

namespace fs = std::filesystem;
using test::readFile;
using test::StoreFolder;

RunId newRun(Database &db, const std::string &name)
{
    NewRun run;
    run.name = name;
    run.configJson = "{}";
    run.stage = "bilevel";
    return *RunStore(db).create(run);
}

/// All migrations before this one, in order: the store as the version before left it.
void writePreviousSchema(const std::string &path)
{
    std::vector<fs::path> files;
    for (const auto &entry : fs::directory_iterator(std::string(WINNOW_SOURCE_DIR) + "/resources/migrations"))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    sqlite3 *db = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
    int version = 0;
    for (const fs::path &file : files) {
        if (file.filename().string().find("run_views") != std::string::npos)
            break;
        ASSERT_EQ(sqlite3_exec(db, readFile(file.string()).c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
        ++version;
    }
    const std::string marks = "PRAGMA application_id = " + std::to_string(0x57494E4E)
        + "; PRAGMA user_version = " + std::to_string(version)
        + "; INSERT INTO runs (uuid, project_id, name, state, config_json, stage, method, seed, command, "
          "code_version, environment, device, created_ms) VALUES ('u', 1, 'old', 'finished', '{}', "
          "'bilevel', 'table', 1, '', '', '{}', '', 5);";
    ASSERT_EQ(sqlite3_exec(db, marks.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close(db);
}

TEST(RunViewStore, opensTheSchemaBeforeItAndKeepsItsRuns)
{
    StoreFolder folder;
    const std::string path = folder.file("old.db");
    writePreviousSchema(path);
    auto db = Database::open(path);
    ASSERT_TRUE(db.ok()) << db.error().message;
    EXPECT_EQ(db->version(), currentStoreVersion());
    const auto runs = RunStore(*db).list();
    ASSERT_EQ(runs->size(), 1u);
    EXPECT_EQ((*runs)[0].name, "old");
    EXPECT_TRUE(RunViewStore(*db).looks()->empty());
}

TEST(RunViewStore, behaviour5_looksAreThereAfterTheStoreWasOpenedAgain)
{
    StoreFolder folder;
    RunLookRecord look;
    {
        auto db = Database::open(folder.file("a.db"));
        look = {.run = newRun(*db, "a"), .hue = 3, .dash = 1, .visible = false, .pinned = true};
        ASSERT_TRUE(RunViewStore(*db).setLook(look).ok());
        ASSERT_TRUE(
            RunViewStore(*db).setLook({.run = RunId{999}, .hue = 1, .dash = 0, .visible = {}, .pinned = false}).ok());
    }
    auto db = Database::open(folder.file("a.db"));
    EXPECT_EQ(*RunViewStore(*db).looks(), std::vector<RunLookRecord>{look});
    ASSERT_TRUE(RunStore(*db).remove(look.run).ok());
    EXPECT_TRUE(RunViewStore(*db).looks()->empty());
}

TEST(RunViewStore, behaviour7_aDeletedRunIsInNoListUntilItIsRestored)
{
    StoreFolder folder;
    auto db = Database::open(folder.file("a.db"));
    RunViewStore views(*db);
    RunStore runs(*db);
    const RunId a = newRun(*db, "a");
    newRun(*db, "b");
    ASSERT_TRUE(views.setDeleted(a, true).ok());
    ASSERT_TRUE(views.setDeleted(a, true).ok());
    EXPECT_EQ(runs.list()->size(), 1u);
    EXPECT_FALSE(runs.find("a").ok());
    RunFilter all;
    all.withDeleted = true;
    EXPECT_EQ(runs.list(all)->size(), 2u);
    EXPECT_EQ(*views.deleted(), std::vector<RunId>{a});
    ASSERT_TRUE(views.setDeleted(a, false).ok());
    EXPECT_EQ(runs.list()->size(), 2u);

    ASSERT_TRUE(runs.claim(a, {}, "CPU", 1).ok());
    EXPECT_NE(views.setDeleted(a, true).error().message.find("stop it"), std::string::npos);
    EXPECT_FALSE(views.setDeleted(RunId{77}, true).ok());
}

TEST(RunViewStore, behaviour2_queriesAreSavedByName)
{
    StoreFolder folder;
    auto db = Database::open(folder.file("a.db"));
    RunViewStore views(*db);
    ASSERT_TRUE(views.saveQuery({"good nets", "mode = net"}).ok());
    ASSERT_TRUE(views.saveQuery({"noise", "tag ~ noise"}).ok());
    ASSERT_TRUE(views.saveQuery({"good nets", "mode = net and acc_best8 > .8"}).ok());
    EXPECT_FALSE(views.saveQuery({"", "x"}).ok());
    ASSERT_EQ(views.queries()->size(), 2u);
    EXPECT_EQ((*views.queries())[0].text, "mode = net and acc_best8 > .8");
    ASSERT_TRUE(views.removeQuery("good nets").ok());
    EXPECT_EQ(views.queries()->size(), 1u);
    ASSERT_TRUE(views.setSetting("runs.columns", "[]").ok());
    ASSERT_TRUE(views.setSetting("runs.columns", "[1]").ok());
    EXPECT_EQ(views.settings()->at("runs.columns"), "[1]");
}

TEST(RunViewStore, theDataVersionTellsOfAnotherWriter)
{
    StoreFolder folder;
    auto reader = Database::open(folder.file("a.db"));
    auto writer = Database::open(folder.file("a.db"));
    const auto before = RunViewStore(*reader).dataVersion();
    ASSERT_TRUE(before.ok());
    EXPECT_EQ(*RunViewStore(*reader).dataVersion(), *before);
    newRun(*writer, "elsewhere");
    EXPECT_NE(*RunViewStore(*reader).dataVersion(), *before);
}

} // namespace
} // namespace winnow
