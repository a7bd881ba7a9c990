#include "core/store/run_store.h"

#include "core/store/run_row.h"
#include "core/store/sql.h"

namespace winnow {

namespace {

constexpr const char *columns =
    "id, uuid, project_id, parent_id, name, state, config_json, stage, method, seed, command, code_version, "
    "environment, device, threads, folder, phase, step, total_steps, pid, host, heartbeat_ms, created_ms, started_ms, "
    "finished_ms, error, note, archived, result_steps, last_checkpoint, selected_checkpoint, selected_step, "
    "weights_sha256, instance_weights_sha256, accuracy, accuracy_last, seconds, process_mark, request";

/// Reads columns in order.
class RowReader {
public:
    explicit RowReader(SQLite::Statement &row) : m_row(row) {}
    std::string text() { return m_row.getColumn(m_next++).getString(); }
    std::int64_t integer()
    {
        const SQLite::Column column = m_row.getColumn(m_next++);
        return column.isNull() ? 0 : column.getInt64();
    }
    double real() { return m_row.getColumn(m_next++).getDouble(); }
    std::optional<double> optional() { return sql::readOptional(m_row.getColumn(m_next++)); }

private:
    SQLite::Statement &m_row;
    int m_next = 0;
};

void readOrigin(RowReader &row, RunRecord &run)
{
    run.id = RunId{row.integer()};
    run.uuid = row.text();
    run.project = ProjectId{row.integer()};
    run.parent = RunId{row.integer()};
    run.name = row.text();
    run.state = runStateFromName(row.text()).value_or(RunState::Failed);
    run.configJson = row.text();
    run.stage = row.text();
    run.method = row.text();
    run.seed = row.integer();
    run.command = row.text();
    run.codeVersion = row.text();
    run.environment = row.text();
    run.device = row.text();
    run.threads = row.integer();
}

void readProgress(RowReader &row, RunRecord &run)
{
    run.folder = row.text();
    run.phase = row.text();
    run.step = row.integer();
    run.totalSteps = row.integer();
    run.pid = row.integer();
    run.host = row.text();
    run.heartbeatMs = row.integer();
    run.createdMs = row.integer();
    run.startedMs = row.integer();
    run.finishedMs = row.integer();
    run.error = row.text();
    run.note = row.text();
    run.archived = row.integer() != 0;
}

void readResult(RowReader &row, RunResult &result)
{
    result.steps = row.integer();
    result.lastCheckpoint = row.text();
    result.selectedCheckpoint = row.text();
    result.selectedStep = row.integer();
    result.weightsSha256 = row.text();
    result.instanceWeightsSha256 = row.text();
    result.accuracy = row.optional();
    result.accuracyLast = row.optional();
    result.seconds = row.real();
}

/// A whole run: its row, tags and data sets.
class RunReader {
public:
    explicit RunReader(SQLite::Database &db) :
        m_tags(db, "SELECT tag FROM run_tags WHERE run_id = ? ORDER BY tag"),
        m_datasets(db, "SELECT role, dataset_id FROM run_datasets WHERE run_id = ?")
    {
    }

