// Rows of a data set that is larger than what a window holds: one after the other, or some of them.
#include "core/store/dataset_store.h"

#include "core/store/dataset_row.h"
#include "core/store/sql.h"

namespace winnow
{

Status DatasetStore::eachSample(DatasetId dataset, const std::function<void(SampleRecord)> &take)
{
    return sql::guard(m_database, "read samples of", [&]() -> Status {
        SQLite::Statement select(m_database.connection(),
                                 std::string("SELECT ") + sampleColumns
                                     + " FROM samples WHERE dataset_id = ? ORDER BY idx");
        select.bind(1, dataset.value);
        while (select.executeStep()) {
            WINNOW_ASSIGN(SampleRecord sample, readSample(m_database.path(), select));
            take(std::move(sample));
        }
        return {};
    });
}

Status DatasetStore::eachMarks(DatasetId dataset, const std::function<void(const SampleMarks &)> &take)
{
    return sql::guard(m_database, "read samples of", [&]() -> Status {
        SQLite::Statement select(m_database.connection(),
                                 "SELECT idx, subject, labels FROM samples WHERE dataset_id = ? ORDER BY idx");
        select.bind(1, dataset.value);
        while (select.executeStep()) {
            auto labels = readLabels(select.getColumn(2).getString());
            if (!labels)
                return damagedRow(m_database.path(), select.getColumn(0).getInt64());
            take({select.getColumn(1).getString(), std::move(*labels)});
        }
        return {};
    });
}

Result<std::vector<SampleRecord>> DatasetStore::samples(DatasetId dataset, std::span<const std::uint32_t> indices)
{
    std::vector<SampleRecord> samples;
    samples.reserve(indices.size());
    for (const std::uint32_t index : indices) {
        WINNOW_ASSIGN(SampleRecord one, sample(dataset, index));
        samples.push_back(std::move(one));
    }
    return samples;
}

Result<std::vector<std::string>> DatasetStore::keys(DatasetId dataset, std::span<const std::uint32_t> indices)
{
    return sql::guard(m_database, "read samples of", [&]() -> Result<std::vector<std::string>> {
        SQLite::Statement select(m_database.connection(), "SELECT key FROM samples WHERE dataset_id = ? AND idx = ?");
        std::vector<std::string> keys;
        keys.reserve(indices.size());
        for (const std::uint32_t index : indices) {
            select.bind(1, dataset.value);
            select.bind(2, static_cast<std::int64_t>(index));
            if (!select.executeStep())
                return noSample(m_database, dataset, index);
            keys.push_back(select.getColumn(0).getString());
            select.reset();
        }
        return keys;
    });
}

Result<std::vector<std::pair<std::uint32_t, std::string>>> DatasetStore::keysWith(DatasetId dataset,
                                                                                  const std::string &letters,
                                                                                  std::size_t most)
{
    using Found = std::vector<std::pair<std::uint32_t, std::string>>;
    return sql::guard(m_database, "search the samples of", [&]() -> Result<Found> {
        SQLite::Statement select(m_database.connection(),
                                 "SELECT idx, key FROM samples WHERE dataset_id = ? AND instr(key, ?) > 0 "
                                 "ORDER BY idx LIMIT ?");
        select.bind(1, dataset.value);
        select.bind(2, letters);
        select.bind(3, static_cast<std::int64_t>(most));
        Found found;
        while (select.executeStep())
            found.emplace_back(static_cast<std::uint32_t>(select.getColumn(0).getInt64()), select.getColumn(1).getString());
        return found;
    });
}

Result<std::vector<std::int64_t>> DatasetStore::indicesOf(DatasetId dataset, const std::vector<std::string> &keys)
{
    return sql::guard(m_database, "read samples of", [&]() -> Result<std::vector<std::int64_t>> {
        SQLite::Statement select(m_database.connection(),
                                 "SELECT min(idx) FROM samples WHERE dataset_id = ? AND key = ?");
        std::vector<std::int64_t> indices;
        indices.reserve(keys.size());
        for (const std::string &key : keys) {
            select.bind(1, dataset.value);
            select.bind(2, key);
            const bool found = select.executeStep() && !select.getColumn(0).isNull();
            indices.push_back(found ? select.getColumn(0).getInt64() : -1);
            select.reset();
        }
        return indices;
    });
}

Result<std::vector<std::uint32_t>> DatasetStore::orderByKey(DatasetId dataset)
{
    return sql::guard(m_database, "read samples of", [&]() -> Result<std::vector<std::uint32_t>> {
        // samples_by_key holds both columns, so that no row is read.
        SQLite::Statement select(m_database.connection(),
                                 "SELECT idx FROM samples WHERE dataset_id = ? ORDER BY key, idx");
        select.bind(1, dataset.value);
        std::vector<std::uint32_t> order;
        while (select.executeStep())
            order.push_back(static_cast<std::uint32_t>(select.getColumn(0).getInt64()));
        return order;
    });
}

} // namespace winnow
