#include "core/text/step_splitter.h"

#include "tests/core/text/text_fixtures.h"

#include <algorithm>
#include <random>

using namespace winnow;
using namespace winnow::test;
using nlohmann::json;

namespace
{

using Steps = std::vector<std::string>;

Steps kept(const std::string &text)
{
    return candidateSteps(text, StepSplitter::KeepNumbers);
}

TEST(StepSplitter, givesTheFixtureSteps)
{
    const json cases = readGolden("text/steps.json");
    ASSERT_EQ(cases.size(), 30u);
    for (const json &row : cases)
        EXPECT_EQ(candidateSteps(row["candidate"].get<std::string>(), StepSplitter::Reference),
                  row["steps"].get<Steps>())
            << row["candidate"];
}

TEST(StepSplitter, keepsNumbersThatEndASentence)
{
    EXPECT_EQ(kept("[Reasoning]\nThe force is 18. Therefore F = 2 x 9. So 36 N.\nAnswer: 36"),
              (Steps{"The force is 18. Therefore F = 2 x 9. So 36 N.", "Answer: 36"}));
    EXPECT_EQ(kept("3.14 is pi\n2.71 is e"), (Steps{"3.14 is pi\n2.71 is e"}));
    EXPECT_EQ(kept("The sum is\n\n36."), (Steps{"The sum is", "36."}));
    EXPECT_EQ(kept("We use Step 2. Then we stop."), (Steps{"We use Step 2. Then we stop."}));
}

TEST(StepSplitter, stillSplitsListsWhenItKeepsNumbers)
{
    EXPECT_EQ(kept("[Reasoning]\n1. First.\n2. Second.\n3. Third.\nAnswer: C"),
              (Steps{"First.", "Second.", "Third.", "Answer: C"}));
    EXPECT_EQ(kept("1. It is 18. 2. It is 9. 3. So 27"), (Steps{"It is 18.", "It is 9.", "So 27"}));
    EXPECT_EQ(kept("a 1) b 2) c"), (Steps{"a", "b", "c"}));
    EXPECT_EQ(kept("Step 1: a Step 2: b"), (Steps{"a", "b"}));
    EXPECT_EQ(kept("① one ② two"), (Steps{"one", "two"}));
}

std::string randomText(std::mt19937 &random)
{
    const std::vector<std::string> parts = {
        "Step",      "step ",       "步骤",    "1",    "23",     ".",      ":",    "：",   "、", ")",
        " ",         " ",           "\n",      "\n\n", "\r\n",   "\t",     "①",    "⑳",    "٣",  "word",
        "Therefore", "[Reasoning]", "Answer:", "\x1C", "\u2028", "\u00A0", "ſtep", "\xFF", "=",  "x"};
    std::string text;
    for (std::size_t i = 0; i < random() % 30; ++i)
        text += parts[random() % parts.size()];
    return text;
}

TEST(StepSplitter, givesTrimmedStepsForAnyText)
{
    std::mt19937 random(3);
    for (int round = 0; round < 20000; ++round) {
        const std::string text = randomText(random);
        for (const StepSplitter kind : {StepSplitter::Reference, StepSplitter::KeepNumbers}) {
            const Steps steps = candidateSteps(text, kind);
            ASSERT_FALSE(steps.empty());
            for (std::size_t i = 0; i < steps.size(); ++i) {
                EXPECT_TRUE(!steps[i].empty() || i == 0) << text;
                if (!steps[i].empty()) {
                    EXPECT_EQ(std::string(" \n\r\t").find(steps[i].front()), std::string::npos) << text;
                    EXPECT_EQ(std::string(" \n\r\t").find(steps[i].back()), std::string::npos) << text;
                }
            }
        }
    }
}

TEST(StepSplitter, dropsNoWordsAndKeepsEverySentenceNumber)
{
    std::mt19937 random(5);
    for (int round = 0; round < 2000; ++round) {
        std::string text = "We start here.";
        for (std::size_t i = 0; i < 1 + random() % 6; ++i) // sentences that end in a number, no list anywhere
            text += " So it is " + std::to_string(random() % 1000) + ".";
        EXPECT_EQ(kept(text), Steps{text});
    }
}

TEST(StepSplitter, agreesWithTheReferenceWithoutFullStopsAfterNumbers)
{
    std::mt19937 random(9);
    for (int round = 0; round < 5000; ++round) {
        std::string text = randomText(random);
        std::erase(text, '.');
        EXPECT_EQ(kept(text), candidateSteps(text, StepSplitter::Reference)) << text;
    }
}

} // namespace
