#include "tests/core/store/store_folder.h"
#include "tests/support/program.h"
#include "tests/support/tiny_task.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <filesystem>

#include <algorithm>

namespace winnow
{
namespace
{

using test::ProgramResult;
using test::StoreFolder;

/// No test here gets so far as to need the engine; a missing one is named on purpose.
class Errors : public ::testing::Test
{
protected:
    ProgramResult winnow(const std::vector<std::string> &arguments) const
    {
        return test::runWinnow(folder.path(), arguments, {{"WINNOW_ENGINE", folder.file("no-engine.so")}});
    }
    /// Fails with status 1 and one line on standard error that holds `text`.
    void expectError(const std::vector<std::string> &arguments, const std::string &text) const
    {
        const ProgramResult result = winnow(arguments);
        EXPECT_EQ(result.status, 1) << arguments.front() << ": " << result.err;
        EXPECT_NE(result.err.find(text), std::string::npos) << arguments.front() << ": " << result.err;
        EXPECT_NE(result.err.find("error: "), std::string::npos) << result.err;
        EXPECT_EQ(result.err.find("terminate called"), std::string::npos) << result.err;
    }
    std::string config(const std::string &text) const
    {
        test::writeFile(folder.file("run.toml"), text);
        return folder.file("run.toml");
    }
    void makeTask() const
    {
        ASSERT_TRUE(test::writeTinyTask(folder.file("data")).ok());
        ASSERT_TRUE(test::writeTinyCheckpoint(folder.file("model")).ok());
    }

