#include "core/store/database.h"

#include "core/store/database_state.h"
#include "core/store/migrations.h"
#include "core/store/sql.h"

#include <sqlite3.h>

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>
#include <thread>

namespace winnow {

namespace fs = std::filesystem;

namespace {

constexpr int applicationId = 0x57494E4E; // "WINN"
constexpr int busyTimeoutMs = 30000;

struct Header {
    bool empty = true; ///< absent, or no bytes yet
    int userVersion = 0;
    int applicationId = 0;
};

int bigEndian(const unsigned char *at)
{
    return static_cast<int>((unsigned{at[0]} << 24) | (unsigned{at[1]} << 16) | (unsigned{at[2]} << 8) | at[3]);
}

/// Reads the file's first 100 bytes without SQLite, which might write to the file (WAL recovery) before we know that it
/// is ours.
Result<Header> readHeader(const std::string &path)
{
    std::error_code ec;
    const fs::file_status status = fs::status(path, ec);
    if (!fs::exists(status))
        return Header{};
    if (!fs::is_regular_file(status))
        return Error{"\"" + path + "\" is not a file, so it cannot be the store. Name another with --store FILE."};
    std::ifstream file(path, std::ios::binary);
    std::array<unsigned char, 100> bytes{};
    file.read(reinterpret_cast<char *>(bytes.data()), bytes.size());
    const auto got = static_cast<std::size_t>(file.gcount());
    if (!file && got == 0) {
        if (fs::file_size(path, ec) == 0 && !ec)
            return Header{};
        return Error{"Cannot read the store \"" + path + "\". Check the rights on the file."};
    }
    if (got < bytes.size() || std::memcmp(bytes.data(), "SQLite format 3", 16) != 0)
        return Error{"\"" + path + "\" is not a Winnow store, or it is damaged. It was left as it is. Name another file "
                     "with --store FILE, or restore it from a backup."};
    return Header{false, bigEndian(&bytes[60]), bigEndian(&bytes[68])};
}

Status checkHeader(const std::string &path, const Header &header)
{
    if (header.empty)
        return {};
    // A store whose creation was cut by a crash has its first transaction only in the WAL: version and id are still 0.
    if (header.applicationId == 0 && header.userVersion == 0)
        return {};
    if (header.applicationId != applicationId)
        return Error{"\"" + path + "\" is a SQLite file of another program. It was left as it is. Name another file with "
                     "--store FILE."};
    if (header.userVersion > currentStoreVersion())
        return Error{"The store \"" + path + "\" was written by a newer Winnow (version "
                     + std::to_string(header.userVersion) + ", this one knows "
                     + std::to_string(currentStoreVersion()) + "). Update Winnow, or name another file with --store FILE."};
    return {};
}

/// Looks at the header of a file only as long as this process has no SQLite connection to it. POSIX locks belong to the
/// process and the file: closing any descriptor of it drops the locks of all connections, and another program would then
/// take the store for unused and delete its WAL (sqlite.org/howtocorrupt.html, section 2.2). So the list of files that were
/// looked at belongs to the process too.
Status checkFileOnce(const std::string &path)
{
    static std::mutex mutex;
    static std::set<std::pair<dev_t, ino_t>> known;
    const std::lock_guard lock(mutex);
    struct stat before{};
    const bool exists = ::stat(path.c_str(), &before) == 0;
    if (exists && known.contains({before.st_dev, before.st_ino}))
        return {};
    WINNOW_ASSIGN(const Header header, readHeader(path));
    WINNOW_TRY(checkHeader(path, header));
    if (!exists) // made here, so that no second thread looks at it while the first writes
        std::ofstream(path, std::ios::binary | std::ios::app).close();
    if (struct stat made{}; ::stat(path.c_str(), &made) == 0)
        known.insert({made.st_dev, made.st_ino});
    return {};
}

int pragmaInt(SQLite::Database &db, const char *pragma)
{
    return db.execAndGet(pragma).getInt();
}

void configure(SQLite::Database &db)
{
    db.exec("PRAGMA foreign_keys = ON");
    db.exec("PRAGMA synchronous = FULL");
    db.exec("PRAGMA trusted_schema = OFF");
    db.exec("PRAGMA journal_size_limit = 67108864");
}

/// All that are missing, in one transaction: no other program and no cut ever sees a store between two versions.
Status applyMigrations(Database &database)
{
    return sql::write(database, "bring the schema up to date of", [&]() -> Status {
        SQLite::Database &db = database.connection();
        // Another process may have done it while we waited for the lock.
        for (int index = pragmaInt(db, "PRAGMA user_version"); index < currentStoreVersion(); ++index) {
            db.exec(migrations()[static_cast<std::size_t>(index)].sql);
            db.exec("PRAGMA user_version = " + std::to_string(index + 1));
            if (index == 0)
                db.exec("PRAGMA application_id = " + std::to_string(applicationId));
        }
        return {};
    });
}

Status backUpBeforeUpgrade(Database &database, int version)
{
    const std::string target = database.path() + ".v" + std::to_string(version) + ".backup";
    std::error_code ec;
    if (fs::exists(target, ec))
        return {}; // made by an upgrade that was cut: it holds the same old version
    const std::string partial = target + ".partial." + std::to_string(::getpid());
    fs::remove(partial, ec);
    WINNOW_TRY(database.backupTo(partial));
    // Several programs may upgrade at once: the first backup stays, for a later one may hold the new version already.
    fs::create_hard_link(partial, target, ec);
    std::error_code removal;
    fs::remove(partial, removal);
    if (ec && !fs::exists(target, removal))
        return Error{"Cannot write the backup \"" + target + "\" before the upgrade of the store: " + ec.message() + "."};
    return {};
}

Status migrate(Database &database)
{
    int version = 0;
    WINNOW_TRY(sql::guard(database, "read", [&]() -> Status {
        // One statement, so that a store which another process is just creating is seen whole or not at all.
        SQLite::Statement statement(database.connection(),
                                    "SELECT v.user_version, a.application_id, (SELECT count(*) FROM sqlite_master) "
                                    "FROM pragma_user_version v, pragma_application_id a");
        statement.executeStep();
        version = statement.getColumn(0).getInt();
        const int id = statement.getColumn(1).getInt();
        // Tables without our marks: it must not be turned into a store.
        if (version == 0 && id == 0 && statement.getColumn(2).getInt() > 0)
            return checkHeader(database.path(), Header{false, 0, 1});
        return checkHeader(database.path(), Header{false, version, id});
    }));
    if (version > 0 && version < currentStoreVersion())
        WINNOW_TRY(backUpBeforeUpgrade(database, version));
    return version < currentStoreVersion() ? applyMigrations(database) : Status{};
}

/// The change to WAL needs the file for itself and does not use the busy timeout; programs that start at once wait.
Status useWriteAheadLog(Database &database)
{
    return sql::guard(database, "open", [&]() -> Status {
        for (int waited = 0;; waited += 20) {
            try {
                const std::string mode = database.connection().execAndGet("PRAGMA journal_mode = WAL").getString();
                if (mode == "wal")
                    return {};
                return Error{"The store \"" + database.path() + "\" cannot use a write-ahead log on this file system "
                             "(journal mode " + mode + "). Put it on a local disk."};
            } catch (const SQLite::Exception &e) {
                if ((e.getErrorCode() != SQLITE_BUSY && e.getErrorCode() != SQLITE_LOCKED) || waited >= busyTimeoutMs)
                    throw;
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
            }
        }
    });
}

} // namespace

Result<Database> Database::open(const std::string &path)
{
    if (path.empty())
        return Error{"The name of the store is empty. Name a file with --store FILE."};
    WINNOW_TRY(checkFileOnce(path));

    auto state = std::make_unique<State>();
    state->path = path;
    Database database(std::move(state));
    WINNOW_TRY(sql::guard(database, "open", [&]() -> Status {
        database.m_state->connection.emplace(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, busyTimeoutMs);
        configure(database.connection());
        return {};
    }));
    WINNOW_TRY(migrate(database));
    // Only after the file is known to be ours: the journal mode is written into it.
    WINNOW_TRY(useWriteAheadLog(database));
    WINNOW_TRY(sql::guard(database, "open", [&]() -> Status {
        database.m_state->version = pragmaInt(database.connection(), "PRAGMA user_version");
        return {};
    }));
    return database;
}

} // namespace winnow
