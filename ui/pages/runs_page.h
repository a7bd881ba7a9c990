#pragma once

#include "ui/models/runs_model.h"
#include "ui/pages/page.h"

#include <QLineEdit>

class QStackedWidget;

namespace winnow::ui {

class Button;
class ChoiceField;
class DataTable;
class EmptyState;
class FirstStart;
class RunSummary;
class SelectionBar;
class TextLabel;
class Toast;
class ViewList;

/// Find, judge and act on runs.
class RunsPage : public Page {
    Q_OBJECT
public:
    explicit RunsPage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override { return tr("Runs"); }
    QWidget *primary() override;
    void setRuns(const RunsData &runs) override;
    QString selectionText() const override;
    RunsModel &model() { return *m_model; }
    void selectRuns(std::vector<RunId> runs) { m_model->setSelected(std::move(runs)); }
    void compareSelected();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *buildViews();
    QWidget *buildMiddle();
    void buildSelectionBar();
    void applyQuery(const QString &text);
    void showContextMenu(const QPoint &point);
    void updateCounts();
    void currentRowChanged(int row);
    void archiveSelected();
    void exportCsv();
    void writeToRuns(const std::vector<RunId> &runs, std::function<Status(RunStore &, RunId)> change, const QString &done,
                     std::function<void()> undo = {});
    void askDelete(const std::vector<RunId> &runs);

    RunsModel *m_model;
    DataTable *m_table = nullptr;
    ViewList *m_views = nullptr;
    QLineEdit *m_query = nullptr;
    TextLabel *m_count = nullptr;
    TextLabel *m_problem = nullptr;
    RunSummary *m_summary = nullptr;
    SelectionBar *m_bar = nullptr;
    Toast *m_toast = nullptr;
    QStackedWidget *m_stack = nullptr;
    QStackedWidget *m_tableStack = nullptr;
    EmptyState *m_noMatch = nullptr;
    std::function<void()> m_undo;
    bool m_first = true;
};

/// The views at the left of the runs page: name and count, one current.
class ViewList : public QWidget {
    Q_OBJECT
public:
    explicit ViewList(const Theme &theme, QWidget *parent = nullptr);
    void setEntries(const QVector<std::pair<QString, int>> &entries);
    void setCurrent(int index);

Q_SIGNALS:
    void chosen(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    const Theme &m_theme;
    QVector<std::pair<QString, int>> m_entries;
    int m_current = 0;
};

} // namespace winnow::ui
