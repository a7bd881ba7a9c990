#pragma once

#include "core/report/comparison.h"
#include "ui/pages/page.h"
#include "ui/plots/curve_plot.h"
#include "ui/support/scoring.h"

class QAction;
class QMenu;
class QPlainTextEdit;
class QStackedWidget;

namespace winnow::ui {

class Button;
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
    /// Reads the runs again: one of them has a new evaluation.
    void reload();
    /// How candidates are picked; shown by the controls.
    void setChoice(const ScoringChoice &choice);
    const ScoringChoice &choice() const { return m_choice; }
    /// Right picks of each run under the choice; -1: not evaluated.
    std::vector<std::int64_t> correctPicks() const;
    /// Questions whose pick differs in being right between A and the run that it stands against.
    const std::vector<std::size_t> &changedQuestions() const { return m_changed; }
    std::size_t question() const { return m_question; }
    /// Milliseconds that the last change of the controls took to be shown.
    double lastJudgeMs() const { return m_judgeMs; }

private:
    void addKeys();
    struct Judged {
        std::vector<ScoredQuestion> questions;
        BestOfN result;
    };
    QWidget *buildControls();
    QWidget *buildLeft();
    void buildCurve();
    QString picksInWords(std::size_t question) const;
    QWidget *buildRight();
    void load();
    void apply(std::shared_ptr<const EvaluationData> loaded);
    void judge();
    void applyChoice();
    void showAccuracy();
    void showCurve();
    Curve curveOf(std::size_t run, bool againstN) const;
    void showCounts();
    void stepChanged(int by);
    void toggleWhole();
    void buildRunsMenu();
    std::size_t reference() const; ///< the run that A stands against
    QString answerOf(std::size_t question, const Pick &pick) const;
    QString answersInWords(std::size_t question) const;
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
    Button *m_more = nullptr;
    QAction *m_sumLog = nullptr;
    Button *m_runs = nullptr;
    QMenu *m_runsMenu = nullptr;
    RunRows m_rows;
    std::vector<std::size_t> m_counts;
    Baselines m_baselines;
    SegmentedControl *m_accuracyTabs = nullptr;
    QStackedWidget *m_accuracyStack = nullptr;
    CurvePlot *m_curve = nullptr;
    TextLabel *m_countsText = nullptr;
    SegmentedControl *m_subjectTabs = nullptr;
    QPlainTextEdit *m_whole = nullptr;
    double m_judgeMs = 0;
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
