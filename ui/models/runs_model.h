#pragma once

#include "ui/models/page_data.h"
#include "ui/models/run_query.h"

#include <QAbstractTableModel>

#include <functional>
#include <set>

namespace winnow::ui {

/// The runs table: rows under group rows, filtered by view and query. Holds which runs are selected (first = reference)
/// and which are drawn in plots.
class RunsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Eye, Name, State, Accuracy, Auroc, Weights, Loss, Seed, Time, Tags, ColumnCount };
    enum class View { All, Active, Week, Archived };
    enum class GroupBy { Weighting, Stage, None };

    using QAbstractTableModel::QAbstractTableModel;

    void setRuns(RunsData data);
    const std::vector<RunRow> &runs() const { return m_data.rows; }
    const RunRow *runAt(int row) const; ///< null on a group row
    const RunRow *find(RunId id) const;
    int rowOf(RunId id) const;
    void setView(View view);
    View view() const { return m_view; }
    void setQuery(const RunQuery &query);
    void setGroupBy(GroupBy by);
    int countOf(View view) const;
    int shown() const { return m_shown; }
    int inView() const { return countOf(m_view); }

    const std::vector<RunId> &selected() const { return m_selected; }
    void toggleSelected(RunId id);
    void setSelected(std::vector<RunId> ids);
    void toggleVisible(RunId id);
    void toggleGroup(int row);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

Q_SIGNALS:
    void selectionChanged();

private:
    struct Line {
        int run = -1; ///< index in m_data.rows, or -1: a group row
        QString group;
    };
    /// Run (0 for a group row) and group of a line: what stays the same when lines move.
    std::pair<RunId, QString> lineKey(int row) const;
    /// Changes what decides the lines, and tells the views where each of them went.
    void relayout(const std::function<void()> &change);
    void rebuild();
    bool inView(const RunRow &row, View view) const;
    bool before(const RunRow &a, const RunRow &b) const;
    QString groupOf(const RunRow &row) const;
    Cell runCell(const RunRow &row, int column) const;
    Cell groupCell(const QString &group, int column) const;

    RunsData m_data;
    std::vector<Line> m_lines;
    std::map<QString, std::vector<int>> m_groups;
    std::set<QString> m_closed;
    std::set<RunId> m_hidden;
    std::vector<RunId> m_selected;
    View m_view = View::All;
    GroupBy m_groupBy = GroupBy::Weighting;
    RunQuery m_query;
    int m_shown = 0;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
    double m_low = 0;
    double m_high = 1;
};

} // namespace winnow::ui
