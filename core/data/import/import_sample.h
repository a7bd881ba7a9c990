#pragma once

// Private to core/data/import: tokens and tiles of some rows, as histograms.

#include "core/base/random.h"
#include "core/base/records.h"
#include "core/base/result.h"
#include "core/data/import/import_report.h"

#include <vector>

namespace winnow
{

/// A uniform sample of rows (reservoir, seeded, so the same rows are drawn again), counted when all rows were seen.
class ImportSample
{
public:
    ImportSample(std::int64_t rows, std::uint64_t seed) : m_rows(rows), m_seed(seed) { }

    /// `tiles`: of each of the row's pictures; empty for text only.
    void add(const std::vector<Turn> &turns, const std::vector<int> &tiles);
    /// Fills sampleRows, tokens and tiles. Error: the tokenizer cannot be loaded.
    Status count(const ImportOptions &options, ImportReport &report) const;

private:
    struct Entry {
        std::vector<Turn> turns;
        std::vector<int> tiles;
    };
    std::int64_t m_rows; ///< 0: all
    std::uint64_t m_seed;
    std::int64_t m_seen = 0;
    std::vector<Entry> m_entries;
};

} // namespace winnow
