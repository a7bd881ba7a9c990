// Who carries out a run: claim, heartbeat, requests from outside, and runs that a dead process left.
#include "core/store/run_store.h"

#include "core/store/process_mark.h"
#include "core/store/run_row.h"
#include "core/store/sql.h"

#include <array>

namespace winnow {

namespace {

constexpr std::array<std::string_view, 5> requestNames{"", "pause", "resume", "stop", "discard"};

/// Columns pid, host, process_mark.
ProcessMark readHolder(SQLite::Statement &row, int first)
{
    return {row.getColumn(first).getInt64(), row.getColumn(first + 1).getString(), row.getColumn(first + 2).getString()};
}

Result<ProcessMark> holderOf(Database &database, RunId run)
{
    SQLite::Statement select(database.connection(), "SELECT pid, host, process_mark FROM runs WHERE id = ?");
    select.bind(1, run.value);
    if (!select.executeStep())
        return noRun(database, run);
    return readHolder(select, 0);
}

/// A paused run may be taken up again, but not from under a process that waits in its pause.
Status checkUnheld(Database &database, RunId run)
{
    WINNOW_ASSIGN(const RunState state, stateOf(database, run));
    WINNOW_ASSIGN(const ProcessMark holder, holderOf(database, run));
    if (!runIsActive(state) || holder.pid == 0)
        return {};
    return Error{"Run " + std::to_string(run.value) + " is " + std::string(runStateName(state)) + " in process "
                 + std::to_string(holder.pid) + " on " + holder.host + "; stop it there first."};
}

} // namespace

std::string_view runRequestName(RunRequest request)
{
    return requestNames[static_cast<std::size_t>(request)];
}

RunRequest runRequestFromName(std::string_view name)
{
    for (std::size_t i = 0; i < requestNames.size(); ++i)
        if (requestNames[i] == name)
            return static_cast<RunRequest>(i);
    return RunRequest::None;
}

Error noRun(const Database &database, RunId run)
{
    return Error{"The store \"" + database.path() + "\" has no run " + std::to_string(run.value) + "."};
}

Result<RunState> stateOf(Database &database, RunId run)
{
    SQLite::Statement select(database.connection(), "SELECT state FROM runs WHERE id = ?");
    select.bind(1, run.value);
    if (!select.executeStep())
        return noRun(database, run);
    const auto state = runStateFromName(select.getColumn(0).getString());
    return state ? Result<RunState>(*state) : Result<RunState>(noRun(database, run));
}

Status checkTransition(Database &database, RunId run, RunState to)
{
    WINNOW_ASSIGN(const RunState from, stateOf(database, run));
    if (runStateMayBecome(from, to))
        return {};
    return Error{"Run " + std::to_string(run.value) + " is " + std::string(runStateName(from)) + " and cannot become "
                 + std::string(runStateName(to)) + "."};
}

Status RunStore::claim(RunId run, const std::string &folder, const std::string &device, std::int64_t threads)
{
    return sql::write(m_database, "change a run of", [&]() -> Status {
        WINNOW_TRY(checkUnheld(m_database, run));
        WINNOW_TRY(checkTransition(m_database, run, RunState::Running));
        SQLite::Statement update(m_database.connection(),
                                 "UPDATE runs SET state = 'running', error = '', finished_ms = 0, pid = ?1, host = ?2, "
                                 "process_mark = ?8, heartbeat_ms = ?6, started_ms = CASE WHEN started_ms = 0 THEN ?6 "
                                 "ELSE started_ms END, folder = ?3, device = ?4, threads = ?5 WHERE id = ?7");
        const ProcessMark own = ProcessMark::own();
        update.bind(1, own.pid);
        update.bind(2, own.host);
        update.bind(3, folder);
        update.bind(4, device);
        update.bind(5, threads);
        update.bind(6, utcMilliseconds());
        update.bind(7, run.value);
        update.bind(8, own.mark);
        update.exec();
        return {};
    });
}

Status RunStore::heartbeat(RunId run)
{
    return sql::write(m_database, "change a run of", [&]() -> Status {
        SQLite::Statement update(m_database.connection(), "UPDATE runs SET heartbeat_ms = ? WHERE id = ?");
        update.bind(1, utcMilliseconds());
        update.bind(2, run.value);
        return update.exec() == 1 ? Status{} : Status{noRun(m_database, run)};
    });
}

Result<bool> RunStore::heldHere(RunId run)
{
    return sql::guard(m_database, "read runs of", [&]() -> Result<bool> {
        WINNOW_ASSIGN(const RunState state, stateOf(m_database, run));
        WINNOW_ASSIGN(const ProcessMark holder, holderOf(m_database, run));
        return runIsActive(state) && holder == ProcessMark::own();
    });
}

Status RunStore::leavePaused(RunId run)
{
    return sql::write(m_database, "change a run of", [&]() -> Status {
        WINNOW_ASSIGN(const RunState from, stateOf(m_database, run));
        if (from != RunState::Paused)
            WINNOW_TRY(checkTransition(m_database, run, RunState::Paused));
        SQLite::Statement update(m_database.connection(),
                                 "UPDATE runs SET state = 'paused', pid = 0, process_mark = '', request = '', "
                                 "heartbeat_ms = ? WHERE id = ?");
        update.bind(1, utcMilliseconds());
        update.bind(2, run.value);
        update.exec();
        return {};
    });
}

Status RunStore::setRequest(RunId run, RunRequest request)
{
    return sql::write(m_database, "change a run of", [&]() -> Status {
        WINNOW_ASSIGN(const RunState state, stateOf(m_database, run));
        if (!runIsActive(state) && state != RunState::Queued)
            return Error{"Run " + std::to_string(run.value) + " is " + std::string(runStateName(state))
                         + "; there is nothing to " + std::string(runRequestName(request)) + "."};
        SQLite::Statement update(m_database.connection(), "UPDATE runs SET request = ? WHERE id = ?");
        update.bind(1, std::string(runRequestName(request)));
        update.bind(2, run.value);
        update.exec();
        return {};
    });
}

Result<RunRequest> RunStore::request(RunId run)
{
    return sql::guard(m_database, "read runs of", [&]() -> Result<RunRequest> {
        SQLite::Statement select(m_database.connection(), "SELECT request FROM runs WHERE id = ?");
        select.bind(1, run.value);
        if (!select.executeStep())
            return noRun(m_database, run);
        return runRequestFromName(select.getColumn(0).getString());
    });
}

Status RunStore::clearRequest(RunId run, RunRequest followed)
{
    return sql::write(m_database, "change a run of", [&]() -> Status {
        SQLite::Statement update(m_database.connection(),
                                 "UPDATE runs SET request = '' WHERE id = ? AND request = ?");
        update.bind(1, run.value);
        update.bind(2, std::string(runRequestName(followed)));
        update.exec();
        return {};
    });
}

Status RunStore::discardAfter(RunId run, std::int64_t step)
{
    return sql::write(m_database, "change a run of", [&]() -> Status {
        for (const char *text : {"DELETE FROM metrics WHERE run_id = ? AND step > ?",
                                 "DELETE FROM visits WHERE run_id = ? AND step > ?",
                                 "DELETE FROM weight_snapshots WHERE run_id = ? AND step > ?",
                                 "DELETE FROM step_scores WHERE run_id = ? AND step > ?",
                                 "DELETE FROM evaluations WHERE run_id = ? AND step > ?",
                                 "DELETE FROM events WHERE run_id = ? AND step > ?",
                                 "UPDATE runs SET step = ?2 WHERE id = ?1 AND step > ?2"}) {
            SQLite::Statement statement(m_database.connection(), text);
            statement.bind(1, run.value);
            statement.bind(2, step);
            statement.exec();
        }
        return {};
    });
}

Result<std::vector<RunId>> RunStore::abandoned(std::int64_t staleMs)
{
    return sql::guard(m_database, "look for interrupted runs in", [&]() -> Result<std::vector<RunId>> {
        std::vector<RunId> runs;
        SQLite::Statement select(m_database.connection(), "SELECT id, heartbeat_ms, pid, host, process_mark FROM runs "
                                                          "WHERE state IN ('running', 'paused') AND pid <> 0");
        const std::int64_t oldest = utcMilliseconds() - staleMs;
        while (select.executeStep()) {
            const bool stale = select.getColumn(1).getInt64() < oldest;
            const ProcessLife life = lifeOf(readHolder(select, 2));
            if (life == ProcessLife::Dead || (life == ProcessLife::Unknown && stale))
                runs.push_back(RunId{select.getColumn(0).getInt64()});
        }
        return runs;
    });
}

Result<std::vector<RunId>> RunStore::markInterrupted(std::int64_t staleMs)
{
    WINNOW_ASSIGN(const std::vector<RunId> seen, abandoned(staleMs));
    if (seen.empty()) // no write, so programs that only look do not wait for a writer
        return seen;
    std::vector<RunId> marked;
    const Status done = sql::write(m_database, "look for interrupted runs in", [&]() -> Status {
        WINNOW_ASSIGN(marked, abandoned(staleMs)); // another program may have done it meanwhile
        for (RunId run : marked)
            WINNOW_TRY(setState(run, RunState::Interrupted, "The process that ran it ended without a word."));
        return {};
    });
    return done.ok() ? Result<std::vector<RunId>>(marked) : Result<std::vector<RunId>>(done.error());
}

} // namespace winnow
