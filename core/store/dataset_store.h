#pragma once

#include "core/base/ids.h"
#include "core/store/database.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace winnow
{

/// Rows that were left out, by reason.
struct DatasetDrop {
    std::string reason;
    std::int64_t count = 0;
    std::int64_t firstRow = -1; ///< 0-based row in the file
    std::string example; ///< sentence about that row
};

struct DatasetRecord {
    DatasetId id;
    std::string name;
    std::string path;
    std::string kind; ///< "train" | "meta" | "test"
    std::string form; ///< meta: "step-level" | "answer-level"; else empty
    std::string sha256; ///< over the row file and the list of picture SHA-256s
    std::int64_t rowsRead = 0;
    std::int64_t rowsKept = 0;
    std::int64_t createdMs = 0;
    std::vector<DatasetDrop> drops;

    /// One set of the rows of two files, as a run with meta rows in its training set has it.
    bool isJoined() const { return path.find(" + ") != std::string::npos; }
};

/// What the inspector shows of one row. For a test set a row is a question, its steps are the candidates and its
/// labels say whether the candidate's answer is right.
struct SampleRecord {
    std::int64_t index = 0; ///< position after drops: the row number of visits and weights
    std::int64_t fileRow = 0;
    std::string key; ///< unique in its data set; with the data set's SHA-256 it identifies the sample
    std::string unitKey;
    std::string subject;
    std::optional<bool> knownNoise;
    std::string picturePath; ///< empty: text only
    std::vector<std::string> furtherPictures = {}; ///< shown too
    std::string question;
    std::vector<std::string> steps;
    std::vector<bool> labels;
    std::optional<bool> answerIsRight;

    WINNOW_CORE_API std::vector<std::string> pictures() const; ///< all, in order
};

/// What a table of all samples keeps of a row; the rest is read when the row is looked at.
struct SampleMarks {
    std::string subject;
    std::vector<bool> labels;
};

/// How the samples of a set are made up, counted by the store, so that a set of any size can be looked at.
struct DatasetCounts {
    std::int64_t samples = 0;
    std::vector<std::pair<std::string, std::int64_t>> subjects; ///< samples by subject, sorted by name
    std::int64_t labelsPlus = 0;
    std::int64_t labelsMinus = 0;
    std::int64_t noiseKnown = 0; ///< samples for which it is known whether they are noise
    std::int64_t noiseCount = 0;
};

/// Data sets as they were read, and their rows.
class WINNOW_CORE_API DatasetStore
{
public:
    explicit DatasetStore(Database &database) : m_database(database) { }

    /// The set of the same (path, kind, sha256, kept rows) is used again; else it and its samples are stored.
    Result<DatasetId> put(const DatasetRecord &dataset, const std::vector<SampleRecord> &samples);
    /// The same in parts, for sets that are not held in memory: begin(), then addSamples() until all rows are there,
    /// each its own transaction, so that another writer never waits long. `hasRows`: how many rows are stored already;
    /// a set that an earlier import left incomplete goes on there.
    Result<DatasetId> begin(const DatasetRecord &dataset, std::int64_t &hasRows);
    Status addSamples(DatasetId dataset, const std::vector<SampleRecord> &samples);
    /// JSON of the import that made the set; empty when it was read by a run.
    Result<std::string> importReport(DatasetId dataset);
    Status putImportReport(DatasetId dataset, const std::string &json);
    Result<bool> empty(); ///< no set at all
    Result<std::vector<DatasetRecord>> list(); ///< newest first
    Result<DatasetRecord> get(DatasetId dataset);
    Result<std::vector<SampleRecord>> samples(DatasetId dataset);
    /// All rows one after the other, for sets that are not held in memory.
    Status eachSample(DatasetId dataset, const std::function<void(SampleRecord)> &take);
    Status eachMarks(DatasetId dataset, const std::function<void(const SampleMarks &)> &take);
    /// Some rows, in the order of `indices`.
    Result<std::vector<SampleRecord>> samples(DatasetId dataset, std::span<const std::uint32_t> indices);
    Result<std::vector<std::string>> keys(DatasetId dataset, std::span<const std::uint32_t> indices);
    /// Row of each key; -1 where the set has none.
    Result<std::vector<std::int64_t>> indicesOf(DatasetId dataset, const std::vector<std::string> &keys);
    /// Rows whose key holds these letters, by row, `most` at most.
    Result<std::vector<std::pair<std::uint32_t, std::string>>> keysWith(DatasetId dataset, const std::string &letters,
                                                                        std::size_t most);
    /// All rows by key, bytes compared.
    Result<std::vector<std::uint32_t>> orderByKey(DatasetId dataset);
    Result<DatasetCounts> counts(DatasetId dataset);
    Result<SampleRecord> sample(DatasetId dataset, std::int64_t index);
    /// By row: 1 noise, 0 clean, -1 unknown. Empty when no row is marked.
    Result<std::vector<std::int8_t>> noiseMask(DatasetId dataset);
    Result<std::vector<std::string>> subjects(DatasetId dataset); ///< by row
    Status rename(DatasetId dataset, const std::string &name);

private:
    Database &m_database;
};

} // namespace winnow
