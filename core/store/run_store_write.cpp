#include "core/store/run_store.h"

#include "core/store/run_row.h"
#include "core/store/sql.h"

#include <sys/random.h>

#include <array>
#include <cstdio>

namespace winnow {

namespace {

Result<std::string> newUuid()
{
    std::array<unsigned char, 16> bytes{};
    if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
        return Error{"The system gave no random numbers for the UUID of a run; try again."};
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0f) | 0x40);
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3f) | 0x80);
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::array<char, 3> hex{};
        std::snprintf(hex.data(), hex.size(), "%02x", bytes[i]);
        text += (i == 4 || i == 6 || i == 8 || i == 10) ? std::string("-") + hex.data() : std::string(hex.data());
    }
    return text;
}

Status setText(Database &database, RunId run, const char *statement, const std::string &text)
{
    return sql::write(database, "change a run of", [&]() -> Status {
        SQLite::Statement update(database.connection(), statement);
        update.bind(1, text);
        update.bind(2, run.value);
        return update.exec() == 1 ? Status{} : Status{noRun(database, run)};
    });
}

void replaceTags(SQLite::Database &db, std::int64_t run, const std::vector<std::string> &tags)
{
    SQLite::Statement remove(db, "DELETE FROM run_tags WHERE run_id = ?");
    remove.bind(1, run);
    remove.exec();
    SQLite::Statement insert(db, "INSERT OR IGNORE INTO run_tags (run_id, tag) VALUES (?, ?)");
    for (const std::string &tag : tags) {
        if (tag.empty())
            continue;
        insert.bind(1, run);
        insert.bind(2, tag);
        sql::step(insert);
    }
}

std::int64_t insertRun(SQLite::Database &db, const NewRun &run, const std::string &uuid)
{
    SQLite::Statement insert(db, "INSERT INTO runs (uuid, project_id, parent_id, name, state, config_json, stage, "
                                 "method, seed, command, code_version, environment, device, threads, total_steps, note, "
                                 "created_ms) VALUES (?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, uuid);
    insert.bind(2, run.project ? run.project.value : std::int64_t{1});
    sql::bindId(insert, 3, run.parent.value);
    insert.bind(4, run.name);
    insert.bind(5, run.configJson);
    insert.bind(6, run.stage);
    insert.bind(7, run.method);
    insert.bind(8, run.seed);
    insert.bind(9, run.command);
    insert.bind(10, run.codeVersion);
    insert.bind(11, run.environment);
    insert.bind(12, run.device);
    insert.bind(13, run.threads);
    insert.bind(14, run.totalSteps);
    insert.bind(15, run.note);
    insert.bind(16, utcMilliseconds());
    insert.exec();
    return db.getLastInsertRowid();
}

} // namespace

Result<RunId> RunStore::create(const NewRun &run)
{
    WINNOW_ASSIGN(const std::string uuid, newUuid());
    std::int64_t id = 0;
    WINNOW_TRY(sql::write(m_database, "add a run to", [&]() -> Status {
        SQLite::Database &db = m_database.connection();
        id = insertRun(db, run, uuid);
        if (run.name.empty()) {
            SQLite::Statement name(db, "UPDATE runs SET name = 'run ' || id WHERE id = ?");
            name.bind(1, id);
            name.exec();
        }
        replaceTags(db, id, run.tags);
        return {};
    }));
    return RunId{id};
}

Status RunStore::setState(RunId run, RunState state, const std::string &error)
{
    return sql::write(m_database, "change a run of", [&]() -> Status {
        WINNOW_TRY(checkTransition(m_database, run, state));
        const bool ended = !runIsActive(state) && state != RunState::Queued;
        SQLite::Statement update(m_database.connection(),
                                 "UPDATE runs SET state = ?, error = ?, finished_ms = ?, pid = CASE WHEN ? THEN pid "
                                 "ELSE 0 END, started_ms = CASE WHEN started_ms = 0 AND ? THEN ? ELSE started_ms END, "
                                 "heartbeat_ms = ?, request = CASE WHEN ?4 THEN request ELSE '' END WHERE id = ?");
        const std::int64_t now = utcMilliseconds();
        update.bind(1, std::string(runStateName(state)));
        update.bind(2, error);
        update.bind(3, ended ? now : std::int64_t{0});
        update.bind(4, runIsActive(state) ? 1 : 0);
        update.bind(5, runIsActive(state) ? 1 : 0);
        update.bind(6, now);
        update.bind(7, now);
        update.bind(8, run.value);
        update.exec();
        return {};
    });
}

Status RunStore::setProgress(RunId run, const std::string &phase, std::int64_t step, std::int64_t total)
{
    return sql::write(m_database, "change a run of", [&]() -> Status {
        SQLite::Statement update(m_database.connection(),
                                 "UPDATE runs SET phase = ?, step = ?, total_steps = ?, heartbeat_ms = ? WHERE id = ?");
        update.bind(1, phase);
        update.bind(2, step);
        update.bind(3, total);
        update.bind(4, utcMilliseconds());
        update.bind(5, run.value);
        return update.exec() == 1 ? Status{} : Status{noRun(m_database, run)};
    });
}

