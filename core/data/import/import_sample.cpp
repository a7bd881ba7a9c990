#include "core/data/import/import_sample.h"

#include "core/data/sample_encoder.h"
#include "core/text/tokenizer.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace winnow
{

namespace
{

/// About 20 bins of a round width.
ImportHistogram histogramOf(std::vector<std::int64_t> values)
{
    ImportHistogram h;
    if (values.empty())
        return h;
    std::sort(values.begin(), values.end());
    h.rows = static_cast<std::int64_t>(values.size());
    h.mean = static_cast<double>(std::accumulate(values.begin(), values.end(), std::int64_t{0}))
        / static_cast<double>(h.rows);
    h.median = values[values.size() / 2];
    h.largest = values.back();
    for (double step = 1; h.binWidth * 20 < static_cast<double>(h.largest); step *= 10)
        for (const double width : {step, 2 * step, 5 * step})
            if (h.binWidth * 20 < static_cast<double>(h.largest))
                h.binWidth = width;
    h.bins.resize(static_cast<std::size_t>(static_cast<double>(h.largest) / h.binWidth) + 1);
    for (const std::int64_t value : values)
        ++h.bins[static_cast<std::size_t>(static_cast<double>(std::max<std::int64_t>(0, value)) / h.binWidth)];
    return h;
}

/// Tokens of a row's prompt. Pieces between the tokenizer's own marks are encoded apart from each other, so the system
/// turn, which is the same in every row, is encoded once.
class TokenCounter
{
public:
    TokenCounter(const Tokenizer &tokenizer, int tokensPerTile) : m_tokenizer(tokenizer), m_perTile(tokensPerTile) { }

    std::optional<std::int64_t> count(const std::vector<Turn> &turns, int tiles)
    {
        const bool leading = !turns.empty() && turns[0].role == Turn::Role::System
            && std::none_of(turns.begin() + 1, turns.end(), [](const Turn &t) { return t.role == Turn::Role::System; });
        if (!leading)
            return encode(turns, tiles);
        if (turns[0].text != m_system || !m_known) {
            const std::vector<Turn> without{{Turn::Role::System, {}}};
            const std::vector<Turn> with{turns[0]};
            const auto empty = encode(without, 0), full = encode(with, 0);
            if (!empty || !full)
                return std::nullopt;
            m_system = turns[0].text;
            m_systemTokens = *full - *empty;
            m_known = true;
        }
        m_rest.assign(turns.begin(), turns.end());
        m_rest[0].text.clear();
        const auto rest = encode(m_rest, tiles);
        return rest ? std::optional(*rest + m_systemTokens) : std::nullopt;
    }

private:
    std::optional<std::int64_t> encode(const std::vector<Turn> &turns, int tiles) const
    {
        const auto ids = encodeTurns(m_tokenizer, turns, tiles, m_perTile);
        return ids.ok() ? std::optional(static_cast<std::int64_t>(ids.value().size())) : std::nullopt;
    }

    const Tokenizer &m_tokenizer;
    int m_perTile;
    bool m_known = false;
    std::string m_system;
    std::int64_t m_systemTokens = 0;
    std::vector<Turn> m_rest;
};

} // namespace

void ImportSample::add(const std::vector<Turn> &turns, int tiles)
{
    const std::int64_t seen = m_seen++;
    if (m_rows == 0 || seen < m_rows) {
        m_entries.push_back({turns, tiles});
        return;
    }
    Random random(m_seed, RandomStream::ImportSample, {static_cast<std::uint64_t>(seen)});
    const std::uint64_t place = random.below(static_cast<std::uint64_t>(seen) + 1);
    if (place < m_entries.size())
        m_entries[place] = {turns, tiles};
}

Status ImportSample::count(const ImportOptions &options, ImportReport &report) const
{
    report.sampleRows = static_cast<std::int64_t>(m_entries.size());
    report.sampleSeed = m_seed;
    std::vector<std::int64_t> tiles, tokens;
    for (const Entry &entry : m_entries)
        tiles.push_back(entry.tiles);
    report.tiles = histogramOf(tiles);
    if (options.tokenizer.empty()) {
        report.notes.push_back("Tokens were not counted: no tokenizer was named.");
        return {};
    }
    WINNOW_ASSIGN(const Tokenizer tokenizer, Tokenizer::load(options.tokenizer));
    TokenCounter counter(tokenizer, options.tokensPerTile);
    std::int64_t uncounted = 0;
    for (const Entry &entry : m_entries) {
        if (const auto count = counter.count(entry.turns, entry.tiles))
            tokens.push_back(*count);
        else
            ++uncounted;
    }
    report.tokens = histogramOf(std::move(tokens));
    if (uncounted > 0)
        report.notes.push_back(std::to_string(uncounted)
                               + " rows of the sample have more than one <image> in their text and no token count; a "
                                 "run leaves such rows out.");
    return {};
}

} // namespace winnow
