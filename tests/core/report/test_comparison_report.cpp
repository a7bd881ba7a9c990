#include "core/report/comparison_report.h"

#include "core/eval/published_anchors.h"
#include "core/report/html.h"
#include "core/report/series_csv.h"
#include "tests/core/store/store_folder.h"
#include "tests/support/stored_runs.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

namespace winnow
{
namespace
{

class Report : public testing::Test
{
protected:
    void SetUp() override
    {
        put({.name = "table"});
        put({.name = "<script>alert(1)</script>\"'&",
             .weights = {0.25F, 0.5F, 1.25F, 1.5F},
             .correct = {true, true, true, false},
             .learningRate = 1e-4});
    }
    void put(const test::StoredRun &run)
    {
        const auto id = test::putStoredRun(database, run);
        ASSERT_TRUE(id.ok()) << id.error().message;
        records.push_back(RunStore(database).get(*id).value());
    }
    std::string page() const
    {
        const auto made = comparisonReport(database, records);
        EXPECT_TRUE(made.ok()) << made.error().message;
        return made.ok() ? made.value() : std::string();
    }
    static bool holds(const std::string &text, const std::string &part) { return text.find(part) != std::string::npos; }

    test::StoreFolder folder;
    mutable Database database = Database::open(folder.file("a.db")).value();
    std::vector<RunRecord> records;
};

TEST_F(Report, behaviour21IsOneFileThatLoadsNothing)
{
    const std::string html = page();
    EXPECT_EQ(html.rfind("<!DOCTYPE html>", 0), 0U);
    EXPECT_TRUE(holds(html, "default-src 'none'"));
    EXPECT_FALSE(holds(html, "<script"));
    EXPECT_FALSE(std::regex_search(html, std::regex("\\b(src|href|srcset)\\s*=|@import|url\\(", std::regex::icase)))
        << "an attribute or rule that could load something";
    EXPECT_TRUE(holds(html, "<svg"));
}

TEST_F(Report, behaviour21ShowsWhatTheStoreHolds)
{
    const std::string html = page();
    for (const RunRecord &run : records) {
        EXPECT_TRUE(holds(html, html::isolated(run.name)));
        EXPECT_TRUE(holds(html, run.uuid));
    }
    EXPECT_TRUE(holds(html, html::rate(2, 4)) && holds(html, "2 of 4"))
        << "accuracy of the first run with interval and n";
    EXPECT_TRUE(holds(html, html::rate(3, 4)) && holds(html, "3 of 4"));
    const auto pair = compareRuns(database, records).value().pairs.at(0);
    EXPECT_TRUE(holds(html,
                      html::points(pair.accuracy->bootstrap.difference, pair.accuracy->bootstrap.interval.low,
                                   pair.accuracy->bootstrap.interval.high)));
    EXPECT_TRUE(holds(html, verdictSentence(*pair.accuracy, "A", "B")));
    EXPECT_TRUE(holds(html,
                      "Spearman ρ = \xE2\x88\x92"
                      "1.000, Kendall τ-b = \xE2\x88\x92"
                      "1.000, n = 4"));
    EXPECT_TRUE(
        holds(html, "<td>train.optimizer.learning_rate</td><td><bdi>2e-04</bdi></td><td><bdi>1e-04</bdi></td>"))
        << "the setting that differs";
    EXPECT_TRUE(holds(html, "<code>train-hash</code>") && holds(html, "<code>test-hash</code>"));
    EXPECT_TRUE(holds(html, "<bdi>question q2</bdi>")) << "the question whose pick flipped";
    EXPECT_FALSE(holds(html, "<bdi>question q0</bdi>")) << "its pick did not";
}

TEST_F(Report, dataCannotBecomeMarkup)
{
    const std::string html = page();
    EXPECT_FALSE(holds(html, "<script>alert"));
    EXPECT_TRUE(holds(html, "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"));
}

TEST_F(Report, publishedFiguresStandOnTheirOwnShelf)
{
    const std::string html = page();
    const std::size_t shelf = html.find("<section class=\"shelf\">");
    ASSERT_NE(shelf, std::string::npos);
    for (const PublishedAnchor &anchor : publishedAnchors()) {
        const std::size_t at = html.find("<td>" + html::escaped(anchor.method) + "</td>");
        EXPECT_NE(at, std::string::npos) << anchor.method;
        EXPECT_GT(at, shelf) << anchor.method << " stands outside of the shelf";
    }
    EXPECT_EQ(html.find("<svg", shelf), std::string::npos) << "no chart shares the shelf";
}

TEST_F(Report, differentDataAreSaid)
{
    put({.name = "elsewhere", .trainSha256 = "train-2", .testSha256 = "test-2"});
    const std::string html = page();
    EXPECT_TRUE(holds(html, "These runs used different data (train-, train-). Weights cannot be matched."));
    EXPECT_TRUE(holds(html, "The test data differ (their hashes do not agree), so the accuracies are not compared."));
}

TEST_F(Report, behaviour21CurvesOfAllRunsGoToOneCsv)
{
    const std::string path = folder.file("curves.csv");
    ASSERT_TRUE(writeSeriesCsv(database, records, path).ok());
    const std::string csv = test::readFile(path);
    EXPECT_EQ(csv.rfind("run,name,series,iteration,value,utc_ms\n", 0), 0U);
    EXPECT_TRUE(holds(csv, "\n1,table,loss.train,1,0.75,0\n1,table,loss.train,20,0.25,0\n")) << csv;
    EXPECT_TRUE(holds(csv, "\n2,\"<script>alert(1)</script>\"\"'&\",loss.train,1,0.75,0\n")) << csv;
    ASSERT_TRUE(writeSeriesCsv(database, records, path, {"no such series"}).ok());
    EXPECT_EQ(test::readFile(path), "run,name,series,iteration,value,utc_ms\n");
    const Status refused = writeSeriesCsv(database, records, folder.file("no/such/curves.csv"));
    ASSERT_FALSE(refused.ok());
    EXPECT_TRUE(holds(refused.error().message, "no/such/curves.csv"));
}

TEST_F(Report, aFileThatCannotBeWrittenIsNamed)
{
    const std::string path = folder.file("no/such/folder/report.html");
    const Status refused = writeComparisonReport(database, records, path);
    ASSERT_FALSE(refused.ok());
    EXPECT_TRUE(holds(refused.error().message, path));
    const std::string good = folder.file("report.html");
    ReportOptions options;
    options.createdMs = 1;
    ASSERT_TRUE(writeComparisonReport(database, records, good, options).ok());
    std::ifstream file(good, std::ios::binary);
    const std::string written{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(written, comparisonReport(database, records, options).value());
    EXPECT_FALSE(std::filesystem::exists(good + ".part"));
    EXPECT_FALSE(comparisonReport(database, {records[0]}).ok()) << "one run is no comparison";
}

} // namespace
} // namespace winnow