Status RunStore::setResult(RunId run, const RunResult &result)
{
    return sql::write(m_database, "change a run of", [&]() -> Status {
        SQLite::Statement update(m_database.connection(),
                                 "UPDATE runs SET result_steps = ?, last_checkpoint = ?, selected_checkpoint = ?, "
                                 "selected_step = ?, weights_sha256 = ?, instance_weights_sha256 = ?, accuracy = ?, "
                                 "accuracy_last = ?, seconds = ? WHERE id = ?");
        update.bind(1, result.steps);
        update.bind(2, result.lastCheckpoint);
        update.bind(3, result.selectedCheckpoint);
        update.bind(4, result.selectedStep);
        update.bind(5, result.weightsSha256);
        update.bind(6, result.instanceWeightsSha256);
        if (result.accuracy)
            update.bind(7, *result.accuracy);
        if (result.accuracyLast)
            update.bind(8, *result.accuracyLast);
        update.bind(9, result.seconds);
        update.bind(10, run.value);
        return update.exec() == 1 ? Status{} : Status{noRun(m_database, run)};
    });
}

Status RunStore::setDataset(RunId run, const std::string &role, DatasetId dataset)
{
    return sql::write(m_database, "change a run of", [&]() -> Status {
        SQLite::Statement insert(m_database.connection(),
                                 "INSERT INTO run_datasets (run_id, role, dataset_id) VALUES (?, ?, ?) "
                                 "ON CONFLICT (run_id, role) DO UPDATE SET dataset_id = excluded.dataset_id");
        insert.bind(1, run.value);
        insert.bind(2, role);
        insert.bind(3, dataset.value);
        insert.exec();
        return {};
    });
}

Status RunStore::rename(RunId run, const std::string &name)
{
    if (name.empty())
        return Error{"The name of run " + std::to_string(run.value) + " cannot be empty."};
    return setText(m_database, run, "UPDATE runs SET name = ? WHERE id = ?", name);
}

Status RunStore::setNote(RunId run, const std::string &note)
{
    return setText(m_database, run, "UPDATE runs SET note = ? WHERE id = ?", note);
}

Status RunStore::setTags(RunId run, const std::vector<std::string> &tags)
{
    return sql::write(m_database, "change a run of", [&]() -> Status {
        if (const auto state = stateOf(m_database, run); !state.ok())
            return state.error();
        replaceTags(m_database.connection(), run.value, tags);
        return {};
    });
}

Status RunStore::setArchived(RunId run, bool archived)
{
    return sql::write(m_database, "change a run of", [&]() -> Status {
        SQLite::Statement update(m_database.connection(), "UPDATE runs SET archived = ? WHERE id = ?");
        update.bind(1, archived ? 1 : 0);
        update.bind(2, run.value);
        return update.exec() == 1 ? Status{} : Status{noRun(m_database, run)};
    });
}

Status RunStore::setProject(RunId run, ProjectId project)
{
    return sql::write(m_database, "change a run of", [&]() -> Status {
        SQLite::Statement update(m_database.connection(), "UPDATE runs SET project_id = ? WHERE id = ?");
        update.bind(1, project.value);
        update.bind(2, run.value);
        return update.exec() == 1 ? Status{} : Status{noRun(m_database, run)};
    });
}

Status RunStore::remove(RunId run)
{
    return sql::write(m_database, "delete a run of", [&]() -> Status {
        WINNOW_ASSIGN(const RunState state, stateOf(m_database, run));
        if (runIsActive(state))
            return Error{"Run " + std::to_string(run.value) + " is " + std::string(runStateName(state))
                         + "; stop it before it is deleted."};
        SQLite::Statement remove(m_database.connection(), "DELETE FROM runs WHERE id = ?");
        remove.bind(1, run.value);
        remove.exec();
        return {};
    });
}

Result<ProjectId> RunStore::createProject(const std::string &name, const std::string &note)
{
    std::int64_t id = 0;
    WINNOW_TRY(sql::write(m_database, "add a project to", [&]() -> Status {
        SQLite::Statement insert(m_database.connection(),
                                 "INSERT INTO projects (name, note, created_ms) VALUES (?, ?, ?)");
        insert.bind(1, name);
        insert.bind(2, note);
        insert.bind(3, utcMilliseconds());
        insert.exec();
        id = m_database.connection().getLastInsertRowid();
        return {};
    }));
    return ProjectId{id};
}

Status RunStore::addArtifact(const ArtifactRecord &artifact)
{
    return sql::write(m_database, "add an artifact to", [&]() -> Status {
        SQLite::Statement insert(m_database.connection(),
                                 "INSERT INTO artifacts (run_id, kind, path, step, bytes, sha256, created_ms) VALUES "
                                 "(?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id, kind, path) DO UPDATE SET step = "
                                 "excluded.step, bytes = excluded.bytes, sha256 = excluded.sha256, created_ms = "
                                 "excluded.created_ms");
        insert.bind(1, artifact.run.value);
        insert.bind(2, artifact.kind);
        insert.bind(3, artifact.path);
        insert.bind(4, artifact.step);
        insert.bind(5, static_cast<std::int64_t>(artifact.bytes));
        insert.bind(6, artifact.sha256);
        insert.bind(7, artifact.createdMs ? artifact.createdMs : utcMilliseconds());
        insert.exec();
        return {};
    });
}

Status RunStore::removeArtifact(RunId run, const std::string &path)
{
    return sql::write(m_database, "remove an artifact from", [&]() -> Status {
        SQLite::Statement remove(m_database.connection(), "DELETE FROM artifacts WHERE run_id = ? AND path = ?");
        remove.bind(1, run.value);
        remove.bind(2, path);
        remove.exec();
        return {};
    });
}

} // namespace winnow
