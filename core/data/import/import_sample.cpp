#include "core/data/import/import_sample.h"

#include "core/data/import/import_counts.h"

namespace winnow
{

void ImportSample::add(const std::vector<Turn> &turns, const std::vector<int> &tiles)
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
    WINNOW_ASSIGN(RowCounts counts, RowCounts::create(options));
    for (const Entry &entry : m_entries)
        counts.add(entry.turns, entry.tiles);
    counts.finish(report);
    return {};
}

} // namespace winnow
