#pragma once

#include "core/base/stop_flag.h"
#include "core/data/prompt_view.h"
#include "core/store/dataset_store.h"

#include <QObject>
#include <QString>
#include <QThread>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace winnow::ui
{

/// A data set whose rows are looked at, and what prompts are made with.
struct BrowseSource {
    DatasetRecord record;
    QString tokenizer; ///< folder; empty: tokens are not counted
    QString checkpoint; ///< whose config.json gives the tile sizes; empty: those of InternVL3
    int maxTiles = 6;
};

/// A row as the list shows it. `view` is absent until the file was looked through, or when the row cannot be found in
/// it.
struct BrowsedRow {
    SampleRecord sample;
    std::optional<PromptView> view;
    QString problem; ///< why there is no view of this row
    bool looking = false; ///< the file is still being looked through
};

/// Reads rows of one stored data set a few at a time, searches it and makes prompts, on a thread and with a connection
/// of its own, so that a data set of any size is browsed without holding its rows and without keeping other readers
/// waiting. Answers come by signals on the GUI thread, where the object lives; those to an earlier open() or search()
/// do not come.
class RowBrowser : public QObject
{
    Q_OBJECT
public:
    explicit RowBrowser(QObject *parent = nullptr);
    ~RowBrowser() override;

    void open(const QString &store, const BrowseSource &source);
    void close(); ///< forgets the data set
    /// Finds rows by text; searched() follows in parts. An empty text ends the search.
    void search(const QString &text);
    /// rowsRead() follows.
    void requestRows(const std::vector<std::int64_t> &indices);
    /// detailRead() follows. Of a question: with its candidate.
    void requestDetail(std::int64_t index, std::size_t candidate);
    /// Requests that were not answered yet.
    int pending() const { return m_pending; }

Q_SIGNALS:
    void opened(qint64 rows);
    /// The file was looked through (or cannot be): rows can be asked for again. `problem`: why there are no prompts;
    /// `note`: why tokens are not counted.
    void fileRead(const QString &problem, const QString &note);
    /// Rows found among the first `looked` ones that were not reported before.
    void searched(const std::vector<std::int64_t> &found, qint64 looked, qint64 rows);
    void rowsRead(const std::vector<winnow::ui::BrowsedRow> &rows);
    void detailRead(const winnow::ui::BrowsedRow &row, int candidate);
    void failed(const QString &message);

private:
    class Worker;
    void post(std::function<void(Worker &)> job); ///< onto the thread's queue; any thread

    QThread m_thread;
    Worker *m_worker;
    std::shared_ptr<StopFlag> m_stop; ///< of the open data set
    std::atomic<int> m_ticket{0}; ///< of the newest open()
    std::atomic<int> m_search{0}; ///< of the newest search()
    std::atomic<int> m_pending{0};
};

} // namespace winnow::ui
