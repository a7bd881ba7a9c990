#pragma once

#include "ui/models/page_data.h"
#include "ui/models/sample_order.h"
#include "ui/models/sample_rows.h"
#include "ui/models/triage.h"

#include <QAbstractTableModel>
#include <QMultiHash>

namespace winnow::ui {

class Thumbnails;

/// The samples table: an order of indices over SamplesData, so that a million rows cost eight bytes each; cells are made
/// when they are painted, from texts that are read when they are in sight (SampleRows). The order and the charts that go with
/// it are made on a worker thread above 200 000 samples, the newest request wins. Lives on the GUI thread.
class SamplesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Rank, Picture, Key, Subject, Labels, Weight, Path, LossEma, MinP, Visits, LastVisit, Known, Decided, ColumnCount };
    enum class Scope { All, Selection };
    enum Role { SampleRole = Qt::UserRole + 100 }; ///< index of the sample, for the grid

    SamplesModel(SelectionModel &selection, Thumbnails &thumbnails, QObject *parent);

    void setSamples(std::shared_ptr<const SamplesData> data);
    const SamplesData *samples() const { return m_data.get(); }
    void setScope(Scope scope);
    Scope scope() const { return m_scope; }
    void setRanker(int ranker); ///< index in SamplesData::rankers
    int ranker() const { return m_ranker; }
    Triage &triage() { return m_triage; }
    SampleRows &rows() { return m_rows; }
    Decision decisionOf(std::size_t sample) const { return m_triage.decisionOf(sample); }
    /// Applies filters, scope, snapshot and order again; rebuilt() follows, at once for small sets.
    void rebuild();
    bool rebuilding() const { return m_running; }

    std::size_t sampleAt(int row) const { return m_result.order[static_cast<std::size_t>(row)]; }
    int rowOf(std::size_t sample) const;
    QString keyOf(std::size_t sample) const; ///< "…" until it is at hand
    const std::vector<std::uint32_t> &order() const { return m_result.order; }
    /// At the snapshot that is shown: that of the selection's iteration, once it is there.
    const std::vector<float> &weights() const;
    SnapshotPtr values() const { return m_result.values; } ///< the same with their ages; null without a snapshot
    std::optional<std::size_t> snapshot() const { return m_snapshot; } ///< of the selection's iteration
    double snapshotStep() const;
    std::size_t matching() const { return m_result.matching; } ///< that pass the filters
    const OrderResult &result() const { return m_result; }
    std::size_t reviewed() const { return m_reviewed; } ///< of the rows shown
    QString sortText() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

Q_SIGNALS:
    void rebuilt();
    void trouble(const QString &message);

private:
    OrderInput input() const;
    void start();
    void apply(OrderResult result);
    void findSnapshot();
    void noteDecided(const std::vector<std::uint32_t> &samples);
    void noteThumbnail(const QString &path);
    void noteRows(const std::vector<std::uint32_t> &samples);
    void countReviewed();
    Cell cellOf(std::size_t sample, int row, int column) const;
    Cell pictureOf(std::size_t sample) const;
    StepsCell stepsOf(std::size_t sample) const;

    SelectionModel &m_selection;
    Thumbnails &m_thumbnails;
    Triage m_triage;
    mutable SampleRows m_rows; ///< asking for what is not at hand makes it come
    std::shared_ptr<const SamplesData> m_data;
    OrderResult m_result;
    std::uint64_t m_dataNumber = 0; ///< of setSamples()
    std::uint64_t m_resultNumber = 0; ///< that the result was made from
    std::vector<float> m_none; ///< NaN of every sample, while there is no snapshot
    std::size_t m_reviewed = 0;
    std::optional<std::size_t> m_snapshot;
    mutable QMultiHash<QString, std::uint32_t> m_asked; ///< samples whose picture was asked for
    Scope m_scope = Scope::All;
    int m_ranker = 0;
    int m_sortColumn = -1; ///< -1: by the ranker
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    bool m_sortStale = true;
    bool m_running = false;
    bool m_again = false;
};

BadgeLook decisionBadge(Decision decision);
/// The labels that Flip stands for: the steps where the model disagrees are turned; when it disagrees with none, the
/// one that it believes least; without scores, all of them.
std::vector<bool> flippedLabels(const SamplesData &data, std::size_t sample);

} // namespace winnow::ui
