#include "ui/bridge/import_job.h"

#include "core/run/import_service.h"

#include <QMetaObject>

#include <chrono>

namespace winnow::ui
{

namespace
{
constexpr std::chrono::milliseconds betweenReports(100);
}

ImportJob::ImportJob(QObject *parent) : QObject(parent) { }

ImportJob::~ImportJob()
{
    cancel();
    join();
}

void ImportJob::join()
{
    if (m_thread.joinable())
        m_thread.join();
}

void ImportJob::start(const QString &store, const ImportOptions &options)
{
    if (running())
        return;
    join();
    m_phase = Phase::Reading;
    m_source = QString::fromStdString(options.source);
    m_stop = std::make_shared<StopFlag>();
    m_thread = std::thread([this, store = store.toStdString(), options, stop = m_stop] { work(store, options, stop); });
}

void ImportJob::cancel()
{
    if (m_stop)
        m_stop->requestStop();
}

void ImportJob::tell(std::function<void()> what)
{
    QMetaObject::invokeMethod(this, std::move(what), Qt::QueuedConnection);
}

/// On the thread.
void ImportJob::work(const std::string &store, const ImportOptions &options, const std::shared_ptr<StopFlag> &stop)
{
    ImportHooks hooks;
    hooks.stop = stop.get();
    std::chrono::steady_clock::time_point told{};
    hooks.progress = [&](std::string_view file, std::int64_t row, std::int64_t rows) {
        const auto now = std::chrono::steady_clock::now();
        if (now - told < betweenReports)
            return;
        told = now;
        tell([this, file = std::string(file), row, rows] {
            if (m_phase != Phase::Counting)
                m_phase = file == "store" ? Phase::Storing : Phase::Reading;
            Q_EMIT progressed(QString::fromStdString(file), row, rows);
        });
    };
    const auto carryOut = [&]() -> Status {
        WINNOW_ASSIGN(Database database, Database::open(store));
        WINNOW_ASSIGN(const std::vector<StoredImport> imports, importIntoStore(database, options, hooks));
        std::vector<DatasetId> sets;
        bool sampled = false;
        for (const StoredImport &import : imports) {
            sets.push_back(import.dataset);
            sampled = sampled || import.report.sampleRows < import.report.rowsKept;
        }
        tell([this, sets, sampled] {
            if (sampled)
                m_phase = Phase::Counting;
            Q_EMIT imported(sets);
        });
        for (const StoredImport &import : imports) {
            if (stop->stopRequested())
                break;
            if (import.report.sampleRows < import.report.rowsKept)
                WINNOW_TRY(countAllRows(database, import.dataset, options, hooks));
        }
        return {};
    };
    const Status status = carryOut();
    tell([this, status, stop] {
        const bool whileCounting = m_phase == Phase::Counting;
        m_phase = Phase::Idle;
        const QString message = status.ok() ? QString() : QString::fromStdString(status.error().message);
        if (!status.ok() && !stop->stopRequested())
            Q_EMIT failed(message);
        else if (!status.ok() && !whileCounting) // a count that is ended leaves that of the sample, which says so itself
            Q_EMIT cancelled(message);
        Q_EMIT ended();
    });
}

} // namespace winnow::ui
