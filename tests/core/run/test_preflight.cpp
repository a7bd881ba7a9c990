#include "core/run/preflight.h"

#include "core/base/resource_path.h"
#include "core/data/demo/demo_files.h"
#include "core/run/run_preparation.h"
#include "tests/core/data/temp_folder.h"
#include "tests/support/tiny_task.h"

#include <gtest/gtest.h>

#include <filesystem>

#include <algorithm>

namespace winnow
{
namespace
{

using Severity = PreflightFinding::Severity;

class Preflights : public testing::Test
{
protected:
    void SetUp() override
    {
        ASSERT_TRUE(test::writeTinyTask(folder.file("data")).ok());
        options.model.checkpoint = resourceFolder() + "/demo/base";
        options.data.train = folder.file("data/train.json");
        options.data.meta = folder.file("data/meta.json");
        options.data.holdout = folder.file("data/holdout.json");
        options.data.test = folder.file("data/test.json");
        ASSERT_TRUE(checkOptions(options).empty());
    }
    Preflight look(const PreflightContext &context = {}) const
    {
        auto result = preflight(options, context);
        EXPECT_TRUE(result.ok()) << result.error().message;
        return std::move(result).value();
    }
    static bool has(const Preflight &found, Severity severity, const std::string &key, const std::string &text)
    {
        return std::any_of(found.findings.begin(), found.findings.end(), [&](const PreflightFinding &f) {
            return f.severity == severity && f.key == key && f.text.find(text) != std::string::npos;
        });
    }
    std::string rows(const std::string &name, const std::vector<std::string> &members) const
    {
        std::string text;
        for (const std::string &m : members)
            text += "{" + m
                + R"(,"true_false":true,"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"+"}]})"
                + "\n";
        return folder.write(name, text);
    }

    /// The same rows in another file of the same folder, where their pictures are found too.
    static std::string copyOf(const std::string &file, const std::string &name)
    {
        const auto target = std::filesystem::path(file).parent_path() / name;
        std::filesystem::copy_file(file, target);
        return target.string();
    }

    TempFolder folder;
    RunOptions options;
};

TEST_F(Preflights, CleanFilesOfTheDemoCanStart)
{
    std::vector<std::string> looked;
    PreflightContext context;
    context.runsFolder = folder.file("not/there/yet");
    context.progress = [&](const std::string &key, std::int64_t) { looked.push_back(key); };
    const Preflight found = look(context);
    EXPECT_TRUE(found.canStart()) << found.firstProblem();
    EXPECT_TRUE(found.overlaps.empty());
    ASSERT_EQ(found.files.size(), 4u);
    EXPECT_EQ(found.files[0].rowsKept, 12);
    EXPECT_EQ(found.files[0].withPicture, 12);
    EXPECT_EQ(found.files[1].form, "step-level");
    EXPECT_EQ(found.files[3].rowsKept, 5);
    EXPECT_TRUE(has(found, Severity::Info, "data.meta", "step-level"));
    EXPECT_GT(found.estimate.memory, 1'000'000u);
    EXPECT_GT(found.estimate.diskFree, 0u);
    EXPECT_FALSE(found.estimate.seconds);
    for (const char *key : {"data.train", "data.meta", "data.holdout", "data.test"})
        EXPECT_EQ(std::count(looked.begin(), looked.end(), key), 1) << key;
}

TEST_F(Preflights, EveryProblemIsNamedAtOnceAndFirst)
{
    options.data.train = folder.file("nothing.json");
    options.data.test = folder.write("bad.json", "[{\"question\": 3}]");
    options.model.checkpoint = folder.path();
    const Preflight found = look();
    EXPECT_FALSE(found.canStart());
    EXPECT_TRUE(has(found, Severity::Problem, "data.train", "nothing.json"));
    EXPECT_TRUE(has(found, Severity::Problem, "data.test", "row 0"));
    EXPECT_TRUE(has(found, Severity::Problem, "model.checkpoint", "config.json"));
    EXPECT_EQ(found.findings.front().severity, Severity::Problem);
    EXPECT_EQ(found.files.size(), 2u);
    EXPECT_TRUE(std::is_sorted(found.findings.begin(), found.findings.end(),
                               [](const auto &a, const auto &b) { return a.severity > b.severity; }));
}

