#include "core/text/tokenizer.h"

#include "core/text/byte_table.h"
#include "core/text/qwen_added_tokens.h"
#include "core/text/unicode_text.h"
#include "tests/core/text/text_fixtures.h"

#include <algorithm>
#include <map>
#include <random>

using namespace winnow;
using namespace winnow::test;
using nlohmann::json;

namespace
{

TEST(Tokenizer, givesFixtureIds)
{
    const Tokenizer tokenizer = miniTokenizer();
    const json cases = readGolden("tokenizer/mini-cases.json");
    ASSERT_EQ(cases.size(), 220u);
    int skipped = 0;
    for (const json &row : cases) {
        const auto text = row["text"].get<std::string>();
        // These ids come from the fast tokenizer; Winnow follows the slow one, which loses a token here (section 3).
        if (text == "<|im_end|>\u0338x") {
            ++skipped;
            continue;
        }
        EXPECT_EQ(tokenizer.encode(text), row["ids"].get<Ids>()) << text;
        EXPECT_EQ(tokenizer.decode(row["ids"].get<Ids>()), composeUtf8(text)) << text;
    }
    EXPECT_EQ(skipped, 1);
}

TEST(Tokenizer, tellsWhatTheFastTokenizerGives)
{
    const Tokenizer tokenizer = miniTokenizer();
    int differences = 0;
    for (const json &row : readGolden("tokenizer/mini-cases.json")) {
        const auto text = row["text"].get<std::string>();
        const Ids fast = tokenizer.encodeAsFast(text);
        EXPECT_EQ(fast, row["ids"].get<Ids>()) << text;
        differences += fast != tokenizer.encode(text);
    }
    EXPECT_EQ(differences, 1);
    EXPECT_EQ(tokenizer.encodeAsFast("a\xff"), tokenizer.encode("a\uFFFD"));
    EXPECT_TRUE(tokenizer.encodeAsFast("").empty());
}

TEST(Tokenizer, tellsThatTheFastTokenizerKnowsMarksOfUnicode9Only)
{
    const Tokenizer tokenizer = miniTokenizer();
    struct Case {
        const char *text;
        const char *composed; ///< by Python's tables, as the slow tokenizer does
        const char *byUnicode9; ///< as the library tokenizers 0.22.2 does
    };
    for (const Case &c : {Case{"e\u0301", "\u00E9", "\u00E9"}, // old marks: alike
                          Case{"q\u0345\u0327", "q\u0327\u0345", "q\u0327\u0345"},
                          Case{"\u089E\u0899", "\u0899\u089E", "\u089E\u0899"}, // both of Unicode 14
                          Case{"q\u0309\u0899", "q\u0899\u0309", "q\u0309\u0899"}, // one of Unicode 14
                          Case{"\u0E4B\u0EBA", "\u0EBA\u0E4B", "\u0E4B\u0EBA"}, // got its class in Unicode 12
                          Case{"\U00011935\U00011930", "\U00011938", "\U00011935\U00011930"}, // of Unicode 13
                          Case{"e\u0899\u0301", "\u00E9\u0899", "e\u0899\u0301"}}) {
        const std::string shown = c.text;
        EXPECT_EQ(composeUtf8(c.text), c.composed) << shown;
        EXPECT_EQ(composeUtf8ByUnicode9(c.text), c.byUnicode9) << shown;
        const bool alike = std::string_view(c.composed) == c.byUnicode9;
        EXPECT_EQ(tokenizer.encodeAsFast(c.text) == tokenizer.encode(c.text), alike) << shown;
    }
    EXPECT_EQ(composeUtf8ByUnicode9("a\xff\u0301"), "a\uFFFD\u0301");
}

TEST(Tokenizer, composesBeforeCuttingAddedTokens)
{
    const Tokenizer tokenizer = miniTokenizer();
    EXPECT_EQ(tokenizer.encode("<|im_end|>\u0338x"), tokenizer.encode("<|im_end|\u226Fx"));
    EXPECT_FALSE(tokenizer.containsAddedToken("<|im_end|>\u0338"));
    EXPECT_TRUE(tokenizer.containsAddedToken("a <|im_end|> b"));
    EXPECT_FALSE(tokenizer.containsAddedToken("a <|IM_END|> b"));
    EXPECT_FALSE(tokenizer.containsAddedToken("<image>"));
}

TEST(Tokenizer, cutsThePiecesOfTheFixture)
{
    const Tokenizer tokenizer = miniTokenizer();
    int compared = 0;
    for (const json &row : readGolden("tokenizer/full-cases.json")) {
        if (!row.contains("pieces"))
            continue;
        ++compared;
        EXPECT_EQ(tokenizer.pieces(row["text"].get<std::string>()), row["pieces"].get<std::vector<std::string>>())
            << row["text"];
    }
    EXPECT_GT(compared, 150);
}

TEST(Tokenizer, hasTheByteTableOfTheFixture)
{
    const json table = readGolden("tokenizer/byte-table.json");
    ASSERT_EQ(table.size(), 256u);
    for (int byte = 0; byte < 256; ++byte) {
        const std::string bytes(1, static_cast<char>(byte));
        const auto printable = table[static_cast<std::size_t>(byte)].get<std::string>();
        EXPECT_EQ(bytesToPrintable(bytes), printable);
        EXPECT_EQ(printableToBytes(printable), bytes);
    }
    EXPECT_FALSE(printableToBytes("a b").has_value());
    EXPECT_FALSE(printableToBytes("\u0144").has_value());
    EXPECT_FALSE(printableToBytes("\xC4").has_value());
}

TEST(Tokenizer, hasTheAddedTokensOfTheFixture)
{
    const json ids = readGolden("tokenizer/added_tokens.json");
    const json decoder = readGolden("tokenizer/tokenizer_config.json")["added_tokens_decoder"];
    ASSERT_EQ(ids.size(), qwenAddedTokens.size());
    for (std::size_t i = 0; i < qwenAddedTokens.size(); ++i) {
        const int id = 151643 + static_cast<int>(i);
        EXPECT_EQ(ids[std::string(qwenAddedTokens[i].text)], id);
        EXPECT_EQ(decoder[std::to_string(id)]["special"], qwenAddedTokens[i].special);
    }
}

TEST(Tokenizer, decodesBrokenBytesAndUnknownIds)
{
    const Tokenizer tokenizer = miniTokenizer();
    EXPECT_EQ(tokenizer.encode("a\xFFz"), tokenizer.encode("a\uFFFDz"));
    EXPECT_EQ(tokenizer.encode("\xED\xA0\x80"), tokenizer.encode("\uFFFD\uFFFD\uFFFD"));
    const Ids euro = {*tokenizer.tokenId("\xE2"), *tokenizer.tokenId("\x82"), *tokenizer.tokenId("\xAC")};
    EXPECT_EQ(tokenizer.decode(euro), "\u20AC");
    EXPECT_EQ(tokenizer.decode(std::span(euro).first(2)), "\uFFFD");
    EXPECT_EQ(tokenizer.decode(Ids{-1, 99999, 10}), "\uFFFD\uFFFD+");
}

TEST(Tokenizer, leavesOutSpecialTokensOnly)
{
    const Tokenizer tokenizer = miniTokenizer();
    const Ids ids = tokenizer.encode("<|im_start|>a<tool_call>b</tool_call><|im_end|>");
    EXPECT_EQ(tokenizer.decode(ids, true), "a<tool_call>b</tool_call>");
    EXPECT_EQ(tokenizer.vocabularySize(), 2031);
    EXPECT_EQ(tokenizer.addedTokens().size(), 31u);
    EXPECT_EQ(tokenizer.tokenId("<|endoftext|>"), 2000);
    EXPECT_EQ(tokenizer.tokenId("+"), 10);
    EXPECT_EQ(tokenizer.tokenId("\n"), 198);
    EXPECT_FALSE(tokenizer.tokenId("no such token").has_value());
}

/// BPE as the specification words it, on strings.
std::vector<std::string> mergeSlowly(const std::string &piece,
                                     const std::map<std::pair<std::string, std::string>, int> &ranks)
{
    std::vector<std::string> parts;
    for (const char byte : piece)
        parts.emplace_back(1, byte);
    while (true) {
        auto best = ranks.end();
        for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
            const auto found = ranks.find({parts[i], parts[i + 1]});
            if (found != ranks.end() && (best == ranks.end() || found->second < best->second))
                best = found;
        }
        if (best == ranks.end())
            return parts;
        std::vector<std::string> merged;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const bool joins =
                i + 1 < parts.size() && parts[i] == best->first.first && parts[i + 1] == best->first.second;
            merged.push_back(joins ? parts[i] + parts[i + 1] : parts[i]);
            i += joins ? 1 : 0;
        }
        parts = std::move(merged);
    }
}

