#include "core/store/run_store.h"
#include "tests/core/store/store_folder.h"
#include "tests/support/program.h"
#include "tests/support/stored_runs.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

namespace winnow
{
namespace
{

using nlohmann::json;
using test::ProgramResult;
using test::StoredRun;
using test::StoreFolder;

/// A store with two finished runs on the same data, and one on other data.
class Looking : public ::testing::Test
{
protected:
    void SetUp() override
    {
        auto database = Database::open(store());
        ASSERT_TRUE(database.ok()) << database.error().message;
        StoredRun table{.name = "table"};
        StoredRun other{.name = "other",
                        .weights = {0.25f, 0.5f, 1.25f, 1.5f},
                        .correct = {true, true, true, false},
                        .learningRate = 1e-4};
        StoredRun elsewhere{
            .name = "elsewhere", .method = "none", .weights = {}, .trainSha256 = "train-2", .testSha256 = "test-2"};
        for (const StoredRun &run : {table, other, elsewhere}) {
            const auto id = test::putStoredRun(*database, run);
            ASSERT_TRUE(id.ok()) << id.error().message;
        }
    }

    std::string store() const { return folder.file("a.db"); }
    ProgramResult winnow(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.end(), {"--store", store()});
        return test::runWinnow(folder.path(), arguments);
    }
    json parsed(std::vector<std::string> arguments) const
    {
        arguments.emplace_back("--json");
        const ProgramResult result = winnow(arguments);
        EXPECT_EQ(result.status, 0) << result.err;
        return json::parse(result.lastLine(), nullptr, false);
    }

