#pragma once

#include "core/rank/agreement.h"
#include "core/report/comparison.h"
#include "ui/pages/page.h"
#include "ui/plots/curve_plot.h"
#include "ui/support/scoring.h"
#include "ui/support/table_text.h"

#include <QMultiHash>

#include <array>
#include <optional>

class QHBoxLayout;
class QMenu;
class QStackedWidget;
class QVBoxLayout;

namespace winnow::ui {

class Button;
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
    /// How candidates are picked on this page.
    const ScoringChoice &scoring() const { return m_choice; }
    /// How alike A and the run beside it weigh the samples; nothing when that cannot be said.
    const std::optional<WeightAgreement> &agreement() const { return m_agreement; }
    /// Rows of the samples in the list, largest rank gap first: of the quadrant, or of what was brushed.
    const std::vector<std::uint32_t> &listed() const { return m_listed; }
    void showQuadrantOf(Quadrant quadrant);
    /// What a drag over the scatter takes, adds or removes becomes the list; nothing: the quadrant again.
    void brush(const std::vector<std::uint32_t> &samples, Qt::KeyboardModifiers modifiers);
    TableText accuracyTable(TableForm form) const;
    TableText pairTable(TableForm form) const;
    QString selectionText() const override;

Q_SIGNALS:
    void openInSamplesRequested(winnow::RunId run, const std::vector<std::uint32_t> &samples);
    /// The questions on which these two pick differently.
    void flipsRequested(const std::vector<winnow::RunId> &runs);

private:
    QWidget *buildHead();
    QWidget *buildTop();
    void buildLines();
    void exportCurves();
    QWidget *buildBottom();
    void buildWeights();
    void buildOverlap();
    void buildList();
    void load();
    void apply(std::shared_ptr<const EvaluationData> loaded);
    void showHead();
    void showSettings();
    void showPairs();
    void showPair();
    void addBaselines(std::vector<Curve> &curves, QVector<Plot::DirectLabel> &labels, double &lowest) const;
    void showAccuracy();
    void showAgainstIteration();
    void showVerdict();
    void showWeights();
    void showOverlap();
    void showQuadrant();
    void showList();
    void readTexts();
    void showTexts(const std::vector<SampleRecord> &records);
    void showPicture(const QString &path);
    std::vector<std::uint32_t> listedSamples() const;
    void rowChosen(int row);
    void addRunMenu();
    void buildExport(QHBoxLayout *layout);
    /// Whether A and the run beside it were trained on the same rows.
    bool sameData() const;
    QString dataText() const;
    const RunScores *other() const; ///< the run that stands beside A
    QString quadrantName(Quadrant quadrant) const;
    QString whyNoWeights() const;
    std::vector<Cell> rowOf(std::uint32_t sample) const;

    std::vector<RunId> m_ids;
    RunRows m_rows;
    std::shared_ptr<const EvaluationData> m_data;
    ScoringChoice m_choice;
    std::size_t m_pair = 1;
    std::optional<WeightAgreement> m_agreement;
    Baselines m_baselines;
    Quadrant m_quadrant = Quadrant::OnlyARejects;
    std::vector<std::uint32_t> m_brushed; ///< empty: the list is of the quadrant
    std::vector<std::uint32_t> m_listed;  ///< sample of each row; the first ones are shown
    int m_listNumber = 0;                 ///< texts of an older list come too late
    QMultiHash<QString, int> m_pictureRows; ///< by path
    QStackedWidget *m_stack = nullptr;
    QHBoxLayout *m_chips = nullptr;
    TextLabel *m_same = nullptr;
    Button *m_differ = nullptr;
    QMenu *m_differMenu = nullptr;
    Button *m_score = nullptr;
    Button *m_ties = nullptr;
    SegmentedControl *m_against = nullptr;
    Button *m_evaluate = nullptr; ///< for a run without an evaluation
    RunId m_unevaluated;
    SegmentedControl *m_pairs = nullptr;
    std::array<QAction *, 3> m_lines{}; ///< oracle, self-consistency, random
    std::array<QAction *, quadrantCount> m_quadrantActions{};
    Button *m_open = nullptr;
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
