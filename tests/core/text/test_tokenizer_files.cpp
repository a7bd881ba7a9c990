#include "core/text/tokenizer.h"

#include "core/text/byte_table.h"
#include "core/text/qwen_added_tokens.h"
#include "tests/core/text/text_fixtures.h"

#include <functional>

using namespace winnow;
using namespace winnow::test;
using nlohmann::json;

namespace
{

constexpr const char *miniFile = "tokenizer/mini-tokenizer.json";

std::string refusal(const std::function<void(json &)> &change)
{
    json document = readGolden(miniFile);
    change(document);
    const Folder folder;
    writeFile(folder / "tokenizer.json", document.dump());
    const auto tokenizer = Tokenizer::load(folder.path());
    return tokenizer.ok() ? "accepted" : tokenizer.error().message;
}

void expectSameIds(const Tokenizer &a, const Tokenizer &b)
{
    for (const json &row : readGolden("tokenizer/mini-cases.json"))
        EXPECT_EQ(a.encode(row["text"].get<std::string>()), b.encode(row["text"].get<std::string>())) << row["text"];
}

void writeMiniVocabularyFolder(const Folder &folder)
{
    const json document = readGolden(miniFile);
    writeFile(folder / "vocab.json", document["model"]["vocab"].dump());
    std::string merges = "#version: 0.2\n";
    for (const json &merge : document["model"]["merges"])
        merges += merge.get<std::string>() + "\n";
    writeFile(folder / "merges.txt", merges + "\n");
    json added = json::object();
    for (const json &token : document["added_tokens"])
        added[token["content"].get<std::string>()] = token["id"];
    writeFile(folder / "added_tokens.json", added.dump());
}

TEST(TokenizerFiles, saveWritesTheFixtureByteForByte)
{
    const Folder folder;
    ASSERT_TRUE(miniTokenizer().save(folder.path()).ok());
    EXPECT_EQ(readFile(folder / "tokenizer.json"), readFile(std::string(WINNOW_GOLDEN_DIR "/") + miniFile));
    EXPECT_FALSE(std::filesystem::exists(folder / "tokenizer.json.part"));
}

TEST(TokenizerFiles, saveSaysWhichFileCannotBeWritten)
{
    const Folder folder;
    const Status status = miniTokenizer().save(folder / "missing");
    ASSERT_FALSE(status.ok());
    EXPECT_NE(status.error().message.find("missing/tokenizer.json"), std::string::npos);
}

TEST(TokenizerFiles, readsVocabularyAndMerges)
{
    const Folder folder;
    writeMiniVocabularyFolder(folder);
    const auto tokenizer = Tokenizer::load(folder.path());
    ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().message;
    expectSameIds(*tokenizer, miniTokenizer());
    EXPECT_EQ(tokenizer->decode(tokenizer->encode("<|im_end|><quad></tool_call>"), true), "</tool_call>");
}

TEST(TokenizerFiles, readsAddedTokensFromTheConfiguration)
{
    const Folder folder;
    writeMiniVocabularyFolder(folder);
    std::filesystem::remove(folder / "added_tokens.json");
    EXPECT_NE(Tokenizer::load(folder.path()).error().message.find("added tokens"), std::string::npos);
    json decoder = json::object();
    const json document = readGolden(miniFile);
    for (json token : document["added_tokens"]) {
        const std::string id = token["id"].dump();
        token.erase("id");
        decoder[id] = token;
    }
    writeFile(folder / "tokenizer_config.json", json{{"added_tokens_decoder", decoder}}.dump());
    const auto tokenizer = Tokenizer::load(folder.path());
    ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().message;
    expectSameIds(*tokenizer, miniTokenizer());

    writeFile(folder / "added_tokens.json", R"({"<other>": 2001})");
    EXPECT_NE(Tokenizer::load(folder.path()).error().message.find("do not belong together"), std::string::npos);
}

TEST(TokenizerFiles, prefersVocabularyFilesToTokenizerJson)
{
    const Folder folder;
    writeMiniVocabularyFolder(folder);
    writeFile(folder / "tokenizer.json", "{}");
    EXPECT_TRUE(Tokenizer::load(folder.path()).ok());
    std::filesystem::remove(folder / "merges.txt");
    EXPECT_FALSE(Tokenizer::load(folder.path()).ok());
}

std::string base64(const std::string &bytes)
{
    const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        unsigned bits = 0;
        for (std::size_t k = 0; k < 3; ++k)
            bits = bits << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
        for (std::size_t k = 0; k < 4; ++k)
            text += i + k > bytes.size() ? '=' : alphabet[bits >> (18 - 6 * k) & 63];
    }
    return text;
}

TEST(TokenizerFiles, rebuildsMergesFromTiktokenRanks)
{
    const json vocabulary = readGolden(miniFile)["model"]["vocab"];
    std::vector<std::string> lines(vocabulary.size());
    for (const auto &[token, id] : vocabulary.items())
        lines[id.get<std::size_t>()] = base64(*printableToBytes(token)) + " " + id.dump() + "\n";
    std::string text;
    for (const std::string &line : lines)
        text += line;
    const Folder folder;
    writeFile(folder / "qwen.tiktoken", text);
    const auto tokenizer = Tokenizer::load(folder.path());
    ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().message;
    expectSameIds(*tokenizer, miniTokenizer());
    ASSERT_TRUE(tokenizer->save(folder.path()).ok());
    EXPECT_EQ(readFile(folder / "tokenizer.json"), readFile(std::string(WINNOW_GOLDEN_DIR "/") + miniFile));

    writeFile(folder / "gap.tiktoken", text + "AAAA 5000\n");
    EXPECT_NE(Tokenizer::load(folder / "gap.tiktoken").error().message.find("without gaps"), std::string::npos);
    writeFile(folder / "bad.tiktoken", "A*== 0\n");
    EXPECT_NE(Tokenizer::load(folder / "bad.tiktoken").error().message.find("line 1"), std::string::npos);
}

