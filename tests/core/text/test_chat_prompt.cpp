#include "core/text/bpe_trainer.h"
#include "core/text/chat_template.h"
#include "core/text/step_prompt.h"
#include "tests/core/text/text_fixtures.h"

using namespace winnow;
using namespace winnow::test;
using nlohmann::json;

namespace
{

std::vector<Turn> turnsOf(const json &row)
{
    const auto steps = row["steps"].get<std::vector<std::string>>();
    std::vector<Turn> turns = buildCandidateTurns("", row["question"].get<std::string>(), steps);
    for (std::size_t i = 0; !row["labels"].is_null() && i < steps.size(); ++i)
        turns[3 + 2 * i].text = row["labels"][i].get<std::string>();
    return turns;
}

TEST(ChatPrompt, givesTheFixturePrompts)
{
    const json fixture = readGolden("text/prompts.json");
    EXPECT_EQ(visualPrmSystemText(), fixture["system_prompt"].get<std::string>());
    for (const json &row : fixture["cases"]) {
        const std::string prompt = renderChat(turnsOf(row));
        const auto expected = row["prompt"].get<std::string>(); // with <image> put in
        const auto placed = placePicture(prompt, 3);
        ASSERT_TRUE(placed.ok());
        const std::string block = "<img><IMG_CONTEXT><IMG_CONTEXT><IMG_CONTEXT></img>";
        std::string expanded = expected;
        expanded.replace(expanded.find("<image>"), 7, block);
        EXPECT_EQ(*placed, expanded);
        EXPECT_EQ(withoutPicture(prompt).find("<image>"), std::string::npos);
    }
}

TEST(ChatPrompt, findsTheSitesOfTheFixtureWithAnyVocabulary)
{
    const Tokenizer tokenizer = miniTokenizer();
    const auto pattern = makeSitePattern(tokenizer);
    ASSERT_TRUE(pattern.ok()) << pattern.error().message;
    EXPECT_EQ(pattern->plus, 10);
    EXPECT_EQ(pattern->minus, 12);
    const json fixture = readGolden("text/prompts.json");
    for (const json &row : fixture["cases"]) {
        const auto ids = tokenizer.encode(*placePicture(renderChat(turnsOf(row)), 12));
        const std::vector<Site> sites = findSites(ids, *pattern);
        ASSERT_EQ(sites.size(), row["sites_3"].size());
        for (std::size_t i = 0; i < sites.size(); ++i) {
            EXPECT_EQ(sites[i].label, row["sites_3"][i][1].get<int>());
            EXPECT_EQ(ids[static_cast<std::size_t>(sites[i].position)], pattern->head.back());
            EXPECT_EQ(ids[static_cast<std::size_t>(sites[i].position) + 1], sites[i].label);
        }
        EXPECT_EQ(countUnsupervisedTurns(ids, *pattern), 0);
    }
}

TEST(ChatPrompt, writesAnEmptyTextAsTheRoleAlone)
{
    const std::vector<Turn> turns = {{Turn::Role::User, ""}, {Turn::Role::Assistant, "+"}, {Turn::Role::System, "S"}};
    EXPECT_EQ(renderChat(turns),
              "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\n<|im_start|>assistant\n+<|im_end|>\n");
}

TEST(ChatPrompt, placesOnePictureOnly)
{
    EXPECT_EQ(*placePicture("no turn", 1), "no turn<img><IMG_CONTEXT></img>");
    EXPECT_EQ(*placePicture("x<|im_start|>user\ny", 1), "x<|im_start|>user\n<img><IMG_CONTEXT></img>y");
    EXPECT_EQ(*placePicture("<image 1> <image>!", 2), "<image 1> <img><IMG_CONTEXT><IMG_CONTEXT></img>!");
    EXPECT_FALSE(placePicture("<image><image>", 1).ok());
    EXPECT_FALSE(placePicture("<image>", 0).ok());
    EXPECT_EQ(withoutPicture("a<image>b<image>c"), "abc");
}

TEST(ChatPrompt, placesSeveralPicturesInOrder)
{
    const std::vector<int> two{1, 2};
    const std::string first = "<img><IMG_CONTEXT></img>", second = "<img><IMG_CONTEXT><IMG_CONTEXT></img>";
    EXPECT_EQ(*placePictures("x<|im_start|>user\ny <image 2>", two),
              "x<|im_start|>user\n" + first + second + "y <image 2>");
    EXPECT_EQ(*placePictures("a <image> b <image>.", two), "a " + first + " b " + second + ".");
    for (const char *prompt : {"one <image> for two", "<image><image><image>"}) {
        const auto placed = placePictures(prompt, two);
        ASSERT_FALSE(placed.ok()) << prompt;
        EXPECT_NE(placed.error().message.find("2 pictures"), std::string::npos) << placed.error().message;
    }
}

TEST(ChatPrompt, countsAssistantTurnsWithoutALabel)
{
    const Tokenizer tokenizer = miniTokenizer();
    const auto pattern = makeSitePattern(tokenizer);
    std::vector<Turn> turns;
    for (const char *text : {"+", "-", "+ ", "Good", "", "\n+", "+\n", "++"})
        turns.push_back({Turn::Role::Assistant, text});
    const auto ids = tokenizer.encode(renderChat(turns));
    EXPECT_EQ(findSites(ids, *pattern).size(), 2u);
    EXPECT_EQ(countUnsupervisedTurns(ids, *pattern), 6);
}

TEST(ChatPrompt, refusesATokenizerWithoutChatMarks)
{
    const auto tokenizer = trainByteLevelBpe({}, 0, {});
    const auto pattern = makeSitePattern(*tokenizer);
    ASSERT_FALSE(pattern.ok());
    EXPECT_NE(pattern.error().message.find("<|im_start|>"), std::string::npos);
}

TEST(ChatPrompt, stripsTheQuestionAndKeepsAnOwnSystemText)
{
    const std::vector<std::string> steps = {"s"};
    const auto turns = buildCandidateTurns("Judge.", " \u3000q\n\x1C", steps);
    ASSERT_EQ(turns.size(), 4u);
    EXPECT_EQ(turns[0].text, "Judge.");
    EXPECT_EQ(turns[1].text, "### Question:\nq");
}

} // namespace
