#include "core/store/derivation_store.h"

#include "core/store/sql.h"

namespace winnow {

Status DerivationStore::put(const DerivationRecord &derivation)
{
    return sql::write(m_database, "note a derived data set in", [&]() -> Status {
        SQLite::Statement insert(m_database.connection(),
                                 "INSERT OR REPLACE INTO dataset_derivations (parent_sha256, child_sha256, path, run_id, "
                                 "excluded, flipped, rows_kept, created_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        insert.bind(1, derivation.parentSha256);
        insert.bind(2, derivation.childSha256);
        insert.bind(3, derivation.path);
        sql::bindId(insert, 4, derivation.run.value);
        insert.bind(5, derivation.excluded);
        insert.bind(6, derivation.flipped);
        insert.bind(7, derivation.rowsKept);
        insert.bind(8, derivation.createdMs ? derivation.createdMs : utcMilliseconds());
        insert.exec();
        return {};
    });
}

Result<std::vector<DerivationRecord>> DerivationStore::where(const char *column, const std::string &sha256)
{
    return sql::guard(m_database, "read derived data sets of", [&]() -> Result<std::vector<DerivationRecord>> {
        SQLite::Statement select(m_database.connection(),
                                 std::string("SELECT parent_sha256, child_sha256, path, run_id, excluded, flipped, rows_kept, "
                                             "created_ms FROM dataset_derivations WHERE ")
                                     + column + " = ? ORDER BY id");
        select.bind(1, sha256);
        std::vector<DerivationRecord> all;
        while (select.executeStep()) {
            DerivationRecord record;
            record.parentSha256 = select.getColumn(0).getString();
            record.childSha256 = select.getColumn(1).getString();
            record.path = select.getColumn(2).getString();
            record.run = RunId{select.getColumn(3).isNull() ? 0 : select.getColumn(3).getInt64()};
            record.excluded = select.getColumn(4).getInt64();
            record.flipped = select.getColumn(5).getInt64();
            record.rowsKept = select.getColumn(6).getInt64();
            record.createdMs = select.getColumn(7).getInt64();
            all.push_back(std::move(record));
        }
        return all;
    });
}

Result<std::vector<DerivationRecord>> DerivationStore::ofParent(const std::string &parentSha256)
{
    return where("parent_sha256", parentSha256);
}

Result<std::vector<DerivationRecord>> DerivationStore::ofChild(const std::string &childSha256)
{
    return where("child_sha256", childSha256);
}

} // namespace winnow
