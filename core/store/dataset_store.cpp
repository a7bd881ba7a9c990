#include "core/store/dataset_store.h"

#include "core/store/dataset_row.h"
#include "core/store/sql.h"

#include <nlohmann/json.hpp>

namespace winnow
{

namespace
{

using Json = nlohmann::json;

constexpr const char *datasetColumns = "id, name, path, kind, form, sha256, rows_read, rows_kept, created_ms";

std::string toJson(const Json &value)
{
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void bindFlag(SQLite::Statement &statement, int index, std::optional<bool> flag)
{
    if (flag)
        statement.bind(index, *flag ? 1 : 0);
    else
        statement.bind(index);
}

DatasetRecord readDataset(SQLite::Statement &row)
{
    DatasetRecord dataset;
    dataset.id = DatasetId{row.getColumn(0).getInt64()};
    dataset.name = row.getColumn(1).getString();
    dataset.path = row.getColumn(2).getString();
    dataset.kind = row.getColumn(3).getString();
    dataset.form = row.getColumn(4).getString();
    dataset.sha256 = row.getColumn(5).getString();
    dataset.rowsRead = row.getColumn(6).getInt64();
    dataset.rowsKept = row.getColumn(7).getInt64();
    dataset.createdMs = row.getColumn(8).getInt64();
    return dataset;
}

void readDrops(SQLite::Database &db, DatasetRecord &dataset)
{
    SQLite::Statement select(db,
                             "SELECT reason, count, first_row, example FROM dataset_drops WHERE dataset_id = ? "
                             "ORDER BY count DESC, reason");
    select.bind(1, dataset.id.value);
    while (select.executeStep())
        dataset.drops.push_back({select.getColumn(0).getString(), select.getColumn(1).getInt64(),
                                 select.getColumn(2).getInt64(), select.getColumn(3).getString()});
}

std::int64_t findExisting(SQLite::Database &db, const DatasetRecord &dataset)
{
    SQLite::Statement select(db,
                             "SELECT id FROM datasets WHERE path = ? AND kind = ? AND sha256 = ? AND rows_kept = ?");
    select.bind(1, dataset.path);
    select.bind(2, dataset.kind);
    select.bind(3, dataset.sha256);
    select.bind(4, dataset.rowsKept);
    return select.executeStep() ? select.getColumn(0).getInt64() : 0;
}

std::int64_t insertDataset(SQLite::Database &db, const DatasetRecord &dataset)
{
    SQLite::Statement insert(db,
                             "INSERT INTO datasets (name, path, kind, form, sha256, rows_read, rows_kept, "
                             "created_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, dataset.name);
    insert.bind(2, dataset.path);
    insert.bind(3, dataset.kind);
    insert.bind(4, dataset.form);
    insert.bind(5, dataset.sha256);
    insert.bind(6, dataset.rowsRead);
    insert.bind(7, dataset.rowsKept);
    insert.bind(8, dataset.createdMs ? dataset.createdMs : utcMilliseconds());
    insert.exec();
    const std::int64_t id = db.getLastInsertRowid();
    SQLite::Statement drop(db,
                           "INSERT INTO dataset_drops (dataset_id, reason, count, first_row, example) "
                           "VALUES (?, ?, ?, ?, ?)");
    for (const DatasetDrop &d : dataset.drops) {
        drop.bind(1, id);
        drop.bind(2, d.reason);
        drop.bind(3, d.count);
        drop.bind(4, d.firstRow);
        drop.bind(5, d.example);
        sql::step(drop);
    }
    return id;
}

void insertSamples(SQLite::Database &db, std::int64_t dataset, const std::vector<SampleRecord> &samples)
{
    SQLite::Statement insert(db,
                             std::string("INSERT INTO samples (dataset_id, ") + sampleColumns
                                 + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (const SampleRecord &sample : samples) {
        Json labels = Json::array();
        for (bool label : sample.labels)
            labels.push_back(label ? 1 : 0);
        insert.bind(1, dataset);
        insert.bind(2, sample.index);
        insert.bind(3, sample.fileRow);
        insert.bind(4, sample.key);
        insert.bind(5, sample.unitKey);
        insert.bind(6, sample.subject);
        bindFlag(insert, 7, sample.knownNoise);
        insert.bind(8, sample.picturePath);
        insert.bind(9, sample.question);
        insert.bind(10, toJson(Json(sample.steps)));
        insert.bind(11, toJson(labels));
        bindFlag(insert, 12, sample.answerIsRight);
        insert.bind(13, toJson(Json(sample.furtherPictures)));
        sql::step(insert);
    }
}

std::int64_t storedSamples(SQLite::Database &db, std::int64_t dataset)
{
    SQLite::Statement count(db, "SELECT COUNT(*) FROM samples WHERE dataset_id = ?");
    count.bind(1, dataset);
    return count.executeStep() ? count.getColumn(0).getInt64() : 0;
}

/// An import that was broken off leaves a set with too few rows; who has all of them stores them anew.
void dropIncomplete(SQLite::Database &db, std::int64_t dataset, std::size_t wanted)
{
    if (storedSamples(db, dataset) >= static_cast<std::int64_t>(wanted))
        return;
    SQLite::Statement remove(db, "DELETE FROM samples WHERE dataset_id = ?");
    remove.bind(1, dataset);
    remove.exec();
}

Error noDataset(const Database &database, DatasetId dataset)
{
    return Error{"The store \"" + database.path() + "\" has no data set " + std::to_string(dataset.value) + "."};
}

} // namespace

Result<DatasetId> DatasetStore::put(const DatasetRecord &dataset, const std::vector<SampleRecord> &samples)
{
    std::int64_t id = 0;
    WINNOW_TRY(sql::write(m_database, "add a data set to", [&]() -> Status {
        SQLite::Database &db = m_database.connection();
        id = findExisting(db, dataset);
        if (id == 0)
            id = insertDataset(db, dataset);
        else
            dropIncomplete(db, id, samples.size());
        if (storedSamples(db, id) == 0)
            insertSamples(db, id, samples);
        return {};
    }));
    return DatasetId{id};
}

Result<DatasetId> DatasetStore::begin(const DatasetRecord &dataset, std::int64_t &hasRows)
{
    std::int64_t id = 0;
    WINNOW_TRY(sql::write(m_database, "add a data set to", [&]() -> Status {
        SQLite::Database &db = m_database.connection();
        id = findExisting(db, dataset);
        if (id == 0)
            id = insertDataset(db, dataset);
        hasRows = storedSamples(db, id);
        return {};
    }));
    return DatasetId{id};
}

Status DatasetStore::addSamples(DatasetId dataset, const std::vector<SampleRecord> &samples)
{
    return sql::write(m_database, "add samples to", [&]() -> Status {
        insertSamples(m_database.connection(), dataset.value, samples);
        return {};
    });
}

Result<std::string> DatasetStore::importReport(DatasetId dataset)
{
    return sql::guard(m_database, "read import reports of", [&]() -> Result<std::string> {
        SQLite::Statement select(m_database.connection(), "SELECT report FROM import_reports WHERE dataset_id = ?");
        select.bind(1, dataset.value);
        return select.executeStep() ? select.getColumn(0).getString() : std::string();
    });
}

Status DatasetStore::putImportReport(DatasetId dataset, const std::string &json)
{
    return sql::write(m_database, "keep an import report in", [&]() -> Status {
        SQLite::Statement insert(
            m_database.connection(),
            "INSERT OR REPLACE INTO import_reports (dataset_id, report, created_ms) VALUES (?, ?, ?)");
        insert.bind(1, dataset.value);
        insert.bind(2, json);
        insert.bind(3, utcMilliseconds());
        insert.exec();
        return {};
    });
}

Result<bool> DatasetStore::empty()
{
    return sql::guard(m_database, "read data sets of", [&]() -> Result<bool> {
        SQLite::Statement select(m_database.connection(), "SELECT 1 FROM datasets LIMIT 1");
        return !select.executeStep();
    });
}

Result<std::vector<DatasetRecord>> DatasetStore::list()
{
    return sql::guard(m_database, "read data sets of", [&]() -> Result<std::vector<DatasetRecord>> {
        SQLite::Database &db = m_database.connection();
        SQLite::Statement select(db, std::string("SELECT ") + datasetColumns + " FROM datasets ORDER BY id DESC");
        std::vector<DatasetRecord> datasets;
        while (select.executeStep()) {
            datasets.push_back(readDataset(select));
            readDrops(db, datasets.back());
        }
        return datasets;
    });
}

Result<DatasetRecord> DatasetStore::get(DatasetId dataset)
{
    return sql::guard(m_database, "read data sets of", [&]() -> Result<DatasetRecord> {
        SQLite::Database &db = m_database.connection();
        SQLite::Statement select(db, std::string("SELECT ") + datasetColumns + " FROM datasets WHERE id = ?");
        select.bind(1, dataset.value);
        if (!select.executeStep())
            return noDataset(m_database, dataset);
        DatasetRecord record = readDataset(select);
        readDrops(db, record);
        return record;
    });
}

Result<std::vector<SampleRecord>> DatasetStore::samples(DatasetId dataset)
{
    std::vector<SampleRecord> samples;
    WINNOW_TRY(eachSample(dataset, [&samples](SampleRecord sample) { samples.push_back(std::move(sample)); }));
    return samples;
}

Result<DatasetCounts> DatasetStore::counts(DatasetId dataset)
{
    return sql::guard(m_database, "count samples of", [&]() -> Result<DatasetCounts> {
        // Labels are a JSON array of 0 and 1, so each digit is one label.
        SQLite::Statement select(m_database.connection(),
                                 "SELECT subject, COUNT(*), SUM(LENGTH(labels) - LENGTH(REPLACE(labels, '1', ''))), "
                                 "SUM(LENGTH(labels) - LENGTH(REPLACE(labels, '0', ''))), COUNT(known_noise), "
                                 "COALESCE(SUM(known_noise), 0) FROM samples WHERE dataset_id = ? GROUP BY subject "
                                 "ORDER BY subject");
        select.bind(1, dataset.value);
        DatasetCounts counts;
        while (select.executeStep()) {
            counts.subjects.emplace_back(select.getColumn(0).getString(), select.getColumn(1).getInt64());
            counts.samples += select.getColumn(1).getInt64();
            counts.labelsPlus += select.getColumn(2).getInt64();
            counts.labelsMinus += select.getColumn(3).getInt64();
            counts.noiseKnown += select.getColumn(4).getInt64();
            counts.noiseCount += select.getColumn(5).getInt64();
        }
        return counts;
    });
}

Result<SampleRecord> DatasetStore::sample(DatasetId dataset, std::int64_t index)
{
    return sql::guard(m_database, "read samples of", [&]() -> Result<SampleRecord> {
        SQLite::Statement select(m_database.connection(),
                                 std::string("SELECT ") + sampleColumns
                                     + " FROM samples WHERE dataset_id = ? AND idx = ?");
        select.bind(1, dataset.value);
        select.bind(2, index);
        if (!select.executeStep())
            return noSample(m_database, dataset, index);
        return readSample(m_database.path(), select);
    });
}

Result<std::vector<std::int8_t>> DatasetStore::noiseMask(DatasetId dataset)
{
    return sql::guard(m_database, "read samples of", [&]() -> Result<std::vector<std::int8_t>> {
        SQLite::Statement select(m_database.connection(),
                                 "SELECT known_noise FROM samples WHERE dataset_id = ? ORDER BY idx");
        select.bind(1, dataset.value);
        std::vector<std::int8_t> mask;
        bool known = false;
        while (select.executeStep()) {
            const auto flag = readFlag(select.getColumn(0));
            known = known || flag.has_value();
            mask.push_back(flag ? static_cast<std::int8_t>(*flag) : std::int8_t{-1});
        }
        if (!known)
            mask.clear();
        return mask;
    });
}

Result<std::vector<std::string>> DatasetStore::subjects(DatasetId dataset)
{
    return sql::guard(m_database, "read samples of", [&]() -> Result<std::vector<std::string>> {
        SQLite::Statement select(m_database.connection(),
                                 "SELECT subject FROM samples WHERE dataset_id = ? ORDER BY idx");
        select.bind(1, dataset.value);
        std::vector<std::string> subjects;
        while (select.executeStep())
            subjects.push_back(select.getColumn(0).getString());
        return subjects;
    });
}

Status DatasetStore::rename(DatasetId dataset, const std::string &name)
{
    return sql::write(m_database, "rename a data set of", [&]() -> Status {
        SQLite::Statement update(m_database.connection(), "UPDATE datasets SET name = ? WHERE id = ?");
        update.bind(1, name);
        update.bind(2, dataset.value);
        return update.exec() == 1 ? Status{} : Status{noDataset(m_database, dataset)};
    });
}

} // namespace winnow
