#include "core/data/import/python_literal.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <fstream>

namespace winnow
{
namespace
{

TEST(PythonLiteral, ReadsWhatPythonWrites)
{
    const auto list = parsePythonList(
        R"( ['a', "it's", 'q\'"', "\n\t\\", '\x41\u00e9\U0001F600', 'one' "two", '\alpha\pi', 1.5, None, ] )");
    ASSERT_TRUE(list.ok()) << list.error().message;
    EXPECT_EQ(*list,
              (std::vector<std::string>{"a", "it's", "q'\"", "\n\t\\", "A\xC3\xA9\xF0\x9F\x98\x80", "onetwo",
                                        "\alpha\\pi", "1.5", "None"}));
    EXPECT_TRUE(parsePythonList("[]")->empty());
    EXPECT_TRUE(parsePythonList(" [ ] ")->empty());
    EXPECT_EQ(parsePythonList("['\\101\\q\\\n', ]").value(), std::vector<std::string>{"A\\q"});
}

TEST(PythonLiteral, ReadsTheGoldenLists)
{
    std::ifstream file(WINNOW_GOLDEN_DIR "/text/options.json");
    const auto golden = nlohmann::json::parse(file);
    ASSERT_FALSE(golden.empty());
    for (const auto &row : golden) {
        const auto list = parsePythonList(row["text"].get<std::string>());
        ASSERT_TRUE(list.ok()) << row.dump() << list.error().message;
        EXPECT_EQ(*list, row["list"].get<std::vector<std::string>>());
    }
}

TEST(PythonLiteral, EvaluatesNothing)
{
    for (const char *text :
         {"", "[", "'a'", "['a'", "['a]", "['a', ", "['a' 'b", "[a]", "[__import__('os')]", "['a'] + ['b']", "['a'] x",
          "[['a']]", "[f'x']", "['a',,'b']", "['a' , , 'b']", "[,]", "['a' 1]", "['\\x4']", "['\\uD800']",
          "['\\uD83D']", "['\\U00110000']", "['\\", "[1_0]", "['a\nb']", "('a',)"})
        EXPECT_FALSE(parsePythonList(text).ok()) << text;
    EXPECT_NE(parsePythonList("['a' x]").error().message.find("character 5"), std::string::npos); // from 0
}

} // namespace
} // namespace winnow