    StoreFolder folder;
};

TEST_F(Looking, RunsAreListedNewestFirst)
{
    const ProgramResult text = winnow({"runs"});
    EXPECT_EQ(text.status, 0) << text.err;
    EXPECT_NE(text.out.find("0.5000 [0.1500, 0.8500] (2 of 4)"), std::string::npos) << text.out;
    const json runs = parsed({"runs"})["runs"];
    ASSERT_EQ(runs.size(), 3u);
    EXPECT_EQ(runs[0]["name"], "elsewhere");
    EXPECT_EQ(runs[2]["name"], "table");
    EXPECT_EQ(runs[2]["accuracy"]["n"], 4);
    EXPECT_EQ(runs[2]["step"], 20);
    EXPECT_TRUE(parsed({"runs", "--state", "failed"})["runs"].empty());
    EXPECT_EQ(parsed({"runs", "--limit", "1"})["runs"].size(), 1u);
}

TEST_F(Looking, AnEmptyDefaultStoreHasNoRuns)
{
    const ProgramResult result = test::runWinnow(folder.path(), {"runs", "--json"});
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_TRUE(json::parse(result.lastLine())["runs"].empty());
}

TEST_F(Looking, ARunIsShownByNumberAndByName)
{
    const ProgramResult text = winnow({"show", "table"});
    EXPECT_EQ(text.status, 0) << text.err;
    EXPECT_NE(text.out.find("AUROC of the weights 1.0000"), std::string::npos) << text.out;
    EXPECT_NE(text.out.find("loss.train"), std::string::npos);
    const json shown = parsed({"show", "1"});
    EXPECT_EQ(shown["name"], "table");
    EXPECT_EQ(shown["state"], "finished");
    EXPECT_EQ(shown["detection"]["auroc"], 1.0);
    EXPECT_EQ(shown["data"]["train"]["sha256"], "train-hash");
    EXPECT_EQ(shown["latest"]["loss.train"]["value"], 0.25);
    EXPECT_EQ(shown["settings"]["train"]["iterations"], 20);
}

TEST_F(Looking, WeightsArePrintedAsCsvAndJson)
{
    const ProgramResult csv = winnow({"weights", "table"});
    EXPECT_EQ(csv.status, 0) << csv.err;
    EXPECT_EQ(csv.out, "key,kind,weight,rows\nr0,id,1.5,1\nr1,id,1.25,1\nr2,id,0.5,1\nr3,id,0.25,1\n");
    const json earlier = parsed({"weights", "1", "--step", "15", "--format", "json"});
    EXPECT_EQ(earlier.value("run", 0), 1);
    const ProgramResult plain = winnow({"weights", "1", "--step", "15", "--format", "json"});
    const json full = json::parse(plain.lastLine());
    EXPECT_EQ(full["step"], 10);
    EXPECT_EQ(full["weights"][3]["weight"], 1.0);
    EXPECT_NE(plain.err.find("latest stored before that"), std::string::npos) << plain.err;
}

TEST_F(Looking, WeightsThatAreNotThereAreAnError)
{
    const ProgramResult none = winnow({"weights", "elsewhere"});
    EXPECT_NE(none.status, 0);
    EXPECT_NE(none.err.find("learns no weights"), std::string::npos) << none.err;
    const ProgramResult early = winnow({"weights", "table", "--step", "5"});
    EXPECT_NE(early.status, 0);
    EXPECT_NE(early.err.find("up to step 5"), std::string::npos) << early.err;
}

TEST_F(Looking, RowsAreRankedByEveryRanker)
{
    const json byWeight = parsed({"rank", "table", "--top", "2"});
    ASSERT_EQ(byWeight["top"].size(), 2u);
    EXPECT_EQ(byWeight["top"][0]["key"], "r3");
    EXPECT_EQ(byWeight["top"][1]["key"], "r2");
    EXPECT_EQ(byWeight["top"][0]["noise"], true);
    EXPECT_EQ(byWeight["detection"]["auroc"], 1.0);
    EXPECT_EQ(byWeight["detection"]["noisy"], 2);
    // The learning rates' run gives the noise the higher weights.
    EXPECT_EQ(parsed({"rank", "other"})["detection"]["auroc"], 0.0);
    for (const std::string by : {"loss", "confidence", "margin", "shapley"}) {
        const json ranked = parsed({"rank", "table", "--by", by});
        EXPECT_EQ(ranked["top"][0]["key"], "r3") << by;
        EXPECT_EQ(ranked["detection"]["auroc"], 1.0) << by;
    }
    EXPECT_EQ(parsed({"rank", "table", "--by", "variability"})["ranked"], 4);
}

TEST_F(Looking, ARunWithoutWeightsIsRankedByOtherFigures)
{
    const ProgramResult result = winnow({"rank", "elsewhere"});
    EXPECT_NE(result.status, 0);
    EXPECT_NE(result.err.find("--by loss"), std::string::npos) << result.err;
    EXPECT_EQ(parsed({"rank", "elsewhere", "--by", "loss"})["top"][0]["key"], "r3");
}

TEST_F(Looking, RunsOnTheSameDataAreCompared)
{
    const json out = parsed({"compare", "table", "other", "--top", "2"});
    ASSERT_EQ(out["pairs"].size(), 1u);
    const json &pair = out["pairs"][0];
    EXPECT_TRUE(pair["same_test_data"].get<bool>());
    EXPECT_TRUE(pair["same_train_data"].get<bool>());
    EXPECT_DOUBLE_EQ(pair["accuracy"]["difference"].get<double>(), 0.25); // the second minus the first
    EXPECT_EQ(pair["accuracy"]["only_a"], 0);
    EXPECT_EQ(pair["accuracy"]["only_b"], 1);
    EXPECT_EQ(pair["accuracy"]["n"], 4);
    EXPECT_DOUBLE_EQ(pair["weights"]["spearman"].get<double>(), -1.0);
    EXPECT_DOUBLE_EQ(pair["weights"]["top_overlap"].get<double>(), 0.0);
    EXPECT_EQ(pair["settings"], (json{"name", "train.optimizer.learning_rate"}));
    const ProgramResult text = winnow({"compare", "1", "2"});
    EXPECT_NE(text.out.find("+0.2500"), std::string::npos) << text.out;
    EXPECT_NE(text.out.find("train.optimizer.learning_rate"), std::string::npos) << text.out;
}

TEST_F(Looking, RunsOnOtherDataAreNotCompared)
{
    const json pair = parsed({"compare", "table", "elsewhere"})["pairs"][0];
    EXPECT_TRUE(pair["accuracy"].is_null());
    EXPECT_TRUE(pair["weights"].is_null());
    EXPECT_FALSE(pair["same_test_data"].get<bool>());
    EXPECT_NE(pair["notes"].dump().find("test data differ"), std::string::npos) << pair["notes"];
    EXPECT_NE(pair["notes"].dump().find("training data differ"), std::string::npos) << pair["notes"];
}

TEST_F(Looking, AReportIsWrittenAndNamesWhatWentWrong)
{
    const std::string file = folder.file("report.html");
    const json out = parsed({"report", "table", "other", "--out", file});
    EXPECT_EQ(out["file"], file);
    const std::string page = test::readFile(file);
    EXPECT_EQ(out["bytes"], page.size());
    EXPECT_NE(page.find("<bdi>table</bdi>"), std::string::npos);
    EXPECT_NE(page.find("</html>"), std::string::npos);
    const ProgramResult bad = winnow({"report", "table", "nobody", "--out", file});
    EXPECT_EQ(bad.status, 1);
    EXPECT_NE(bad.err.find("nobody"), std::string::npos) << bad.err;
    EXPECT_EQ(winnow({"report", "table", "other", "--out", folder.file("no/folder/report.html")}).status, 1);
}

TEST_F(Looking, AFinishedRunNeedsNoResume)
{
    const ProgramResult result = winnow({"resume", "table", "--json"});
    EXPECT_EQ(result.status, 0) << result.err;
    const json out = json::parse(result.lastLine());
    EXPECT_EQ(out["run"], 1);
    EXPECT_EQ(out["state"], "finished");
    EXPECT_EQ(out["steps"], 20);
    EXPECT_EQ(out["weights_sha256"], std::string(64, 'a'));
    EXPECT_EQ(out["instance_weights_sha256"], std::string(64, 'b'));
}

TEST_F(Looking, AnUnknownRunIsNamed)
{
    for (const std::string command : {"show", "weights", "rank", "resume", "evaluate"}) {
        const ProgramResult result = winnow({command, "nobody", "--json"});
        EXPECT_EQ(result.status, 1) << command;
        EXPECT_NE(result.err.find("nobody"), std::string::npos) << result.err;
        EXPECT_NE(json::parse(result.lastLine())["error"].get<std::string>().find("nobody"), std::string::npos);
    }
    EXPECT_EQ(winnow({"compare", "table", "nobody"}).status, 1);
}

TEST_F(Looking, NamesCannotSteerTheTerminal)
{
    auto database = Database::open(store());
    ASSERT_TRUE(RunStore(*database).rename(RunId{1}, "evil \x1b[2J name").ok());
    for (const ProgramResult &result : {winnow({"runs"}), winnow({"show", "1"}), winnow({"compare", "1", "2"})}) {
        EXPECT_EQ(result.status, 0) << result.err;
        EXPECT_EQ(result.out.find('\x1b'), std::string::npos);
    }
}

} // namespace
} // namespace winnow
