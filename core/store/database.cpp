#include "core/store/database.h"

#include "core/store/database_state.h"
#include "core/store/migrations.h"
#include "core/store/sql.h"

#include <sqlite3.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>

namespace winnow {

namespace fs = std::filesystem;

Database::Database(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Database::Database(Database &&) noexcept = default;
Database &Database::operator=(Database &&) noexcept = default;
Database::~Database() = default;

const std::string &Database::path() const
{
    return m_state->path;
}

int Database::version() const
{
    return m_state->version;
}

SQLite::Database &Database::connection()
{
    return *m_state->connection;
}

StoreFailure Database::lastFailure() const
{
    return m_state->failure;
}

void Database::clearFailure()
{
    m_state->failure = StoreFailure::None;
}

void Database::noteFailure(int sqliteCode)
{
    switch (sqliteCode & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_READONLY:
    case SQLITE_INTERRUPT:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL: m_state->failure = StoreFailure::Transient; break;
    default: m_state->failure = StoreFailure::Permanent;
    }
}

Status Database::transaction(const std::function<Status()> &body)
{
    struct Depth {
        int &value;
        explicit Depth(int &v) : value(v) { ++value; }
        ~Depth() { --value; }
    };
    SQLite::Database &db = connection();
    return sql::guard(*this, "write to", [&]() -> Status {
        const bool outer = m_state->depth == 0;
        const std::string point = "level" + std::to_string(m_state->depth);
        db.exec(outer ? std::string("BEGIN IMMEDIATE") : "SAVEPOINT " + point);
        const auto rollBack = [&] {
            // SQLite may have rolled the transaction back itself (disk full): then there is nothing left to undo.
            if (sqlite3_get_autocommit(db.getHandle()) != 0)
                return;
            if (outer)
                db.tryExec("ROLLBACK");
            else
                db.tryExec(("ROLLBACK TO " + point + "; RELEASE " + point).c_str());
        };
        try {
            Depth depth(m_state->depth);
            if (Status status = body(); !status.ok()) {
                rollBack();
                return status;
            }
            db.exec(outer ? std::string("COMMIT") : "RELEASE " + point);
        } catch (...) {
            rollBack();
            throw;
        }
        return {};
    });
}

Status Database::backupTo(const std::string &target)
{
    std::error_code ec;
    if (fs::exists(target, ec))
        return Error{"Cannot back up the store to \"" + target + "\": the file exists. Choose another name."};
    return sql::guard(*this, "back up", [&]() -> Status {
        // VACUUM INTO gives one whole file from one read transaction, however much is written meanwhile.
        SQLite::Statement statement(connection(), "VACUUM INTO ?");
        statement.bind(1, target);
        statement.exec();
        return {};
    });
}

Status Database::check()
{
    return sql::guard(*this, "check", [&]() -> Status {
        SQLite::Statement statement(connection(), "PRAGMA quick_check(1)");
        if (statement.executeStep() && statement.getColumn(0).getString() == "ok")
            return {};
        return Error{"The store \"" + path() + "\" is damaged: " + statement.getColumn(0).getString()
                     + ". Restore it from a backup."};
    });
}

Result<std::int64_t> Database::changeNumber()
{
    return sql::guard(*this, "look at", [&]() -> Result<std::int64_t> {
        return connection().execAndGet("PRAGMA data_version").getInt64();
    });
}

Result<std::string> defaultStorePath()
{
    const char *data = std::getenv("XDG_DATA_HOME");
    const char *home = std::getenv("HOME");
    fs::path base;
    if (data && fs::path(data).is_absolute())
        base = data;
    else if (home && *home)
        base = fs::path(home) / ".local" / "share";
    else
        return Error{"Neither HOME nor XDG_DATA_HOME is set, so there is no default place for the store. Name one with "
                     "--store FILE."};
    const fs::path folder = base / "winnow";
    std::error_code ec;
    fs::create_directories(folder, ec);
    if (ec)
        return Error{"Cannot create the folder \"" + folder.string() + "\" for the store: " + ec.message()
                     + ". Name another file with --store FILE."};
    return (folder / "winnow.db").string();
}

int currentStoreVersion()
{
    return static_cast<int>(migrations().size());
}

std::int64_t utcMilliseconds()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

namespace sql {

std::string describeFailure(const std::string &path, std::string_view doing, int code, const std::string &reason)
{
    std::string advice;
    switch (code & 0xff) {
    case SQLITE_FULL: advice = "Free some space on that disk."; break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: advice = "Another program holds it; try again when that has ended."; break;
    case SQLITE_CANTOPEN:
        if (std::error_code error; !std::filesystem::exists(std::filesystem::absolute(path).parent_path(), error)) {
            advice = "Its folder does not exist; make it first.";
            break;
        }
        [[fallthrough]];
    case SQLITE_READONLY:
    case SQLITE_PERM: advice = "Check the rights on the file and its folder."; break;
    case SQLITE_IOERR: advice = "Check the disk."; break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: advice = "The file is damaged or is no store; restore it from a backup, or name another with "
                                 "--store FILE."; break;
    default: break;
    }
    std::string text = "Cannot " + std::string(doing) + " the store \"" + path + "\": " + reason + ".";
    return advice.empty() ? text : text + " " + advice;
}

} // namespace sql
} // namespace winnow
