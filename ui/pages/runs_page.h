#pragma once

#include "ui/models/runs_model.h"
#include "ui/pages/page.h"
#include "ui/support/table_text.h"

class QMenu;
class QStackedWidget;

namespace winnow::ui
{

class Button;
class DataTable;
class EmptyState;
class FirstStart;
class RunSummary;
class RunsQueryLine;
class RunsSide;
class RunUpkeep;
class SelectionBar;
class Strip;
class TextLabel;
class Toast;

/// Find, judge and act on runs.
class RunsPage : public Page
{
    Q_OBJECT
public:
    explicit RunsPage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override { return tr("Runs"); }
    QWidget *primary() override;
    void setRuns(const RunsData &runs) override;
    QString selectionText() const override;
    RunsModel &model() { return *m_model; }
    RunUpkeep &upkeep() { return *m_upkeep; }
    void selectRuns(std::vector<RunId> runs) { m_model->setSelected(std::move(runs)); }
    void compareSelected();
    RunId current() const; ///< of the table; 0: none
    void undo();
    void redo();

    // Commands on the selected runs, else on the current one.
    std::vector<RunId> chosen() const;
    void renameChosen();
    void tagChosen();
    void noteChosen();
    void archiveChosen(bool archived);
    void deleteChosen();
    void restoreChosen();
    void purgeChosen();
    void copyCommands();
    void saveQuery();
    void setColumnOn(const QString &key, bool on);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void addKeys();
    void buildSide();
    QWidget *buildMiddle();
    QWidget *buildQueryRow();
    void buildTable();
    void buildSelectionBar();
    void updateSelectionBar();
    void connectSummary();
    void applyQuery(const RunQuery &query);
    void showContextMenu(const QPoint &point);
    void addLookMenu(QMenu *menu, const RunRow &row);
    void cellClicked(const QModelIndex &index, Qt::KeyboardModifiers modifiers);
    void sortBy(int section);
    void setView(int view);
    void updateCounts();
    void showMoved();
    void currentRowChanged(int row);
    void askLineage();
    void askDifference(const RunRow *run, const RunRow *reference);
    void readDifference();
    TableText exportTable(TableForm form) const;
    void toggleVisible(RunId run);
    void setPinned(const std::vector<RunId> &runs, bool pinned);
    void setLook(RunId run, const SeriesLook &look);
    void applyViewSettings();
    void keepViewSetting(const char *key, const QString &value);
    void layOutColumns();
    void openColumnChooser();
    void askSizes(const QString &question, const QString &action, const QString &detail, std::function<void()> then);
    std::vector<const RunRow *> rowsOf(const std::vector<RunId> &runs) const;
    QString dependants(const std::vector<const RunRow *> &rows) const;

    RunsModel *m_model;
    RunUpkeep *m_upkeep;
    RunsSide *m_side = nullptr;
    DataTable *m_table = nullptr;
    RunsQueryLine *m_query = nullptr;
    Button *m_save = nullptr;
    Strip *m_moved = nullptr;
    Button *m_columnsButton = nullptr;
    TextLabel *m_count = nullptr;
    TextLabel *m_problem = nullptr;
    RunSummary *m_summary = nullptr;
    SelectionBar *m_bar = nullptr;
    std::vector<Button *> m_liveActions; ///< of the selection bar, outside the view Deleted
    std::vector<Button *> m_deletedActions; ///< in it
    Button *m_compare = nullptr;
    Toast *m_toast = nullptr;
    QStackedWidget *m_stack = nullptr;
    QStackedWidget *m_tableStack = nullptr;
    EmptyState *m_noMatch = nullptr;
    std::vector<SavedQuery> m_queries;
    std::map<std::string, std::string> m_settings;
    QString m_settingsOf; ///< the store whose settings were applied
    QStringList m_columns;
    int m_anchor = -1; ///< row that a range of selected rows starts at
    bool m_first = true;
    RunId m_lineageOf; ///< run whose corrections were asked for
    bool m_lineageStale = false; ///< the store has changed since
    /// Two runs and what their difference depends on.
    struct DifferenceOf {
        RunId run;
        RunId reference;
        QString state;
        bool operator==(const DifferenceOf &) const = default;
    };
    DifferenceOf m_differenceWanted;
    DifferenceOf m_differenceKnown;
    bool m_askingDifference = false;
};

} // namespace winnow::ui
