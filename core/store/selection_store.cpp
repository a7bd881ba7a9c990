#include "core/store/selection_store.h"

#include "core/store/sql.h"

namespace winnow {

namespace {

constexpr const char *columns = "s.id, s.dataset_sha256, s.name, s.rule, s.run_id, s.created_ms, s.changed_ms, "
                                "(SELECT count(*) FROM selection_members m WHERE m.selection_id = s.id)";

SelectionRecord readSelection(SQLite::Statement &row)
{
    SelectionRecord record;
    record.id = SelectionId{row.getColumn(0).getInt64()};
    record.datasetSha256 = row.getColumn(1).getString();
    record.name = row.getColumn(2).getString();
    record.rule = row.getColumn(3).getString();
    record.run = RunId{row.getColumn(4).isNull() ? 0 : row.getColumn(4).getInt64()};
    record.createdMs = row.getColumn(5).getInt64();
    record.changedMs = row.getColumn(6).getInt64();
    record.count = row.getColumn(7).getInt64();
    return record;
}

SelectionId upsert(SQLite::Database &db, const SelectionRecord &selection)
{
    const std::int64_t now = utcMilliseconds();
    SQLite::Statement insert(db, "INSERT INTO selections (dataset_sha256, name, rule, run_id, created_ms, changed_ms) "
                                 "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (dataset_sha256, name) DO UPDATE SET rule = "
                                 "excluded.rule, run_id = excluded.run_id, changed_ms = excluded.changed_ms RETURNING id");
    insert.bind(1, selection.datasetSha256);
    insert.bind(2, selection.name);
    insert.bind(3, selection.rule);
    sql::bindId(insert, 4, selection.run.value);
    insert.bind(5, now);
    insert.bind(6, now);
    insert.executeStep();
    return SelectionId{insert.getColumn(0).getInt64()};
}

Error gone(SelectionId selection)
{
    return Error{"Set " + std::to_string(selection.value) + " is not in this store. It may have been deleted; reload the page."};
}

Status checkName(const std::string &name)
{
    if (name.find_first_not_of(" \t") == std::string::npos)
        return Error{"A set needs a name. Type one."};
    return {};
}

} // namespace

Result<SelectionId> SelectionStore::save(const SelectionRecord &selection, const std::vector<std::string> &keys)
{
    WINNOW_TRY(checkName(selection.name));
    SelectionId id;
    WINNOW_TRY(sql::write(m_database, "save a set of samples in", [&]() -> Status {
        SQLite::Database &db = m_database.connection();
        id = upsert(db, selection);
        SQLite::Statement clear(db, "DELETE FROM selection_members WHERE selection_id = ?");
        clear.bind(1, id.value);
        clear.exec();
        SQLite::Statement add(db, "INSERT OR IGNORE INTO selection_members (selection_id, sample_key) VALUES (?, ?)");
        for (const std::string &key : keys) {
            add.bind(1, id.value);
            add.bind(2, key);
            sql::step(add);
        }
        return {};
    }));
    return id;
}

Result<std::vector<SelectionRecord>> SelectionStore::ofDataset(const std::string &datasetSha256)
{
    return sql::guard(m_database, "read sets of samples of", [&]() -> Result<std::vector<SelectionRecord>> {
        SQLite::Statement select(m_database.connection(), std::string("SELECT ") + columns
                                                              + " FROM selections s WHERE s.dataset_sha256 = ? ORDER BY s.name");
        select.bind(1, datasetSha256);
        std::vector<SelectionRecord> all;
        while (select.executeStep())
            all.push_back(readSelection(select));
        return all;
    });
}

Result<SelectionRecord> SelectionStore::get(SelectionId selection)
{
    return sql::guard(m_database, "read sets of samples of", [&]() -> Result<SelectionRecord> {
        SQLite::Statement select(m_database.connection(),
                                 std::string("SELECT ") + columns + " FROM selections s WHERE s.id = ?");
        select.bind(1, selection.value);
        if (!select.executeStep())
            return gone(selection);
        return readSelection(select);
    });
}

Result<std::vector<std::string>> SelectionStore::keys(SelectionId selection)
{
    return sql::guard(m_database, "read sets of samples of", [&]() -> Result<std::vector<std::string>> {
        SQLite::Statement select(m_database.connection(),
                                 "SELECT sample_key FROM selection_members WHERE selection_id = ? ORDER BY sample_key");
        select.bind(1, selection.value);
        std::vector<std::string> all;
        while (select.executeStep())
            all.push_back(select.getColumn(0).getString());
        return all;
    });
}

Result<std::vector<std::uint32_t>> SelectionStore::rows(SelectionId selection, DatasetId dataset)
{
    return sql::guard(m_database, "read sets of samples of", [&]() -> Result<std::vector<std::uint32_t>> {
        SQLite::Statement select(m_database.connection(),
                                 "SELECT s.idx FROM selection_members m JOIN samples s ON s.dataset_id = ? AND "
                                 "s.key = m.sample_key WHERE m.selection_id = ?");
        select.bind(1, dataset.value);
        select.bind(2, selection.value);
        std::vector<std::uint32_t> rows;
        while (select.executeStep())
            rows.push_back(static_cast<std::uint32_t>(select.getColumn(0).getInt64()));
        return rows;
    });
}

Status SelectionStore::rename(SelectionId selection, const std::string &name)
{
    WINNOW_TRY(checkName(name));
    WINNOW_ASSIGN(const SelectionRecord old, get(selection));
    WINNOW_ASSIGN(const auto others, ofDataset(old.datasetSha256));
    for (const SelectionRecord &other : others)
        if (other.name == name && other.id != selection)
            return Error{"There is already a set named \"" + name + "\" of this data. Choose another name."};
    return sql::write(m_database, "rename a set of samples in", [&]() -> Status {
        SQLite::Statement update(m_database.connection(), "UPDATE selections SET name = ?, changed_ms = ? WHERE id = ?");
        update.bind(1, name);
        update.bind(2, utcMilliseconds());
        update.bind(3, selection.value);
        return update.exec() == 1 ? Status() : Status(gone(selection));
    });
}

Status SelectionStore::remove(SelectionId selection)
{
    return sql::write(m_database, "delete a set of samples from", [&]() -> Status {
        SQLite::Statement remove(m_database.connection(), "DELETE FROM selections WHERE id = ?");
        remove.bind(1, selection.value);
        return remove.exec() == 1 ? Status() : Status(gone(selection));
    });
}

Result<std::vector<std::string>> SelectionStore::combine(SelectionId a, SelectionId b, SetOperation operation)
{
    WINNOW_ASSIGN(const SelectionRecord left, get(a));
    WINNOW_ASSIGN(const SelectionRecord right, get(b));
    if (left.datasetSha256 != right.datasetSha256)
        return Error{"The sets \"" + left.name + "\" and \"" + right.name + "\" belong to different data ("
                     + left.datasetSha256.substr(0, 6) + ", " + right.datasetSha256.substr(0, 6)
                     + "). Choose two sets of the same data."};
    const char *word = operation == SetOperation::Union ? "UNION" : operation == SetOperation::Intersection ? "INTERSECT" : "EXCEPT";
    return sql::guard(m_database, "combine sets of samples of", [&]() -> Result<std::vector<std::string>> {
        SQLite::Statement select(m_database.connection(),
                                 std::string("SELECT sample_key FROM selection_members WHERE selection_id = ? ") + word
                                     + " SELECT sample_key FROM selection_members WHERE selection_id = ? ORDER BY sample_key");
        select.bind(1, a.value);
        select.bind(2, b.value);
        std::vector<std::string> all;
        while (select.executeStep())
            all.push_back(select.getColumn(0).getString());
        return all;
    });
}

} // namespace winnow
