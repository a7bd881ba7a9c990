#include "ui/bridge/row_browser.h"

#include "core/run/row_viewer.h"
#include "core/store/sample_browser.h"
#include "ui/support/tile_sizes.h"
#include "ui/support/words.h"

#include <algorithm>
#include <functional>

namespace winnow::ui
{

namespace
{

constexpr std::int64_t rowsASearch = 8192; // looked at between two looks at the other requests

} // namespace

/// The part on the thread. Everything here runs there.
class RowBrowser::Worker : public QObject
{
public:
    explicit Worker(RowBrowser &browser) : m_browser(browser) { }

    void open(const QString &store, const BrowseSource &source, int ticket)
    {
        m_viewer.reset();
        m_tokenizer.reset();
        m_fileProblem.clear();
        m_source = source;
        m_options = {};
        m_options.maxTiles = source.maxTiles;
        takeTileSizes(m_options, source.checkpoint);
        if (!m_database || m_storePath != store) {
            m_database.reset();
            auto database = Database::open(store.toStdString());
            if (!database.ok())
                return answer(ticket, [text = database.error().message](RowBrowser &b) {
                    Q_EMIT b.failed(coreWords(text));
                });
            m_database.emplace(std::move(database).value());
            m_storePath = store;
        }
        answer(ticket, [rows = source.record.rowsKept](RowBrowser &b) { Q_EMIT b.opened(rows); });
    }

    /// After the first rows were shown: a pass over a large file takes a moment.
    void readFile(int ticket, const std::shared_ptr<StopFlag> &stop)
    {
        QString note;
        if (m_source.tokenizer.isEmpty()) {
            note = tr("Tokens are not counted: no tokenizer is chosen.");
        } else if (auto tokenizer = Tokenizer::load(m_source.tokenizer.toStdString()); tokenizer.ok()) {
            m_tokenizer.emplace(std::move(tokenizer).value());
            m_options.tokenizer = &*m_tokenizer;
        } else {
            note = coreWords(tokenizer.error().message);
        }
        auto viewer = RowViewer::open(m_source.record, stop.get());
        if (viewer.ok())
            m_viewer.emplace(std::move(viewer).value());
        else
            m_fileProblem = coreWords(viewer.error().message);
        answer(ticket, [problem = m_fileProblem, note](RowBrowser &b) { Q_EMIT b.fileRead(problem, note); });
    }

    void search(const std::string &text, std::int64_t first, int ticket, int search)
    {
        if (!m_database || m_browser.m_search != search || m_browser.m_ticket != ticket)
            return;
        const std::int64_t rows = m_source.record.rowsKept;
        const std::int64_t end = std::min(rows, first + rowsASearch);
        auto found = SampleBrowser(*m_database).find(m_source.record.id, text, first, end);
        if (!found.ok())
            return answer(
                ticket, [why = found.error().message](RowBrowser &b) { Q_EMIT b.failed(coreWords(why)); });
        answer(ticket, [found = std::move(found).value(), end, rows, search](RowBrowser &b) {
            if (b.m_search == search)
                Q_EMIT b.searched(found, end, rows);
        });
        if (end < rows) // behind what was asked for meanwhile
            m_browser.post([text, end, ticket, search](Worker &worker) { worker.search(text, end, ticket, search); });
    }

    void rows(const std::vector<std::int64_t> &indices, int ticket)
    {
        if (!m_database || m_browser.m_ticket != ticket)
            return;
        auto samples = SampleBrowser(*m_database).samples(m_source.record.id, indices);
        if (!samples.ok())
            return answer(ticket, [why = samples.error().message](RowBrowser &b) {
                Q_EMIT b.failed(coreWords(why));
            });
        std::vector<BrowsedRow> result;
        for (SampleRecord &sample : *samples)
            result.push_back(browsed(std::move(sample), 0));
        answer(ticket, [result = std::move(result)](RowBrowser &b) { Q_EMIT b.rowsRead(result); });
    }

    void detail(std::int64_t index, std::size_t candidate, int ticket)
    {
        if (!m_database || m_browser.m_ticket != ticket)
            return;
        auto read = DatasetStore(*m_database).sample(m_source.record.id, index);
        if (!read.ok())
            return answer(
                ticket, [why = read.error().message](RowBrowser &b) { Q_EMIT b.failed(coreWords(why)); });
        answer(ticket, [row = browsed(std::move(read).value(), candidate), candidate](RowBrowser &b) {
            Q_EMIT b.detailRead(row, static_cast<int>(candidate));
        });
    }

private:
    BrowsedRow browsed(SampleRecord sample, std::size_t candidate) const
    {
        BrowsedRow row;
        row.looking = !m_viewer && m_fileProblem.isEmpty(); // what is wrong with the file says fileRead(), once
        if (m_viewer) {
            auto view = m_viewer->view(sample, candidate, m_options);
            if (view.ok())
                row.view = std::move(view).value();
            else
                row.problem = coreWords(view.error().message);
        }
        row.sample = std::move(sample);
        return row;
    }

    template <typename Tell>
    void answer(int ticket, Tell tell)
    {
        QMetaObject::invokeMethod(
            &m_browser,
            [browser = &m_browser, ticket, tell = std::move(tell)] {
                if (browser->m_ticket == ticket)
                    tell(*browser);
            },
            Qt::QueuedConnection);
    }

    RowBrowser &m_browser;
    QString m_storePath;
    std::optional<Database> m_database;
    BrowseSource m_source;
    PromptViewOptions m_options;
    std::optional<Tokenizer> m_tokenizer; ///< m_options points at it
    std::optional<RowViewer> m_viewer;
    QString m_fileProblem;
};

RowBrowser::RowBrowser(QObject *parent) : QObject(parent), m_worker(new Worker(*this))
{
    m_thread.setObjectName(QStringLiteral("row browser"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
}

RowBrowser::~RowBrowser()
{
    close();
    m_thread.quit();
    m_thread.wait();
}

void RowBrowser::post(std::function<void(Worker &)> job)
{
    QMetaObject::invokeMethod(
        m_worker,
        [this, job = std::move(job)] {
            job(*m_worker);
            QMetaObject::invokeMethod(
                this, [this] { --m_pending; }, Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
    ++m_pending;
}

void RowBrowser::open(const QString &store, const BrowseSource &source)
{
    close();
    m_stop = std::make_shared<StopFlag>();
    const int ticket = m_ticket;
    post([store, source, ticket](Worker &worker) { worker.open(store, source, ticket); });
    post([this, ticket, stop = m_stop](Worker &) {
        // Queued once more, so that rows which are asked for at once come first.
        post([ticket, stop](Worker &worker) { worker.readFile(ticket, stop); });
    });
}

void RowBrowser::close()
{
    ++m_ticket;
    ++m_search;
    if (m_stop)
        m_stop->requestStop();
    m_stop.reset();
}

void RowBrowser::search(const QString &text)
{
    const int search = ++m_search;
    if (text.isEmpty())
        return;
    post([text = text.toStdString(), ticket = m_ticket.load(), search](Worker &worker) {
        worker.search(text, 0, ticket, search);
    });
}

void RowBrowser::requestRows(const std::vector<std::int64_t> &indices)
{
    post([indices, ticket = m_ticket.load()](Worker &worker) { worker.rows(indices, ticket); });
}

void RowBrowser::requestDetail(std::int64_t index, std::size_t candidate)
{
    post([index, candidate, ticket = m_ticket.load()](Worker &worker) { worker.detail(index, candidate, ticket); });
}

} // namespace winnow::ui
