#include "core/text/chat_template.h"
#include "core/text/step_prompt.h"
#include "tests/core/text/text_fixtures.h"

#include <cstdlib>

using namespace winnow;
using namespace winnow::test;
using nlohmann::json;

namespace
{

Result<Tokenizer> realTokenizer()
{
    const char *folder = std::getenv("WINNOW_QWEN_VOCAB");
    return folder ? Tokenizer::load(folder) : Error{"WINNOW_QWEN_VOCAB names no folder with the real vocabulary."};
}

TEST(QwenVocabulary, givesTheIdsAndPiecesOfTheFixture)
{
    const auto tokenizer = realTokenizer();
    ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().message;
    EXPECT_EQ(tokenizer->vocabularySize(), 151674);
    for (const json &row : readGolden("tokenizer/full-cases.json")) {
        const auto text = row["text"].get<std::string>();
        EXPECT_EQ(tokenizer->encode(text), row["ids"].get<Ids>()) << text;
        if (row.contains("pieces")) {
            EXPECT_EQ(tokenizer->pieces(text), row["pieces"].get<std::vector<std::string>>()) << text;
        }
    }
}

TEST(QwenVocabulary, givesTheIdsAndSitesOfThePrompts)
{
    const auto tokenizer = realTokenizer();
    ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().message;
    const auto pattern = makeSitePattern(*tokenizer);
    ASSERT_TRUE(pattern.ok());
    EXPECT_EQ(pattern->head, (Ids{151644, 77091, 198}));
    EXPECT_EQ(pattern->tail, (Ids{151645, 198}));
    const json fixture = readGolden("text/prompts.json");
    for (const json &row : fixture["cases"]) {
        for (const int tiles : {1, 3}) {
            const std::string name = std::to_string(tiles);
            const auto ids = tokenizer->encode(*placePicture(row["prompt"].get<std::string>(), 4 * tiles));
            EXPECT_EQ(ids, row["ids_" + name + "_tiles_of_4"].get<Ids>());
            std::vector<std::vector<int>> sites;
            for (const Site &site : findSites(ids, *pattern))
                sites.push_back({site.position, site.label});
            EXPECT_EQ(sites, row["sites_" + name].get<std::vector<std::vector<int>>>());
        }
    }
}

TEST(QwenVocabulary, savesATokenizerJsonThatReadsTheSame)
{
    const auto tokenizer = realTokenizer();
    ASSERT_TRUE(tokenizer.ok());
    const Folder folder;
    ASSERT_TRUE(tokenizer->save(folder.path()).ok());
    const auto again = Tokenizer::load(folder / "tokenizer.json");
    ASSERT_TRUE(again.ok()) << again.error().message;
    for (const json &row : readGolden("tokenizer/full-cases.json"))
        EXPECT_EQ(again->encode(row["text"].get<std::string>()), row["ids"].get<Ids>());
}

} // namespace
