#pragma once

#include "ui/models/samples_model.h"
#include "ui/models/selection_model.h"
#include "ui/pages/page.h"

class QHBoxLayout;
class QMenu;
class QStackedWidget;

namespace winnow::ui {

class Button;
class Chip;
class DataTable;
class EmptyState;
class FilmPlot;
class HistogramPlot;
class Panel;
class ProgressBar;
class SampleDetail;
class ScatterPlot;
class SegmentedControl;
class Slider;
class TextLabel;
class Toast;

/// Find, understand and decide on down-weighted samples. Film, histogram, scatter, table and detail show one selection.
class SamplesPage : public Page {
    Q_OBJECT
public:
    explicit SamplesPage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override { return tr("Samples"); }
    QWidget *subject() override { return m_subject; }
    void setRuns(const RunsData &runs) override;
    void activate() override;
    void refresh() override;
    QString selectionText() const override;
    void showRun(RunId run);
    RunId run() const { return m_run; }
    SelectionModel &selection() { return *m_selection; }
    /// Selects every sample that weighs at most `limit` at the iteration looked at.
    void selectBelow(double limit);
    void selectKeys(const std::vector<std::string> &keys);
    bool loaded() const { return m_data != nullptr; }
    void undo();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildSubject();
    QWidget *buildChips();
    QWidget *buildFilm();
    QWidget *buildScatter();
    QWidget *buildTable();
    void apply(std::shared_ptr<const SamplesData> loaded);
    void showSelection();
    void showFilm();
    void showHistogram();
    void showScatter();
    void showCounts();
    void showDetail();
    void rebuildChips();
    void showRankers();
    void decide(Decision decision);
    void decideAll();
    void move(int by);
    void moveIteration(int snapshots);

    SelectionModel *m_selection;
    SamplesModel *m_model;
    QWidget *m_subject = nullptr;
    Button *m_picker = nullptr;
    QMenu *m_pickerMenu = nullptr;
    Button *m_rankBy = nullptr;
    QMenu *m_rankMenu = nullptr;
    QStackedWidget *m_stack = nullptr;
    EmptyState *m_empty = nullptr;
    QHBoxLayout *m_chips = nullptr;
    TextLabel *m_count = nullptr;
    Panel *m_filmPanel = nullptr;
    FilmPlot *m_film = nullptr;
    HistogramPlot *m_histogram = nullptr;
    Slider *m_scrubber = nullptr;
    TextLabel *m_iteration = nullptr;
    Panel *m_scatterPanel = nullptr;
    ScatterPlot *m_scatter = nullptr;
    SegmentedControl *m_scope = nullptr;
    TextLabel *m_sort = nullptr;
    TextLabel *m_reviewed = nullptr;
    ProgressBar *m_reviewedBar = nullptr;
    Button *m_applyAll = nullptr;
    DataTable *m_table = nullptr;
    SampleDetail *m_detail = nullptr;
    Toast *m_toast = nullptr;
    std::shared_ptr<const SamplesData> m_data;
    std::vector<std::vector<std::pair<std::size_t, Decision>>> m_decisionUndo;
    RunId m_run;
    bool m_loading = false;
    double m_filmLow = -0.5;
    double m_filmHigh = 2;
};

} // namespace winnow::ui
