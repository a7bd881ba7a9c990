#include "core/store/run_view_store.h"

#include "core/store/run_state.h"
#include "core/store/sql.h"

namespace winnow
{

Result<std::vector<RunLookRecord>> RunViewStore::looks()
{
    return sql::guard(m_database, "read the looks of runs of", [&]() -> Result<std::vector<RunLookRecord>> {
        SQLite::Statement select(m_database.connection(), "SELECT run_id, hue, dash, visible, pinned FROM run_looks");
        std::vector<RunLookRecord> looks;
        while (select.executeStep()) {
            RunLookRecord look;
            look.run = RunId{select.getColumn(0).getInt64()};
            if (!select.getColumn(1).isNull()) {
                look.hue = select.getColumn(1).getInt();
                look.dash = select.getColumn(2).getInt();
            }
            if (!select.getColumn(3).isNull())
                look.visible = select.getColumn(3).getInt() != 0;
            look.pinned = select.getColumn(4).getInt() != 0;
            looks.push_back(look);
        }
        return looks;
    });
}

Status RunViewStore::setLook(const RunLookRecord &look)
{
    return sql::write(m_database, "keep the look of a run in", [&]() -> Status {
        SQLite::Statement insert(
            m_database.connection(),
            "INSERT INTO run_looks (run_id, hue, dash, visible, pinned) SELECT id, ?, ?, ?, ? FROM "
            "runs WHERE id = ? ON CONFLICT (run_id) DO UPDATE SET hue = excluded.hue, dash = "
            "excluded.dash, visible = excluded.visible, pinned = excluded.pinned");
        if (look.hue) {
            insert.bind(1, *look.hue);
            insert.bind(2, look.dash);
        }
        if (look.visible)
            insert.bind(3, *look.visible ? 1 : 0);
        insert.bind(4, look.pinned ? 1 : 0);
        insert.bind(5, look.run.value);
        insert.exec();
        return {};
    });
}

Status RunViewStore::setDeleted(RunId run, bool deleted)
{
    return sql::write(m_database, deleted ? "delete a run of" : "restore a run of", [&]() -> Status {
        SQLite::Statement select(m_database.connection(), "SELECT state FROM runs WHERE id = ?");
        select.bind(1, run.value);
        if (!select.executeStep())
            return Error{"The store \"" + m_database.path() + "\" has no run " + std::to_string(run.value)
                         + "; it was purged."};
        const std::string state = select.getColumn(0).getString();
        if (deleted && runIsActive(runStateFromName(state).value_or(RunState::Failed)))
            return Error{"Run " + std::to_string(run.value) + " is " + state + "; stop it before it is deleted."};
        SQLite::Statement change(m_database.connection(),
                                 deleted ? "INSERT OR IGNORE INTO deleted_runs (run_id, at_ms) VALUES (?, ?)"
                                         : "DELETE FROM deleted_runs WHERE run_id = ?");
        change.bind(1, run.value);
        if (deleted)
            change.bind(2, utcMilliseconds());
        change.exec();
        return {};
    });
}

Result<std::vector<RunId>> RunViewStore::deleted()
{
    return sql::guard(m_database, "read deleted runs of", [&]() -> Result<std::vector<RunId>> {
        SQLite::Statement select(m_database.connection(), "SELECT run_id FROM deleted_runs ORDER BY run_id");
        std::vector<RunId> runs;
        while (select.executeStep())
            runs.push_back(RunId{select.getColumn(0).getInt64()});
        return runs;
    });
}

Result<std::vector<SavedQuery>> RunViewStore::queries()
{
    return sql::guard(m_database, "read saved queries of", [&]() -> Result<std::vector<SavedQuery>> {
        SQLite::Statement select(m_database.connection(),
                                 "SELECT name, text FROM saved_queries ORDER BY created_ms, name");
        std::vector<SavedQuery> queries;
        while (select.executeStep())
            queries.push_back({select.getColumn(0).getString(), select.getColumn(1).getString()});
        return queries;
    });
}

Status RunViewStore::saveQuery(const SavedQuery &query)
{
    if (query.name.empty())
        return Error{"A saved query needs a name; type one."};
    return sql::write(m_database, "save a query in", [&]() -> Status {
        SQLite::Statement insert(
            m_database.connection(),
            "INSERT INTO saved_queries (name, text, created_ms) VALUES (?, ?, ?) ON CONFLICT (name) "
            "DO UPDATE SET text = excluded.text");
        insert.bind(1, query.name);
        insert.bind(2, query.text);
        insert.bind(3, utcMilliseconds());
        insert.exec();
        return {};
    });
}

Status RunViewStore::removeQuery(const std::string &name)
{
    return sql::write(m_database, "remove a query from", [&]() -> Status {
        SQLite::Statement remove(m_database.connection(), "DELETE FROM saved_queries WHERE name = ?");
        remove.bind(1, name);
        remove.exec();
        return {};
    });
}

Result<std::map<std::string, std::string>> RunViewStore::settings()
{
    return sql::guard(m_database, "read view settings of", [&]() -> Result<std::map<std::string, std::string>> {
        SQLite::Statement select(m_database.connection(), "SELECT key, value FROM view_settings");
        std::map<std::string, std::string> settings;
        while (select.executeStep())
            settings[select.getColumn(0).getString()] = select.getColumn(1).getString();
        return settings;
    });
}

Status RunViewStore::setSetting(const std::string &key, const std::string &value)
{
    return sql::write(m_database, "keep a view setting in", [&]() -> Status {
        SQLite::Statement insert(m_database.connection(),
                                 "INSERT INTO view_settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET "
                                 "value = excluded.value");
        insert.bind(1, key);
        insert.bind(2, value);
        insert.exec();
        return {};
    });
}

Result<std::int64_t> RunViewStore::dataVersion()
{
    return sql::guard(m_database, "look for changes in", [&]() -> Result<std::int64_t> {
        SQLite::Statement select(m_database.connection(), "PRAGMA data_version");
        select.executeStep();
        return select.getColumn(0).getInt64();
    });
}

} // namespace winnow
