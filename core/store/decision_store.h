#pragma once

#include "core/base/ids.h"
#include "core/store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace winnow {

enum class Decision { None, Keep, Flip, Exclude, Unsure };
WINNOW_CORE_API std::string_view decisionName(Decision decision); ///< "none", "keep", ...

/// A person's verdict on a sample; belongs to (data set SHA-256, key), so every run on the same data sees it.
struct DecisionRecord {
    std::string datasetSha256;
    std::string key;
    Decision decision = Decision::None;
    std::string note;
    RunId run; ///< that was looked at; 0: none
    std::int64_t changedMs = 0;
};

/// The same, of a row.
struct RowDecision {
    std::uint32_t row = 0;
    Decision decision = Decision::None;
    std::string note;
};

/// Decisions with an undo log. One call of set() is one step of undo, however many samples it holds.
class WINNOW_CORE_API DecisionStore {
public:
    explicit DecisionStore(Database &database) : m_database(database) {}

    Status set(const std::vector<DecisionRecord> &decisions);
    Result<std::vector<DecisionRecord>> ofDataset(const std::string &datasetSha256);
    /// Of the rows of a data set that has this SHA-256.
    Result<std::vector<RowDecision>> ofRows(const std::string &datasetSha256, DatasetId dataset);
    Result<std::optional<DecisionRecord>> get(const std::string &datasetSha256, const std::string &key);
    /// Takes back the newest step of this data set that was not taken back; the number of samples changed, 0 if none.
    Result<std::int64_t> undo(const std::string &datasetSha256);
    Result<std::int64_t> redo(const std::string &datasetSha256);

private:
    Database &m_database;
};

} // namespace winnow
