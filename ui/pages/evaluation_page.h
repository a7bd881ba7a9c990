#pragma once

#include "ui/pages/page.h"
#include "ui/support/scoring.h"

class QStackedWidget;

namespace winnow::ui {

class Button;
class CurvePlot;
class DataTable;
class EmptyState;
class IntervalChart;
class Panel;
class QuestionView;
class SegmentedControl;
class SimpleTable;
class TextLabel;

/// The court of best-of-N: how accurate each run is, what it picks, and why.
class EvaluationPage : public Page {
    Q_OBJECT
public:
    explicit EvaluationPage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override { return tr("Evaluation"); }
    QWidget *subject() override { return m_subject; }
    void setRuns(const RunsData &runs) override;
    void activate() override;
    void showRuns(const std::vector<RunId> &runs);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Judged {
        std::vector<ScoredQuestion> questions;
        BestOfN result;
    };
    QWidget *buildControls();
    QWidget *buildLeft();
    QWidget *buildRight();
    void load();
    void apply(std::shared_ptr<const EvaluationData> loaded);
    void judge();
    void showAccuracy();
    void showSubjects();
    void showChanged();
    void showQuestion(std::size_t question);
    void showHistory(std::size_t question);

    std::vector<RunId> m_ids;
    std::shared_ptr<const EvaluationData> m_data;
    std::vector<Judged> m_judged;
    std::vector<std::size_t> m_changed; ///< questions whose pick A and the reference differ on
    ScoringChoice m_choice;
    std::size_t m_question = 0;
    QWidget *m_subject = nullptr;
    TextLabel *m_set = nullptr;
    QStackedWidget *m_stack = nullptr;
    SegmentedControl *m_candidates = nullptr;
    SegmentedControl *m_score = nullptr;
    SegmentedControl *m_ties = nullptr;
    SegmentedControl *m_readout = nullptr;
    std::vector<std::size_t> m_counts;
    Panel *m_accuracyPanel = nullptr;
    IntervalChart *m_accuracy = nullptr;
    Panel *m_subjectPanel = nullptr;
    IntervalChart *m_subjects = nullptr;
    Panel *m_changedPanel = nullptr;
    SimpleTable *m_changedModel = nullptr;
    DataTable *m_changedTable = nullptr;
    Panel *m_questionPanel = nullptr;
    QuestionView *m_questionView = nullptr;
    SimpleTable *m_candidateModel = nullptr;
    DataTable *m_candidateTable = nullptr;
    Panel *m_historyPanel = nullptr;
    CurvePlot *m_history = nullptr;
    bool m_loading = false;
};

} // namespace winnow::ui
