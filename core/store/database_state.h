#pragma once

// For database.cpp and database_open.cpp only.

#include "core/store/database.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <optional>

namespace winnow {

struct Database::State {
    std::string path;
    std::optional<SQLite::Database> connection;
    int version = 0;
    int depth = 0; ///< open transactions and savepoints
    StoreFailure failure = StoreFailure::None;
};

} // namespace winnow
