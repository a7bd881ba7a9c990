#include "core/store/decision_store.h"
#include "core/store/derivation_store.h"
#include "core/store/run_store.h"
#include "core/store/selection_store.h"
#include "tests/core/store/store_folder.h"

#include <gtest/gtest.h>

#include <sqlite3.h>

#include <set>

namespace winnow {
namespace {

const std::string dataA(64, 'a');
const std::string dataB(64, 'b');
using Keys = std::vector<std::string>;

class Selections : public ::testing::Test {
protected:
    Selections() : db(Database::open(folder.file("a.db")).value()), store(db) {}
    SelectionId save(const std::string &name, const Keys &keys, const std::string &data = dataA)
    {
        const auto id = store.save({.id = {}, .datasetSha256 = data, .name = name, .rule = "weight <= 0.4", .run = {}}, keys);
        EXPECT_TRUE(id.ok()) << id.error().message;
        return *id;
    }

    test::StoreFolder folder;
    Database db;
    SelectionStore store;
};

TEST_F(Selections, behaviour27_setsHaveUnionIntersectionAndDifferenceAcrossRuns)
{
    NewRun fresh;
    fresh.configJson = "{}";
    const RunId table = *RunStore(db).create(fresh);
    const RunId net = *RunStore(db).create(fresh);
    const auto a = store.save({.id = {}, .datasetSha256 = dataA, .name = "table low", .rule = {}, .run = table}, {"c", "a", "b", "a"});
    const auto b = store.save({.id = {}, .datasetSha256 = dataA, .name = "net low", .rule = {}, .run = net}, {"b", "c", "d"});
    ASSERT_TRUE(a.ok() && b.ok());
    EXPECT_EQ(*store.keys(*a), (Keys{"a", "b", "c"}));
    EXPECT_EQ(*store.combine(*a, *b, SetOperation::Union), (Keys{"a", "b", "c", "d"}));
    EXPECT_EQ(*store.combine(*a, *b, SetOperation::Intersection), (Keys{"b", "c"}));
    EXPECT_EQ(*store.combine(*a, *b, SetOperation::Difference), (Keys{"a"}));
    EXPECT_EQ(*store.combine(*b, *a, SetOperation::Difference), (Keys{"d"}));
    ASSERT_TRUE(RunStore(db).setState(table, RunState::Stopped, {}).ok());
    ASSERT_TRUE(RunStore(db).remove(table).ok());
    EXPECT_EQ(store.ofDataset(dataA)->size(), 2U) << "a set outlives the run it was made in";
}

TEST_F(Selections, behaviour27_setsOfDifferentDataAreRefusedWithTheReason)
{
    const SelectionId a = save("one", {"a"});
    const SelectionId b = save("two", {"a"}, dataB);
    const auto both = store.combine(a, b, SetOperation::Union);
    ASSERT_FALSE(both.ok());
    EXPECT_NE(both.error().message.find("different data (aaaaaa, bbbbbb)"), std::string::npos) << both.error().message;
    EXPECT_FALSE(store.combine(a, SelectionId{99}, SetOperation::Union).ok());
}

TEST_F(Selections, behaviour27_savingAgainReplacesAndRenamingKeepsNamesApart)
{
    const SelectionId a = save("low", {"a", "b"});
    EXPECT_EQ(save("low", {"b"}), a);
    EXPECT_EQ(*store.keys(a), (Keys{"b"}));
    const SelectionId other = save("other", {});
    EXPECT_FALSE(store.rename(other, "low").ok());
    EXPECT_FALSE(store.rename(other, "  ").ok());
    ASSERT_TRUE(store.rename(other, "=cmd|' /C calc'!A0").ok());
    EXPECT_EQ(store.get(other)->name, "=cmd|' /C calc'!A0");
    EXPECT_EQ(store.get(a)->count, 1);
    ASSERT_TRUE(store.remove(a).ok());
    EXPECT_FALSE(store.remove(a).ok());
    EXPECT_FALSE(store.save({.id = {}, .datasetSha256 = dataA, .name = "", .rule = {}, .run = {}}, {}).ok());
}

TEST_F(Selections, derivationsKeepTheirLineage)
{
    DerivationStore lineage(db);
    ASSERT_TRUE(lineage.put({dataA, dataB, "/data/v2.json", {}, 41, 118, 1841, 7}).ok());
    ASSERT_TRUE(lineage.put({dataA, dataB, "/data/v2.json", {}, 41, 119, 1841, 8}).ok());
    const auto made = lineage.ofParent(dataA);
    ASSERT_EQ(made->size(), 1U);
    EXPECT_EQ(made->front().flipped, 119);
    EXPECT_EQ(lineage.ofChild(dataB)->front().parentSha256, dataA);
    EXPECT_TRUE(lineage.ofChild(dataA)->empty());
}

TEST_F(Selections, behaviour26_decisionsOfManySamplesAreOneStepOfUndo)
{
    DecisionStore decisions(db);
    std::vector<DecisionRecord> many;
    for (int i = 0; i < 20000; ++i)
        many.push_back({dataA, "k" + std::to_string(i), Decision::Exclude, "n", {}, 0});
    ASSERT_TRUE(decisions.set(many).ok());
    ASSERT_TRUE(decisions.set({{dataA, "k7", Decision::Keep, "mine", {}, 0}}).ok());
    EXPECT_EQ(*decisions.undo(dataA), 1);
    EXPECT_EQ(decisions.get(dataA, "k7")->value().note, "n") << "the note comes back too";
    EXPECT_EQ(*decisions.undo(dataA), 20000);
    EXPECT_TRUE(decisions.ofDataset(dataA)->empty());
    EXPECT_EQ(*decisions.redo(dataA), 20000);
    EXPECT_EQ(*decisions.redo(dataA), 1);
    EXPECT_EQ(*decisions.redo(dataA), 0);
}

TEST(SelectionMigration, opensTheSchemaBeforeAndKeepsItsRows)
{
    test::StoreFolder folder;
    const std::string path = folder.file("old.db");
    sqlite3 *raw = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &raw), SQLITE_OK);
    int before = 0;
    std::set<std::filesystem::path> files;
    for (const auto &entry : std::filesystem::directory_iterator(WINNOW_SOURCE_DIR "/resources/migrations"))
        files.insert(entry.path());
    for (const auto &file : files) {
        if (file.filename().string().find("_selections") != std::string::npos)
            break;
        ASSERT_EQ(sqlite3_exec(raw, test::readFile(file.string()).c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(raw);
        ++before;
    }
    ASSERT_GE(before, 1);
    const std::string rest = "PRAGMA application_id = 1464421966; PRAGMA user_version = " + std::to_string(before)
        + "; INSERT INTO decisions VALUES ('" + dataA + "', 'k', 'flip', 'why', NULL, 1);";
    ASSERT_EQ(sqlite3_exec(raw, rest.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(raw);
    sqlite3_close(raw);
    auto opened = Database::open(path);
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    EXPECT_EQ(opened->version(), currentStoreVersion());
    EXPECT_EQ(DecisionStore(*opened).get(dataA, "k")->value().note, "why");
    EXPECT_TRUE(SelectionStore(*opened).ofDataset(dataA)->empty());
    EXPECT_TRUE(DerivationStore(*opened).ofParent(dataA)->empty());
}

} // namespace
} // namespace winnow
