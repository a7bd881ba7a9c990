#include "core/run/checkpoint_manifest.h"

#include "tests/core/store/store_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace winnow {
namespace {

namespace fs = std::filesystem;
using test::readFile;
using test::StoreFolder;
using test::writeFile;

std::string make(const std::string &runFolder, std::int64_t step, const std::string &content = "weights")
{
    const auto temporary = beginCheckpoint(runFolder, step);
    EXPECT_TRUE(temporary.ok());
    writeFile(*temporary + "/model.safetensors", content + std::to_string(step));
    writeFile(*temporary + "/state.json", "{}");
    const auto folder = completeCheckpoint(*temporary, step);
    EXPECT_TRUE(folder.ok()) << (folder.ok() ? "" : folder.error().message);
    return *folder;
}

TEST(CheckpointManifest, NamesOfFolders)
{
    EXPECT_EQ(checkpointFolderName(1200), "step-00001200");
    EXPECT_EQ(checkpointStepOf("step-00001200"), 1200);
    EXPECT_EQ(checkpointStepOf("step-123456789012"), 123456789012);
    EXPECT_EQ(checkpointStepOf("/runs/step-00000007/step-00001200"), 1200);
    for (const char *name : {"step-1200", "step-0000120x", "step-00001200.tmp", "", "step-99999999999999999999",
                             "step-00001200/model.safetensors"})
        EXPECT_FALSE(checkpointStepOf(name).has_value()) << name;
}

TEST(CheckpointManifest, EveryFlippedBitIsFound)
{
    StoreFolder folder;
    const std::string checkpoint = make(folder.path(), 100);
    const auto manifest = verifyCheckpoint(checkpoint);
    ASSERT_TRUE(manifest.ok()) << manifest.error().message;
    EXPECT_EQ(manifest->step, 100);
    ASSERT_EQ(manifest->files.size(), 2u);
    EXPECT_EQ(manifest->totalBytes(), 12u);
    for (const char *name : {"/model.safetensors", "/state.json"}) {
        const std::string good = readFile(checkpoint + name);
        for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
            std::string bad = good;
            bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << (bit % 8)));
            writeFile(checkpoint + name, bad);
            EXPECT_FALSE(verifyCheckpoint(checkpoint).ok()) << name << " bit " << bit;
        }
        writeFile(checkpoint + name, good.substr(1));
        EXPECT_FALSE(verifyCheckpoint(checkpoint).ok());
        fs::remove(checkpoint + name);
        EXPECT_FALSE(verifyCheckpoint(checkpoint).ok());
        writeFile(checkpoint + name, good);
        EXPECT_TRUE(verifyCheckpoint(checkpoint).ok());
    }
}

TEST(CheckpointManifest, HostileManifestsAreRefused)
{
    StoreFolder folder;
    const std::string checkpoint = make(folder.path(), 100);
    const std::string good = readFile(checkpoint + "/manifest.json");
    for (const char *name : {"../model.safetensors", "/etc/passwd", "a\\\\b", ".", "", "manifest.json"}) {
        std::string bad = good;
        bad.replace(bad.find("state.json"), 10, name);
        writeFile(checkpoint + "/manifest.json", bad);
        EXPECT_FALSE(readManifest(checkpoint).ok()) << name;
    }
    for (const std::string &bad : {std::string(), std::string("[]"), std::string("{\"step\":1,\"files\":[]}"),
                                   std::string("{\"step\":1,\"files\":[7]}"), good.substr(0, good.size() / 2)}) {
        writeFile(checkpoint + "/manifest.json", bad);
        EXPECT_FALSE(readManifest(checkpoint).ok());
    }
}

