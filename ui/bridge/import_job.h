#pragma once

#include "core/base/ids.h"
#include "core/base/stop_flag.h"
#include "core/data/import/import_report.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace winnow::ui
{

/// One import at a time, on a thread with a connection of its own, as `winnow import` has it: runs of this window go on
/// writing meanwhile. Ends with the report in the store; where only a sample of the rows was counted, goes on counting
/// all of them. Lives on the GUI thread; going away ends the import and waits for that.
class ImportJob : public QObject
{
    Q_OBJECT
public:
    explicit ImportJob(QObject *parent = nullptr);
    ~ImportJob() override;

    /// What an import is doing.
    enum class Phase { Idle, Reading, Storing, Counting };

    void start(const QString &store, const ImportOptions &options);
    void cancel();
    Phase phase() const { return m_phase; }
    bool running() const { return m_phase != Phase::Idle; }
    QString source() const { return m_source; }

Q_SIGNALS:
    /// `rows` -1: not known before the end.
    void progressed(const QString &file, qint64 row, qint64 rows);
    /// The sets are in the store, the first one in front; counting may go on.
    void imported(const std::vector<winnow::DatasetId> &sets);
    void failed(const QString &message);
    void cancelled(const QString &message); ///< before the sets were in the store
    /// Nothing is at work any more.
    void ended();

private:
    void work(const std::string &store, const ImportOptions &options, const std::shared_ptr<StopFlag> &stop);
    void tell(std::function<void()> what);
    void join();

    std::thread m_thread;
    std::shared_ptr<StopFlag> m_stop;
    Phase m_phase = Phase::Idle;
    QString m_source;
};

} // namespace winnow::ui
