#include "core/base/options_command.h"

#include "core/base/options_io.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>

namespace winnow
{
namespace
{

/// The words that a shell makes of a command.
std::vector<std::string> shellSplit(const std::string &command)
{
    FILE *pipe = popen(("for word in " + command + "; do printf '%s\\0' \"$word\"; done").c_str(), "r");
    std::string all;
    std::array<char, 4096> part{};
    for (std::size_t n = fread(part.data(), 1, part.size(), pipe); n > 0; n = fread(part.data(), 1, part.size(), pipe))
        all.append(part.data(), n);
    pclose(pipe);
    std::vector<std::string> words;
    for (std::size_t from = 0; from < all.size();) {
        const std::size_t end = all.find('\0', from);
        words.push_back(all.substr(from, end - from));
        from = end + 1;
    }
    return words;
}

TEST(OptionsCommand, behaviour13_aShellReadsBackTheSameSettings)
{
    RunOptions options;
    options.name = "it's $HOME `x` \"q\" &";
    options.seed = 7;
    options.threads = 3;
    options.model.checkpoint = "/data/my models/base";
    options.data.train = "/data/träin set.json";
    options.train.optimizer.learningRate = 0.1 + 0.2; // 0.30000000000000004
    options.meta.gradientEma = 1.0 / 3.0;
    options.weighting.method = Method::Net;
    options.evaluation.systemText = "Line one.\nLine 'two'.";
    const std::vector<std::string> words = shellSplit(optionsToCommand(options, "/tmp/a store.db"));
    ASSERT_GT(words.size(), 4u);
    EXPECT_EQ(words[0], "winnow");
    EXPECT_EQ(words[1], "run");
    EXPECT_EQ(words[words.size() - 2], "--store");
    EXPECT_EQ(words.back(), "/tmp/a store.db");
    RunOptions read;
    for (std::size_t i = 2; i + 2 < words.size(); i += 2) {
        ASSERT_EQ(words[i], "--set");
        const std::size_t equals = words[i + 1].find('=');
        const Status set = setOptionFromText(read, words[i + 1].substr(0, equals), words[i + 1].substr(equals + 1));
        ASSERT_TRUE(set.ok()) << set.error().message;
    }
    EXPECT_EQ(optionsToJson(read), optionsToJson(options));
}

TEST(OptionsCommand, namesOnlyWhatDiffersFromTheDefaults)
{
    EXPECT_EQ(optionsToCommand(RunOptions(), "a.db"), "winnow run --store a.db");
}

} // namespace
} // namespace winnow
