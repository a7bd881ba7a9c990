#pragma once

#include "core/base/ids.h"
#include "core/store/database.h"

#include <string>
#include <vector>

namespace winnow {

struct EventRecord {
    std::int64_t id = 0;     ///< ascending; pass the last one seen to follow
    RunId run;               ///< 0: of the application
    std::int64_t step = -1;
    std::string level = "info"; ///< "info" | "warning" | "error"
    std::string kind;        ///< "log", "checkpoint", "paused", "resumed", "state", "ended", "alert"
    std::string text;
    std::int64_t atMs = 0;
};

/// Events and log lines of runs.
class WINNOW_CORE_API EventStore {
public:
    explicit EventStore(Database &database) : m_database(database) {}

    Status append(const std::vector<EventRecord> &events); ///< ids are given by the store; atMs 0: now
    /// An alert, unless its run has one of the same step and text: a resumed run comes to the same iterations again.
    Status appendOnce(const EventRecord &event);
    /// What a person should be told at once: alerts while training, ends and failures after `afterId`, of all runs. Warnings
    /// about the data stand with the run.
    Result<std::vector<EventRecord>> noticesAfter(std::int64_t afterId);
    Result<std::int64_t> lastId();
    Result<std::vector<EventRecord>> ofRun(RunId run, std::int64_t afterId = 0);
    Result<std::vector<EventRecord>> newest(std::int64_t limit);

private:
    Database &m_database;
};

} // namespace winnow
