#pragma once

#include "ui/models/page_data.h"

#include <QCache>
#include <QObject>
#include <QSet>
#include <QThreadPool>
#include <QTimer>

#include <memory>

namespace winnow::ui {

/// What is read of a sample when it is looked at.
struct SampleStory {
    SampleRecord record;
    VisitColumns visits;
};

/// Texts and visits of the samples that are in sight. For sets whose texts are held, from there; for larger ones they are read
/// on a thread of their own, those asked for last first, and the last few thousand stay. Lives on the GUI thread.
class SampleRows : public QObject {
    Q_OBJECT
public:
    explicit SampleRows(QObject *parent = nullptr);
    ~SampleRows() override;

    void setData(std::shared_ptr<const SamplesData> data);
    /// The sample's row if it is at hand, else null and a request; ready() follows. Valid until the event loop turns.
    const SampleRecord *record(std::size_t sample);
    /// The same for its visits, in the order of steps.
    std::optional<VisitColumns> visits(std::size_t sample);
    bool idle() const { return m_wanted.isEmpty() && !m_busy; }

Q_SIGNALS:
    void ready(const std::vector<std::uint32_t> &samples);
    void trouble(const QString &message);

private:
    struct Store;
    using Stories = std::vector<std::pair<std::uint32_t, SampleStory>>;
    const SampleStory *story(std::size_t sample);
    void readNext();
    void take(Result<Stories> stories, std::uint64_t reading);

    std::shared_ptr<const SamplesData> m_data;
    std::shared_ptr<Store> m_store; ///< the pool's one thread uses it
    struct Kept {
        SampleStory story;
        std::uint64_t reading = 0; ///< of the data when it was read: a live run's samples are visited again
    };
    QCache<std::uint32_t, Kept> m_stories;
    std::uint64_t m_reading = 0;
    QList<std::uint32_t> m_wanted; ///< newest last
    QSet<std::uint32_t> m_asked; ///< being read
    QTimer m_start;
    QThreadPool m_pool;
    bool m_busy = false;
};

} // namespace winnow::ui
