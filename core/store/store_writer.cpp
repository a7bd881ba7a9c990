#include "core/store/store_writer.h"

#include "core/base/log.h"

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace winnow {

namespace {

struct Task {
    StoreWriter::Job job;
    std::size_t rows = 1;
    std::uint64_t number = 0;
    bool answered = false; ///< execute(): its refusal goes to the caller, not to the next flush()
};

} // namespace

struct StoreWriter::Implementation {
    Implementation(Database database, StoreWriterSettings s) :
        db(std::move(database)), settings(s), storePath(db.path()), thread([this] { work(); })
    {
    }

    ~Implementation()
    {
        {
            std::lock_guard lock(mutex);
            closing = true;
        }
        wake.notify_all();
        thread.join();
    }

    // ------------------------------------------------------------------------------------------- writing thread
    void work();
    bool waitForBatch(std::vector<Task> &batch);
    Status writeBatch(std::vector<Task> &batch);
    void finish(std::vector<Task> &batch, Status status);
    void refuse(const std::string &text);
    void giveUp(std::size_t batchSize, const std::string &why);
    void reportTrouble(const std::string &text);
    void waitBeforeRetry();

    Database db; ///< used by the writing thread only
    const StoreWriterSettings settings;
    const std::string storePath;

    mutable std::mutex mutex;
    std::condition_variable wake;    ///< to the writing thread
    std::condition_variable changed; ///< to those who wait for it
    std::deque<Task> queue;
    std::size_t queuedRows = 0;
    std::size_t inWork = 0;     ///< jobs in the batch being written
    std::size_t inWorkRows = 0;
    std::uint64_t lastNumber = 0; ///< of the newest job
    std::uint64_t doneNumber = 0; ///< all jobs up to this one are durable or refused
    std::uint64_t attempts = 0;   ///< failed tries of batches
    std::size_t waiters = 0;      ///< flush() and execute() calls: commit at once
    bool closing = false;
    std::string trouble;
    std::string refusals; ///< errors of rejected jobs since the last flush()
    std::string refusedNow; ///< ... of the batch in work
    std::vector<std::pair<std::uint64_t, std::string>> answers;
    std::int64_t lastCommitMs = 0;
    std::chrono::milliseconds retryDelay{0};
    std::function<void(const std::string &)> troubleCallback;

    std::thread thread; ///< last: starts when everything else exists
};

bool StoreWriter::Implementation::waitForBatch(std::vector<Task> &batch)
{
    std::unique_lock lock(mutex);
    wake.wait(lock, [&] { return closing || !queue.empty(); });
    if (queue.empty())
        return false;
    wake.wait_for(lock, settings.batchTime,
                  [&] { return closing || waiters > 0 || queuedRows >= settings.batchRows; });
    std::size_t rows = 0;
    while (!queue.empty() && (batch.empty() || rows + queue.front().rows <= settings.batchRows)) {
        rows += queue.front().rows;
        batch.push_back(std::move(queue.front()));
        queue.pop_front();
    }
    queuedRows -= rows;
    inWork = batch.size();
    inWorkRows = rows;
    return true;
}

Status StoreWriter::Implementation::writeBatch(std::vector<Task> &batch)
{
    db.clearFailure();
    return db.transaction([&]() -> Status {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            // A savepoint a job: one that is refused takes nothing of the others with it.
            Status status = db.transaction([&] { return batch[i].job(db); });
            if (status.ok())
                continue;
            if (db.lastFailure() == StoreFailure::Transient)
                return status;
            db.clearFailure();
            std::lock_guard lock(mutex);
            if (batch[i].answered)
                answers.emplace_back(batch[i].number, status.error().message);
            else
                refuse(status.error().message);
            // Refused for good: an empty job in its place, should the batch be tried again.
            batch[i].job = [](Database &) { return Status{}; };
        }
        return {};
    });
}

void StoreWriter::Implementation::finish(std::vector<Task> &batch, Status status)
{
    std::string refused;
    std::function<void(const std::string &)> callback;
    reportTrouble(""); // before flush() returns: who waited for the store must not still be told that it is full
    {
        std::lock_guard lock(mutex);
        doneNumber = batch.back().number;
        lastCommitMs = utcMilliseconds();
        inWork = inWorkRows = 0;
        if (!status.ok())
            refuse(status.error().message);
        refused = std::exchange(refusedNow, {});
        callback = troubleCallback;
    }
    changed.notify_all();
    if (refused.empty())
        return;
    logError(refused);
    if (callback)
        callback(refused);
}

/// Called with the lock held.
void StoreWriter::Implementation::refuse(const std::string &text)
{
    for (std::string *list : {&refusals, &refusedNow})
        *list += (list->empty() ? "" : " ") + text;
}