TEST_F(Preflights, PicturesThatDoNotOpenAreCounted)
{
    options.data.meta = rows("m.jsonl", {R"("id":"a","image":"gone.png")", R"("id":"b")"});
    Preflight found = look();
    EXPECT_TRUE(found.canStart());
    EXPECT_TRUE(has(found, Severity::Warning, "data.meta", "1 of 2 rows cannot be opened"));
    EXPECT_TRUE(has(found, Severity::Warning, "data.meta", "gone.png"));
    EXPECT_TRUE(has(found, Severity::Info, "data.meta", "answer-level"));
    options.data.meta = rows("none.jsonl", {R"("id":"a","image":"gone.png")"});
    EXPECT_FALSE(look().canStart()) << "no row would be left";
    options.data.missingPicture = MissingPicture::TextOnly;
    EXPECT_TRUE(look().canStart());
}

TEST_F(Preflights, SharedRowsAreNamedForEachTwoFiles)
{
    options.data.holdout = copyOf(options.data.meta, "meta_again.json");
    const Preflight found = look();
    EXPECT_TRUE(found.canStart()) << "it is for a person to decide";
    ASSERT_EQ(found.overlaps.size(), 1u);
    EXPECT_EQ(found.overlaps[0].first, "meta");
    EXPECT_EQ(found.overlaps[0].second, "holdout");
    EXPECT_EQ(found.overlaps[0].rows, 6);
    EXPECT_TRUE(has(found, Severity::Warning, "data.holdout", "not unseen"));

    // The run itself says the same.
    const auto prepared = prepareRun(options);
    const auto &findings = prepared->report.findings;
    EXPECT_TRUE(std::any_of(findings.begin(), findings.end(),
                            [&](const PreflightFinding &f) { return f.text == overlapSentence(found.overlaps[0]); }));
}

TEST_F(Preflights, FurtherPicturesOfARowAreSeenToo)
{
    const auto row = [&](const std::string &name, const std::string &pictures) {
        return folder.write(name + ".jsonl", R"({"id":")" + name + R"(","true_false":true,)" + pictures
                                + R"(,"conversations":[{"from":"human","value":")" + name
                                + R"("},{"from":"gpt","value":"+"},{"from":"human","value":"s"},{"from":"gpt","value":"-"}]})"
                                + "\n");
    };
    options.data.train = row("two", R"("several_pictures":"all","images":["data/pictures/train-00000.png",)"
                                    R"("data/pictures/train-00001.png"])");
    options.data.meta = row("one", R"("image":"data/pictures/train-00001.png")");
    options.data.holdout.clear();
    options.data.test.clear();
    const Preflight found = look();
    ASSERT_EQ(found.overlaps.size(), 1u);
    EXPECT_EQ(found.overlaps[0].kind, OverlapKind::Picture);
    const auto prepared = prepareRun(options);
    const auto &findings = prepared->report.findings;
    EXPECT_TRUE(std::any_of(findings.begin(), findings.end(),
                            [&](const PreflightFinding &f) { return f.text == overlapSentence(found.overlaps[0]); }));
}

TEST_F(Preflights, MetaRowsThatAreTrainedOnToo)
{
    options.data.train = rows("both.jsonl", {R"("id":"test_Art_1")", R"("id":"test_Art_2")"});
    options.data.meta = copyOf(options.data.train, "both_again.jsonl");
    options.data.holdout.clear();
    options.data.test.clear();
    EXPECT_EQ(look().overlaps.size(), 1u);
    options.weighting.method = Method::None;
    options.data.metaInTrain = true;
    EXPECT_TRUE(look().overlaps.empty()) << "that is what the setting is for";
}

TEST_F(Preflights, NeedsFollowEarlierRunsAndTheMachine)
{
    PreflightContext context;
    context.earlier.push_back({options, "CPU, 2 threads", true, 100, 10});
    const Preflight found = look(context);
    ASSERT_TRUE(found.estimate.seconds);
    EXPECT_NEAR(*found.estimate.seconds, 0.1 * static_cast<double>(options.train.iterations), 1e-9);
    options.train.batch = 1'000'000;
    options.threads = 1'000'000;
    EXPECT_TRUE(has(look(), Severity::Warning, "model.checkpoint", "Lower the batch"));
}

TEST_F(Preflights, AStopEndsIt)
{
    StopFlag stop;
    PreflightContext context;
    context.stop = &stop;
    context.progress = [&](const std::string &, std::int64_t) { stop.requestStop(); };
    EXPECT_FALSE(preflight(options, context).ok());
}

} // namespace
} // namespace winnow
