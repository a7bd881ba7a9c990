#include "core/text/bpe_trainer.h"

#include "core/text/byte_table.h"
#include "core/text/qwen_added_tokens.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>
#include <utility>

namespace winnow
{

namespace
{

using Pair = std::pair<std::int32_t, std::int32_t>;

/// A distinct piece of the corpus and how often it occurs.
struct Word {
    std::vector<std::int32_t> ids;
    std::int64_t count = 0;
};

std::vector<VocabularyEntry> byteVocabulary()
{
    std::vector<VocabularyEntry> vocabulary;
    for (int rank = 0; rank < 256; ++rank)
        vocabulary.push_back({std::string(1, static_cast<char>(qwenByteOfRank(rank))), rank});
    return vocabulary;
}

void merge(Word &word, Pair pair, std::int32_t merged)
{
    std::size_t out = 0;
    for (std::size_t in = 0; in < word.ids.size(); ++in) {
        const bool joins = in + 1 < word.ids.size() && Pair(word.ids[in], word.ids[in + 1]) == pair;
        word.ids[out++] = joins ? merged : word.ids[in];
        in += joins ? 1 : 0;
    }
    word.ids.resize(out);
}

/// Pieces of the corpus as byte ids, without those that are added tokens. Ordered, so that nothing depends on hashes.
std::vector<Word> countWords(std::span<const std::string> corpus, const Tokenizer &cutter)
{
    std::map<std::string, std::int64_t> counts;
    for (const std::string &text : corpus) {
        for (std::string &piece : cutter.pieces(text))
            ++counts[std::move(piece)];
    }
    std::vector<Word> words;
    for (const auto &[piece, count] : counts) {
        const std::vector<std::int32_t> ids = cutter.encode(piece);
        if (ids.size() > 1)
            words.push_back({ids, count});
    }
    return words;
}

/// Pairs and their counts, kept up to date word by word.
class PairCounts
{
public:
    explicit PairCounts(const std::vector<Word> &words)
    {
        for (const Word &word : words)
            change(word, 1);
    }
    void change(const Word &word, int sign)
    {
        for (std::size_t i = 0; i + 1 < word.ids.size(); ++i)
            m_counts[{word.ids[i], word.ids[i + 1]}] += sign * word.count;
    }
    void forget(Pair pair) { m_counts.erase(pair); }
    /// The most frequent pair, of equals the lowest; count 0 when none is left.
    std::pair<Pair, std::int64_t> best() const
    {
        std::pair<Pair, std::int64_t> result{{0, 0}, 0};
        for (const auto &[pair, count] : m_counts) {
            if (count > result.second && !m_excluded.contains(pair))
                result = {pair, count};
        }
        return result;
    }
    void exclude(Pair pair) { m_excluded.insert(pair); }

private:
    std::map<Pair, std::int64_t> m_counts;
    std::set<Pair> m_excluded;
};

} // namespace

Result<Tokenizer> trainByteLevelBpe(std::span<const std::string> corpus, int merges,
                                    std::span<const std::string> addedTokens)
{
    if (merges < 0)
        return Error{"The number of merges must be 0 or more."};
    TokenizerParts parts;
    parts.vocabulary = byteVocabulary();
    for (std::size_t i = 0; i < addedTokens.size(); ++i)
        parts.added.push_back(
            {addedTokens[i], static_cast<std::int32_t>(256 + i), isSpecialAddedToken(addedTokens[i])});
    WINNOW_ASSIGN(const Tokenizer cutter, Tokenizer::fromParts(parts));

    std::vector<Word> words = countWords(corpus, cutter);
    PairCounts counts(words);
    std::unordered_set<std::string> known;
    while (static_cast<int>(parts.merges.size()) < merges) {
        const auto [pair, count] = counts.best();
        if (count == 0)
            return Error{"The corpus gives only " + std::to_string(parts.merges.size()) + " merges of "
                         + std::to_string(merges) + "; use more text or fewer merges."};
        const std::string &left = parts.vocabulary[static_cast<std::size_t>(pair.first)].bytes;
        const std::string &right = parts.vocabulary[static_cast<std::size_t>(pair.second)].bytes;
        if (!known.insert(left + right).second) {
            counts.exclude(pair);
            continue;
        }
        const auto merged = static_cast<std::int32_t>(parts.vocabulary.size());
        parts.merges.push_back({left, right});
        parts.vocabulary.push_back({parts.merges.back().left + parts.merges.back().right, merged});
        for (Word &word : words) {
            if (std::adjacent_find(word.ids.begin(), word.ids.end(),
                                   [&](std::int32_t a, std::int32_t b) { return Pair(a, b) == pair; })
                == word.ids.end())
                continue;
            counts.change(word, -1);
            merge(word, pair, merged);
            counts.change(word, 1);
        }
        counts.forget(pair);
    }
    for (AddedToken &token : parts.added)
        token.id += merges;
    return Tokenizer::fromParts(parts);
}

} // namespace winnow