TEST(TokenizerFiles, readsMergesAsPairs)
{
    const std::string message = refusal([](json &document) {
        json pairs = json::array();
        for (const json &merge : document["model"]["merges"]) {
            const auto line = merge.get<std::string>();
            const std::size_t space = line.find(' ');
            pairs.push_back({line.substr(0, space), line.substr(space + 1)});
        }
        document["model"]["merges"] = pairs;
    });
    EXPECT_EQ(message, "accepted");
}

TEST(TokenizerFiles, refusesOtherKindsAndSaysWhy)
{
    struct Case {
        std::function<void(json &)> change;
        std::string words;
    };
    const std::vector<Case> cases = {
        {[](json &d) { d["model"]["type"] = "Unigram"; }, "model.type"},
        {[](json &d) { d["model"]["byte_fallback"] = true; }, "byte_fallback"},
        {[](json &d) { d["model"]["ignore_merges"] = true; }, "ignore_merges"},
        {[](json &d) { d["model"]["end_of_word_suffix"] = "</w>"; }, "end_of_word_suffix"},
        {[](json &d) { d["normalizer"] = nullptr; }, "normalizer"},
        {[](json &d) { d["normalizer"]["type"] = "NFKC"; }, "normalizer"},
        {[](json &d) {
             d["pre_tokenizer"] = {{"type", "ByteLevel"}};
         },
         "pre_tokenizer"},
        {[](json &d) { d["pre_tokenizer"]["pretokenizers"][0]["pattern"]["Regex"] = "\\w+"; }, "pattern"},
        {[](json &d) { d["pre_tokenizer"]["pretokenizers"][1]["use_regex"] = true; }, "regex"},
        {[](json &d) { d["decoder"]["type"] = "Metaspace"; }, "decoder"},
        {[](json &d) {
             d["post_processor"] = {{"type", "TemplateProcessing"}};
         },
         "post_processor"},
        {[](json &d) { d["added_tokens"][3]["lstrip"] = true; }, "lstrip"},
        {[](json &d) { d["added_tokens"][3]["id"] = 2000; }, "same id"},
        {[](json &d) { d["added_tokens"][3]["id"] = 10; }, "same id"},
        {[](json &d) { d["added_tokens"][3]["id"] = -1; }, "whole number"},
        {[](json &d) { d["added_tokens"][3]["id"] = 2000000000; }, "ids must lie"},
        {[](json &d) { d["added_tokens"][3]["content"] = ""; }, "empty"},
        {[](json &d) { d["added_tokens"] = 1; }, "added_tokens"},
        {[](json &d) { d["model"]["vocab"].erase("!"); }, "byte 33"},
        {[](json &d) { d["model"]["vocab"]["a b"] = 3000; }, "byte table"},
        {[](json &d) { d["model"]["vocab"]["in"] = "x"; }, "whole number"},
        {[](json &d) { d["model"]["vocab"]["in"] = 5; }, "same id"},
        {[](json &d) { d["model"]["vocab"].erase("in"); }, "vocabulary lacks"},
        {[](json &d) { d["model"]["vocab"] = json::array(); }, "vocabulary must be"},
        {[](json &d) { d["model"]["merges"][0] = "onlyone"; }, "merge 1"},
        {[](json &d) { d["model"]["merges"][1] = json::array({"a"}); }, "merge 2"},
        {[](json &d) { d["model"]["merges"][1] = d["model"]["merges"][0]; }, "twice"},
        {[](json &d) { d["model"]["merges"] = "none"; }, "merges must be"},
        {[](json &d) { d.erase("model"); }, "no model"},
    };
    for (const Case &c : cases) {
        const std::string message = refusal(c.change);
        EXPECT_NE(message.find(c.words), std::string::npos) << c.words << ": " << message;
        EXPECT_NE(message.find("winnow-text-"), std::string::npos) << "names no file: " << message;
    }
}

TEST(TokenizerFiles, refusesDamagedAndMissingFiles)
{
    const Folder folder;
    EXPECT_NE(Tokenizer::load(folder.path()).error().message.find("holds no tokenizer"), std::string::npos);
    EXPECT_NE(Tokenizer::load(folder / "nowhere").error().message.find("does not exist"), std::string::npos);
    const std::string whole = readFile(std::string(WINNOW_GOLDEN_DIR "/") + miniFile);
    for (const std::size_t length : {std::size_t{0}, std::size_t{1}, whole.size() / 2, whole.size() - 1}) {
        writeFile(folder / "tokenizer.json", whole.substr(0, length));
        EXPECT_NE(Tokenizer::load(folder.path()).error().message.find("valid JSON"), std::string::npos);
    }
    writeFile(folder / "tokenizer.json", std::string(100000, '['));
    EXPECT_FALSE(Tokenizer::load(folder.path()).ok());
}

} // namespace