    StoreFolder folder;
};

TEST_F(Errors, WithoutACommandTheUsageIsNamed)
{
    EXPECT_NE(winnow({}).status, 0);
    EXPECT_NE(winnow({"no-such-command"}).status, 0);
    EXPECT_EQ(winnow({"--help"}).status, 0);
    EXPECT_EQ(winnow({"--version"}).status, 0);
}

TEST_F(Errors, AStoreInAFolderThatIsNotThereIsToldSo)
{
    expectError({"--store", folder.file("not/there/store.sqlite"), "demo", "--quick"},
                "Its folder does not exist; make it first.");
}

TEST_F(Errors, RunNamesWhatIsWrongWithItsSettings)
{
    expectError({"run", folder.file("none.toml")}, "none.toml");
    expectError({"run", config("name = [")}, "run.toml");
    expectError({"run", config("no_such_setting = 1\n")}, "no_such_setting");
    expectError({"run", config("[train]\nbatch = \"many\"\n")}, "batch");
    const std::string path = config("name = \"x\"\n");
    expectError({"run", path, "--set", "train.batch"}, "key=value");
    expectError({"run", path, "--set", "train.batsch=3"}, "train.batsch");
    expectError({"run", path, "--set", "train.batch=-3"}, "train.batch");
    expectError({"run", path}, "model.checkpoint");
    EXPECT_FALSE(std::filesystem::exists(folder.file("xdg/winnow/winnow.db"))) << "a store was made for nothing";
}

TEST_F(Errors, AStoreThatIsNoneIsRefusedAndLeftAlone)
{
    test::writeFile(folder.file("text.db"), "this is no store");
    for (const std::string command : {"runs", "show", "weights", "rank", "resume"}) {
        std::vector<std::string> arguments{command};
        if (command != "runs")
            arguments.emplace_back("1");
        arguments.insert(arguments.end(), {"--store", folder.file("text.db")});
        expectError(arguments, "text.db");
        arguments.back() = folder.file("missing.db");
        expectError(arguments, "missing.db");
    }
    expectError({"compare", "1", "2", "--store", folder.file("missing.db")}, "missing.db");
    EXPECT_EQ(test::readFile(folder.file("text.db")), "this is no store");
    EXPECT_FALSE(std::filesystem::exists(folder.file("missing.db")));
}

TEST_F(Errors, AMissingEngineIsNamedAndTheRunIsKept)
{
    makeTask();
    const std::string path =
        config("name = \"kept\"\n[model]\ncheckpoint = \"model\"\n[data]\ntrain = \"data/train.json\"\n"
               "meta = \"data/meta.json\"\n");
    const ProgramResult run = winnow({"run", path, "--json", "--store", folder.file("a.db")});
    EXPECT_EQ(run.status, 1);
    EXPECT_NE(run.err.find("engine"), std::string::npos) << run.err;
    const auto out = nlohmann::json::parse(run.lastLine());
    EXPECT_EQ(out["run"], 1);
    EXPECT_EQ(out["state"], "failed");
    const auto shown =
        nlohmann::json::parse(winnow({"show", "kept", "--json", "--store", folder.file("a.db")}).lastLine());
    EXPECT_EQ(shown["state"], "failed");
    EXPECT_NE(shown["error"].get<std::string>().find("engine"), std::string::npos);
    EXPECT_EQ(shown["settings"]["model"]["checkpoint"], folder.file("model")) << "paths are kept absolute";
    EXPECT_NE(shown["command"].get<std::string>().find("--set model.checkpoint=" + folder.file("model")), std::string::npos)
        << "the command names every setting, because the file may change";
    expectError({"resume", "kept", "--store", folder.file("a.db")}, "engine");
}

TEST_F(Errors, ThePreflightLooksWithoutAStoreOrAnEngine)
{
    makeTask();
    std::filesystem::copy_file(folder.file("data/meta.json"), folder.file("data/again.json"));
    const std::string path =
        config("[model]\ncheckpoint = \"model\"\n[data]\ntrain = \"data/train.json\"\nmeta = \"data/meta.json\"\n"
               "holdout = \"data/again.json\"\n");
    const std::vector<std::string> look{"run", path, "--preflight", "--json", "--store", folder.file("a.db")};
    const ProgramResult found = winnow(look);
    EXPECT_EQ(found.status, 0) << found.err;
    const auto out = nlohmann::json::parse(found.lastLine());
    EXPECT_EQ(out["can_start"], true);
    ASSERT_EQ(out["overlaps"].size(), 1u);
    EXPECT_EQ(out["overlaps"][0]["in"], "holdout");
    EXPECT_EQ(out["overlaps"][0]["also_in"], "meta");
    EXPECT_EQ(out["overlaps"][0]["rows"], 6);
    EXPECT_NE(found.err.find("not unseen"), std::string::npos) << found.err;
    EXPECT_NE(found.err.find("step-level"), std::string::npos) << found.err;
    EXPECT_FALSE(std::filesystem::exists(folder.file("a.db"))) << "a look makes no store";

    test::writeFile(folder.file("data/meta.json"), "[{}]");
    const ProgramResult bad = winnow(look);
    EXPECT_EQ(bad.status, 1);
    EXPECT_EQ(nlohmann::json::parse(bad.lastLine())["can_start"], false);
    expectError({"run", path, "--store", folder.file("a.db")}, "meta.json");
    EXPECT_FALSE(std::filesystem::exists(folder.file("a.db"))) << "no run is made that cannot start";
}

TEST_F(Errors, ScoreAndEvaluateNameTheBrokenFile)
{
    makeTask();
    const std::string out = folder.file("out.jsonl");
    const auto score = [&](const std::string &checkpoint, const std::string &input) {
        return std::vector<std::string>{"score", "--checkpoint", checkpoint, "--input", input, "--out", out};
    };
    const auto evaluate = [&](const std::string &checkpoint, const std::string &test) {
        return std::vector<std::string>{"evaluate", "--checkpoint", checkpoint, "--test", test};
    };
    const std::string model = folder.file("model");
    const std::string train = folder.file("data/train.json"), test = folder.file("data/test.json");
    expectError(score(folder.file("nowhere"), train), "nowhere");
    expectError(evaluate(folder.file("nowhere"), test), "nowhere");
    expectError(score(model, folder.file("absent.json")), "absent.json");
    expectError(evaluate(model, folder.file("absent.json")), "absent.json");
    test::writeFile(folder.file("cut.json"), test::readFile(train).substr(0, 100));
    expectError(score(model, folder.file("cut.json")), "cut.json");
    expectError(evaluate(model, train), "train.json"); // no test file
    expectError(score(model, train), "engine");
    expectError(evaluate(model, test), "engine");
    expectError({"evaluate"}, "--checkpoint");
    expectError({"evaluate", "--checkpoint", model}, "--test");
    EXPECT_FALSE(std::filesystem::exists(out));

    test::writeFile(folder.file("model/config.json"), "{");
    expectError(score(model, train), "config.json");
    expectError(evaluate(model, test), "config.json");
    expectError({"logits", "--checkpoint", model, "--input", train, "--out", out}, "config.json");
}

TEST_F(Errors, AnEarlierResultIsKeptWhenScoringFails)
{
    makeTask();
    test::writeFile(folder.file("out.jsonl"), "earlier\n");
    expectError({"score", "--checkpoint", folder.file("model"), "--input", folder.file("data/train.json"), "--out",
                 folder.file("out.jsonl")},
                "engine");
    EXPECT_EQ(test::readFile(folder.file("out.jsonl")), "earlier\n");
}

TEST_F(Errors, LogitsCheckTheCheckpointAndTheInput)
{
    makeTask();
    const std::string model = folder.file("model"), out = folder.file("logits.safetensors");
    expectError({"logits", "--checkpoint", folder.file("nowhere"), "--input", "x", "--out", out}, "nowhere");
    expectError({"logits", "--checkpoint", model, "--input", folder.file("absent.safetensors"), "--out", out},
                "absent.safetensors");
    std::string bytes = test::readFile(folder.file("model/model.safetensors"));
    test::writeFile(folder.file("model/model.safetensors"), bytes.substr(0, bytes.size() / 2));
    expectError({"logits", "--checkpoint", model, "--input", folder.file("data/train.json"), "--out", out},
                "model.safetensors");
    EXPECT_FALSE(std::filesystem::exists(out));
}

TEST_F(Errors, BenchAsksForTheEngine)
{
    expectError({"bench", "step"}, "engine");
    expectError({"bench", "score"}, "engine");
    expectError({"bench", "load", "--checkpoint", folder.file("model")}, "engine");
    EXPECT_NE(winnow({"bench", "step", "--shape", "huge"}).status, 0);
    EXPECT_NE(winnow({"bench"}).status, 0);
}

TEST_F(Errors, LookingAtFilesNamesThem)
{
    expectError({"check-model", folder.file("nowhere")}, "nowhere");
    expectError({"tokenize", "--tokenizer", folder.file("nowhere")}, "nowhere");
    expectError({"tile", folder.file("none.png"), "--out", folder.file("t.safetensors")}, "none.png");
    test::writeFile(folder.file("bad.png"), "no picture");
    expectError({"tile", folder.file("bad.png"), "--out", folder.file("t.safetensors")}, "bad.png");
}

TEST_F(Errors, BenchNamesWhatItCannotMeasure)
{
    expectError({"bench", "tile", "--sizes", "640x480,7"}, "\"7\"");
    expectError({"bench", "tile", "--sizes", "0x10"}, "0x10");
    expectError({"bench", "tokenize", "--tokenizer", folder.file("nowhere"), "--input", "x"}, "nowhere");
    expectError({"bench", "store", "--folder", folder.file("nowhere")}, "nowhere");
}

TEST_F(Errors, BenchGivesFigures)
{
    const auto figures = [&](std::vector<std::string> arguments) {
        arguments.emplace_back("--json");
        const ProgramResult result = winnow(arguments);
        EXPECT_EQ(result.status, 0) << result.err;
        return nlohmann::json::parse(result.lastLine());
    };
    const auto tile = figures({"bench", "tile", "--sizes", "640x480,300x200", "--repeats", "1"});
    EXPECT_EQ(tile["tiles"], 7 + 7);
    EXPECT_GT(tile["seconds"], 0.0);
    const auto store = figures({"bench", "store", "--folder", folder.path(), "--rows", "250", "--commits", "3", "--units", "100"});
    EXPECT_GT(store["metric_rows_per_second"], 0.0);
    EXPECT_LE(store["commit_seconds_median"], store["commit_seconds_p99"]);
    test::writeFile(folder.file("texts.jsonl"), "\"a b\"\n\"c\\u0000d\"\n");
    const std::string tokenizer = std::string(WINNOW_GOLDEN_DIR) + "/tokenizer/mini-tokenizer.json";
    const auto text = figures({"bench", "tokenize", "--tokenizer", tokenizer, "--input", folder.file("texts.jsonl"), "--jsonl"});
    EXPECT_EQ(text["texts"], 2);
    EXPECT_EQ(text["bytes"], 6);
}

TEST_F(Errors, CheckModelExplainsAFolderWithoutConfiguration)
{
    makeTask();
    std::filesystem::remove(folder.file("model/config.json"));
    const ProgramResult result = winnow({"check-model", folder.file("model"), "--json"});
    EXPECT_EQ(result.status, 0) << result.err;
    const auto report = nlohmann::json::parse(result.lastLine());
    EXPECT_EQ(report["inferred"], true);
    EXPECT_FALSE(report["tensors"].empty());
    EXPECT_NE(report["note"].get<std::string>().find("config.json"), std::string::npos);
    const ProgramResult text = winnow({"check-model", folder.file("model")});
    EXPECT_NE(text.out.find("inferred"), std::string::npos);
    EXPECT_NE(text.out.find("embed_tokens"), std::string::npos);
}

TEST_F(Errors, ConvertGoesThereAndBack)
{
    makeTask();
    const std::string model = folder.file("model");
    const ProgramResult there = winnow({"convert", model, "--layout", "original", "--out", folder.file("original"), "--json"});
    ASSERT_EQ(there.status, 0) << there.err;
    EXPECT_EQ(nlohmann::json::parse(there.lastLine())["layout"], "original");
    ASSERT_EQ(winnow({"convert", folder.file("original"), "--layout", "hf", "--out", folder.file("hf")}).status, 0);
    const ProgramResult a = winnow({"check-model", model, "--json"});
    const ProgramResult b = winnow({"check-model", folder.file("hf"), "--json"});
    EXPECT_EQ(nlohmann::json::parse(a.lastLine())["parameters"], nlohmann::json::parse(b.lastLine())["parameters"]);
    expectError({"convert", model, "--layout", "hf", "--out", folder.file("original")}, "not empty");
    expectError({"convert", folder.file("nowhere"), "--layout", "hf", "--out", folder.file("x")}, "nowhere");
}

TEST_F(Errors, TheTinyCheckpointIsWhole)
{
    makeTask();
    const ProgramResult result = winnow({"check-model", folder.file("model"), "--json"});
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_EQ(nlohmann::json::parse(result.lastLine())["missing"], nlohmann::json::array());
}

} // namespace
} // namespace winnow
