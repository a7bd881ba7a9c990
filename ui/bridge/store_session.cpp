#include "ui/bridge/store_session.h"

#include <QThreadPool>

namespace winnow::ui {

StoreSession::StoreSession(QObject *parent) : QObject(parent), m_worker(new ReaderWorker)
{
    m_thread.setObjectName(QStringLiteral("store reader"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
    m_poll.setInterval(500);
    m_coalesce.setSingleShot(true);
    m_coalesce.setInterval(250);
    connect(&m_poll, &QTimer::timeout, this, &StoreSession::lookForChanges);
    connect(&m_coalesce, &QTimer::timeout, this, &StoreSession::changed);
}

StoreSession::~StoreSession()
{
    m_writing.waitForDone(); // what was to be written is written, and nobody answers to an object that is gone
    m_thread.quit();
    m_thread.wait();
}

Status StoreSession::open(const QString &path)
{
    WINNOW_ASSIGN(auto writer, StoreWriter::open(path.toStdString()));
    WINNOW_ASSIGN(Database database, Database::open(path.toStdString()));
    WINNOW_TRY(writer->execute([](Database &store) -> Status {
        auto marked = RunStore(store).markInterrupted();
        return marked.ok() ? Status() : Status(marked.error());
    }));
    writer->onTrouble([this](const std::string &message) { // on the writing thread
        QMetaObject::invokeMethod(
            this, [this, text = QString::fromStdString(message)] { Q_EMIT trouble(text); }, Qt::QueuedConnection);
    });
    m_writing.waitForDone(); // they hold the writer of the store before
    m_writer = std::move(writer);
    m_path = path;
    auto reader = std::make_shared<std::unique_ptr<StoreReader>>(std::make_unique<StoreReader>(std::move(database)));
    QMetaObject::invokeMethod(m_worker, [this, reader] { m_worker->reader = std::move(*reader); }, Qt::QueuedConnection);
    m_changeNumber = -1;
    m_touchedNumber = -1;
    m_poll.start();
    Q_EMIT opened();
    return {};
}

void StoreSession::write(QObject *context, StoreWriter::Job job, std::function<void(Status)> done)
{
    QPointer<QObject> guard(context);
    StoreWriter *writer = m_writer.get();
    ++m_pending;
    // execute() waits for the disk, so it must not run on this thread.
    m_writing.start([this, writer, guard, job = std::move(job), done = std::move(done)] {
        auto result = std::make_shared<Status>(writer->execute(job));
        QMetaObject::invokeMethod(
            this,
            [this, guard, result, done] {
                --m_pending;
                if (guard && done)
                    done(*result);
                notifyChanged();
                if (m_pending == 0)
                    Q_EMIT idle();
            },
            Qt::QueuedConnection);
    });
}

void StoreSession::notifyChanged()
{
    if (QThread::currentThread() != thread()) {
        QMetaObject::invokeMethod(this, &StoreSession::notifyChanged, Qt::QueuedConnection);
        return;
    }
    if (!m_coalesce.isActive())
        m_coalesce.start();
}

void StoreSession::freeze(bool frozen)
{
    if (frozen)
        m_poll.stop();
    else
        m_poll.start();
}

void StoreSession::setRefreshCost(std::chrono::milliseconds cost)
{
    m_refreshCost = cost;
}

void StoreSession::lookForChanges()
{
    if (m_looking || !isOpen())
        return;
    m_looking = true;
    request<Glance>(
        this,
        [](StoreReader &reader) -> Result<Glance> {
            WINNOW_ASSIGN(const std::int64_t number, reader.database().changeNumber());
            WINNOW_ASSIGN(const auto runs, RunStore(reader.database()).abandoned());
            return Glance{number, !runs.empty()};
        },
        [this](const Result<Glance> &glance) {
            m_looking = false;
            if (glance.ok()) // else the store cannot be read now; whoever asks for a page is told
                compare(*glance);
        });
}

void StoreSession::compare(const Glance &glance)
{
    if (glance.abandonedRuns)
        write(this, [](Database &store) -> Status {
            auto marked = RunStore(store).markInterrupted();
            return marked.ok() ? Status() : Status(marked.error());
        });
    if (glance.changeNumber != m_touchedNumber) {
        m_touchedNumber = glance.changeNumber;
        Q_EMIT touched();
    }
    const auto now = std::chrono::steady_clock::now();
    if (glance.changeNumber == m_changeNumber || now - m_told < m_refreshCost * 10)
        return;
    m_changeNumber = glance.changeNumber;
    m_told = now;
    notifyChanged();
}

} // namespace winnow::ui
