#include "ui/models/sample_rows.h"

#include "ui/support/words.h"

#include <QtConcurrent/QtConcurrentRun>

#include <algorithm>

namespace winnow::ui {

namespace {
constexpr int keptRows = 4000;
constexpr int rowsAtOnce = 64;
constexpr int mostWanted = 400; ///< rows that were scrolled past long ago are not read
} // namespace

/// The connection of the pool's thread, opened by its first read.
struct SampleRows::Store {
    std::string path;
    DatasetId dataset;
    RunId run;
    std::optional<Database> database;

    Result<Stories> read(const std::vector<std::uint32_t> &samples)
    {
        if (!database) {
            WINNOW_ASSIGN(database, Database::open(path));
        }
        Stories stories;
        for (const std::uint32_t i : samples) {
            SampleStory story;
            WINNOW_ASSIGN(story.record, DatasetStore(*database).sample(dataset, i));
            WINNOW_ASSIGN(story.visits, VisitStore(*database).ofSample(run, i));
            stories.emplace_back(i, std::move(story));
        }
        return stories;
    }
};

SampleRows::SampleRows(QObject *parent) : QObject(parent), m_stories(keptRows)
{
    m_pool.setMaxThreadCount(1);
    m_start.setSingleShot(true);
    m_start.setInterval(0); // what is asked for in one turn of the event loop is read together
    connect(&m_start, &QTimer::timeout, this, &SampleRows::readNext);
}

SampleRows::~SampleRows()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void SampleRows::setData(std::shared_ptr<const SamplesData> data)
{
    const bool same = m_store && data && m_store->path == data->store && m_store->run == data->run.id() && m_store->dataset == data->dataset.id;
    m_data = std::move(data);
    m_wanted.clear();
    ++m_reading; // what is known of a live run is shown until it is read again
    if (same)
        return;
    m_stories.clear();
    m_store = m_data ? std::make_shared<Store>(Store{m_data->store, m_data->dataset.id, m_data->run.id(), {}}) : nullptr;
}

const SampleRecord *SampleRows::record(std::size_t sample)
{
    if (!m_data || sample >= m_data->samples.size())
        return nullptr;
    if (m_data->samples.whole())
        return &m_data->samples[sample];
    const SampleStory *known = story(sample);
    return known ? &known->record : nullptr;
}

std::optional<VisitColumns> SampleRows::visits(std::size_t sample)
{
    if (!m_data || sample >= m_data->samples.size())
        return std::nullopt;
    if (m_data->visitBegin.empty()) {
        const SampleStory *known = story(sample);
        return known ? std::optional(known->visits) : std::nullopt;
    }
    VisitColumns own;
    const VisitColumns &all = m_data->visits;
    for (std::size_t k = m_data->visitBegin[sample]; k < m_data->visitBegin[sample + 1]; ++k) {
        const std::size_t v = m_data->visitOrder[k];
        own.push(all.steps[v], all.samples[v], all.weights[v], all.losses[v], all.hypergradients[v], all.pGiven[v], all.margins[v]);
    }
    return own;
}

const SampleStory *SampleRows::story(std::size_t sample)
{
    const auto index = static_cast<std::uint32_t>(sample);
    const Kept *kept = m_stories.object(index);
    const SampleStory *known = kept ? &kept->story : nullptr;
    if ((kept && kept->reading == m_reading) || m_asked.contains(index))
        return known;
    m_wanted.removeOne(index);
    m_wanted.append(index);
    if (m_wanted.size() > mostWanted)
        m_wanted.removeFirst();
    if (!m_busy)
        m_start.start();
    return known;
}

void SampleRows::readNext()
{
    if (m_busy || m_wanted.isEmpty() || !m_store || m_store->path.empty())
        return;
    std::vector<std::uint32_t> samples;
    while (!m_wanted.isEmpty() && samples.size() < rowsAtOnce)
        samples.push_back(m_wanted.takeLast());
    m_asked = QSet<std::uint32_t>(samples.begin(), samples.end());
    m_busy = true;
    QtConcurrent::run(&m_pool, [store = m_store, samples] { return std::make_shared<Result<Stories>>(store->read(samples)); })
        .then(this, [this, store = m_store, reading = m_reading](const std::shared_ptr<Result<Stories>> &stories) {
            m_busy = false;
            m_asked.clear();
            if (store == m_store)
                take(std::move(*stories), reading);
            readNext();
        });
}

void SampleRows::take(Result<Stories> stories, std::uint64_t reading)
{
    if (!stories.ok()) {
        m_wanted.clear();
        Q_EMIT trouble(coreWords(stories.error().message));
        return;
    }
    std::vector<std::uint32_t> samples;
    for (auto &[sample, story] : *stories) {
        samples.push_back(sample);
        m_stories.insert(sample, new Kept{std::move(story), reading});
    }
    Q_EMIT ready(samples);
}

} // namespace winnow::ui
