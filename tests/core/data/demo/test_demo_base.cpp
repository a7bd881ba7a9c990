#include "core/data/demo/demo_base.h"

#include "core/data/demo/demo_files.h"
#include "core/text/step_prompt.h"
#include "tests/core/data/temp_folder.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace winnow {
namespace {

std::unique_ptr<DemoBaseRows> baseRows(std::uint64_t seed, DemoBaseRows::Level level = DemoBaseRows::Level::Full)
{
    auto sheet = DigitSheet::load(std::string(WINNOW_SOURCE_DIR) + "/resources/demo");
    auto tokenizer = makeDemoTokenizer();
    EXPECT_TRUE(sheet.ok() && tokenizer.ok());
    return std::move(DemoBaseRows::create(std::move(sheet).value(), std::move(tokenizer).value(), seed, 4000, level))
        .value();
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
                             " each", " step", " with", " or", "What", " is", " their", " sum",
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

TEST(DemoBaseRows, AreAQuarterEachOfTheFourKinds)
{
    std::map<DemoBaseRows::Kind, int> kinds;
    for (std::size_t row = 0; row < 400; ++row)
        ++kinds[DemoBaseRows::kindOf(row)];
    for (const auto kind : {DemoBaseRows::Kind::Chain, DemoBaseRows::Kind::Read, DemoBaseRows::Kind::Judge,
                            DemoBaseRows::Kind::JudgeInWords})
        EXPECT_EQ(kinds[kind], 100);
}

std::string said(const std::vector<Turn> &turns)
{
    std::string text;
    for (const Turn &turn : turns) {
        if (turn.role == Turn::Role::Assistant)
            text += turn.text;
    }
    return text;
}

TEST(DemoBaseRows, SitesExpectTheTruthWhateverTheModelReads)
{
    const auto rows = baseRows(7);
    const Tokenizer tokenizer = std::move(makeDemoTokenizer()).value();
    const std::int32_t end = *tokenizer.tokenId("<|im_end|>");
    int readsOther = 0;
    for (std::size_t row = 0; row < 200; ++row) {
        const DemoBaseRows::Row drawn = rows->row(row);
        const auto sample = rows->get(row);
        std::vector<std::int32_t> labels, read;
        for (const Site &site : sample->sites) {
            // The logits at a position predict the next token.
            read.push_back(sample->ids[static_cast<std::size_t>(site.position) + 1]);
            labels.push_back(site.label);
        }
        if (drawn.kind == DemoBaseRows::Kind::Chain) {
            ASSERT_EQ(labels.back(), end);
            labels.pop_back();
            read.pop_back();
        }
        EXPECT_EQ(tokenizer.decode(labels), said(drawn.turns));
        EXPECT_EQ(tokenizer.decode(read), said(drawn.read));
        readsOther += labels != read ? 1 : 0;
    }
    EXPECT_GT(readsOther, 20) << "half of the judge turns, where a step is wrong";
}

TEST(DemoBaseRows, SayTheRightValueOrVerdict)
{
    const auto rows = baseRows(8);
    double first = 0, right = 0;
    for (std::size_t index = 0; index < 4000; ++index) {
        const DemoBaseRows::Row row = rows->row(index);
        for (int picture : row.problem.pictures)
            EXPECT_LT(picture, DigitSheet::trainPictures);
        if (row.kind == DemoBaseRows::Kind::Chain) {
            ASSERT_EQ(row.turns.size(), 3u);
            EXPECT_TRUE(row.turns[2].text.ends_with("Answer: " + std::to_string(row.problem.answer)));
            continue;
        }
        ASSERT_EQ(row.turns.size(), 2 + 2 * (row.problem.digits.size() + 2));
        if (row.kind == DemoBaseRows::Kind::Read) {
            EXPECT_EQ(row.turns[0].text, "Read each step.");
            for (std::size_t i = 0; i < row.problem.digits.size(); ++i)
                EXPECT_EQ(row.turns[3 + 2 * i].text, std::to_string(row.problem.digits[i]));
            EXPECT_EQ(row.turns.back().text, std::to_string(row.problem.answer));
            continue;
        }
        const bool read = row.turns[2].text == "a=" + std::to_string(row.problem.digits[0]);
        // "Judge each step with R or W."
        const std::string &system = row.turns[0].text;
        ASSERT_EQ(system.size(), std::string("Judge each step with R or W.").size());
        EXPECT_EQ(row.turns[3].text, std::string(1, system[read ? 21 : 26]));
        if (row.kind == DemoBaseRows::Kind::Judge) {
            EXPECT_EQ(system, "Judge each step with y or n.");
        }
        EXPECT_EQ(said(row.turns).find_first_of("+-"), std::string::npos) << "the demo's own labels stay unseen";
        ++first;
        right += read ? 1 : 0;
    }
    EXPECT_NEAR(right / first, 0.75, 5 * std::sqrt(0.75 * 0.25 / first));
}

TEST(DemoBaseRows, EasyRowsSayYOrNReadTheTruthAndShowStraightDigits)
{
    const auto rows = baseRows(12, DemoBaseRows::Level::Easy);
    for (std::size_t index = 0; index < 4000; ++index) {
        const DemoBaseRows::Row row = rows->row(index);
        EXPECT_EQ(said(row.read), said(row.turns));
        if (row.kind == DemoBaseRows::Kind::Judge || row.kind == DemoBaseRows::Kind::JudgeInWords) {
            EXPECT_EQ(row.turns[0].text, "Judge each step with y or n.");
        }
        for (const DigitPose &pose : row.poses)
            EXPECT_EQ(pose, DigitPose{});
    }
}

TEST(DemoBaseRows, DigitsStandInAPoseAsTheLevelSays)
{
    const std::tuple<DemoBaseRows::Level, double, bool> levels[] = {{DemoBaseRows::Level::Full, 0.5, false},
                                                                    {DemoBaseRows::Level::Writers, 0.75, true}};
    for (const auto &[level, share, bent] : levels) {
        const auto rows = baseRows(12, level);
        double digits = 0, posed = 0;
        for (std::size_t index = 0; index < 4000; ++index) {
            for (const DigitPose &pose : rows->row(index).poses) {
                const bool straight = pose == DigitPose{};
                ++digits;
                posed += straight ? 0 : 1;
                EXPECT_EQ(pose.bend != DigitPose{}.bend, bent && !straight);
            }
        }
        EXPECT_NEAR(posed / digits, share, 5 * std::sqrt(share * (1 - share) / digits));
    }
}

TEST(DemoBaseRows, NameEachVerdictWithTheTokenThatTheAssistantSays)
{
    const Tokenizer tokenizer = std::move(makeDemoTokenizer()).value();
    const auto rows = baseRows(11);
    std::set<std::string> words;
    for (std::size_t index = 3; index < 4000; index += 4) {
        const std::string system = rows->row(index).turns[0].text;
        const auto ids = tokenizer.encode(system);
        for (const std::size_t place : {std::size_t{21}, std::size_t{26}}) {
            const std::string word(1, system[place]);
            const auto id = tokenizer.encode(word);
            ASSERT_EQ(id.size(), 1u);
            EXPECT_EQ(std::count(ids.begin(), ids.end(), id.front()), 1) << system;
            words.insert(word);
        }
    }
    EXPECT_EQ(words.size(), 32u);
    const auto real = tokenizer.encode(std::string(demoJudgeText));
    EXPECT_EQ(std::count(real.begin(), real.end(), 10), 1) << "the word + is the label's own token";
    EXPECT_EQ(std::count(real.begin(), real.end(), 12), 1);
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