void StoreWriter::Implementation::reportTrouble(const std::string &text)
{
    std::function<void(const std::string &)> callback;
    {
        std::lock_guard lock(mutex);
        if (trouble == text)
            return;
        trouble = text;
        callback = troubleCallback;
    }
    if (!text.empty())
        logError(text);
    if (callback)
        callback(text);
}

void StoreWriter::Implementation::waitBeforeRetry()
{
    std::unique_lock lock(mutex);
    ++attempts;
    retryDelay = retryDelay.count() == 0 ? settings.firstRetry : std::min(retryDelay * 2, settings.longestRetry);
    changed.notify_all();
    const std::size_t waitersBefore = waiters;
    // A new flush() is worth a try at once.
    wake.wait_for(lock, retryDelay, [&] { return closing || waiters > waitersBefore; });
}

void StoreWriter::Implementation::giveUp(std::size_t batchSize, const std::string &why)
{
    std::size_t lost = batchSize;
    {
        std::lock_guard lock(mutex);
        lost += queue.size();
    }
    logError("The store \"" + storePath + "\" could not be written to the end: " + std::to_string(lost)
             + " writes were given up. " + why);
}

void StoreWriter::Implementation::work()
{
    std::vector<Task> batch;
    bool lastTry = false;
    while (waitForBatch(batch)) {
        for (;;) {
            const Status status = writeBatch(batch);
            if (status.ok() || db.lastFailure() != StoreFailure::Transient) {
                retryDelay = std::chrono::milliseconds(0);
                finish(batch, status);
                break;
            }
            reportTrouble(status.error().message);
            if (lastTry)
                return giveUp(batch.size(), status.error().message);
            waitBeforeRetry();
            std::lock_guard lock(mutex);
            lastTry = closing;
        }
        batch.clear();
    }
}

Result<std::unique_ptr<StoreWriter>> StoreWriter::open(const std::string &path, StoreWriterSettings settings)
{
    WINNOW_ASSIGN(Database database, Database::open(path));
    return std::unique_ptr<StoreWriter>(
        new StoreWriter(std::make_unique<Implementation>(std::move(database), settings)));
}

StoreWriter::StoreWriter(std::unique_ptr<Implementation> implementation) : m_implementation(std::move(implementation))
{
}

StoreWriter::~StoreWriter() = default;

void StoreWriter::post(Job job, std::size_t rows)
{
    Implementation &s = *m_implementation;
    {
        std::lock_guard lock(s.mutex);
        s.queue.push_back({std::move(job), rows, ++s.lastNumber, false});
        s.queuedRows += rows;
    }
    s.wake.notify_one();
}

Status StoreWriter::flush()
{
    Implementation &s = *m_implementation;
    std::unique_lock lock(s.mutex);
    const std::uint64_t target = s.lastNumber;
    const std::uint64_t attemptsBefore = s.attempts;
    ++s.waiters;
    s.wake.notify_all();
    // Two failed tries: the first may have begun before this call.
    s.changed.wait(lock, [&] { return s.doneNumber >= target || s.attempts >= attemptsBefore + 2; });
    --s.waiters;
    if (s.doneNumber < target)
        return Error{s.trouble};
    if (!s.refusals.empty())
        return Error{std::exchange(s.refusals, {})};
    return {};
}

Status StoreWriter::execute(Job job)
{
    Implementation &s = *m_implementation;
    std::unique_lock lock(s.mutex);
    const std::uint64_t target = ++s.lastNumber;
    s.queue.push_back({std::move(job), 1, target, true});
    s.queuedRows += 1;
    const std::uint64_t attemptsBefore = s.attempts;
    ++s.waiters;
    s.wake.notify_all();
    s.changed.wait(lock, [&] { return s.doneNumber >= target || s.attempts >= attemptsBefore + 2; });
    --s.waiters;
    for (auto it = s.answers.begin(); it != s.answers.end(); ++it) {
        if (it->first == target) {
            Error error{std::move(it->second)};
            s.answers.erase(it);
            return error;
        }
    }
    return s.doneNumber >= target ? Status{} : Status{Error{s.trouble}};
}

StoreWriterState StoreWriter::state() const
{
    const Implementation &s = *m_implementation;
    std::lock_guard lock(s.mutex);
    return {s.queue.size() + s.inWork, s.queuedRows + s.inWorkRows, s.trouble, s.lastCommitMs};
}

void StoreWriter::onTrouble(std::function<void(const std::string &)> callback)
{
    std::lock_guard lock(m_implementation->mutex);
    m_implementation->troubleCallback = std::move(callback);
}

const std::string &StoreWriter::path() const
{
    return m_implementation->storePath;
}

} // namespace winnow
