#include "core/store/database.h"

#include "core/store/dataset_store.h"
#include "core/store/event_store.h"
#include "core/store/metric_store.h"
#include "core/store/ranker_score_store.h"
#include "core/store/run_store.h"
#include "tests/core/store/store_folder.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <vector>

namespace winnow {
namespace {

using test::readFile;
using test::StoreFolder;
using test::writeFile;

void execute(const std::string &path, const char *statement)
{
    sqlite3 *db = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(db, statement, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close(db);
}

int rowsOf(const std::string &path, const std::string &table)
{
    int rows = -1;
    sqlite3 *db = nullptr;
    EXPECT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
    const auto read = [](void *out, int, char **values, char **) {
        *static_cast<int *>(out) = std::stoi(values[0]);
        return 0;
    };
    EXPECT_EQ(sqlite3_exec(db, ("SELECT count(*) FROM " + table).c_str(), read, &rows, nullptr), SQLITE_OK);
    sqlite3_close(db);
    return rows;
}

/// The error, or an empty text when the store opened.
std::string openError(const std::string &path)
{
    const auto db = Database::open(path);
    return db.ok() ? std::string() : db.error().message;
}

TEST(Database, CreatesAndOpensAgain)
{
    StoreFolder folder;
    const std::string path = folder.file("a.db");
    for (int i = 0; i < 2; ++i) {
        auto db = Database::open(path);
        ASSERT_TRUE(db.ok()) << db.error().message;
        EXPECT_EQ(db->version(), currentStoreVersion());
        EXPECT_TRUE(db->check().ok());
        EXPECT_EQ(RunStore(*db).projects()->size(), 1u);
    }
}

TEST(Database, RefusesWhatIsNoStoreAndLeavesItUntouched)
{
    StoreFolder folder;
    const std::string text = folder.file("notes.txt");
    writeFile(text, "these are only notes, but more than a hundred bytes of them so that they could be a header of "
                    "something that looks like a file of a database");
    const std::string before = readFile(text);
    EXPECT_NE(openError(text).find(text), std::string::npos);
    EXPECT_EQ(readFile(text), before);

    const std::string shortFile = folder.file("short.db");
    writeFile(shortFile, "SQLite format 3");
    EXPECT_FALSE(openError(shortFile).empty());
    EXPECT_EQ(readFile(shortFile), "SQLite format 3");

    EXPECT_NE(openError(folder.path()).find("not a file"), std::string::npos);
    EXPECT_FALSE(openError(folder.file("no/such/folder/x.db")).empty());
}

/// A store of the schema before the migration of this name, made from the migration files, whatever its number is; then `rows`.
int writeSchemaBefore(const std::string &migration, const std::string &path, const std::string &rows)
{
    std::vector<std::filesystem::path> files;
    for (const auto &entry : std::filesystem::directory_iterator(std::string(WINNOW_SOURCE_DIR) + "/resources/migrations"))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    int version = 0;
    for (const auto &file : files) {
        if (file.filename().string().ends_with("_" + migration + ".sql"))
            break;
        execute(path, readFile(file.string()).c_str());
        ++version;
    }
    EXPECT_LT(version, static_cast<int>(files.size()));
    execute(path, ("PRAGMA application_id = 1464421966; PRAGMA user_version = " + std::to_string(version) + "; " + rows).c_str());
    return version;
}

TEST(Database, OlderStoresGainImportReports)
{
    StoreFolder folder;
    const std::string path = folder.file("old.db");
    const int version = writeSchemaBefore("import_reports", path,
                                          "INSERT INTO datasets (id, name, path, kind, sha256, rows_read, rows_kept, created_ms) "
                                          "VALUES (3, 'a', '/a', 'train', 'x', 2, 2, 1);");
    {
        auto db = Database::open(path);
        ASSERT_TRUE(db.ok()) << db.error().message;
        EXPECT_EQ(db->version(), currentStoreVersion());
        DatasetStore store(*db);
        EXPECT_EQ(store.list()->size(), 1u);
        EXPECT_EQ(store.importReport(DatasetId{3}).value(), "");
        ASSERT_TRUE(store.putImportReport(DatasetId{3}, "{}").ok());
        EXPECT_EQ(store.importReport(DatasetId{3}).value(), "{}");
    }
    EXPECT_TRUE(std::filesystem::exists(path + ".v" + std::to_string(version) + ".backup"));
}

TEST(Database, OlderStoresKeepTheirReadingsOfSensors)
{
    StoreFolder folder;
    const std::string path = folder.file("old.db");
    const int version = writeSchemaBefore(
        "hardware", path,
        "INSERT INTO runs (id, uuid, project_id, name, state, config_json, stage, method, seed, command, code_version, "
        "environment, device, created_ms) VALUES (4, 'u', 1, 'old', 'finished', '{}', 'bilevel', 'table', 1, '', '', '{}', '', 5);"
        "INSERT INTO metric_series VALUES (1, 'hw.cpu'), (2, 'loss.train'), (3, 'hwx');"
        "INSERT INTO metrics VALUES (4, 1, 7, 50, 2000), (4, 1, 8, NULL, 4000), (4, 2, 7, 0.5, 2000), (4, 3, 7, 1, 2000);");
    auto db = Database::open(path);
    ASSERT_TRUE(db.ok()) << db.error().message;
    EXPECT_EQ(db->version(), currentStoreVersion());
    MetricStore metrics(*db);
    EXPECT_EQ(metrics.series(RunId{4}, "hw.cpu")->steps, (std::vector<std::int64_t>{7, 8}));
    EXPECT_EQ(metrics.series(RunId{4}, "hw.cpu")->values[0], 50);
    EXPECT_TRUE(std::isnan(metrics.series(RunId{4}, "hw.cpu")->values[1]));
    EXPECT_EQ(metrics.series(RunId{4}, "loss.train")->values, std::vector<double>{0.5});
    EXPECT_EQ(metrics.series(RunId{4}, "hwx")->values, std::vector<double>{1}) << "no sensor, though it begins alike";
    EXPECT_EQ(rowsOf(path, "metrics"), 2) << "moved, not copied";
    EXPECT_TRUE(std::filesystem::exists(path + ".v" + std::to_string(version) + ".backup"));
}

TEST(Database, OlderStoresGainScoresOfRankers)
{
    StoreFolder folder;
    const std::string path = folder.file("old.db");
    const int version = writeSchemaBefore(
        "ranker_scores", path,
        "INSERT INTO runs (id, uuid, project_id, name, state, config_json, stage, method, seed, command, code_version, "
        "environment, device, created_ms) VALUES (4, 'u', 1, 'old', 'finished', '{}', 'bilevel', 'table', 1, '', '', '{}', '', 5);");
    auto db = Database::open(path);
    ASSERT_TRUE(db.ok()) << db.error().message;
    EXPECT_EQ(db->version(), currentStoreVersion());
    RankerScoreStore scores(*db);
    EXPECT_FALSE(scores.get(RunId{4}, "a").value().has_value());
    ASSERT_TRUE(scores.put(RunId{4}, {"a", {1.5f, std::nanf(""), -2}, "{}", 0}).ok());
    ASSERT_TRUE(scores.put(RunId{4}, {"a", {2.5f, std::nanf(""), -2}, "{}", 0}).ok()) << "replaced";
    const auto back = scores.get(RunId{4}, "a").value();
    ASSERT_EQ(back->suspicion.size(), 3u);
    EXPECT_EQ(back->suspicion[0], 2.5f);
    EXPECT_TRUE(std::isnan(back->suspicion[1]));
    ASSERT_TRUE(scores.putFold(RunId{4}, "a", "r", {1, {3, 5}, {{0.5f}, {0.25f, 0.75f}}, 2.0}).ok());
    const auto folds = scores.folds(RunId{4}, "a", "r").value();
    ASSERT_EQ(folds.size(), 1u);
    EXPECT_EQ(folds[0].rows, (std::vector<std::uint32_t>{3, 5}));
    EXPECT_EQ(folds[0].pPlus, (std::vector<std::vector<float>>{{0.5f}, {0.25f, 0.75f}}));
    EXPECT_TRUE(scores.folds(RunId{4}, "a", "other recipe")->empty());
    ASSERT_TRUE(RunStore(*db).remove(RunId{4}).ok());
    EXPECT_EQ(rowsOf(path, "ranker_scores") + rowsOf(path, "ranker_folds"), 0) << "they go with the run";
    EXPECT_TRUE(std::filesystem::exists(path + ".v" + std::to_string(version) + ".backup"));
}

/// A store of the schema before requests to discard.
TEST(Database, RunsOfOlderStoresCanBeAskedToDiscard)
{
    std::vector<std::filesystem::path> files;
    for (const auto &entry : std::filesystem::directory_iterator(std::string(WINNOW_SOURCE_DIR) + "/resources/migrations"))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    StoreFolder folder;
    const std::string path = folder.file("old.db");
    int version = 0;
    for (const auto &file : files) {
        if (file.filename().string().ends_with("_discard.sql"))
            break;
        execute(path, readFile(file.string()).c_str());
        ++version;
    }
    ASSERT_LT(version, static_cast<int>(files.size()));
    execute(path, ("PRAGMA application_id = 1464421966; PRAGMA user_version = " + std::to_string(version)
                   + "; INSERT INTO projects (id, name, created_ms) VALUES (7, 'p', 1); "
                     "INSERT INTO runs (uuid, project_id, name, state, config_json, stage, method, seed, command, "
                     "code_version, environment, device, created_ms, request) VALUES ('u', 7, 'a', 'queued', '{}', "
                     "'bilevel', 'table', 1, '', '', '{}', '', 1, 'stop');").c_str());
    auto db = Database::open(path);
    ASSERT_TRUE(db.ok()) << db.error().message;
    RunStore runs(*db);
    const auto all = runs.list();
    ASSERT_EQ(all->size(), 1u);
    EXPECT_EQ(all->front().name, "a");
    ASSERT_TRUE(runs.setRequest(all->front().id, RunRequest::Discard).ok());
    EXPECT_EQ(runs.request(all->front().id).value(), RunRequest::Discard);
}

TEST(Database, SetsThatWereStoredInPartsAreCompleted)
{
    StoreFolder folder;
    auto db = Database::open(folder.file("a.db"));
    ASSERT_TRUE(db.ok());
    DatasetStore store(*db);
    DatasetRecord record;
    record.name = record.path = "a";
    record.kind = "train";
    record.rowsKept = 3;
    std::vector<SampleRecord> samples(3);
    for (int i = 0; i < 3; ++i) {
        samples[static_cast<std::size_t>(i)].index = i;
        samples[static_cast<std::size_t>(i)].key = std::to_string(i);
    }
    std::int64_t has = -1;
    const DatasetId id = store.begin(record, has).value();
    EXPECT_EQ(has, 0);
    ASSERT_TRUE(store.addSamples(id, {samples[0]}).ok());
    EXPECT_EQ(store.begin(record, has).value(), id);
    EXPECT_EQ(has, 1);
    // A run that holds all rows does not take the half one for whole.
    EXPECT_EQ(store.put(record, samples).value(), id);
    EXPECT_EQ(store.samples(id)->size(), 3u);
}

TEST(Database, CountsSamplesWithoutReadingThemAll)
{
    StoreFolder folder;
    auto db = Database::open(folder.file("a.db"));
    ASSERT_TRUE(db.ok());
    DatasetStore store(*db);
    DatasetRecord record;
    record.name = record.path = "a";
    record.kind = "train";
    record.rowsKept = 3;
    std::vector<SampleRecord> samples(3);
    samples[0].subject = samples[2].subject = "sum";
    samples[0].labels = {true, false, true};
    samples[1].labels = {false};
    samples[1].knownNoise = true;
    samples[2].knownNoise = false;
    for (int i = 0; i < 3; ++i)
        samples[static_cast<std::size_t>(i)].index = i;
    const DatasetCounts counts = store.counts(store.put(record, samples).value()).value();
    EXPECT_EQ(counts.samples, 3);
    EXPECT_EQ(counts.labelsPlus, 2);
    EXPECT_EQ(counts.labelsMinus, 2);
    EXPECT_EQ(counts.noiseKnown, 2);
    EXPECT_EQ(counts.noiseCount, 1);
    EXPECT_EQ(counts.subjects, (std::vector<std::pair<std::string, std::int64_t>>{{"", 1}, {"sum", 2}}));
}

TEST(Database, RefusesForeignAndNewerFiles)
{
    StoreFolder folder;
    const std::string foreign = folder.file("foreign.db");
    execute(foreign, "CREATE TABLE t (x); PRAGMA application_id = 77;");
    const std::string unmarked = folder.file("unmarked.db");
    execute(unmarked, "CREATE TABLE t (x);");
    for (const std::string &path : {foreign, unmarked}) {
        const std::string before = readFile(path);
        EXPECT_NE(openError(path).find("another program"), std::string::npos);
        EXPECT_EQ(readFile(path), before);
    }

    const std::string newer = folder.file("newer.db");
    ASSERT_EQ(openError(newer), "");
    execute(newer, "PRAGMA user_version = 999;");
    const std::string before = readFile(newer);
    EXPECT_NE(openError(newer).find("newer Winnow"), std::string::npos);
    EXPECT_EQ(readFile(newer), before);
}

TEST(Database, ReportsDamagedPages)
{
    StoreFolder folder;
    const std::string path = folder.file("a.db");
    ASSERT_EQ(openError(path), "");
    std::string bytes = readFile(path);
    // The header stays good; everything behind it is overwritten.
    for (std::size_t i = 100; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(0xA5);
    writeFile(path, bytes);
    auto db = Database::open(path);
    const bool refused = !db.ok() || !db->check().ok();
    EXPECT_TRUE(refused);
    const std::string message = db.ok() ? RunStore(*db).list().error().message : db.error().message;
    EXPECT_NE(message.find(path), std::string::npos);
    EXPECT_NE(message.find("backup"), std::string::npos);
    EXPECT_EQ(readFile(path), bytes);
}

TEST(Database, TransactionsNestAndRollBack)
{
    StoreFolder folder;
    auto db = Database::open(folder.file("a.db"));
    ASSERT_TRUE(db.ok());
    RunStore runs(*db);
    const Status status = db->transaction([&]() -> Status {
        EXPECT_TRUE(runs.createProject("kept").ok());
        const Status inner = db->transaction([&]() -> Status {
            EXPECT_TRUE(runs.createProject("dropped").ok());
            return Error{"inner"};
        });
        EXPECT_EQ(inner.error().message, "inner");
        return {};
    });
    EXPECT_TRUE(status.ok());
    const auto projects = runs.projects();
    ASSERT_EQ(projects->size(), 2u);
    EXPECT_EQ((*projects)[1].name, "kept");
    EXPECT_FALSE(db->transaction([&]() -> Status {
                       EXPECT_TRUE(runs.createProject("gone").ok());
                       return Error{"outer"};
                   }).ok());
    EXPECT_EQ(runs.projects()->size(), 2u);
    // A constraint is a permanent failure and leaves the connection usable.
    EXPECT_FALSE(runs.createProject("kept").ok());
    EXPECT_EQ(db->lastFailure(), StoreFailure::Permanent);
    EXPECT_TRUE(runs.createProject("after").ok());
}

TEST(Database, BacksUpToANewFileOnly)
{
    StoreFolder folder;
    auto db = Database::open(folder.file("a.db"));
    ASSERT_TRUE(RunStore(*db).createProject("p").ok());
    ASSERT_TRUE(db->backupTo(folder.file("b.db")).ok());
    EXPECT_FALSE(db->backupTo(folder.file("b.db")).ok());
    auto copy = Database::open(folder.file("b.db"));
    ASSERT_TRUE(copy.ok()) << copy.error().message;
    EXPECT_EQ(RunStore(*copy).projects()->size(), 2u);
}

TEST(Database, EightProcessesCreateItAtOnce)
{
    for (int round = 0; round < 5; ++round) {
        StoreFolder folder;
        const std::string path = folder.file("a.db");
        std::vector<pid_t> children;
        for (int i = 0; i < 8; ++i) {
            const pid_t child = fork();
            if (child == 0) {
                auto db = Database::open(path);
                const bool good = db.ok() && RunStore(*db).createProject(std::to_string(i)).ok();
                _exit(good ? 0 : 1);
            }
            children.push_back(child);
        }
        for (pid_t child : children) {
            int status = 0;
            waitpid(child, &status, 0);
            EXPECT_EQ(status, 0);
        }
        auto db = Database::open(path);
        ASSERT_TRUE(db.ok()) << db.error().message;
        EXPECT_EQ(RunStore(*db).projects()->size(), 9u);
    }
}

} // namespace
} // namespace winnow
