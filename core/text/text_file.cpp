#include "core/text/text_file.h"

#include "core/text/byte_table.h"

#include <filesystem>
#include <fstream>
#include <limits>
#include <system_error>

namespace winnow
{

namespace
{

constexpr std::uintmax_t largestFile = 256u * 1024 * 1024;

Result<std::int32_t> parseId(const nlohmann::json &value, const std::string &where)
{
    if (!value.is_number_integer() || value < 0 || value > std::numeric_limits<std::int32_t>::max())
        return Error{where + " needs an id that is a whole number from 0 on."};
    return value.get<std::int32_t>();
}

} // namespace

Result<std::string> readTextFile(const std::string &file)
{
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    if (error)
        return Error{"File " + file + " cannot be read: " + error.message() + "."};
    if (size > largestFile)
        return Error{"File " + file + " has " + std::to_string(size) + " bytes; a tokenizer file has at most "
                     + std::to_string(largestFile) + "."};
    std::ifstream stream(file, std::ios::binary);
    std::string text(static_cast<std::size_t>(size), '\0');
    if (!stream.read(text.data(), static_cast<std::streamsize>(size)))
        return Error{"File " + file + " cannot be read to its end."};
    return text;
}

Result<nlohmann::json> readJsonFile(const std::string &file)
{
    WINNOW_ASSIGN(const std::string text, readTextFile(file));
    nlohmann::json document = nlohmann::json::parse(text, nullptr, false);
    if (document.is_discarded())
        return Error{"File " + file + " is no valid JSON; it may have been cut off, copy it again."};
    return document;
}

Status writeTextFile(const std::string &file, std::string_view text)
{
    const std::string part = file + ".part";
    std::ofstream stream(part, std::ios::binary | std::ios::trunc);
    stream.write(text.data(), static_cast<std::streamsize>(text.size()));
    stream.close();
    std::error_code error;
    if (!stream) {
        std::filesystem::remove(part, error);
        return Error{"File " + file + " cannot be written; check that its folder exists and has free space."};
    }
    std::filesystem::rename(part, file, error);
    if (error)
        return Error{"File " + file + " cannot be written: " + error.message() + "."};
    return {};
}

Result<MergeRule> parseMerge(std::string_view line, const std::string &where)
{
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || space == 0 || space + 1 == line.size()
        || line.find(' ', space + 1) != std::string_view::npos)
        return Error{where + " must be two tokens with one space between them."};
    auto left = printableToBytes(line.substr(0, space));
    auto right = printableToBytes(line.substr(space + 1));
    if (!left || !right)
        return Error{where + " has a character outside the byte table."};
    return MergeRule{std::move(*left), std::move(*right)};
}

Result<std::vector<VocabularyEntry>> parseVocabulary(const nlohmann::json &object, const std::string &where)
{
    if (!object.is_object())
        return Error{where + ": the vocabulary must be an object of token and id."};
    std::vector<VocabularyEntry> vocabulary;
    vocabulary.reserve(object.size());
    for (const auto &[key, value] : object.items()) {
        auto bytes = printableToBytes(key);
        if (!bytes)
            return Error{where + ": token '" + key
                         + "' has a character outside the byte table; the vocabulary is not"
                           " byte-level."};
        WINNOW_ASSIGN(const std::int32_t id, parseId(value, where + ": token '" + key + "'"));
        vocabulary.push_back({std::move(*bytes), id});
    }
    return vocabulary;
}

Result<AddedToken> parseAddedToken(const nlohmann::json &object, const nlohmann::json &id, const std::string &where)
{
    const auto content = object.is_object() ? object.find("content") : object.end();
    if (content == object.end() || !content->is_string())
        return Error{where + " needs the text \"content\"."};
    AddedToken token;
    token.text = content->get<std::string>();
    for (const char *key : {"lstrip", "rstrip", "single_word", "normalized"}) {
        const auto option = object.find(key);
        if (option != object.end() && *option != false)
            return Error{where + " ('" + token.text + "') has " + key
                         + " set; only added tokens that are cut out as they stand can be read."};
    }
    const auto special = object.find("special");
    token.special = special != object.end() && special->is_boolean() && special->get<bool>();
    WINNOW_ASSIGN(token.id, parseId(id, where + " ('" + token.text + "')"));
    return token;
}

} // namespace winnow