    RunRecord read(SQLite::Statement &select)
    {
        RunRecord run;
        RowReader row(select);
        readOrigin(row, run);
        readProgress(row, run);
        readResult(row, run.result);
        run.processMark = row.text();
        run.request = runRequestFromName(row.text());
        m_tags.bind(1, run.id.value);
        while (m_tags.executeStep())
            run.tags.push_back(m_tags.getColumn(0).getString());
        m_tags.reset();
        m_datasets.bind(1, run.id.value);
        while (m_datasets.executeStep())
            run.datasets[m_datasets.getColumn(0).getString()] = DatasetId{m_datasets.getColumn(1).getInt64()};
        m_datasets.reset();
        return run;
    }

private:
    SQLite::Statement m_tags;
    SQLite::Statement m_datasets;
};

std::string whereOf(const RunFilter &filter)
{
    std::string where = filter.withArchived ? " WHERE 1" : " WHERE archived = 0";
    if (!filter.withDeleted)
        where += " AND id NOT IN (SELECT run_id FROM deleted_runs)";
    if (!filter.states.empty()) {
        where += " AND state IN (?";
        for (std::size_t i = 1; i < filter.states.size(); ++i)
            where += ", ?";
        where += ")";
    }
    if (filter.project)
        where += " AND project_id = ?";
    if (filter.parent)
        where += " AND parent_id = ?";
    if (!filter.text.empty())
        where += " AND instr(lower(name || char(10) || note || char(10) || uuid), lower(?)) > 0";
    if (!filter.tag.empty())
        where += " AND EXISTS (SELECT 1 FROM run_tags t WHERE t.run_id = runs.id AND t.tag = ?)";
    return where;
}

void bindFilter(SQLite::Statement &select, const RunFilter &filter)
{
    int index = 0;
    for (RunState state : filter.states)
        select.bind(++index, std::string(runStateName(state)));
    if (filter.project)
        select.bind(++index, filter.project.value);
    if (filter.parent)
        select.bind(++index, filter.parent.value);
    if (!filter.text.empty())
        select.bind(++index, filter.text);
    if (!filter.tag.empty())
        select.bind(++index, filter.tag);
    select.bind(++index, filter.limit);
}

Result<RunRecord> readSingle(Database &database, SQLite::Statement &select, const std::string &what)
{
    if (!select.executeStep())
        return Error{"The store \"" + database.path() + "\" has no run " + what + ". See \"winnow runs\"."};
    RunRecord run = RunReader(database.connection()).read(select);
    if (select.executeStep())
        return Error{"The store \"" + database.path() + "\" has several runs " + what
                     + ". Name one by its number; see \"winnow runs\"."};
    return run;
}

bool isNumber(const std::string &text)
{
    return !text.empty() && text.size() < 19 && text.find_first_not_of("0123456789") == std::string::npos;
}

} // namespace

Result<std::vector<RunRecord>> RunStore::list(const RunFilter &filter)
{
    return sql::guard(m_database, "read runs of", [&]() -> Result<std::vector<RunRecord>> {
        SQLite::Database &db = m_database.connection();
        SQLite::Statement select(db, std::string("SELECT ") + columns + " FROM runs" + whereOf(filter)
                                         + " ORDER BY id DESC LIMIT ?");
        bindFilter(select, filter);
        RunReader reader(db);
        std::vector<RunRecord> runs;
        while (select.executeStep())
            runs.push_back(reader.read(select));
        return runs;
    });
}

Result<RunRecord> RunStore::get(RunId run)
{
    return sql::guard(m_database, "read runs of", [&]() -> Result<RunRecord> {
        SQLite::Statement select(m_database.connection(),
                                 std::string("SELECT ") + columns + " FROM runs WHERE id = ?");
        select.bind(1, run.value);
        return readSingle(m_database, select, std::to_string(run.value));
    });
}

Result<RunRecord> RunStore::find(const std::string &text)
{
    if (isNumber(text))
        if (auto run = get(RunId{std::stoll(text)}); run.ok())
            return run;
    return sql::guard(m_database, "read runs of", [&]() -> Result<RunRecord> {
        SQLite::Statement select(m_database.connection(),
                                 std::string("SELECT ") + columns
                                     + " FROM runs WHERE (name = ?1 OR (length(?1) >= 8 AND "
                                       "substr(uuid, 1, length(?1)) = ?1)) AND id NOT IN (SELECT run_id FROM "
                                       "deleted_runs) LIMIT 2");
        select.bind(1, text);
        return readSingle(m_database, select, "\"" + text + "\"");
    });
}

Result<std::vector<std::string>> RunStore::allTags()
{
    return sql::guard(m_database, "read tags of", [&]() -> Result<std::vector<std::string>> {
        SQLite::Statement select(m_database.connection(), "SELECT DISTINCT tag FROM run_tags ORDER BY tag");
        std::vector<std::string> tags;
        while (select.executeStep())
            tags.push_back(select.getColumn(0).getString());
        return tags;
    });
}

Result<std::vector<ProjectRecord>> RunStore::projects()
{
    return sql::guard(m_database, "read projects of", [&]() -> Result<std::vector<ProjectRecord>> {
        SQLite::Statement select(m_database.connection(), "SELECT id, name, note, created_ms FROM projects ORDER BY id");
        std::vector<ProjectRecord> projects;
        while (select.executeStep())
            projects.push_back({ProjectId{select.getColumn(0).getInt64()}, select.getColumn(1).getString(),
                                select.getColumn(2).getString(), select.getColumn(3).getInt64()});
        return projects;
    });
}

Result<std::vector<ArtifactRecord>> RunStore::artifacts(RunId run)
{
    return sql::guard(m_database, "read artifacts of", [&]() -> Result<std::vector<ArtifactRecord>> {
        SQLite::Statement select(m_database.connection(), "SELECT id, kind, path, step, bytes, sha256, created_ms FROM "
                                                          "artifacts WHERE run_id = ? ORDER BY id");
        select.bind(1, run.value);
        std::vector<ArtifactRecord> all;
        while (select.executeStep())
            all.push_back({select.getColumn(0).getInt64(), run, select.getColumn(1).getString(),
                           select.getColumn(2).getString(), select.getColumn(3).getInt64(),
                           static_cast<std::uint64_t>(select.getColumn(4).getInt64()), select.getColumn(5).getString(),
                           select.getColumn(6).getInt64()});
        return all;
    });
}

} // namespace winnow
