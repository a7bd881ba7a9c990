#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace winnow {

/// Rows left out for one reason.
struct DropCount {
    std::int64_t count = 0;
    std::int64_t firstRow = 0; ///< 0-based row in its file
    bool operator==(const DropCount &) const = default;
};

/// What reading or encoding a file kept, and what it left out and why. Nothing is dropped without being counted here.
struct ReadReport {
    std::int64_t rowsRead = 0;
    std::int64_t rowsKept = 0;
    std::map<std::string, DropCount> dropped; ///< by reason
    std::vector<std::string> notes;           ///< what was changed or looks odd, one sentence each

    void drop(const std::string &reason, std::int64_t row)
    {
        const auto place = dropped.try_emplace(reason, DropCount{0, row}).first;
        ++place->second.count;
    }
};

} // namespace winnow