TEST(CheckpointManifest, TheNewestGoodOneIsTaken)
{
    StoreFolder folder;
    const std::string first = make(folder.path(), 100);
    const std::string second = make(folder.path(), 200);
    const auto unfinished = beginCheckpoint(folder.path(), 300);
    writeFile(*unfinished + "/model.safetensors", "half");
    EXPECT_EQ(newestVerifiedCheckpoint(folder.path()), second);
    writeFile(second + "/state.json", "[]");
    std::vector<std::string> problems;
    EXPECT_EQ(newestVerifiedCheckpoint(folder.path(), &problems), first);
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_NE(problems[0].find(second), std::string::npos);
    ASSERT_TRUE(invalidateCheckpoint(first).ok());
    EXPECT_EQ(newestVerifiedCheckpoint(folder.path()), "");
    EXPECT_EQ(newestVerifiedCheckpoint(folder.file("nowhere")), "");
    EXPECT_FALSE(completeCheckpoint(*beginCheckpoint(folder.path(), 400), 400).ok());
}

TEST(CheckpointManifest, WhatCannotBeReadIsSkippedAndTold)
{
    StoreFolder folder;
    const std::string good = make(folder.path(), 100);
    // Links in a circle: nobody can follow them, while root reads what has no permissions.
    fs::create_symlink("step-00000200", folder.file("step-00000200"));
    fs::create_directory(folder.file("step-00000300"));
    fs::create_symlink("manifest.json", folder.file("step-00000300/manifest.json"));
    fs::create_directory(folder.file("step-00000400")); // no manifest: not finished, no problem
    std::vector<std::string> problems;
    EXPECT_EQ(newestVerifiedCheckpoint(folder.path(), &problems), good);
    std::sort(problems.begin(), problems.end());
    ASSERT_EQ(problems.size(), 2u);
    EXPECT_NE(problems[0].find("step-00000200\" cannot be read: "), std::string::npos) << problems[0];
    EXPECT_NE(problems[1].find("step-00000300\" cannot be read: "), std::string::npos) << problems[1];
    EXPECT_TRUE(pruneCheckpoints(folder.path(), {}).ok());

    problems.clear();
    EXPECT_EQ(newestVerifiedCheckpoint(folder.file("step-00000200"), &problems), "");
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_NE(problems[0].find("cannot be listed"), std::string::npos) << problems[0];
    EXPECT_FALSE(pruneCheckpoints(folder.file("step-00000200"), {}).ok());

    problems.clear();
    EXPECT_EQ(newestVerifiedCheckpoint(folder.file("nowhere"), &problems), "");
    EXPECT_TRUE(problems.empty()) << problems[0];
}

TEST(CheckpointManifest, TheSameStepIsReplaced)
{
    StoreFolder folder;
    make(folder.path(), 100, "old");
    const std::string again = make(folder.path(), 100, "new");
    EXPECT_TRUE(verifyCheckpoint(again).ok());
    EXPECT_EQ(readFile(again + "/model.safetensors"), "new100");
    EXPECT_FALSE(fs::exists(folder.file("step-00000100.tmp")));
}

TEST(CheckpointManifest, PruningKeepsTheTwoNewestGoodOnesAndTheSelected)
{
    StoreFolder folder;
    for (std::int64_t step : {100, 200, 300, 400, 500})
        make(folder.path(), step);
    writeFile(folder.file("step-00000500/state.json"), "[]"); // damaged: does not count, is not removed
    writeFile(folder.file("other.txt"), "x");
    ASSERT_TRUE(beginCheckpoint(folder.path(), 600).ok());
    ASSERT_TRUE(pruneCheckpoints(folder.path(), {folder.file("step-00000100")}).ok());
    const std::vector<std::string> left = listCheckpoints(folder.path());
    EXPECT_EQ(left, (std::vector<std::string>{folder.file("step-00000500"), folder.file("step-00000400"),
                                              folder.file("step-00000300"), folder.file("step-00000100")}));
    EXPECT_FALSE(fs::exists(folder.file("step-00000200")));
    EXPECT_FALSE(fs::exists(folder.file("step-00000600.tmp")));
    EXPECT_TRUE(fs::exists(folder.file("other.txt")));
}

} // namespace
} // namespace winnow
