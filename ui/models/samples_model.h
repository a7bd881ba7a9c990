#pragma once

#include "ui/models/page_data.h"
#include "ui/models/selection_model.h"

#include <QAbstractTableModel>

namespace winnow::ui {

class Thumbnails;

/// The samples table: an order of indices over SamplesData, so that a million rows cost four bytes each; cells are made
/// when they are painted.
class SamplesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Rank, Picture, Key, Subject, Labels, Weight, Path, LossEma, MinP, Visits, Known, Decided, ColumnCount };
    enum class Scope { All, Selection };

    SamplesModel(SelectionModel &selection, Thumbnails &thumbnails, QObject *parent);

    void setSamples(std::shared_ptr<const SamplesData> data);
    const SamplesData *samples() const { return m_data.get(); }
    void setScope(Scope scope);
    Scope scope() const { return m_scope; }
    void setRanker(int ranker); ///< index in SamplesData::rankers
    int ranker() const { return m_ranker; }
    void setDecision(std::size_t sample, Decision decision);
    Decision decisionOf(std::size_t sample) const;
    /// Applies filters, scope, snapshot and order again.
    void rebuild();

    std::size_t sampleAt(int row) const { return m_order[static_cast<std::size_t>(row)]; }
    int rowOf(std::size_t sample) const;
    const std::vector<float> &weights() const { return m_weights; } ///< at the iteration of the selection
    double snapshotStep() const { return m_snapshotStep; }
    std::size_t matching() const { return m_matching; } ///< that pass the filters
    std::size_t reviewed() const;
    QString sortText() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    bool passes(std::size_t sample) const;
    double sortKey(std::size_t sample) const;
    Cell cellOf(std::size_t sample, int row, int column) const;
    StepsCell stepsOf(std::size_t sample) const;

    SelectionModel &m_selection;
    Thumbnails &m_thumbnails;
    std::shared_ptr<const SamplesData> m_data;
    std::vector<std::uint32_t> m_order;
    std::vector<float> m_weights;
    std::map<std::string, Decision> m_decisions;
    double m_snapshotStep = 0;
    std::size_t m_matching = 0;
    Scope m_scope = Scope::All;
    int m_ranker = 0;
    int m_sortColumn = -1; ///< -1: by the ranker
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

BadgeLook decisionBadge(Decision decision);

} // namespace winnow::ui
