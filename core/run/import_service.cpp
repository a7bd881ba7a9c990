#include "core/run/import_service.h"

#include "core/data/dataset_identity.h"
#include "core/data/import/import_counts.h"
#include "core/data/import/imported_rows.h"
#include "core/run/prepared_rows.h"
#include "core/store/sample_browser.h"

#include <filesystem>

namespace winnow
{

namespace
{

constexpr std::size_t batchRows = 4096;

DatasetRecord recordOf(const ImportReport &report)
{
    std::error_code ec;
    DatasetRecord record;
    const std::filesystem::path path = std::filesystem::absolute(report.rowFile, ec).lexically_normal();
    record.name = path.filename().string();
    record.path = path.string();
    const bool questions = report.rowKind == "questions";
    record.kind = questions ? "test" : report.rowKind;
    record.form = questions ? "questions" : report.metaForm;
    record.sha256 = report.sha256;
    record.rowsRead = report.rowsRead;
    record.rowsKept = report.rowsKept;
    for (const auto &[reason, drop] : report.dropped) {
        const ImportPlace &first = drop.rows.front();
        record.drops.push_back(
            {reason, drop.count, first.row, std::filesystem::path(first.file).filename().string() + ": " + first.text});
    }
    return record;
}

/// Hands rows on to the store that are not there yet.
class RowStorer
{
public:
    RowStorer(DatasetStore &store, DatasetId dataset, std::int64_t hasRows, const ImportHooks &hooks)
        : m_store(store), m_dataset(dataset), m_hasRows(hasRows), m_hooks(hooks)
    {
    }

    template <typename Row>
    Status add(const std::vector<Row> &rows, std::int64_t total)
    {
        if (m_hooks.stop && m_hooks.stop->stopRequested())
            return Error{"The import was stopped while its rows were being stored; import again to go on."};
        if (m_hooks.progress)
            m_hooks.progress("store", m_row, total);
        std::vector<SampleRecord> samples = sampleRecords(rows);
        std::vector<SampleRecord> missing;
        for (SampleRecord &sample : samples) {
            sample.index = m_row++;
            if (sample.index >= m_hasRows)
                missing.push_back(std::move(sample));
        }
        return missing.empty() ? Status{} : m_store.addSamples(m_dataset, missing);
    }

private:
    DatasetStore &m_store;
    DatasetId m_dataset;
    std::int64_t m_hasRows;
    const ImportHooks &m_hooks;
    std::int64_t m_row = 0;
};

Result<ImportReport> countReadFile(Database &database, DatasetId dataset, const ImportOptions &options,
                                   const ImportHooks &hooks)
{
    WINNOW_ASSIGN(const DatasetRecord record, DatasetStore(database).get(dataset));
    KeptRows kept;
    kept.path = record.path;
    kept.kind = record.kind == "test" ? RowKind::Test : record.kind == "meta" ? RowKind::Meta : RowKind::Train;
    WINNOW_ASSIGN(kept.fileRows, SampleBrowser(database).fileRows(dataset));
    return countKeptRows(kept, options, hooks);
}

} // namespace

Result<std::vector<StoredImport>> importIntoStore(Database &database, const ImportOptions &options,
                                                  const ImportHooks &hooks)
{
    WINNOW_ASSIGN(std::vector<ImportReport> reports, importData(options, hooks));
    DatasetStore store(database);
    std::vector<StoredImport> stored;
    for (ImportReport &report : reports) {
        std::int64_t hasRows = 0;
        WINNOW_ASSIGN(const DatasetId dataset, store.begin(recordOf(report), hasRows));
        RowStorer storer(store, dataset, hasRows, hooks);
        const std::int64_t total = report.rowsKept;
        ImportedRowVisitor visitor;
        visitor.rows = [&](const std::vector<ConversationRow> &rows) { return storer.add(rows, total); };
        visitor.questions = [&](const std::vector<QuestionRow> &rows) { return storer.add(rows, total); };
        if (hasRows < total)
            WINNOW_TRY(forEachImportedRow(report, batchRows, visitor));
        WINNOW_TRY(store.putImportReport(dataset, importReportToJson(report)));
        stored.push_back({dataset, std::move(report)});
    }
    return stored;
}

Status countAllRows(Database &database, DatasetId dataset, const ImportOptions &options, const ImportHooks &hooks)
{
    DatasetStore store(database);
    WINNOW_ASSIGN(const std::string json, store.importReport(dataset));
    ImportReport report;
    if (json.empty()) {
        WINNOW_ASSIGN(report, countReadFile(database, dataset, options, hooks));
    } else {
        WINNOW_ASSIGN(report, importReportFromJson(json));
        WINNOW_TRY(countEveryRow(options, hooks, report));
    }
    return store.putImportReport(dataset, importReportToJson(report));
}

Result<std::string> identityNow(Database &database, const DatasetRecord &dataset)
{
    SampleBrowser browser(database);
    PictureDigests pictures;
    constexpr auto batch = static_cast<std::int64_t>(batchRows);
    for (std::int64_t first = 0;; first += batch) {
        WINNOW_ASSIGN(const auto rows, browser.pictures(dataset.id, first, batch));
        for (const std::vector<std::string> &row : rows)
            pictures.addRow(row);
        if (rows.empty())
            break;
    }
    return datasetIdentity(dataset.path, pictures);
}

} // namespace winnow
