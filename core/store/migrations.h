#pragma once

#include <span>

namespace winnow {

/// One step of the schema; number N of the list brings user_version from N - 1 to N. A released one is never edited.
struct Migration {
    const char *name;
    const char *sql;
};

std::span<const Migration> migrations();

} // namespace winnow
