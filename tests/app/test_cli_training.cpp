#include "core/store/evaluation_store.h"
#include "core/store/metric_store.h"
#include "core/store/run_store.h"
#include "core/store/visit_store.h"
#include "core/store/weight_store.h"
#include "tests/support/tiny_runs.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <csignal>
#include <fstream>

namespace winnow
{
namespace
{

using nlohmann::json;
using test::Program;
using test::ProgramResult;

constexpr int iterations = 120;

class Training : public test::TinyRuns
{
protected:
    Training() : TinyRuns({.threads = 2, .checkpointEvery = 20, .iterations = iterations, .evaluateEvery = 40}) { }
};

/// Curves but wall time and hardware, values by their bits.
std::map<std::string, std::map<std::int64_t, std::uint64_t>> curves(Database &database)
{
    std::map<std::string, std::map<std::int64_t, std::uint64_t>> out;
    const auto all = MetricStore(database).allSeries(RunId{1});
    EXPECT_TRUE(all.ok());
    if (!all.ok())
        return out;
    for (const auto &[name, series] : *all) {
        if (name.rfind("time.", 0) == 0 || name.rfind("hw.", 0) == 0)
            continue;
        for (std::size_t i = 0; i < series.steps.size(); ++i)
            out[name][series.steps[i]] = std::bit_cast<std::uint64_t>(series.values[i]);
    }
    return out;
}

std::vector<std::uint32_t> bitsOf(const std::vector<float> &values)
{
    std::vector<std::uint32_t> bits;
    for (const float value : values)
        bits.push_back(std::bit_cast<std::uint32_t>(value));
    return bits;
}

void expectSameStores(const std::string &first, const std::string &second)
{
    auto a = Database::open(first), b = Database::open(second);
    ASSERT_TRUE(a.ok() && b.ok());
    const auto curvesOfA = curves(*a), curvesOfB = curves(*b);
    EXPECT_FALSE(curvesOfA.empty());
    for (const auto &[name, points] : curvesOfA) {
        ASSERT_TRUE(curvesOfB.contains(name)) << name;
        EXPECT_EQ(points, curvesOfB.at(name)) << name;
    }
    EXPECT_EQ(curvesOfA.size(), curvesOfB.size());
    const VisitColumns visitsOfA = VisitStore(*a).ofRun(RunId{1}).value();
    const VisitColumns visitsOfB = VisitStore(*b).ofRun(RunId{1}).value();
    EXPECT_GT(visitsOfA.size(), static_cast<std::size_t>(iterations));
    EXPECT_EQ(visitsOfA.steps, visitsOfB.steps);
    EXPECT_EQ(visitsOfA.samples, visitsOfB.samples);
    EXPECT_EQ(bitsOf(visitsOfA.weights), bitsOf(visitsOfB.weights));
    EXPECT_EQ(bitsOf(visitsOfA.losses), bitsOf(visitsOfB.losses));
    EXPECT_EQ(bitsOf(visitsOfA.hypergradients), bitsOf(visitsOfB.hypergradients));
    EXPECT_EQ(bitsOf(visitsOfA.pGiven), bitsOf(visitsOfB.pGiven));
    EXPECT_EQ(bitsOf(visitsOfA.margins), bitsOf(visitsOfB.margins));
    const auto weightsOfA = WeightStore(*a).all(RunId{1}).value();
    const auto weightsOfB = WeightStore(*b).all(RunId{1}).value();
    ASSERT_EQ(weightsOfA.size(), weightsOfB.size());
    for (std::size_t i = 0; i < weightsOfA.size(); ++i) {
        EXPECT_EQ(weightsOfA[i].step, weightsOfB[i].step);
        EXPECT_EQ(bitsOf(weightsOfA[i].values), bitsOf(weightsOfB[i].values)) << "step " << weightsOfA[i].step;
    }
}

void expectSameOutcome(const ProgramResult &unbroken, const ProgramResult &resumed)
{
    ASSERT_EQ(unbroken.status, 0) << unbroken.err;
    ASSERT_EQ(resumed.status, 0) << resumed.err;
    const json a = json::parse(unbroken.lastLine()), b = json::parse(resumed.lastLine());
    EXPECT_EQ(a["state"], "finished");
    EXPECT_EQ(a["steps"], iterations);
    EXPECT_EQ(a["weights_sha256"].get<std::string>().size(), 64u);
    EXPECT_EQ(a["instance_weights_sha256"].get<std::string>().size(), 64u);
    EXPECT_EQ(a, b);
}

TEST_F(Training, AKilledRunGoesOnAsIfNothingHadHappened)
{
    const ProgramResult unbroken = finish("unbroken.db");
    Program killed(folder.path(), runArguments("killed.db"), {});
    ASSERT_TRUE(killed.waitForErr("checkpoint of step 40")) << killed.wait().err;
    killed.signal(SIGKILL);
    ASSERT_EQ(killed.wait().status, 128 + SIGKILL);
    ASSERT_EQ(stateOf("killed.db"), "interrupted");
    expectSameOutcome(unbroken, resume("killed.db"));
    expectSameStores(folder.file("unbroken.db"), folder.file("killed.db"));
}

TEST_F(Training, AStoppedRunEndsWithACheckpointAndGoesOn)
{
    const ProgramResult unbroken = finish("unbroken.db");
    Program stopped(folder.path(), runArguments("stopped.db"), {});
    ASSERT_TRUE(stopped.waitForErr("checkpoint of step 20")) << stopped.wait().err;
    stopped.signal(SIGTERM);
    const ProgramResult result = stopped.wait();
    ASSERT_EQ(result.status, 1) << result.err;
    const json out = json::parse(result.lastLine());
    ASSERT_EQ(out["state"], "stopped") << result.err;
    EXPECT_GE(out["steps"].get<int>(), 20);
    EXPECT_LT(out["steps"].get<int>(), iterations);
    expectSameOutcome(unbroken, resume("stopped.db"));
    expectSameStores(folder.file("unbroken.db"), folder.file("stopped.db"));
}

TEST_F(Training, RunsInBf16GoOnBitForBitToo)
{
    for (const std::string precision : {"bf16", "bf16-pure"}) {
        const std::vector<std::string> setting{"--set", "model.precision=" + precision};
        const std::string whole = precision + ".db", cut = precision + "-cut.db";
        const ProgramResult unbroken = finish(whole, setting);
        Program killed(folder.path(), runArguments(cut, setting), {});
        ASSERT_TRUE(killed.waitForErr("checkpoint of step 40")) << killed.wait().err;
        killed.signal(SIGKILL);
        ASSERT_EQ(killed.wait().status, 128 + SIGKILL);
        ASSERT_EQ(stateOf(cut), "interrupted");
        expectSameOutcome(unbroken, resume(cut));
        expectSameStores(folder.file(whole), folder.file(cut));
        const json shown = json::parse(winnow({"show", "tiny", "--json", "--store", folder.file(whole)}).lastLine());
        const json config = json::parse(test::readFile(shown["last_checkpoint"].get<std::string>() + "/config.json"));
        EXPECT_EQ(config["dtype"], precision == "bf16" ? "float32" : "bfloat16") << "what the checkpoint holds";
        const ProgramResult again = winnow({"evaluate", "tiny", "--json", "--store", folder.file(whole)});
        ASSERT_EQ(again.status, 0) << again.err;
        EXPECT_EQ(json::parse(again.lastLine())["correct"], shown["accuracy"]["correct"]);
    }
}

TEST_F(Training, TheResultIsEvaluatedAndScored)
{
    ASSERT_EQ(finish("a.db", {"--set", "train.iterations=20"}).status, 0);
    const std::string store = folder.file("a.db");
    const ProgramResult evaluated = winnow({"evaluate", "tiny", "--json", "--store", store});
    ASSERT_EQ(evaluated.status, 0) << evaluated.err;
    const json again = json::parse(evaluated.lastLine());
    const json shown = json::parse(winnow({"show", "tiny", "--json", "--store", store}).lastLine());
    EXPECT_EQ(again["correct"], shown["accuracy"]["correct"]) << "the checkpoint scores as the run itself did";
    EXPECT_EQ(again["n"], 5);
    EXPECT_GE(again["oracle"]["correct"].get<int>(), again["correct"].get<int>());
    EXPECT_EQ(again["unparsable_candidates"], 0);

    // Kept, on other questions: beside the run's own figures, not in their place; with progress that a program can read.
    json questions = json::parse(test::readFile(folder.file("data/test.json")));
    questions.erase(questions.begin() + 3, questions.end());
    test::writeFile(folder.file("data/other.json"), questions.dump());
    const ProgramResult kept = winnow({"evaluate", "tiny", "--json", "--keep", "--progress-lines", "--test",
                                       folder.file("data/other.json"), "--store", store});
    ASSERT_EQ(kept.status, 0) << kept.err;
    EXPECT_NE(kept.err.find("\nprogress 9/9 "), std::string::npos) << kept.err;
    {
        auto db = Database::open(store);
        const RunRecord run = RunStore(*db).find("tiny").value();
        const auto all = EvaluationStore(*db).ofRun(run.id).value();
        ASSERT_EQ(std::count_if(all.begin(), all.end(), [](const auto &e) { return e.purpose == "manual"; }), 1);
        const auto manual = std::find_if(all.begin(), all.end(), [](const auto &e) { return e.purpose == "manual"; });
        EXPECT_EQ(manual->n, 3);
        const std::string chosen = shown["selected_checkpoint"];
        EXPECT_EQ(manual->checkpoint, chosen.empty() ? shown["last_checkpoint"].get<std::string>() : chosen);
        EXPECT_TRUE(EvaluationStore(*db).scores(manual->id)->has_value());
        EXPECT_EQ(EvaluationStore(*db).picks(manual->id)->size(), 3u);
        EXPECT_EQ(EvaluationStore(*db).countsOfRuns()->at(run.id).n, 5);
        // On its own questions it is the point of the curve that was there, not a second one.
        ASSERT_EQ(winnow({"evaluate", "tiny", "--keep", "--store", store}).status, 0);
        EXPECT_EQ(EvaluationStore(*db).ofRun(run.id)->size(), all.size());
    }
    EXPECT_NE(winnow({"evaluate", "--checkpoint", shown["last_checkpoint"], "--test", folder.file("data/test.json"), "--keep"})
                  .status, 0) << "there is no run to keep it with";

    std::filesystem::remove_all(folder.file("data/pictures"));
    const std::string checkpoint = shown["last_checkpoint"];
    for (const std::string name : {"train", "meta", "test"}) {
        const json file = json::parse(test::readFile(folder.file("data/" + name + ".json")));
        const std::string out = folder.file(name + ".jsonl");
        const ProgramResult scored = winnow({"score", "--checkpoint", checkpoint, "--input",
                                             folder.file("data/" + name + ".json"), "--out", out, "--json"});
        ASSERT_EQ(scored.status, 0) << scored.err;
        const json summary = json::parse(scored.lastLine());
        EXPECT_EQ(summary["lines"], name == "train" ? 12 : name == "meta" ? 6 : 15);
        EXPECT_EQ(summary["pictures_missing"], summary["lines"]);
        std::ifstream lines(out);
        std::string line;
        int count = 0;
        for (; std::getline(lines, line); ++count) {
            const json row = json::parse(line);
            EXPECT_EQ(row["picture"], "missing");
            if (name != "test") {
                EXPECT_EQ(row["id"], file.at(row["row"].get<std::size_t>())["id"]);
            }
            EXPECT_EQ(row.contains("candidate"), name == "test");
            ASSERT_FALSE(row["p_plus"].empty());
            for (const double p : row["p_plus"])
                EXPECT_TRUE(p > 0 && p < 1) << p;
        }
        EXPECT_EQ(count, summary["lines"]);
    }
}

TEST_F(Training, TheBenchmarkPrintsOneObject)
{
    const ProgramResult result = winnow({"bench", "step", "--iterations", "1", "--threads", "1", "--json"});
    ASSERT_EQ(result.status, 0) << result.err;
    const json out = json::parse(result.lastLine());
    EXPECT_GT(out["seconds_per_iteration"].get<double>(), 0);
    EXPECT_TRUE(out.contains("device"));
    EXPECT_GT(out["loaded_bytes"].get<double>(), 0);
    EXPECT_GT(out["peak_bytes"].get<double>(), out["loaded_bytes"].get<double>());
    EXPECT_EQ(out["tokens"], 102);
    EXPECT_EQ(out["sites"], 4);
    EXPECT_GT(out["flops_per_iteration"].get<std::int64_t>(), 0);
    EXPECT_GT(out["tflops_per_second"].get<double>(), 0);
    EXPECT_TRUE(out["share_of_peak"].is_null()) << "of a CPU nobody states it";
    EXPECT_TRUE(out["launches"].is_null()) << "a CPU has none";
    EXPECT_GT(out["operators"].get<std::int64_t>(), 100);
    double sum = 0;
    for (const auto *part : {"host_and_data", "vision_tower", "language_model", "lower_backward", "optimizer", "meta"}) {
        EXPECT_GT(out["parts"][part].get<double>(), 0) << part;
        sum += out["parts"][part].get<double>();
    }
    EXPECT_GT(sum, out["parts"]["other"].get<double>()) << "the parts are most of the step";
    const ProgramResult text = winnow({"bench", "step", "--iterations", "1", "--threads", "1"});
    EXPECT_NE(text.out.find("parts.lower_backward"), std::string::npos) << text.out;
    EXPECT_NE(text.out.find("tflops_per_second"), std::string::npos);
    for (const std::string precision : {"bf16", "bf16-pure"}) {
        const ProgramResult narrow = winnow({"bench", "step", "--iterations", "1", "--threads", "1", "--precision",
                                             precision, "--json"});
        ASSERT_EQ(narrow.status, 0) << narrow.err;
        EXPECT_EQ(json::parse(narrow.lastLine())["precision"], precision);
    }
    EXPECT_NE(winnow({"bench", "step", "--precision", "bf8"}).status, 0);
}

} // namespace
} // namespace winnow
