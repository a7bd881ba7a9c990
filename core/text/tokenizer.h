#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow
{

/// A token that is cut out of the text by its exact spelling before anything else (spec tokenizer.md section 2).
struct AddedToken {
    std::string text;
    std::int32_t id = 0;
    bool special = true; ///< left out by decode(ids, skipSpecial = true)
};

/// A token of the byte-level vocabulary; `bytes` are raw bytes, not the printable characters that files hold.
struct VocabularyEntry {
    std::string bytes;
    std::int32_t id = 0;
};

/// One merge rule, both sides in raw bytes. Its rank is its place in the list.
struct MergeRule {
    std::string left;
    std::string right;
};

/// Everything a tokenizer is made of, whatever file it came from.
struct TokenizerParts {
    std::vector<VocabularyEntry> vocabulary;
    std::vector<MergeRule> merges;
    std::vector<AddedToken> added;
};

/// Byte-level BPE of the Qwen2 kind (spec tokenizer.md): NFC, added tokens cut out, the Qwen2 pattern, BPE merges.
/// Immutable and cheap to copy; every const function may be called from any thread at the same time.
class WINNOW_CORE_API Tokenizer
{
public:
    /// A folder is searched in the order of spec tokenizer.md section 4: vocab.json + merges.txt with
    /// added_tokens.json or tokenizer_config.json, tokenizer.json, qwen.tiktoken. A file must be one of the last two.
    /// Tokenizers of another kind are refused with the setting that differs.
    static Result<Tokenizer> load(const std::string &folderOrFile);
    /// Checks that all 256 bytes have a token, that ids are unique and that every merge joins two tokens into a third.
    static Result<Tokenizer> fromParts(const TokenizerParts &parts);

    /// Ids of a text; no token is added in front or behind. Invalid UTF-8 is read as U+FFFD, as decoders do.
    std::vector<std::int32_t> encode(std::string_view utf8) const;
    /// Ids as the library `tokenizers` (0.22) gives them, which cuts out added tokens first and composes what lies
    /// between, by the tables of Unicode 9. They differ from encode() where a mark behind an added token would compose
    /// with its last character, and where marks that came after Unicode 9 are out of order or would compose. encode() is
    /// what the reference trains on. For telling where they differ.
    std::vector<std::int32_t> encodeAsFast(std::string_view utf8) const;
    /// Text of ids; bytes that are no UTF-8, and ids that no token has, become U+FFFD. `skipSpecial` leaves out added
    /// tokens that are special.
    std::string decode(std::span<const std::int32_t> ids, bool skipSpecial = false) const;
    /// Id of one token by its text (added token) or raw bytes (vocabulary).
    std::optional<std::int32_t> tokenId(std::string_view token) const;
    /// Highest id + 1: the rows an embedding needs.
    std::int32_t vocabularySize() const;
    const std::vector<AddedToken> &addedTokens() const;
    /// Whether encode() would cut an added token out of this text: data must not bring its own turns or pictures.
    bool containsAddedToken(std::string_view utf8) const;
    /// The spans that the pattern cuts `utf8` into, after NFC and around added tokens (which are spans themselves).
    std::vector<std::string> pieces(std::string_view utf8) const;
    /// Writes `folder`/tokenizer.json in the form that the `tokenizers` library reads. The folder must exist.
    Status save(const std::string &folder) const;

private:
    class Model;
    explicit Tokenizer(std::shared_ptr<const Model> model);
    std::shared_ptr<const Model> m_model;
};

} // namespace winnow
