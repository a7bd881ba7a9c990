#include "core/text/byte_table.h"
#include "core/text/text_file.h"
#include "core/text/tokenizer_files.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace winnow
{

namespace
{

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

constexpr const char *qwenPattern =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|)"
    R"(\s+(?!\S)|\s+)";

/// A member, or null where it is absent or `object` is none.
const Json &member(const Json &object, const char *key)
{
    static const Json absent;
    if (!object.is_object())
        return absent;
    const auto found = object.find(key);
    return found == object.end() ? absent : *found;
}

bool isText(const Json &value, std::string_view text)
{
    return value.is_string() && value.get_ref<const std::string &>() == text;
}

bool isUnset(const Json &value)
{
    return value.is_null() || value == false || value == 0 || isText(value, "");
}

bool isByteLevel(const Json &value)
{
    return isText(member(value, "type"), "ByteLevel");
}

/// The first setting in which the file differs from the Qwen2 kind; empty when there is none.
std::string differenceFromQwen(const Json &document)
{
    const Json &model = member(document, "model");
    if (!isText(member(model, "type"), "BPE") && !member(model, "type").is_null())
        return "model.type is not BPE";
    for (const char *key :
         {"dropout", "continuing_subword_prefix", "end_of_word_suffix", "byte_fallback", "ignore_merges"}) {
        if (!isUnset(member(model, key)))
            return std::string("model.") + key + " is set";
    }
    if (!isText(member(member(document, "normalizer"), "type"), "NFC"))
        return "normalizer is not NFC";
    const Json &sequence = member(document, "pre_tokenizer");
    const Json &steps = member(sequence, "pretokenizers");
    if (!isText(member(sequence, "type"), "Sequence") || !steps.is_array() || steps.size() != 2)
        return "pre_tokenizer is not the sequence of Split and ByteLevel";
    const Json &split = steps[0];
    if (!isText(member(split, "type"), "Split") || !isText(member(split, "behavior"), "Isolated")
        || !isUnset(member(split, "invert")))
        return "the first pre_tokenizer is not an isolating Split";
    if (!isText(member(member(split, "pattern"), "Regex"), qwenPattern))
        return "the Split pattern is not that of Qwen2";
    const Json &useRegex = member(steps[1], "use_regex");
    if (!isByteLevel(steps[1]) || !isUnset(member(steps[1], "add_prefix_space")) || useRegex != false)
        return "the second pre_tokenizer is not ByteLevel without prefix space and regex";
    if (!isByteLevel(member(document, "decoder")))
        return "decoder is not ByteLevel";
    const Json &post = member(document, "post_processor");
    if (!post.is_null() && !isByteLevel(post))
        return "post_processor is not ByteLevel";
    return {};
}

Result<std::vector<MergeRule>> readMerges(const Json &merges, const std::string &file)
{
    if (!merges.is_array())
        return Error{file + ": model.merges must be a list."};
    std::vector<MergeRule> rules;
    rules.reserve(merges.size());
    for (const Json &merge : merges) {
        const std::string where = file + ": merge " + std::to_string(rules.size() + 1);
        if (merge.is_string()) {
            WINNOW_ASSIGN(MergeRule rule, parseMerge(merge.get_ref<const std::string &>(), where));
            rules.push_back(std::move(rule));
            continue;
        }
        if (!merge.is_array() || merge.size() != 2 || !merge[0].is_string() || !merge[1].is_string())
            return Error{where + " must be a text 'a b' or a pair [\"a\", \"b\"]."};
        auto left = printableToBytes(merge[0].get_ref<const std::string &>());
        auto right = printableToBytes(merge[1].get_ref<const std::string &>());
        if (!left || !right)
            return Error{where + " has a character outside the byte table."};
        rules.push_back({std::move(*left), std::move(*right)});
    }
    return rules;
}

Result<std::vector<AddedToken>> readAdded(const Json &list, const std::string &file)
{
    if (!list.is_array())
        return Error{file + ": added_tokens must be a list."};
    std::vector<AddedToken> added;
    for (const Json &entry : list) {
        WINNOW_ASSIGN(
            AddedToken token,
            parseAddedToken(entry, member(entry, "id"), file + ": added token " + std::to_string(added.size() + 1)));
        added.push_back(std::move(token));
    }
    std::sort(added.begin(), added.end(), [](const AddedToken &a, const AddedToken &b) { return a.id < b.id; });
    return added;
}

OrderedJson byteLevel()
{
    return {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", false}, {"use_regex", false}};
}

OrderedJson modelJson(const TokenizerParts &parts)
{
    std::vector<const VocabularyEntry *> entries;
    entries.reserve(parts.vocabulary.size());
    for (const VocabularyEntry &entry : parts.vocabulary)
        entries.push_back(&entry);
    std::sort(entries.begin(), entries.end(),
              [](const VocabularyEntry *a, const VocabularyEntry *b) { return a->id < b->id; });
    // ordered_json looks a key up before it appends it, which is quadratic; its container takes the pairs directly.
    OrderedJson::object_t vocabulary;
    vocabulary.reserve(entries.size());
    for (const VocabularyEntry *entry : entries)
        vocabulary.push_back({bytesToPrintable(entry->bytes), OrderedJson(entry->id)});
    OrderedJson merges = OrderedJson::array();
    for (const MergeRule &rule : parts.merges)
        merges.push_back(bytesToPrintable(rule.left) + " " + bytesToPrintable(rule.right));
    OrderedJson model = {{"type", "BPE"},
                         {"dropout", nullptr},
                         {"unk_token", nullptr},
                         {"continuing_subword_prefix", ""},
                         {"end_of_word_suffix", ""},
                         {"fuse_unk", false},
                         {"byte_fallback", false},
                         {"ignore_merges", false}};
    model["vocab"] = std::move(vocabulary);
    model["merges"] = std::move(merges);
    return model;
}

} // namespace

Result<TokenizerParts> readTokenizerJson(const std::string &file)
{
    WINNOW_ASSIGN(const Json document, readJsonFile(file));
    if (!document.is_object() || !member(document, "model").is_object())
        return Error{file + ": no model was found; this is no tokenizer.json."};
    if (const std::string difference = differenceFromQwen(document); !difference.empty())
        return Error{file + ": " + difference + "; only byte-level BPE tokenizers of the Qwen2 kind can be read."};
    const Json &model = member(document, "model");
    TokenizerParts parts;
    WINNOW_ASSIGN(parts.vocabulary, parseVocabulary(member(model, "vocab"), file));
    WINNOW_ASSIGN(parts.merges, readMerges(member(model, "merges"), file));
    WINNOW_ASSIGN(parts.added, readAdded(member(document, "added_tokens"), file));
    return parts;
}

Status writeTokenizerJson(const TokenizerParts &parts, const std::string &file)
{
    OrderedJson document = {{"version", "1.0"}, {"truncation", nullptr}, {"padding", nullptr}};
    OrderedJson added = OrderedJson::array();
    for (const AddedToken &token : parts.added) {
        added.push_back({{"id", token.id},
                         {"content", token.text},
                         {"single_word", false},
                         {"lstrip", false},
                         {"rstrip", false},
                         {"normalized", false},
                         {"special", token.special}});
    }
    document["added_tokens"] = std::move(added);
    document["normalizer"] = {{"type", "NFC"}};
    const OrderedJson split = {
        {"type", "Split"}, {"pattern", {{"Regex", qwenPattern}}}, {"behavior", "Isolated"}, {"invert", false}};
    document["pre_tokenizer"] = {{"type", "Sequence"}, {"pretokenizers", OrderedJson::array({split, byteLevel()})}};
    document["post_processor"] = byteLevel();
    document["decoder"] = byteLevel();
    document["model"] = modelJson(parts);
    return writeTextFile(file, document.dump(-1, ' ', false, OrderedJson::error_handler_t::replace));
}

} // namespace winnow