TEST(Tokenizer, mergesShortAndLongPiecesAlike)
{
    const Tokenizer tokenizer = miniTokenizer();
    const json merges = readGolden("tokenizer/mini-tokenizer.json")["model"]["merges"];
    std::map<std::pair<std::string, std::string>, int> ranks;
    for (const json &merge : merges) {
        const auto line = merge.get<std::string>();
        const std::size_t space = line.find(' ');
        const int rank = static_cast<int>(ranks.size());
        ranks[{*printableToBytes(line.substr(0, space)), *printableToBytes(line.substr(space + 1))}] = rank;
    }
    std::mt19937 random(7);
    const std::string letters = "etaoinshrdlueaiinngtheer";
    for (int round = 0; round < 600; ++round) {
        std::string word;
        const std::size_t length = 1 + random() % (round % 3 == 0 ? 400 : 60);
        while (word.size() < length)
            word += letters[random() % (round % 2 ? letters.size() : 3)];
        Ids expected;
        for (const std::string &part : mergeSlowly(word, ranks))
            expected.push_back(*tokenizer.tokenId(part));
        EXPECT_EQ(tokenizer.encode(word), expected) << word;
    }
}

TEST(Tokenizer, takesNoTokenThatMergesDoNotReach)
{
    TokenizerParts parts;
    for (int rank = 0; rank < 256; ++rank)
        parts.vocabulary.push_back({std::string(1, static_cast<char>(rank)), rank});
    // "abc" and the word of 16 bytes are in the vocabulary, but only "ab", "bc" and "abcd" can be made.
    for (const char *token : {"ab", "bc", "abc", "abcd", "cd", "xxxxxxxxxxxxxxxx"})
        parts.vocabulary.push_back({token, static_cast<std::int32_t>(parts.vocabulary.size())});
    parts.merges = {{"b", "c"}, {"a", "b"}, {"c", "d"}, {"ab", "cd"}};
    const auto tokenizer = Tokenizer::fromParts(parts);
    ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().message;
    EXPECT_EQ(tokenizer->encode("bc"), (Ids{257}));
    EXPECT_EQ(tokenizer->encode("abc"), (Ids{'a', 257})) << "b and c merge first";
    EXPECT_EQ(tokenizer->encode("abcd"), (Ids{'a', 257, 'd'}));
    EXPECT_EQ(tokenizer->encode("ab"), (Ids{256}));
    EXPECT_EQ(tokenizer->encode("xxxxxxxxxxxxxxxx"), Ids(16, 'x'));
}

