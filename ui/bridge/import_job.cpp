#include "ui/bridge/import_job.h"

#include "core/run/import_service.h"
#include "ui/support/words.h"

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

bool ImportJob::begin(Phase phase, const QString &source)
{
    if (running())
        return false;
    join();
    m_phase = phase;
    m_source = source;
    m_imports = phase == Phase::Reading;
    m_stop = std::make_shared<StopFlag>();
    return true;
}

void ImportJob::start(const QString &store, const ImportOptions &options)
{
    if (!begin(Phase::Reading, QString::fromStdString(options.source)))
        return;
    m_tokenizer = QString::fromStdString(options.tokenizer);
    carryOut(store, [this, options](Database &database, const ImportHooks &hooks) {
        return import(database, options, hooks);
    });
}

void ImportJob::count(const QString &store, const DatasetRecord &set, const ImportOptions &options)
{
    if (begin(Phase::Counting, QString::fromStdString(set.path)))
        carryOut(store, [id = set.id, options](Database &database, const ImportHooks &hooks) {
            return countAllRows(database, id, options, hooks);
        });
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

void ImportJob::carryOut(const QString &store, Work work)
{
    m_thread = std::thread([this, path = store.toStdString(), work = std::move(work), stop = m_stop] {
        const auto all = [&]() -> Status {
            WINNOW_ASSIGN(Database database, Database::open(path));
            return work(database, hooks(stop.get()));
        };
        const Status status = all();
        tell([this, status, stop] { end(status, stop->stopRequested()); });
    });
}

/// On the thread.
ImportHooks ImportJob::hooks(const StopFlag *stop)
{
    ImportHooks hooks;
    hooks.stop = stop;
    hooks.progress = [this, told = std::chrono::steady_clock::time_point{}](std::string_view file, std::int64_t row,
                                                                            std::int64_t rows) mutable {
        const auto now = std::chrono::steady_clock::now();
        if (now - told < betweenReports)
            return;
        told = now;
        tell([this, name = std::string(file), row, rows] {
            if (m_phase != Phase::Counting)
                m_phase = name == "store" ? Phase::Storing : Phase::Reading;
            Q_EMIT progressed(QString::fromStdString(name), row, rows);
        });
    };
    return hooks;
}

/// On the thread.
Status ImportJob::import(Database &database, const ImportOptions &options, const ImportHooks &hooks)
{
    WINNOW_ASSIGN(const std::vector<StoredImport> imports, importIntoStore(database, options, hooks));
    std::vector<DatasetId> sets;
    bool sampled = false;
    for (const StoredImport &one : imports) {
        sets.push_back(one.dataset);
        sampled = sampled || one.report.sampleRows < one.report.rowsKept;
    }
    tell([this, sets, sampled] {
        if (sampled)
            m_phase = Phase::Counting;
        Q_EMIT imported(sets);
    });
    for (const StoredImport &one : imports) {
        if (hooks.stop->stopRequested())
            break;
        if (one.report.sampleRows < one.report.rowsKept)
            WINNOW_TRY(countAllRows(database, one.dataset, options, hooks));
    }
    return {};
}

void ImportJob::end(const Status &status, bool stopped)
{
    const bool whileCounting = m_phase == Phase::Counting;
    m_phase = Phase::Idle;
    const QString message = status.ok() ? QString() : coreWords(status.error().message);
    if (!status.ok() && !stopped)
        Q_EMIT failed(message);
    else if (!status.ok() && !whileCounting) // a count that is ended leaves the report as it was
        Q_EMIT cancelled(message);
    Q_EMIT ended();
}

} // namespace winnow::ui
