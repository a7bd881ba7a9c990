#include "core/store/decision_store.h"

#include "core/store/sql.h"

#include <array>
#include <set>

namespace winnow {

namespace {

constexpr std::array<std::string_view, 5> names{"none", "keep", "flip", "exclude", "unsure"};
constexpr const char *columns = "dataset_sha256, sample_key, decision, note, run_id, changed_ms";

Decision decisionFromName(const std::string &name)
{
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name)
            return static_cast<Decision>(i);
    return Decision::None;
}

DecisionRecord readDecision(SQLite::Statement &row)
{
    DecisionRecord record;
    record.datasetSha256 = row.getColumn(0).getString();
    record.key = row.getColumn(1).getString();
    record.decision = decisionFromName(row.getColumn(2).getString());
    record.note = row.getColumn(3).getString();
    record.run = RunId{row.getColumn(4).isNull() ? 0 : row.getColumn(4).getInt64()};
    record.changedMs = row.getColumn(5).getInt64();
    return record;
}

/// The statements of one batch, prepared once: a batch may hold every sample of a large data set.
class Writer {
public:
    explicit Writer(SQLite::Database &db)
        : m_find(db, std::string("SELECT ") + columns + " FROM decisions WHERE dataset_sha256 = ? AND sample_key = ?")
        , m_store(db, std::string("INSERT INTO decisions (") + columns
                          + ") VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (dataset_sha256, sample_key) DO UPDATE SET decision = "
                            "excluded.decision, note = excluded.note, run_id = coalesce(excluded.run_id, run_id), "
                            "changed_ms = excluded.changed_ms")
        , m_log(db, "INSERT INTO decision_log (batch, dataset_sha256, sample_key, old_decision, old_note, new_decision, "
                    "new_note, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    {
    }

    std::optional<DecisionRecord> find(const std::string &dataset, const std::string &key)
    {
        m_find.reset();
        m_find.bind(1, dataset);
        m_find.bind(2, key);
        return m_find.executeStep() ? std::optional(readDecision(m_find)) : std::nullopt;
    }

    void store(const DecisionRecord &record)
    {
        m_store.bind(1, record.datasetSha256);
        m_store.bind(2, record.key);
        m_store.bind(3, std::string(decisionName(record.decision)));
        m_store.bind(4, record.note);
        sql::bindId(m_store, 5, record.run.value);
        m_store.bind(6, record.changedMs ? record.changedMs : utcMilliseconds());
        sql::step(m_store);
    }

    void log(std::int64_t batch, const DecisionRecord &old, const DecisionRecord &now)
    {
        m_log.bind(1, batch);
        m_log.bind(2, now.datasetSha256);
        m_log.bind(3, now.key);
        m_log.bind(4, std::string(decisionName(old.decision)));
        m_log.bind(5, old.note);
        m_log.bind(6, std::string(decisionName(now.decision)));
        m_log.bind(7, now.note);
        m_log.bind(8, utcMilliseconds());
        sql::step(m_log);
    }

private:
    SQLite::Statement m_find;
    SQLite::Statement m_store;
    SQLite::Statement m_log;
};

std::int64_t nextBatch(SQLite::Database &db)
{
    return db.execAndGet("SELECT coalesce(max(batch), 0) + 1 FROM decision_log").getInt64();
}

void forgetUndone(SQLite::Database &db, const std::string &dataset)
{
    SQLite::Statement remove(db, "DELETE FROM decision_log WHERE dataset_sha256 = ? AND undone = 1");
    remove.bind(1, dataset);
    remove.exec();
}

/// Puts the old (undo) or new (redo) side of one batch in place; the number of samples.
std::int64_t replay(SQLite::Database &db, const std::string &dataset, bool undo)
{
    SQLite::Statement pick(db, undo ? "SELECT max(batch) FROM decision_log WHERE dataset_sha256 = ? AND undone = 0"
                                    : "SELECT min(batch) FROM decision_log WHERE dataset_sha256 = ? AND undone = 1");
    pick.bind(1, dataset);
    if (!pick.executeStep() || pick.getColumn(0).isNull())
        return 0;
    const std::int64_t batch = pick.getColumn(0).getInt64();
    SQLite::Statement rows(db, undo ? "SELECT sample_key, old_decision, old_note FROM decision_log WHERE "
                                      "dataset_sha256 = ? AND batch = ? ORDER BY id DESC"
                                    : "SELECT sample_key, new_decision, new_note FROM decision_log WHERE "
                                      "dataset_sha256 = ? AND batch = ? ORDER BY id");
    rows.bind(1, dataset);
    rows.bind(2, batch);
    std::int64_t count = 0;
    Writer writer(db);
    while (rows.executeStep()) {
        DecisionRecord record;
        record.datasetSha256 = dataset;
        record.key = rows.getColumn(0).getString();
        record.decision = decisionFromName(rows.getColumn(1).getString());
        record.note = rows.getColumn(2).getString();
        writer.store(record);
        ++count;
    }
    SQLite::Statement mark(db, "UPDATE decision_log SET undone = ? WHERE dataset_sha256 = ? AND batch = ?");
    mark.bind(1, undo ? 1 : 0);
    mark.bind(2, dataset);
    mark.bind(3, batch);
    mark.exec();
    return count;
}

} // namespace

