#include "core/data/import/import_counts.h"

#include "core/data/import/imported_rows.h"
#include "core/data/row_fields.h"
#include "core/data/sample_encoder.h"
#include "core/image/dynamic_tiling.h"
#include "core/image/picture_size.h"
#include "core/text/step_prompt.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace winnow
{

namespace
{

constexpr std::size_t batchRows = 256;
constexpr const char *notCounted =
    " have more than one <image> in their text and no token count; a run leaves such rows out.";

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

} // namespace

/// Tokens of a row's prompt. Pieces between the tokenizer's own marks are encoded apart from each other, so the system
/// turn, which is the same in every row, is encoded once.
class RowCounts::TokenCounter
{
public:
    TokenCounter(Tokenizer tokenizer, int tokensPerTile) : m_tokenizer(std::move(tokenizer)), m_perTile(tokensPerTile)
    {
    }

    std::optional<std::int64_t> count(const std::vector<Turn> &turns, const std::vector<int> &tiles)
    {
        const bool leading = !turns.empty() && turns[0].role == Turn::Role::System
            && std::none_of(turns.begin() + 1, turns.end(), [](const Turn &t) { return t.role == Turn::Role::System; });
        if (!leading)
            return encode(turns, tiles);
        if (turns[0].text != m_system || !m_known) {
            const std::vector<Turn> without{{Turn::Role::System, {}}};
            const std::vector<Turn> with{turns[0]};
            const auto empty = encode(without, {}), full = encode(with, {});
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
    std::optional<std::int64_t> encode(const std::vector<Turn> &turns, const std::vector<int> &tiles) const
    {
        const auto ids = encodeTurns(m_tokenizer, turns, tiles, m_perTile);
        return ids.ok() ? std::optional(static_cast<std::int64_t>(ids.value().size())) : std::nullopt;
    }

    Tokenizer m_tokenizer;
    int m_perTile;
    bool m_known = false;
    std::string m_system;
    std::int64_t m_systemTokens = 0;
    std::vector<Turn> m_rest;
};

std::vector<int> PictureTiles::of(const std::vector<std::string> &pictures)
{
    std::vector<int> counts;
    for (const std::string &picture : pictures) {
        counts.push_back(ofOne(picture, shareOfTiles(m_maxTiles, pictures.size())));
        if (counts.back() == 0)
            return {};
    }
    return counts;
}

int PictureTiles::ofOne(const std::string &picture, int maxTiles)
{
    const auto [place, fresh] = m_tiles[maxTiles].try_emplace(picture, 0);
    if (!fresh)
        return place->second;
    if (const auto size = pictureSizeOfFile(picture); size.ok()) {
        const TileGrid grid = chooseGrid(size->width, size->height, maxTiles, m_tileSize);
        const int count = grid.columns * grid.rows;
        place->second = count + (count > 1 ? 1 : 0);
    }
    return place->second;
}

std::vector<Turn> countedTurns(const QuestionRow &row)
{
    const std::vector<std::string> steps =
        row.candidates.empty() ? std::vector<std::string>{} : std::vector<std::string>{row.candidates[0]};
    return buildCandidateTurns(row.systemText, row.question, steps);
}

RowCounts::RowCounts() = default;
RowCounts::RowCounts(RowCounts &&) noexcept = default;
RowCounts &RowCounts::operator=(RowCounts &&) noexcept = default;
RowCounts::~RowCounts() = default;

Result<RowCounts> RowCounts::create(const ImportOptions &options)
{
    RowCounts counts;
    if (!options.tokenizer.empty()) {
        WINNOW_ASSIGN(Tokenizer tokenizer, Tokenizer::load(options.tokenizer));
        counts.m_counter = std::make_unique<TokenCounter>(std::move(tokenizer), options.tokensPerTile);
    }
    return Result<RowCounts>(std::move(counts));
}

void RowCounts::add(const std::vector<Turn> &turns, const std::vector<int> &tiles)
{
    m_tiles.push_back(std::accumulate(tiles.begin(), tiles.end(), std::int64_t{0}));
    if (!m_counter)
        return;
    if (const auto count = m_counter->count(turns, tiles))
        m_tokens.push_back(*count);
    else
        ++m_uncounted;
}

void RowCounts::finish(ImportReport &report)
{
    const bool whole = report.sampleRows == report.rowsKept;
    report.tiles = histogramOf(std::move(m_tiles));
    report.tokens = histogramOf(std::move(m_tokens));
    // In place of what a count of fewer rows noted.
    std::erase_if(report.notes, [](const std::string &note) { return note.ends_with(notCounted); });
    if (!m_counter && std::none_of(report.notes.begin(), report.notes.end(), [](const std::string &note) {
            return note.starts_with("Tokens were not counted");
        }))
        report.notes.push_back("Tokens were not counted: no tokenizer was named.");
    if (m_uncounted > 0)
        report.notes.push_back(std::to_string(m_uncounted) + (whole ? " rows" : " rows of the sample") + notCounted);
}

Status countEveryRow(const ImportOptions &options, const ImportHooks &hooks, ImportReport &report)
{
    WINNOW_ASSIGN(RowCounts counts, RowCounts::create(options));
    PictureTiles tiles(options);
    std::int64_t row = 0;
    const auto tick = [&](std::size_t rows) -> Status {
        row += static_cast<std::int64_t>(rows);
        if (hooks.stop && hooks.stop->stopRequested())
            return Error{"Counting tokens and tiles was stopped; the report keeps those of its sample."};
        if (hooks.progress)
            hooks.progress(report.rowFile, row, report.rowsKept);
        return {};
    };
    ImportedRowVisitor visitor;
    visitor.rows = [&](const std::vector<ConversationRow> &rows) {
        for (const ConversationRow &r : rows)
            counts.add(r.turns, tiles.of(picturesOf(r)));
        return tick(rows.size());
    };
    visitor.questions = [&](const std::vector<QuestionRow> &rows) {
        for (const QuestionRow &r : rows)
            counts.add(countedTurns(r), tiles.of(picturesOf(r)));
        return tick(rows.size());
    };
    WINNOW_TRY(forEachImportedRow(report, batchRows, visitor));
    if (row != report.rowsKept)
        return Error{report.rowFile + ": the file holds " + std::to_string(row) + " rows, its report "
                     + std::to_string(report.rowsKept) + ". Import it again."};
    report.sampleRows = report.rowsKept;
    counts.finish(report);
    return {};
}

Result<ImportReport> countKeptRows(const KeptRows &kept, const ImportOptions &options, const ImportHooks &hooks)
{
    WINNOW_ASSIGN(RowCounts counts, RowCounts::create(options));
    PictureTiles tiles(options);
    const auto take = [&](const simdjson::dom::object &object) -> Status {
        if (kept.kind == RowKind::Test) {
            WINNOW_ASSIGN(const QuestionRow row, readQuestionRow(object, kept.path));
            counts.add(countedTurns(row), tiles.of(picturesOf(row)));
            return {};
        }
        WINNOW_ASSIGN(const ConversationRow row, readConversationRow(object, kept.path, kept.kind));
        counts.add(row.turns, tiles.of(picturesOf(row)));
        return {};
    };
    const auto total = static_cast<std::int64_t>(kept.fileRows.size());
    std::size_t next = 0;
    bool stopped = false;
    ReadReport read;
    WINNOW_TRY(forEachJsonRow(kept.path, read, [&](std::int64_t number, const simdjson::dom::object &object) {
        if (next == kept.fileRows.size())
            return false;
        if (number < kept.fileRows[next])
            return true; // the run left it out
        if (number > kept.fileRows[next])
            return false;
        if (next % batchRows == 0 && hooks.progress)
            hooks.progress(kept.path, static_cast<std::int64_t>(next), total);
        stopped = hooks.stop && hooks.stop->stopRequested();
        if (stopped || !take(object).ok())
            return false;
        ++next;
        return true;
    }));
    if (stopped)
        return Error{kept.path + ": counting its tokens and tiles was stopped."};
    if (next < kept.fileRows.size())
        return Error{kept.path + ": row " + std::to_string(kept.fileRows[next])
                     + " is not what a run read there: the file was changed. Start a run on it to store its rows anew."};
    ImportReport report;
    report.rowFile = kept.path;
    report.rowsRead = report.rowsKept = report.sampleRows = total;
    counts.finish(report);
    return report;
}

} // namespace winnow
