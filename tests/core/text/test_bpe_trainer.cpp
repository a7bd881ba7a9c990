#include "core/text/bpe_trainer.h"

#include "core/text/qwen_added_tokens.h"
#include "tests/core/text/text_fixtures.h"

using namespace winnow;
using namespace winnow::test;

namespace
{

std::vector<std::string> addedTexts()
{
    std::vector<std::string> texts;
    for (const QwenAddedToken &token : qwenAddedTokens)
        texts.emplace_back(token.text);
    return texts;
}

const std::vector<std::string> corpus = {"system user assistant",
                                         "assistant\nuser\nsystem",
                                         "<|im_start|>assistant\n+<|im_end|>\n",
                                         "Answer: 12",
                                         "Answer: 7",
                                         "the sum of the digits"};

TEST(BpeTrainer, givesBytesQwenIdsThenMergesThenAddedTokens)
{
    const auto tokenizer = trainByteLevelBpe(corpus, 30, addedTexts());
    ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().message;
    EXPECT_EQ(tokenizer->vocabularySize(), 256 + 30 + 31);
    EXPECT_EQ(tokenizer->tokenId("+"), 10);
    EXPECT_EQ(tokenizer->tokenId("-"), 12);
    EXPECT_EQ(tokenizer->tokenId("\n"), 198);
    EXPECT_EQ(tokenizer->tokenId("<|endoftext|>"), 286);
    EXPECT_EQ(tokenizer->tokenId("</box>"), 316);
    EXPECT_EQ(tokenizer->encode("assistant").size(), 1u);
    EXPECT_EQ(tokenizer->decode(tokenizer->encode("any text: 你好 \x01")), "any text: 你好 \x01");
}

TEST(BpeTrainer, takesTheMostFrequentPairAndTheLowerIdsOfEquals)
{
    const std::vector<std::string> text = {"ab ab ab cd cd cd xy"};
    const auto tokenizer = trainByteLevelBpe(text, 3, {});
    ASSERT_TRUE(tokenizer.ok());
    // Pieces: "ab" once, " ab" twice, " cd" three times, " xy": ab 3 and cd 3 and ' c' 3; the byte a has the lowest id.
    EXPECT_EQ(tokenizer->tokenId("ab"), 256);
    EXPECT_EQ(tokenizer->tokenId("cd"), 257);
    EXPECT_EQ(tokenizer->tokenId(" cd"), 258);
}

TEST(BpeTrainer, isDeterministicAndNeverLearnsAcrossPiecesOrAddedTokens)
{
    const auto first = trainByteLevelBpe(corpus, 30, addedTexts());
    const auto second = trainByteLevelBpe(corpus, 30, addedTexts());
    const Folder a;
    const Folder b;
    ASSERT_TRUE(first->save(a.path()).ok());
    ASSERT_TRUE(second->save(b.path()).ok());
    const std::string text = readFile(a / "tokenizer.json");
    EXPECT_EQ(text, readFile(b / "tokenizer.json"));
    EXPECT_EQ(text.find("im_st\""), std::string::npos);
    const auto loaded = Tokenizer::load(a.path());
    ASSERT_TRUE(loaded.ok());
    for (const std::string &line : corpus)
        EXPECT_EQ(loaded->encode(line), first->encode(line));
}

TEST(BpeTrainer, saysWhenTheCorpusIsTooSmall)
{
    const std::vector<std::string> text = {"abc"};
    const auto tokenizer = trainByteLevelBpe(text, 5, {});
    ASSERT_FALSE(tokenizer.ok());
    EXPECT_NE(tokenizer.error().message.find("only 2 merges of 5"), std::string::npos) << tokenizer.error().message;
    EXPECT_FALSE(trainByteLevelBpe(text, -1, {}).ok());
}

} // namespace
