#include "core/text/tokenizer.h"

#include "core/text/added_token_finder.h"
#include "core/text/bpe_merger.h"
#include "core/text/byte_table.h"
#include "core/text/piece_scanner.h"
#include "core/text/tokenizer_files.h"
#include "core/text/unicode_text.h"
#include "core/text/whole_tokens.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

namespace winnow
{

namespace
{

/// Ids beyond this are no real vocabulary; the limit keeps a damaged file from asking for gigabytes.
constexpr std::int32_t highestId = (1 << 24) - 1;
constexpr std::size_t longestToken = 4096;

std::string quoted(std::string_view bytes)
{
    std::string text(1, '\'');
    return text.append(repairUtf8(bytes)).append(1, '\'');
}

} // namespace

class Tokenizer::Model
{
public:
    Model(const TokenizerParts &parts, const std::array<std::int32_t, 256> &byteIds)
        : m_parts(parts), m_merger(byteIds, parts.merges.size())
    {
    }
    static Result<std::shared_ptr<const Model>> build(const TokenizerParts &parts);

    template <typename OnText, typename OnAdded>
    void cut(std::string_view composed, OnText onText, OnAdded onAdded) const
    {
        for (std::size_t offset = 0; offset < composed.size();) {
            const AddedTokenFinder::Hit hit = m_finder.find(composed, offset);
            const std::size_t end = std::min(hit.begin, composed.size());
            PieceScanner scanner(composed.substr(offset, end - offset));
            for (std::string_view piece = scanner.next(); !piece.empty(); piece = scanner.next())
                onText(piece);
            offset = end + hit.length;
            if (hit.length > 0)
                onAdded(hit.id, composed.substr(end, hit.length));
        }
    }

    /// Ids of one piece.
    void append(std::string_view piece, std::vector<std::int32_t> &ids) const
    {
        if (const std::int32_t id = m_whole.find(piece); id >= 0)
            ids.push_back(id);
        else
            m_merger.apply(piece, ids);
    }

    enum class Kind : char { None, Ordinary, Added, Special };
    struct Entry {
        std::string bytes;
        Kind kind = Kind::None;
    };

