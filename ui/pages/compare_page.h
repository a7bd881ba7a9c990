#pragma once

#include "core/eval/statistics.h"
#include "ui/pages/page.h"
#include "ui/support/scoring.h"

class QHBoxLayout;
class QMenu;
class QStackedWidget;
class QVBoxLayout;

namespace winnow::ui {

class Button;
class CurvePlot;
class DataTable;
class EmptyState;
class Panel;
class PublishedShelf;
class ScatterPlot;
class SegmentedControl;
class SimpleTable;
class TextLabel;
class VerdictView;

/// Does one run beat another, and where do they disagree? The first run is the reference.
class ComparePage : public Page {
    Q_OBJECT
public:
    explicit ComparePage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override { return tr("Compare"); }
    void setRuns(const RunsData &runs) override;
    void activate() override;
    void compare(const std::vector<RunId> &runs);
    const std::vector<RunId> &compared() const { return m_ids; }
    QString selectionText() const override;

Q_SIGNALS:
    void openInSamplesRequested(winnow::RunId run, const std::vector<std::string> &keys);

private:
    enum Quadrant { OnlyA, BothKeep, BothReject, OnlyB };

    QWidget *buildHead();
    QWidget *buildTop();
    QWidget *buildBottom();
    void load();
    void apply(std::shared_ptr<const EvaluationData> loaded);
    void showHead();
    void showAccuracy();
    void showAgainstIteration();
    void showVerdict();
    void showWeights();
    void showOverlap();
    void showQuadrant();
    /// Whether A and B, the pair that all weight panels are about, were trained on the same rows.
    bool sameData() const;
    QString dataText() const;

    std::vector<RunId> m_ids;
    std::vector<RunRow> m_rows;
    std::shared_ptr<const EvaluationData> m_data;
    ScoringChoice m_choice;
    Quadrant m_quadrant = OnlyA;
    std::vector<std::string> m_quadrantKeys;
    QStackedWidget *m_stack = nullptr;
    QHBoxLayout *m_chips = nullptr;
    TextLabel *m_same = nullptr;
    Button *m_differ = nullptr;
    QMenu *m_differMenu = nullptr;
    Button *m_score = nullptr;
    Button *m_ties = nullptr;
    SegmentedControl *m_against = nullptr;
    Panel *m_accuracyPanel = nullptr;
    CurvePlot *m_accuracy = nullptr;
    Panel *m_verdictPanel = nullptr;
    VerdictView *m_verdict = nullptr;
    Panel *m_weightsPanel = nullptr;
    ScatterPlot *m_weights = nullptr;
    Panel *m_overlapPanel = nullptr;
    CurvePlot *m_overlap = nullptr;
    Panel *m_listPanel = nullptr;
    SimpleTable *m_list = nullptr;
    DataTable *m_table = nullptr;
    bool m_loading = false;
};

} // namespace winnow::ui
