#include "core/text/qwen_added_tokens.h"
#include "core/text/text_file.h"
#include "core/text/tokenizer_files.h"

#include <charconv>
#include <filesystem>
#include <map>
#include <utility>

namespace winnow
{

namespace
{

Result<std::vector<MergeRule>> readMergesFile(const std::string &file)
{
    WINNOW_ASSIGN(const std::string text, readTextFile(file));
    std::vector<MergeRule> rules;
    WINNOW_TRY(eachLine(text, [&](std::string_view content, std::size_t line) -> Status {
        if (content.empty() || (line == 1 && content.starts_with("#version:")))
            return {};
        WINNOW_ASSIGN(MergeRule rule, parseMerge(content, file + ": line " + std::to_string(line)));
        rules.push_back(std::move(rule));
        return {};
    }));
    return rules;
}

using AddedById = std::map<std::int32_t, AddedToken>;

Status keep(AddedById &added, AddedToken token, const std::string &file)
{
    const std::int32_t id = token.id;
    const auto [place, isNew] = added.emplace(id, std::move(token));
    if (!isNew && place->second.text != token.text)
        return Error{file + ": id " + std::to_string(id) + " stands for '" + place->second.text
                     + "' in tokenizer_config.json and for another token here; the files do not belong together."};
    return {};
}

Status readDecoderTable(const std::string &file, AddedById &added)
{
    WINNOW_ASSIGN(const nlohmann::json config, readJsonFile(file));
    if (!config.is_object())
        return Error{file + ": an object is expected."};
    const auto table = config.find("added_tokens_decoder");
    if (table == config.end())
        return {};
    if (!table->is_object())
        return Error{file + ": added_tokens_decoder must be an object of id and token."};
    for (const auto &[key, value] : table->items()) {
        std::int32_t id = -1;
        const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), id);
        if (error != std::errc{} || end != key.data() + key.size())
            return Error{file + ": added_tokens_decoder has the key '" + key + "', which is no id."};
        WINNOW_ASSIGN(AddedToken token, parseAddedToken(value, id, file + ": added token " + key));
        WINNOW_TRY(keep(added, std::move(token), file));
    }
    return {};
}

/// added_tokens.json says nothing of special tokens: Qwen's own table does.
Status readAddedTokensFile(const std::string &file, AddedById &added)
{
    WINNOW_ASSIGN(const nlohmann::json table, readJsonFile(file));
    if (!table.is_object())
        return Error{file + ": an object of token and id is expected."};
    for (const auto &[key, value] : table.items()) {
        const nlohmann::json entry = {{"content", key}, {"special", isSpecialAddedToken(key)}};
        WINNOW_ASSIGN(AddedToken token, parseAddedToken(entry, value, file + ": added token"));
        WINNOW_TRY(keep(added, std::move(token), file));
    }
    return {};
}

} // namespace

Result<TokenizerParts> readVocabularyFolder(const std::string &folder)
{
    namespace fs = std::filesystem;
    const fs::path path(folder);
    const std::string vocabularyFile = (path / "vocab.json").string();
    TokenizerParts parts;
    WINNOW_ASSIGN(const nlohmann::json vocabulary, readJsonFile(vocabularyFile));
    WINNOW_ASSIGN(parts.vocabulary, parseVocabulary(vocabulary, vocabularyFile));
    WINNOW_ASSIGN(parts.merges, readMergesFile((path / "merges.txt").string()));
    AddedById added;
    std::error_code error;
    const fs::path config = path / "tokenizer_config.json";
    const fs::path addedFile = path / "added_tokens.json";
    if (fs::exists(config, error))
        WINNOW_TRY(readDecoderTable(config.string(), added));
    if (fs::exists(addedFile, error))
        WINNOW_TRY(readAddedTokensFile(addedFile.string(), added));
    if (added.empty())
        return Error{"Folder " + folder
                     + " names no added tokens; copy added_tokens.json or tokenizer_config.json of"
                       " the model into it."};
    for (auto &[id, token] : added)
        parts.added.push_back(std::move(token));
    return parts;
}

} // namespace winnow
