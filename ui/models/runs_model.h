#pragma once

#include "ui/models/page_data.h"
#include "ui/models/run_query.h"

#include "core/eval/statistics.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QSet>

#include <functional>
#include <set>

namespace winnow::ui
{

/// The runs table: rows under group rows, filtered by view and query, sorted within groups. Columns of any field may
/// stand behind the fixed ones. Holds which runs are selected (first = reference). What a row is grouped and sorted by
/// is worked out once per change, not per comparison.
class RunsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Eye, Name, State, Accuracy, Auroc, Weights, Loss, Seed, Time, Tags, ColumnCount };
    enum class View { All, Active, Week, Archived, Deleted };
    enum class Spread { Sd, Interval };

    using QAbstractTableModel::QAbstractTableModel;

    /// `keepOrder`: rows stay where they are, new ones come first in their group; moved() says how many would move.
    void setRuns(RunsData data, bool keepOrder = false);
    int moved() const { return m_moved; }
    void sortNow();
    const RunRows &runs() const { return m_data.rows; }
    const VaryingSettings &varying() const { return m_data.varying; }
    const RunRow *runAt(int row) const; ///< null on a group row
    const RunRow *find(RunId id) const;
    int rowOf(RunId id) const;
    void setView(View view);
    View view() const { return m_view; }
    void setQuery(const RunQuery &query);
    /// "": no groups; "weighting"; or the key of a field.
    void setGroupBy(const QString &key);
    const QString &groupBy() const { return m_groupBy; }
    void setSpread(Spread spread);
    /// Keys of the fields that have a column behind the fixed ones.
    void setFieldColumns(const QStringList &keys);
    const QStringList &fieldColumns() const { return m_fields; }
    int countOf(View view) const;
    int shown() const { return m_shown; }
    int drawn() const;
    int inView() const { return countOf(m_view); }
    std::vector<RunId> shownRuns() const; ///< in the order of the table, closed groups left out

    /// Mean over the finished runs of a group; n, standard deviation and 95 % interval of the mean (Student's t).
    struct GroupFigure {
        MeanSd spread;
        winnow::Interval interval;
    };
    GroupFigure groupFigure(const QString &group, int column) const;

    const std::vector<RunId> &selected() const { return m_selected; }
    bool isSelected(RunId id) const { return m_selectedSet.contains(id.value); }
    void toggleSelected(RunId id);
    void setSelected(std::vector<RunId> ids);
    void selectRange(int fromRow, int toRow);
    void toggleGroup(int row);
    /// Shown until the next setRuns(), which brings it from the store.
    void showNow(RunId id, std::optional<bool> visible, const QString &name = {});

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

Q_SIGNALS:
    void selectionChanged();
    void renameRequested(winnow::RunId run, const QString &name);

private:
    struct Line {
        int run = -1; ///< index in m_data.rows, or -1: a group row
        QString group;
    };
    struct SortKey {
        double number = 0;
        QString text;
    };
    struct Overlay {
        std::optional<bool> visible;
        QString name;
    };
    /// Changes what decides the lines, and tells the views where each of them went.
    void relayout(const std::function<void()> &change);
    void rebuild();
    void sortRuns(std::vector<int> &runs, const std::vector<SortKey> &keys) const;
    void keepPlaces(std::vector<int> &runs);
    std::vector<QString> groupsInOrder() const;
    static bool inView(const RunRow &row, View view);
    SortKey sortKey(const RunRow &row) const;
    QString groupOf(const RunRow &row) const;
    const RunField *fieldOf(int column) const;
    bool isVisible(const RunRow &row) const;
    QString figureTip(const RunRow &row, int column) const;
    QString columnTip(int section) const;
    Cell runCell(const RunRow &row, int column) const;
    Cell fieldCell(const RunRow &row, const RunField &field) const;
    Cell groupCell(const QString &group, int column) const;
    Cell groupFieldCell(const std::vector<int> &runs, const RunField &field) const;

    RunsData m_data;
    QHash<qint64, int> m_index; ///< run to place in m_data.rows
    std::vector<Line> m_lines;
    std::vector<int> m_lineOf; ///< by place in m_data.rows; -1: not shown
    std::map<QString, std::vector<int>> m_groups;
    std::set<QString> m_closed;
    QHash<qint64, Overlay> m_overlay;
    std::vector<RunId> m_selected;
    QSet<qint64> m_selectedSet;
    QStringList m_fields;
    View m_view = View::All;
    QString m_groupBy = QStringLiteral("weighting");
    Spread m_spread = Spread::Sd;
    RunQuery m_query;
    QHash<qint64, int> m_places; ///< of runs that are not to move
    int m_moved = 0;
    int m_shown = 0;
    std::int64_t m_questions = 0; ///< of an evaluated run; the header says it where it is that of all
    std::int64_t m_samples = 0; ///< the same of runs with an AUROC
    bool m_sameQuestions = true;
    bool m_sameSamples = true;
    std::int64_t m_candidates = 8;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
    double m_low = 0;
    double m_high = 1;
};

} // namespace winnow::ui