    TokenizerParts m_parts;
    BpeMerger m_merger;
    WholeTokens m_whole;
    AddedTokenFinder m_finder;
    std::vector<Entry> m_entries; ///< by id
    std::unordered_map<std::string, std::int32_t> m_ids;
    std::unordered_map<std::string, std::int32_t> m_addedIds;

private:
    Status addEntries();
    Status addAdded();
    Status addMerges();
    void addWhole();
    Status place(const std::string &bytes, std::int32_t id, Kind kind);
};

Status Tokenizer::Model::place(const std::string &bytes, std::int32_t id, Kind kind)
{
    if (bytes.empty())
        return Error{"The token with id " + std::to_string(id) + " is empty; a token needs at least one byte."};
    if (bytes.size() > longestToken)
        return Error{"The token with id " + std::to_string(id) + " has more than " + std::to_string(longestToken)
                     + " bytes; the vocabulary is damaged."};
    if (id < 0 || id > highestId)
        return Error{"Token " + quoted(bytes) + " has the id " + std::to_string(id) + "; ids must lie between 0 and "
                     + std::to_string(highestId) + "."};
    const auto index = static_cast<std::size_t>(id);
    if (index >= m_entries.size())
        m_entries.resize(index + 1);
    Entry &entry = m_entries[index];
    if (entry.kind != Kind::None && entry.bytes != bytes)
        return Error{"Tokens " + quoted(entry.bytes) + " and " + quoted(bytes) + " have the same id "
                     + std::to_string(id) + "; every id must be unique."};
    entry = {bytes, kind};
    return {};
}

Status Tokenizer::Model::addEntries()
{
    m_ids.reserve(m_parts.vocabulary.size());
    for (const VocabularyEntry &entry : m_parts.vocabulary) {
        WINNOW_TRY(place(entry.bytes, entry.id, Kind::Ordinary));
        if (!m_ids.emplace(entry.bytes, entry.id).second)
            return Error{"Token " + quoted(entry.bytes) + " stands twice in the vocabulary."};
    }
    return {};
}

Status Tokenizer::Model::addAdded()
{
    for (const AddedToken &token : m_parts.added) {
        WINNOW_TRY(place(token.text, token.id, token.special ? Kind::Special : Kind::Added));
        if (!m_addedIds.emplace(token.text, token.id).second)
            return Error{"Added token " + quoted(token.text) + " is listed twice."};
        m_finder.add(token.text, token.id);
    }
    return {};
}

Status Tokenizer::Model::addMerges()
{
    for (std::size_t i = 0; i < m_parts.merges.size(); ++i) {
        const MergeRule &rule = m_parts.merges[i];
        const auto left = m_ids.find(rule.left);
        const auto right = m_ids.find(rule.right);
        const auto merged = m_ids.find(rule.left + rule.right);
        const auto name = [&] { // worded only when needed: there are 150,000 of them
            return "Merge " + std::to_string(i + 1) + " (" + quoted(rule.left) + " + " + quoted(rule.right) + ")";
        };
        if (left == m_ids.end() || right == m_ids.end() || merged == m_ids.end())
            return Error{name()
                         + " uses or makes a token that the vocabulary lacks; vocabulary and merges do not belong"
                           " together."};
        if (!m_merger.add(left->second, right->second, merged->second))
            return Error{name() + " is listed twice."};
    }
    return {};
}

/// A token counts as whole only if the merges lead to it; some entries of a vocabulary are reached by none.
void Tokenizer::Model::addWhole()
{
    m_whole = WholeTokens(m_parts.vocabulary.size());
    std::vector<std::int32_t> ids;
    for (const VocabularyEntry &entry : m_parts.vocabulary) {
        if (entry.bytes.size() > WholeTokens::longest)
            continue;
        ids.clear();
        m_merger.apply(entry.bytes, ids);
        if (ids.size() == 1)
            m_whole.add(entry.bytes, ids.front());
    }
}

Result<std::shared_ptr<const Tokenizer::Model>> Tokenizer::Model::build(const TokenizerParts &parts)
{
    WINNOW_TRY(checkUnicodeData());
    std::array<std::int32_t, 256> byteIds{};
    byteIds.fill(-1);
    for (const VocabularyEntry &entry : parts.vocabulary) {
        if (entry.bytes.size() == 1)
            byteIds[static_cast<unsigned char>(entry.bytes[0])] = entry.id;
    }
    const auto missing = std::find(byteIds.begin(), byteIds.end(), -1);
    if (missing != byteIds.end())
        return Error{"The vocabulary has no token for byte " + std::to_string(missing - byteIds.begin())
                     + "; a byte-level vocabulary holds all 256 bytes."};
    auto model = std::make_shared<Model>(parts, byteIds);
    WINNOW_TRY(model->addEntries());
    WINNOW_TRY(model->addAdded());
    WINNOW_TRY(model->addMerges());
    model->addWhole();
    return std::shared_ptr<const Model>(std::move(model));
}

Tokenizer::Tokenizer(std::shared_ptr<const Model> model) : m_model(std::move(model)) { }

Result<Tokenizer> Tokenizer::load(const std::string &folderOrFile)
{
    Result<TokenizerParts> parts = readTokenizerParts(folderOrFile);
    if (!parts.ok())
        return parts.error();
    Result<Tokenizer> tokenizer = fromParts(*parts);
    if (!tokenizer.ok())
        return Error{"The tokenizer in " + folderOrFile + " cannot be used: " + tokenizer.error().message};
    return tokenizer;
}

Result<Tokenizer> Tokenizer::fromParts(const TokenizerParts &parts)
{
    WINNOW_ASSIGN(std::shared_ptr<const Model> model, Model::build(parts));
    return Tokenizer(std::move(model));
}

std::vector<std::int32_t> Tokenizer::encode(std::string_view utf8) const
{
    std::vector<std::int32_t> ids;
    ids.reserve(utf8.size() / 3 + 8);
    std::string storage;
    m_model->cut(
        composeUtf8(utf8, storage), [&](std::string_view piece) { m_model->append(piece, ids); },
        [&](std::int32_t id, std::string_view) { ids.push_back(id); });
    return ids;
}

std::vector<std::int32_t> Tokenizer::encodeAsFast(std::string_view utf8) const
{
    const std::string text = repairUtf8(utf8);
    std::vector<std::int32_t> ids;
    for (std::size_t offset = 0; offset < text.size();) {
        const AddedTokenFinder::Hit hit = m_model->m_finder.find(text, offset);
        const std::size_t end = std::min(hit.begin, text.size());
        const std::string composed = composeUtf8ByUnicode9(std::string_view(text).substr(offset, end - offset));
        PieceScanner scanner(composed);
        for (std::string_view piece = scanner.next(); !piece.empty(); piece = scanner.next())
            m_model->append(piece, ids);
        if (hit.length > 0)
            ids.push_back(hit.id);
        offset = end + hit.length;
    }
    return ids;
}

std::vector<std::string> Tokenizer::pieces(std::string_view utf8) const
{
    std::vector<std::string> result;
    std::string storage;
    m_model->cut(
        composeUtf8(utf8, storage), [&](std::string_view piece) { result.emplace_back(piece); },
        [&](std::int32_t, std::string_view text) { result.emplace_back(text); });
    return result;
}

std::string Tokenizer::decode(std::span<const std::int32_t> ids, bool skipSpecial) const
{
    std::string text;
    std::string run; // bytes of ordinary tokens: a character may be spread over several
    const auto flush = [&] {
        text += repairUtf8(run);
        run.clear();
    };
    for (const std::int32_t id : ids) {
        const bool known = id >= 0 && id < vocabularySize();
        const Model::Entry *entry = known ? &m_model->m_entries[static_cast<std::size_t>(id)] : nullptr;
        if (!entry || entry->kind == Model::Kind::None) {
            flush();
            text += "\xEF\xBF\xBD";
        } else if (entry->kind == Model::Kind::Ordinary) {
            run += entry->bytes;
        } else {
            flush();
            if (!skipSpecial || entry->kind != Model::Kind::Special)
                text += entry->bytes;
        }
    }
    flush();
    return text;
}

std::optional<std::int32_t> Tokenizer::tokenId(std::string_view token) const
{
    const std::string key(token);
    if (const auto added = m_model->m_addedIds.find(key); added != m_model->m_addedIds.end())
        return added->second;
    if (const auto ordinary = m_model->m_ids.find(key); ordinary != m_model->m_ids.end())
        return ordinary->second;
    return std::nullopt;
}

std::int32_t Tokenizer::vocabularySize() const
{
    return static_cast<std::int32_t>(m_model->m_entries.size());
}

const std::vector<AddedToken> &Tokenizer::addedTokens() const
{
    return m_model->m_parts.added;
}

bool Tokenizer::containsAddedToken(std::string_view utf8) const
{
    std::string storage;
    return m_model->m_finder.find(composeUtf8(utf8, storage), 0).length > 0;
}

Status Tokenizer::save(const std::string &folder) const
{
    return writeTokenizerJson(m_model->m_parts, folder + "/tokenizer.json");
}

} // namespace winnow
