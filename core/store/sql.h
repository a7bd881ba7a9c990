#pragma once

// For core/store only: what turns SQLite's exceptions into Results.

#include "core/base/result.h"
#include "core/store/database.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cmath>
#include <limits>
#include <new>
#include <optional>
#include <string>

namespace winnow::sql {

/// The sentence of a failed operation: what was being done, in which file, why, and what to do.
std::string describeFailure(const std::string &path, std::string_view doing, int code, const std::string &reason);

/// Runs `body` (returning a Result) and turns exceptions into an Error that says what was being done.
template <typename F>
auto guard(Database &database, std::string_view doing, F &&body) -> decltype(body())
{
    try {
        return body();
    } catch (const SQLite::Exception &e) {
        database.noteFailure(e.getErrorCode());
        return Error{describeFailure(database.path(), doing, e.getErrorCode(), e.what())};
    } catch (const std::bad_alloc &) {
        database.noteFailure(7); // SQLITE_NOMEM
        return Error{describeFailure(database.path(), doing, 7, "out of memory")};
    }
}

/// The same inside one write transaction.
template <typename F>
Status write(Database &database, std::string_view doing, F &&body)
{
    return guard(database, doing, [&] { return database.transaction([&] { return Status(body()); }); });
}

/// SQLite has no NaN: it is kept as NULL.
inline void bindReal(SQLite::Statement &statement, int index, double value)
{
    if (std::isnan(value))
        statement.bind(index);
    else
        statement.bind(index, value);
}

inline double readReal(const SQLite::Column &column)
{
    return column.isNull() ? std::numeric_limits<double>::quiet_NaN() : column.getDouble();
}

inline void bindId(SQLite::Statement &statement, int index, std::int64_t id)
{
    if (id > 0)
        statement.bind(index, id);
    else
        statement.bind(index);
}

inline std::optional<double> readOptional(const SQLite::Column &column)
{
    return column.isNull() ? std::nullopt : std::optional<double>(column.getDouble());
}

/// Runs a statement of one row again with the next values.
inline void step(SQLite::Statement &statement)
{
    statement.exec();
    statement.reset();
    statement.clearBindings();
}

} // namespace winnow::sql
