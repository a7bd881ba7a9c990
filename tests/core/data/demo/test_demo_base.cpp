#include "core/data/demo/demo_base.h"

#include "core/text/step_prompt.h"
#include "tests/core/data/temp_folder.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <cmath>
#include <map>

namespace winnow {
namespace {

std::unique_ptr<DemoBaseRows> baseRows(std::uint64_t seed)
{
    auto sheet = DigitSheet::load(std::string(WINNOW_SOURCE_DIR) + "/resources/demo");
    auto tokenizer = makeDemoTokenizer();
    EXPECT_TRUE(sheet.ok() && tokenizer.ok());
    return std::move(DemoBaseRows::create(std::move(sheet).value(), std::move(tokenizer).value(), seed, 4000)).value();
}

TEST(DemoTokenizer, HasTheFixedVocabulary)
{
    const auto made = makeDemoTokenizer();
    ASSERT_TRUE(made.ok()) << made.error().message;
    EXPECT_EQ(made->vocabularySize(), 400);
    EXPECT_EQ(made->addedTokens().size(), 31u);
    EXPECT_EQ(made->encode("+"), (std::vector<std::int32_t>{10}));
    EXPECT_EQ(made->encode("-"), (std::vector<std::int32_t>{12}));
    EXPECT_EQ(made->encode("\n"), (std::vector<std::int32_t>{198}));
    for (const char *word : {"system", "user", "assistant", "Answer", "y", "n", "max", " Question", "Judge",
                             " each", " step", " with", " or", " +", "What", " is", " their", " sum",
                             " difference", "Which", " the", " largest", "Read"})
        EXPECT_EQ(made->encode(word).size(), 1u) << word;
    const std::string anything = "Größe 12, 漢字 <|im_end|>!";
    EXPECT_EQ(made->decode(made->encode(anything)), anything);
    EXPECT_TRUE(makeSitePattern(*made).ok());
}

TEST(DemoTokenizer, SavesTheSameFilesEachTime)
{
    TempFolder a, b;
    const auto tokenizer = makeDemoTokenizer();
    ASSERT_TRUE(writeDemoBaseFiles(*tokenizer, a.path()).ok());
    ASSERT_TRUE(writeDemoBaseFiles(*makeDemoTokenizer(), b.path()).ok());
    EXPECT_EQ(TempFolder::read(a.file("tokenizer.json")), TempFolder::read(b.file("tokenizer.json")));
    const auto again = Tokenizer::load(a.path());
    ASSERT_TRUE(again.ok()) << again.error().message;
    EXPECT_EQ(again->encode("a=3\nAnswer: 12"), tokenizer->encode("a=3\nAnswer: 12"));
    const auto config = nlohmann::json::parse(TempFolder::read(a.file("config.json")));
    EXPECT_EQ(config["text_config"]["vocab_size"], 400);
    EXPECT_EQ(config["text_config"]["num_hidden_layers"], 4);
    EXPECT_EQ(config["vision_config"]["image_size"][0], 28);
    EXPECT_EQ(config["image_token_id"], *tokenizer->tokenId("<IMG_CONTEXT>"));
}

TEST(DemoBaseRows, AreHalfJudgeAndAQuarterEachOfChainAndRead)
{
    std::map<DemoBaseRows::Kind, int> kinds;
    for (std::size_t row = 0; row < 400; ++row)
        ++kinds[DemoBaseRows::kindOf(row)];
    EXPECT_EQ(kinds[DemoBaseRows::Kind::Chain], 100);
    EXPECT_EQ(kinds[DemoBaseRows::Kind::Read], 100);
    EXPECT_EQ(kinds[DemoBaseRows::Kind::Judge], 200);
}

TEST(DemoBaseRows, SitesSpellWhatTheAssistantSays)
{
    const auto rows = baseRows(7);
    const Tokenizer tokenizer = std::move(makeDemoTokenizer()).value();
    const std::int32_t end = *tokenizer.tokenId("<|im_end|>");
    for (std::size_t row = 0; row < 200; ++row) {
        DemoProblem problem;
        std::string said;
        for (const Turn &turn : rows->turns(row, problem)) {
            if (turn.role == Turn::Role::Assistant)
                said += turn.text;
        }
        const auto sample = rows->get(row);
        std::vector<std::int32_t> labels;
        for (const Site &site : sample->sites) {
            // The logits at a position predict the next token.
            EXPECT_EQ(sample->ids[static_cast<std::size_t>(site.position) + 1], site.label);
            labels.push_back(site.label);
        }
        if (DemoBaseRows::kindOf(row) == DemoBaseRows::Kind::Chain) {
            ASSERT_EQ(labels.back(), end);
            labels.pop_back();
        }
        EXPECT_EQ(tokenizer.decode(labels), said);
    }
}

TEST(DemoBaseRows, SayTheRightValueOrVerdict)
{
    const auto rows = baseRows(8);
    double first = 0, right = 0;
    for (std::size_t row = 0; row < 4000; ++row) {
        DemoProblem problem;
        const auto turns = rows->turns(row, problem);
        for (int picture : problem.pictures)
            EXPECT_LT(picture, DigitSheet::trainPictures);
        if (DemoBaseRows::kindOf(row) == DemoBaseRows::Kind::Chain) {
            ASSERT_EQ(turns.size(), 3u);
            EXPECT_TRUE(turns[2].text.ends_with("Answer: " + std::to_string(problem.answer)));
            continue;
        }
        ASSERT_EQ(turns.size(), 2 + 2 * (problem.digits.size() + 2));
        if (DemoBaseRows::kindOf(row) == DemoBaseRows::Kind::Read) {
            EXPECT_EQ(turns[0].text, "Read each step.");
            for (std::size_t i = 0; i < problem.digits.size(); ++i)
                EXPECT_EQ(turns[3 + 2 * i].text, std::to_string(problem.digits[i]));
            EXPECT_EQ(turns.back().text, std::to_string(problem.answer));
            continue;
        }
        const bool read = turns[2].text == "a=" + std::to_string(problem.digits[0]);
        EXPECT_EQ(turns[3].text, read ? "y" : "n");
        ++first;
        right += read ? 1 : 0;
    }
    EXPECT_NEAR(right / first, 0.75, 5 * std::sqrt(0.75 * 0.25 / first));
}

TEST(DemoBaseRows, AreShortPureAndDifferBySeed)
{
    const auto rows = baseRows(9), again = baseRows(9), other = baseRows(10);
    std::size_t longest = 0;
    int same = 0;
    for (std::size_t row = 0; row < 400; ++row) {
        const auto sample = rows->get(row);
        longest = std::max(longest, sample->ids.size());
        EXPECT_EQ(sample->ids, again->get(row)->ids);
        EXPECT_EQ(sample->tiles.rgb, again->get(row)->tiles.rgb);
        same += sample->tiles.rgb == other->get(row)->tiles.rgb ? 1 : 0;
        EXPECT_EQ(sample->tiles.size, 28);
        EXPECT_TRUE(sample->tiles.count == 3 || sample->tiles.count == 4) << "two or three tiles and the thumbnail";
    }
    EXPECT_LE(longest, 140u);
    EXPECT_EQ(same, 0);
}

} // namespace
} // namespace winnow
