#pragma once

#include "core/store/store_writer.h"
#include "ui/bridge/store_reader.h"

#include <QObject>
#include <QPointer>
#include <QThread>
#include <QThreadPool>
#include <QTimer>

#include <chrono>
#include <functional>

namespace winnow::ui {

/// Holds the object that reads the store, on its own thread.
class ReaderWorker : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    std::unique_ptr<StoreReader> reader;
};

/// The window's way to one store: reads run on a worker thread and answer on the GUI thread; writes go through the
/// store's one writing thread. Lives on the GUI thread. `changed()` comes at most 4 times a second when something was
/// written, by this program or another one; runs whose process has died are marked within half a second.
class StoreSession : public QObject {
    Q_OBJECT
public:
    explicit StoreSession(QObject *parent = nullptr);
    ~StoreSession() override;

    /// Opens (and, when absent, makes) the store; marks runs of dead processes as interrupted.
    Status open(const QString &path);
    QString path() const { return m_path; }
    bool isOpen() const { return m_writer != nullptr; }
    StoreWriter &writer() { return *m_writer; }
    std::size_t pending() const { return m_pending; }

    /// Runs `read` on the reading thread and gives its result to `done` on the GUI thread, unless `context` is gone.
    template <typename T>
    void request(QObject *context, std::function<Result<T>(StoreReader &)> read, std::function<void(Result<T>)> done)
    {
        ++m_pending;
        QPointer<QObject> guard(context);
        auto *worker = m_worker;
        QMetaObject::invokeMethod(
            worker,
            [this, worker, guard, read = std::move(read), done = std::move(done)] {
                auto result = std::make_shared<Result<T>>(
                    worker->reader ? read(*worker->reader) : Result<T>(Error{"No store is open."}));
                QMetaObject::invokeMethod(
                    this,
                    [this, guard, result, done] {
                        --m_pending;
                        if (guard)
                            done(std::move(*result));
                        if (m_pending == 0)
                            Q_EMIT idle();
                    },
                    Qt::QueuedConnection);
            },
            Qt::QueuedConnection);
    }

    /// Posts a write; `done` comes on the GUI thread when it is durable or refused.
    void write(QObject *context, StoreWriter::Job job, std::function<void(Status)> done = {});
    /// From any thread: something in the store changed. Coalesced.
    void notifyChanged();
    /// Does not look at the store by itself until set again (screenshots).
    void freeze(bool frozen);
    /// How long the last refresh took: what other programs write is shown after ten times as long at the earliest.
    void setRefreshCost(std::chrono::milliseconds cost);

Q_SIGNALS:
    void changed();
    /// Something was written, by this program or another one, whatever the last refresh took: for those who read only what is
    /// new. At most twice a second.
    void touched();
    void opened();
    void idle();
    void trouble(const QString &message);

private:
    struct Glance {
        std::int64_t changeNumber = 0;
        bool abandonedRuns = false;
    };
    void lookForChanges();
    void compare(const Glance &glance);

    QString m_path;
    std::unique_ptr<StoreWriter> m_writer;
    QThreadPool m_writing; ///< where write() waits for the disk; goes before the writer does
    QThread m_thread;
    ReaderWorker *m_worker;
    QTimer m_poll;
    QTimer m_coalesce;
    std::size_t m_pending = 0;
    bool m_looking = false;
    std::int64_t m_changeNumber = -1;
    std::int64_t m_touchedNumber = -1;
    std::chrono::milliseconds m_refreshCost{0};
    std::chrono::steady_clock::time_point m_told{}; ///< when changed() came for what others wrote
};

} // namespace winnow::ui
