#pragma once

#include "core/base/ids.h"
#include "core/base/stop_flag.h"
#include "core/data/import/import_data.h"
#include "core/store/dataset_store.h"

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
/// all of them. The same count is had of a set that a run read. Lives on the GUI thread; going away ends what is at work
/// and waits for that.
class ImportJob : public QObject
{
    Q_OBJECT
public:
    explicit ImportJob(QObject *parent = nullptr);
    ~ImportJob() override;

    /// What an import is doing.
    enum class Phase { Idle, Reading, Storing, Counting };

    void start(const QString &store, const ImportOptions &options);
    /// Tokens and tiles of a set that is in the store.
    void count(const QString &store, const DatasetRecord &set, const ImportOptions &options);
    void cancel();
    Phase phase() const { return m_phase; }
    bool running() const { return m_phase != Phase::Idle; }
    QString source() const { return m_source; }
    /// What tokens of the newest import are counted with; may be empty.
    QString tokenizer() const { return m_tokenizer; }
    /// Whether the newest work was an import, which can be changed and tried again.
    bool imports() const { return m_imports; }

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
    using Work = std::function<Status(Database &database, const ImportHooks &hooks)>;
    bool begin(Phase phase, const QString &source);
    void carryOut(const QString &store, Work work);
    Status import(Database &database, const ImportOptions &options, const ImportHooks &hooks);
    ImportHooks hooks(const StopFlag *stop);
    void end(const Status &status, bool stopped);
    void tell(std::function<void()> what);
    void join();

    std::thread m_thread;
    std::shared_ptr<StopFlag> m_stop;
    Phase m_phase = Phase::Idle;
    QString m_source;
    QString m_tokenizer;
    bool m_imports = true;
};

} // namespace winnow::ui
