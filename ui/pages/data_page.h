#pragma once

#include "ui/pages/page.h"

class QStackedWidget;

namespace winnow::ui {

class DataTable;
class EmptyState;
class IntervalChart;
class Panel;
class SimpleTable;
class TextLabel;

/// What went in, and what was dropped.
class DataPage : public Page {
    Q_OBJECT
public:
    explicit DataPage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override { return tr("Data"); }
    void setRuns(const RunsData &runs) override;
    void activate() override { load(); }

private:
    void load();
    void showSet(int row);

    std::vector<DatasetSummary> m_sets;
    QStackedWidget *m_stack = nullptr;
    SimpleTable *m_list = nullptr;
    DataTable *m_listTable = nullptr;
    Panel *m_detail = nullptr;
    SimpleTable *m_facts = nullptr;
    DataTable *m_factsTable = nullptr;
    Panel *m_dropped = nullptr;
    SimpleTable *m_drops = nullptr;
    DataTable *m_dropsTable = nullptr;
    Panel *m_balance = nullptr;
    IntervalChart *m_subjects = nullptr;
    bool m_loading = false;
};

} // namespace winnow::ui
