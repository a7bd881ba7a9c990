#pragma once

#include "core/base/export.h"
#include "core/base/records.h"
#include "core/data/conversation_reader.h"
#include "core/data/import/import_data.h"
#include "core/text/tokenizer.h"

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace winnow
{

/// Tiles of pictures by their paths; each file's header is read once.
class PictureTiles
{
public:
    explicit PictureTiles(const ImportOptions &options) : m_maxTiles(options.maxTiles), m_tileSize(options.tileSize) { }
    /// Of each picture of a row, with the thumbnail; empty: it has none, or one does not open.
    std::vector<int> of(const std::vector<std::string> &pictures);

private:
    int ofOne(const std::string &picture, int maxTiles);

    int m_maxTiles;
    int m_tileSize;
    std::unordered_map<int, std::unordered_map<std::string, int>> m_tiles; ///< by the most tiles; 0: does not open
};

/// What is counted of a question: with its first candidate, as the importer has it.
std::vector<Turn> countedTurns(const QuestionRow &row);

/// Tokens and tiles of rows, gathered for two histograms: 16 bytes a row.
class RowCounts
{
public:
    /// Error: the tokenizer cannot be loaded.
    static Result<RowCounts> create(const ImportOptions &options);
    RowCounts(RowCounts &&) noexcept;
    RowCounts &operator=(RowCounts &&) noexcept;
    ~RowCounts();

    /// `tiles`: of each picture; empty for text only.
    void add(const std::vector<Turn> &turns, const std::vector<int> &tiles);
    /// Sets tokens and tiles of the report and notes what was not counted.
    void finish(ImportReport &report);

private:
    class TokenCounter;
    RowCounts();
    std::unique_ptr<TokenCounter> m_counter; ///< null without a tokenizer
    std::vector<std::int64_t> m_tokens;
    std::vector<std::int64_t> m_tiles;
    std::int64_t m_uncounted = 0;
};

/// Counts all rows of a report's row file in place of its sample. Streams. Error: the file cannot be read or holds
/// other rows, the tokenizer cannot be loaded, or it was stopped; the report is then as it was.
WINNOW_CORE_API Status countEveryRow(const ImportOptions &options, const ImportHooks &hooks, ImportReport &report);

/// Rows of a file that a run kept.
struct KeptRows {
    std::string path;
    RowKind kind = RowKind::Train;
    std::vector<std::int64_t> fileRows; ///< 0-based in the file, ascending
};

/// Counts them; the report holds nothing else, and names no source, for there was no import. Streams. Error: the file
/// cannot be read or holds other rows now, the tokenizer cannot be loaded, or it was stopped.
WINNOW_CORE_API Result<ImportReport> countKeptRows(const KeptRows &kept, const ImportOptions &options,
                                                   const ImportHooks &hooks);

} // namespace winnow