TEST(Tokenizer, comesBackFromRandomText)
{
    const Tokenizer tokenizer = miniTokenizer();
    std::mt19937 random(11);
    const std::u32string alphabet =
        U"aZé ſ'\n\r\t 09½٣你がิ한ᄀ\u0301\u0323\u00A0\u2028+-.<|im_end|>\U0001F600\U0001F44D";
    for (int round = 0; round < 3000; ++round) {
        std::u32string text;
        for (std::size_t i = 0; i < random() % 40; ++i)
            text += alphabet[random() % alphabet.size()];
        std::string utf8;
        for (const char32_t c : text) {
            if (c < 0x80)
                utf8 += static_cast<char>(c);
            else if (c < 0x800)
                (utf8 += static_cast<char>(0xC0 | c >> 6)) += static_cast<char>(0x80 | (c & 63));
            else if (c < 0x10000)
                ((utf8 += static_cast<char>(0xE0 | c >> 12)) += static_cast<char>(0x80 | (c >> 6 & 63))) +=
                    static_cast<char>(0x80 | (c & 63));
            else
                (((utf8 += static_cast<char>(0xF0 | c >> 18)) += static_cast<char>(0x80 | (c >> 12 & 63))) +=
                 static_cast<char>(0x80 | (c >> 6 & 63))) += static_cast<char>(0x80 | (c & 63));
        }
        const std::string composed = composeUtf8(utf8);
        EXPECT_EQ(tokenizer.decode(tokenizer.encode(utf8)), composed);
        std::string joined;
        for (const std::string &piece : tokenizer.pieces(utf8))
            joined += piece;
        EXPECT_EQ(joined, composed);
    }
}

TEST(Tokenizer, readsLongInputInReasonableWork)
{
    const Tokenizer tokenizer = miniTokenizer();
    const std::string text(2'000'000, 'a'); // one piece: a quadratic merge would not come back
    EXPECT_EQ(tokenizer.decode(tokenizer.encode(text)), text);
}

} // namespace
