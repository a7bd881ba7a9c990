// Cross-validated confident learning by the real program and engine, on rows that a tiny model learns in seconds.
#include "core/base/random.h"
#include "tests/core/store/store_folder.h"
#include "tests/support/program.h"
#include "tests/support/tiny_task.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>

namespace winnow
{
namespace
{

using nlohmann::json;
using test::Program;
using test::ProgramResult;

constexpr int rowCount = 72;
constexpr int noisyRows = 18;

/// Steps say themselves whether they are right; two rows a question; of a quarter of the rows all labels are flipped.
json rowsWithFlips()
{
    json rows = json::array();
    std::vector<int> order(rowCount);
    for (int row = 0; row < rowCount; ++row)
        order[static_cast<std::size_t>(row)] = row;
    Random(5, RandomStream::DemoNoise).shuffle(order);
    for (int row = 0; row < rowCount; ++row) {
        Random random(5, RandomStream::DemoTrain, {static_cast<std::uint64_t>(row)});
        const bool noise = order[static_cast<std::size_t>(row)] < noisyRows;
        json turns = json::array({{{"from", "system"}, {"value", "Judge."}},
                                  {{"from", "human"}, {"value", "Case " + std::to_string(row / 2)}}});
        for (int step = 0; step < 3; ++step) {
            const bool right = random.below(2) == 0;
            turns.push_back({{"from", "human"}, {"value", right ? "right" : "wrong"}});
            turns.push_back({{"from", "gpt"}, {"value", right != noise ? "+" : "-"}});
        }
        rows.push_back({{"id", "r" + std::to_string(row)}, {"conversations", turns}, {"noise", noise}});
    }
    return rows;
}

class ConfidentLearning : public ::testing::Test
{
protected:
    void SetUp() override
    {
        std::filesystem::create_directories(folder.file("model"));
        ASSERT_TRUE(test::writeTinyCheckpoint(folder.file("model")).ok());
        test::writeFile(folder.file("train.json"), rowsWithFlips().dump());
        test::writeFile(folder.file("run.toml"),
                        "name = \"tiny\"\nstage = \"cold-start\"\nseed = 3\nthreads = 1\ncheckpoint_every = 40\n"
                        "[model]\ncheckpoint = \"model\"\n[data]\ntrain = \"train.json\"\n"
                        "[train]\nbatch = 8\niterations = 3\n[train.optimizer]\nlearning_rate = 3e-3\n"
                        "[evaluation]\nevery = 0\n");
        const ProgramResult run = winnow({"run", folder.file("run.toml")});
        ASSERT_EQ(run.status, 0) << run.err;
    }
    std::vector<std::string> inStore(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.end(), {"--json", "--store", folder.file("a.db")});
        return arguments;
    }
    ProgramResult winnow(const std::vector<std::string> &arguments) const
    {
        return test::runWinnow(folder.path(), inStore(arguments));
    }

    const std::vector<std::string> job{"confident-learning", "tiny",  "--folds", "3",
                                       "--set",              "train.iterations=120"};
    test::StoreFolder folder;
};

TEST_F(ConfidentLearning, PlantedFlipsComeFirstAndAStoppedJobGoesOn)
{
    EXPECT_NE(winnow({"rank", "tiny", "--by", "confident-learning"}).err.find("winnow confident-learning 1"),
              std::string::npos);
    std::vector<std::string> arguments = inStore(job);
    arguments.insert(arguments.begin(), test::winnowProgram());
    {
        Program stopped(folder.path(), arguments, {});
        ASSERT_TRUE(stopped.waitForErr("fold-2/step-")) << stopped.wait().err;
        stopped.signal(SIGTERM);
        const ProgramResult result = stopped.wait();
        ASSERT_EQ(result.status, 1) << result.err;
        EXPECT_NE(result.err.find("Stopped in fold 2 of 3"), std::string::npos) << result.err;
    }
    const ProgramResult done = winnow(job);
    ASSERT_EQ(done.status, 0) << done.err;
    const json out = json::parse(done.lastLine());
    EXPECT_EQ(out["folds_reused"], 1);
    EXPECT_EQ(out["rows"], rowCount);
    EXPECT_EQ(out["steps"], 3 * rowCount);
    EXPECT_EQ(out["detection"]["noisy"], noisyRows);
    EXPECT_GT(out["detection"]["auroc"].get<double>(), 0.8) << out.dump();
    EXPECT_NEAR(out["wrong_share"].get<double>(), 0.25, 0.15) << out.dump();

    const json ranked = json::parse(winnow({"rank", "tiny", "--by", "confident-learning", "--top", "5"}).lastLine());
    EXPECT_EQ(ranked["ranked"], rowCount);
    EXPECT_EQ(ranked["top"].size(), 5u);
    EXPECT_EQ(ranked["detection"]["auroc"], out["detection"]["auroc"]);
    const json shown = json::parse(winnow({"show", "tiny"}).lastLine());
    EXPECT_EQ(shown["confident_learning"]["detection"]["auroc"], out["detection"]["auroc"]);
    EXPECT_EQ(shown["confident_learning"]["folds"], 3);
}

TEST_F(ConfidentLearning, SettingsOfTheRowsAreRefused)
{
    const ProgramResult result = winnow({"confident-learning", "tiny", "--set", "data.train=other.json"});
    EXPECT_NE(result.status, 0);
    EXPECT_NE(result.err.find("the rows are those of the run"), std::string::npos) << result.err;
}

} // namespace
} // namespace winnow
