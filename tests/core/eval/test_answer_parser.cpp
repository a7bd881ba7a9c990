#include "core/eval/answer_parser.h"
#include "core/eval/python_text.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>

namespace winnow {
namespace {

nlohmann::json golden(const std::string &name)
{
    std::ifstream file(std::string(WINNOW_GOLDEN_DIR) + "/text/" + name);
    return nlohmann::json::parse(file);
}

TEST(AnswerParser, goldenChoices)
{
    const auto choice = golden("answers.json")["choice"];
    std::vector<std::string> options;
    for (const auto &letter : choice["choices"])
        options.push_back(choice["index2ans"][letter.get<std::string>()].get<std::string>());
    for (const auto &row : choice["cases"]) {
        const auto parsed = parseChoice(row["response"].get<std::string>(), options);
        const std::string wanted = row["pred"].is_null() ? "none" : row["pred"].get<std::string>();
        EXPECT_EQ(parsed ? std::string(1, static_cast<char>('A' + *parsed)) : "none", wanted) << row.dump();
    }
}

TEST(AnswerParser, goldenOpenAnswers)
{
    for (const auto &row : golden("answers.json")["open"]) {
        const auto parsed = parseOpenResponse(row["response"].get<std::string>());
        nlohmann::json asJson = nlohmann::json::array();
        for (const OpenAnswer &answer : parsed)
            std::visit([&](const auto &value) { asJson.push_back(value); }, answer);
        EXPECT_EQ(asJson, row["parsed"]) << row.dump();
        const auto golds = row["gold"].is_array() ? row["gold"].get<std::vector<std::string>>()
                                                  : std::vector<std::string>{row["gold"].get<std::string>()};
        EXPECT_EQ(openAnswerIsRight(golds, parsed), row["correct"].get<bool>()) << row.dump();
    }
}

TEST(AnswerParser, mmmuProVariant)
{
    const std::vector<std::string> options = {"one", "two", "three", "four"};
    EXPECT_EQ(parseChoice("B maybe. Answer: (C)", options, AnswerForm::MmmuPro), 2u);
    EXPECT_EQ(parseChoice("Answer: B or C (D)", options, AnswerForm::MmmuPro), 3u) << "several letters: the usual way";
    EXPECT_EQ(parseChoice("optionD then", options, AnswerForm::MmmuPro), 3u);
    EXPECT_EQ(parseChoice("optionD then", options, AnswerForm::Mmmu), std::nullopt);
    EXPECT_EQ(parseChoice("itisB.yes", options, AnswerForm::MmmuPro), 1u);
}

TEST(AnswerParser, optionTexts)
{
    const std::string longText = "in my view the thing is clearly A\xCC\x88RGER here";
    EXPECT_EQ(parseChoice(longText, {"x-ray", "a\xCC\x88rger"}), 1u) << "letter case is Unicode's";
    EXPECT_EQ(parseChoice("five words only are here", {"words", "five"}), std::nullopt);
    EXPECT_EQ(parseChoice("six words and then some here", {"zzz", ""}), 1u) << "an empty option text always occurs";
    EXPECT_EQ(parseChoice("A", {}), std::nullopt);
}

TEST(AnswerParser, pythonNumbers)
{
    const auto parse = [](const std::string &text) { return pythonFloat(decodeUtf8(text)); };
    EXPECT_EQ(parse(" 1_000 "), 1000.0);
    EXPECT_EQ(parse("+.5"), 0.5);
    EXPECT_EQ(parse("5."), 5.0);
    EXPECT_EQ(parse("-1E3"), -1000.0);
    EXPECT_EQ(parse("\xD9\xA3"), 3.0) << "Arabic-Indic digit";
    EXPECT_EQ(parse("-Infinity"), -INFINITY);
    EXPECT_TRUE(std::isnan(*parse("nan")));
    EXPECT_EQ(parse("1e999"), INFINITY);
    EXPECT_EQ(parse("1e-999"), 0.0);
    EXPECT_EQ(parse("0.0001e-400"), 0.0);
    for (const char *text :
         {"", "1__0", "_1", "1_", "0x10", "--1", "+-1", "1e", ".", "e5", "1 2", "nan(1)", "1.5f", "infinit"})
        EXPECT_EQ(parse(text), std::nullopt) << text;
    EXPECT_EQ(roundTwo(2.675), 2.67);
    EXPECT_EQ(roundTwo(0.125), 0.12) << "half to even";
    EXPECT_EQ(roundTwo(1e300), 1e300);
}

TEST(AnswerParser, numbersAreFoundAsPythonFindsThem)
{
    const auto find = [](const std::string &text) {
        std::string joined;
        for (const auto &number : findNumbers(decodeUtf8(text)))
            joined += encodeUtf8(number) + " ";
        return joined;
    };
    // Expected values: re.findall of the official patterns in Python 3.11.
    EXPECT_EQ(find("1,234,567 and -8,200."), "1,234,567 -8,200 567 200 ");
    EXPECT_EQ(find("12.5e3x 1.5.6e-3"), "12.5e3 5.6e-3 12 1.5 -3 ");
    EXPECT_EQ(find("1,2345,678 a1,234 3rd x9"), "678 234 9 ");
    EXPECT_EQ(find("1.25, -.5 7"), "1 -.5 7 ");
}

TEST(AnswerParser, judgesTheTextAfterTheFirstMark)
{
    const AnswerKey key{{"cat", "dog"}, {"B"}};
    EXPECT_TRUE(judgeCandidate("[Reasoning]\nA cat? No.\nAnswer: B\n", key).right);
    EXPECT_FALSE(judgeCandidate("Answer: A", key).right);
    const JudgedAnswer none = judgeCandidate("Answer: ?", key);
    EXPECT_FALSE(none.parsed);
    EXPECT_FALSE(none.right);
    EXPECT_FALSE(none.normalized.has_value());
    EXPECT_EQ(judgeCandidate("B", key).normalized, "B");
    const AnswerKey open{{}, {"24/7", "3.429"}};
    EXPECT_TRUE(judgeCandidate("Answer: 3.43", open).right);
    EXPECT_EQ(judgeCandidate("Answer: 3.4290", open).normalized, "3.43");
    EXPECT_TRUE(judgeCandidate("", open).parsed);
}

TEST(AnswerParser, randomChoiceIsRepeatableAndInRange)
{
    std::vector<int> seen(4);
    for (std::uint64_t q = 0; q < 400; ++q) {
        const std::size_t pick = randomChoice(1, q, 0, 4);
        EXPECT_EQ(pick, randomChoice(1, q, 0, 4));
        ++seen.at(pick);
    }
    for (int count : seen)
        EXPECT_GT(count, 60);
}

} // namespace
} // namespace winnow
