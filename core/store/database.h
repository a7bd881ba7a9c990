#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace SQLite {
class Database;
}

namespace winnow {

/// Why the last operation of a connection failed; the writer retries what may pass later.
enum class StoreFailure {
    None,
    Transient, ///< disk full, locked, input/output error, out of memory: the same write may succeed later
    Permanent, ///< a constraint or a fault in the statement: it will fail again
};

/// One connection to a store: a SQLite file in WAL mode, synchronous=FULL, busy timeout 30 s, foreign keys on
/// (design.md section 3). A connection belongs to one thread at a time; each thread opens its own. All SQL of Winnow
/// lives in core/store and resources/migrations.
class WINNOW_CORE_API Database {
public:
    /// Opens the store, creates it when the file is absent or empty, and upgrades an older one after a backup copy
    /// `<path>.v<old version>.backup` was made. A file that is damaged, no store, or written by a newer Winnow is
    /// refused with an error naming it and what to do, and is left untouched.
    static Result<Database> open(const std::string &path);

    Database(Database &&) noexcept;
    Database &operator=(Database &&) noexcept;
    ~Database();

    const std::string &path() const;
    int version() const; ///< user_version

    /// Runs `body` in one BEGIN IMMEDIATE transaction; rolled back when it returns an error. Inside another
    /// transaction of the same connection it becomes a savepoint, so stores can call each other.
    Status transaction(const std::function<Status()> &body);

    /// A consistent copy of the store while it may be written to; `target` must not exist.
    Status backupTo(const std::string &target);
    /// PRAGMA quick_check.
    Status check();
    /// A number that changes when another connection, of whatever program, has changed the store. Costs microseconds.
    Result<std::int64_t> changeNumber();

    StoreFailure lastFailure() const;
    void clearFailure();

    /// For core/store only.
    SQLite::Database &connection();
    void noteFailure(int sqliteCode);

private:
    struct State;
    explicit Database(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// $XDG_DATA_HOME/winnow/winnow.db (or ~/.local/share/...); the folder is created.
WINNOW_CORE_API Result<std::string> defaultStorePath();

/// Version of the schema that this build writes.
WINNOW_CORE_API int currentStoreVersion();

/// Milliseconds since 1970, UTC: the only form of time in the store.
WINNOW_CORE_API std::int64_t utcMilliseconds();

} // namespace winnow