std::string_view decisionName(Decision decision)
{
    return names[static_cast<std::size_t>(decision)];
}

Status DecisionStore::set(const std::vector<DecisionRecord> &decisions)
{
    return sql::write(m_database, "add decisions to", [&]() -> Status {
        SQLite::Database &db = m_database.connection();
        const std::int64_t batch = nextBatch(db);
        std::set<std::string> datasets;
        for (const DecisionRecord &decision : decisions)
            datasets.insert(decision.datasetSha256);
        for (const std::string &dataset : datasets)
            forgetUndone(db, dataset);
        Writer writer(db);
        for (const DecisionRecord &decision : decisions) {
            const auto old = writer.find(decision.datasetSha256, decision.key);
            writer.log(batch, old.value_or(DecisionRecord{}), decision);
            writer.store(decision);
        }
        return {};
    });
}

Result<std::vector<DecisionRecord>> DecisionStore::ofDataset(const std::string &datasetSha256)
{
    return sql::guard(m_database, "read decisions of", [&]() -> Result<std::vector<DecisionRecord>> {
        SQLite::Statement select(m_database.connection(),
                                 std::string("SELECT ") + columns + " FROM decisions WHERE dataset_sha256 = ? AND "
                                     "(decision <> 'none' OR note <> '') ORDER BY sample_key");
        select.bind(1, datasetSha256);
        std::vector<DecisionRecord> all;
        while (select.executeStep())
            all.push_back(readDecision(select));
        return all;
    });
}

Result<std::vector<RowDecision>> DecisionStore::ofRows(const std::string &datasetSha256, DatasetId dataset)
{
    return sql::guard(m_database, "read decisions of", [&]() -> Result<std::vector<RowDecision>> {
        SQLite::Statement select(m_database.connection(),
                                 "SELECT s.idx, d.decision, d.note FROM decisions d JOIN samples s ON s.dataset_id = ? AND "
                                 "s.key = d.sample_key WHERE d.dataset_sha256 = ? AND (d.decision <> 'none' OR d.note <> '')");
        select.bind(1, dataset.value);
        select.bind(2, datasetSha256);
        std::vector<RowDecision> all;
        while (select.executeStep())
            all.push_back({static_cast<std::uint32_t>(select.getColumn(0).getInt64()),
                           decisionFromName(select.getColumn(1).getString()), select.getColumn(2).getString()});
        return all;
    });
}

Result<std::optional<DecisionRecord>> DecisionStore::get(const std::string &datasetSha256, const std::string &key)
{
    return sql::guard(m_database, "read decisions of", [&]() -> Result<std::optional<DecisionRecord>> {
        return Writer(m_database.connection()).find(datasetSha256, key);
    });
}

Result<std::int64_t> DecisionStore::undo(const std::string &datasetSha256)
{
    std::int64_t count = 0;
    WINNOW_TRY(sql::write(m_database, "take back decisions in", [&]() -> Status {
        count = replay(m_database.connection(), datasetSha256, true);
        return {};
    }));
    return count;
}

Result<std::int64_t> DecisionStore::redo(const std::string &datasetSha256)
{
    std::int64_t count = 0;
    WINNOW_TRY(sql::write(m_database, "repeat decisions in", [&]() -> Status {
        count = replay(m_database.connection(), datasetSha256, false);
        return {};
    }));
    return count;
}

} // namespace winnow
