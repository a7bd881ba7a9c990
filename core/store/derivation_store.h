#pragma once

#include "core/base/ids.h"
#include "core/store/database.h"

#include <string>
#include <vector>

namespace winnow {

/// A row file made from another one by decisions on its samples (core/data/corrected_rows.h).
struct DerivationRecord {
    std::string parentSha256; ///< identity of the data set that was decided on
    std::string childSha256;  ///< of the new one
    std::string path;         ///< of the new row file
    RunId run;                ///< whose samples were looked at; 0: none
    std::int64_t excluded = 0;
    std::int64_t flipped = 0; ///< rows
    std::int64_t rowsKept = 0;
    std::int64_t createdMs = 0;
};

/// Lineage of data sets: which came from which, and what was changed.
class WINNOW_CORE_API DerivationStore {
public:
    explicit DerivationStore(Database &database) : m_database(database) {}

    Status put(const DerivationRecord &derivation); ///< replaces the one of the same parent, child and path
    Result<std::vector<DerivationRecord>> ofParent(const std::string &parentSha256); ///< oldest first
    Result<std::vector<DerivationRecord>> ofChild(const std::string &childSha256);

private:
    Result<std::vector<DerivationRecord>> where(const char *column, const std::string &sha256);

    Database &m_database;
};

} // namespace winnow
