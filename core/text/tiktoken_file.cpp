#include "core/text/qwen_added_tokens.h"
#include "core/text/text_file.h"
#include "core/text/tokenizer_files.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace winnow
{

namespace
{

constexpr std::size_t longestToken = 1024;

std::optional<std::string> fromBase64(std::string_view text)
{
    if (text.empty() || text.size() % 4 != 0)
        return std::nullopt;
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::size_t padding = text.ends_with("==") ? 2 : (text.ends_with('=') ? 1 : 0);
    text.remove_suffix(padding);
    std::string bytes;
    unsigned bits = 0;
    int count = 0;
    for (const char c : text) {
        const std::size_t value = alphabet.find(c);
        if (value == std::string_view::npos)
            return std::nullopt;
        bits = (bits << 6 | static_cast<unsigned>(value)) & 0xFFFFFF;
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes.push_back(static_cast<char>(bits >> count & 0xFF));
        }
    }
    return bytes;
}

using Ranks = std::unordered_map<std::string, std::int32_t>;

/// The two parts that are left when BPE runs on the token's bytes with lower ranks only.
std::optional<MergeRule> mergeOf(const std::string &token, std::int32_t rank, const Ranks &ranks)
{
    std::vector<std::string> parts;
    for (const char byte : token)
        parts.emplace_back(1, byte);
    while (parts.size() > 2) {
        std::int32_t best = rank;
        std::size_t at = 0;
        for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
            const auto found = ranks.find(parts[i] + parts[i + 1]);
            if (found != ranks.end() && found->second < best) {
                best = found->second;
                at = i;
            }
        }
        if (best == rank)
            return std::nullopt;
        parts[at] += parts[at + 1];
        parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    }
    return MergeRule{parts[0], parts[1]};
}

Result<std::vector<VocabularyEntry>> readRanks(const std::string &file)
{
    WINNOW_ASSIGN(const std::string text, readTextFile(file));
    std::vector<VocabularyEntry> vocabulary;
    WINNOW_TRY(eachLine(text, [&](std::string_view content, std::size_t line) -> Status {
        if (content.empty())
            return {};
        const std::size_t space = std::min(content.find(' '), content.size());
        auto bytes = fromBase64(content.substr(0, space));
        const std::string_view number = content.substr(std::min(space + 1, content.size()));
        std::int32_t rank = -1;
        const auto [last, error] = std::from_chars(number.data(), number.data() + number.size(), rank);
        if (!bytes || error != std::errc{} || last != number.data() + number.size())
            return Error{file + ": line " + std::to_string(line) + " must be a base64 token, a space and its rank."};
        if (rank != static_cast<std::int32_t>(vocabulary.size()))
            return Error{file + ": line " + std::to_string(line) + " has the rank " + std::to_string(rank)
                         + "; ranks must count up from 0 without gaps."};
        if (bytes->size() > longestToken)
            return Error{file + ": line " + std::to_string(line) + " holds a token of more than "
                         + std::to_string(longestToken) + " bytes; the file is damaged."};
        vocabulary.push_back({std::move(*bytes), rank});
        return {};
    }));
    return vocabulary;
}

} // namespace

Result<TokenizerParts> readTiktoken(const std::string &file)
{
    TokenizerParts parts;
    WINNOW_ASSIGN(parts.vocabulary, readRanks(file));
    Ranks ranks;
    ranks.reserve(parts.vocabulary.size());
    for (const VocabularyEntry &entry : parts.vocabulary)
        ranks.emplace(entry.bytes, entry.id);
    for (const VocabularyEntry &entry : parts.vocabulary) {
        if (entry.bytes.size() < 2)
            continue;
        std::optional<MergeRule> rule = mergeOf(entry.bytes, entry.id, ranks);
        if (!rule)
            return Error{file + ": rank " + std::to_string(entry.id)
                         + " cannot be made of two lower ranks; the file is not a byte-pair vocabulary."};
        parts.merges.push_back(std::move(*rule));
    }
    auto id = static_cast<std::int32_t>(parts.vocabulary.size());
    for (const QwenAddedToken &token : qwenAddedTokens)
        parts.added.push_back({std::string(token.text), id++, token.special});
    return parts;
}

} // namespace winnow
