#pragma once

#include "core/base/ids.h"
#include "core/store/database.h"

#include <string>
#include <vector>

namespace winnow {

/// A named set of samples. Its members are keys of the data set, so it means the same in every run on that data.
struct SelectionRecord {
    SelectionId id;
    std::string datasetSha256;
    std::string name; ///< unique among the sets of its data set
    std::string rule; ///< in words, how it was made; for a person
    RunId run;        ///< that was looked at; 0: none
    std::int64_t createdMs = 0;
    std::int64_t changedMs = 0;
    std::int64_t count = 0; ///< of members; filled by reading
};

enum class SetOperation { Union, Intersection, Difference };

/// Named sets and their algebra. Keys come back sorted and without doubles.
class WINNOW_CORE_API SelectionStore {
public:
    explicit SelectionStore(Database &database) : m_database(database) {}

    /// Makes the set, or replaces the members of the one with the same name and data set.
    Result<SelectionId> save(const SelectionRecord &selection, const std::vector<std::string> &keys);
    Result<std::vector<SelectionRecord>> ofDataset(const std::string &datasetSha256); ///< by name
    Result<SelectionRecord> get(SelectionId selection);
    Result<std::vector<std::string>> keys(SelectionId selection);
    /// Members among the rows of a data set, as row numbers.
    Result<std::vector<std::uint32_t>> rows(SelectionId selection, DatasetId dataset);
    Status rename(SelectionId selection, const std::string &name);
    Status remove(SelectionId selection);
    /// Members of `a` and `b` together, in both, or in `a` only. Sets of different data sets are refused.
    Result<std::vector<std::string>> combine(SelectionId a, SelectionId b, SetOperation operation);

private:
    Database &m_database;
};

} // namespace winnow
