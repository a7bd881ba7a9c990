#pragma once

#include "core/store/database.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace winnow {

struct StoreWriterSettings {
    std::chrono::milliseconds batchTime{50}; ///< a batch is committed at the latest after this time
    std::size_t batchRows = 1000;            ///< ... or this many rows
    std::chrono::milliseconds firstRetry{200};
    std::chrono::milliseconds longestRetry{5000};
};

/// State for the status bar.
struct StoreWriterState {
    std::size_t waitingJobs = 0;
    std::size_t waitingRows = 0;
    std::string trouble;          ///< why writing does not go on now; empty: all is well
    std::int64_t lastCommitMs = 0; ///< UTC
};

/// The one writing thread of a process, with its own connection. Jobs run in the order of post(), batched into
/// transactions. A write that cannot be made now (disk full, locked) is kept and tried again until it succeeds; a job
/// that can never succeed is taken out, logged, reported to onTrouble and returned by the next flush(). Any thread may
/// call any function; callbacks come on the writing thread.
class WINNOW_CORE_API StoreWriter {
public:
    using Job = std::function<Status(Database &)>;

    static Result<std::unique_ptr<StoreWriter>> open(const std::string &path, StoreWriterSettings settings = {});
    ~StoreWriter(); ///< writes what waits; gives up on it (with a log line) only while the store cannot be written

    /// `rows`: about how many rows the job writes. The job may run more than once (retry): it must not keep state.
    void post(Job job, std::size_t rows = 1);
    /// Returns when everything posted before is durable on disk; or the error of a job that was rejected since the last
    /// flush; or, while the store cannot be written, that error after one more try (nothing is lost: it stays queued).
    Status flush();
    /// post() and wait for this one job to be durable or refused.
    Status execute(Job job);

    StoreWriterState state() const;
    /// Called with a sentence when writing begins to fail, and with an empty text when it goes on.
    void onTrouble(std::function<void(const std::string &)> callback);
    const std::string &path() const;

private:
    struct Implementation;
    explicit StoreWriter(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace winnow
