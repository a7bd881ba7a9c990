#pragma once

#include "ui/models/samples_model.h"
#include "ui/models/selection_model.h"
#include "ui/pages/page.h"
#include "ui/pages/sample_detail.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

class QHBoxLayout;
class QMenu;
class QStackedWidget;
class QVBoxLayout;

namespace winnow::ui {

class Button;
class Chip;
class DataTable;
class EmptyState;
class FilmPlot;
class HistogramPlot;
class Panel;
class ProgressBar;
class SampleGrid;
class SampleSets;
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
    /// By their place in the training set; from another page.
    void selectRows(const std::vector<std::uint32_t> &samples);
    bool loaded() const { return m_data != nullptr; }
    /// Samples of the shown run whose key holds these letters, at most `most`.
    using FoundKeys = std::function<void(const std::vector<std::pair<std::uint32_t, std::string>> &rowsAndKeys)>;
    /// Looks in the store; `found` is called later, or never when this page goes first.
    void findKeys(const QString &letters, std::size_t most, const FoundKeys &found);
    QString runName() const { return m_data ? m_data->run.name() : QString(); }
    void undo();
    void redo();
    SamplesModel &model() { return *m_model; }
    SampleSets &sets() { return *m_sets; }
    void setGrid(bool on);
    /// Chosen for triage: K F X U of the keyboard.
    void decide(Decision decision);
    void decideAll(Decision decision);
    void openRankers();

Q_SIGNALS:
    /// Clone a run, training on another row file.
    void cloneOnDataRequested(winnow::RunId run, const QString &trainFile);

protected:
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
    void showScatter();
    void showCurrentPoint();
    static constexpr int scatterColumns = 6;
    static QString scatterName(int column);
    static QString scatterAxis(int column); ///< in words, with the unit
    void showCounts();
    void showDetail();
    void showFirst();
    void noteRows(const std::vector<std::uint32_t> &samples);
    void rebuildChips();
    void askDecideAll();
    void storeDecisions(const std::vector<std::uint32_t> &samples);
    void offerClone(const QString &path, const QString &summary);
    void move(int by);
    void brushWeights(std::size_t snapshot, double low, double high, Qt::KeyboardModifiers modifiers, QObject *origin);
    void showRebuilt();
    void showAge();
    void addFilterChip(const QString &field, const QString &name, const QVector<std::pair<QString, QString>> &values);
    void addExtraChips();
    void fillFilterMenu(QMenu *menu);
    void setFilter(const SelectionModel::Filter &filter);
    void removeFilter(const QString &field, const QString &text);
    void addKeys();
    void addScopeKeys();
    void buildScrubber(QVBoxLayout *layout);
    QWidget *buildRows();
    void buildTools(Panel *panel);
    void showRankName();
    std::optional<SampleDetail::View> viewOf(std::size_t sample) const;
    void moveIteration(int snapshots);

    SelectionModel *m_selection;
    SamplesModel *m_model;
    SampleSets *m_sets;
    QWidget *m_subject = nullptr;
    Button *m_picker = nullptr;
    QMenu *m_pickerMenu = nullptr;
    Button *m_rankBy = nullptr;
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
    QStackedWidget *m_views = nullptr;
    SegmentedControl *m_viewSwitch = nullptr;
    Button *m_scatterY = nullptr;
    int m_scatterColumn = 0; ///< what the vertical axis shows, 0: loss
    std::shared_ptr<const std::vector<float>> m_scatterValues; ///< of m_scatterOf and m_scatterShows
    std::shared_ptr<const SamplesData> m_scatterOf;
    int m_scatterShows = 0;
    DataTable *m_table = nullptr;
    SampleGrid *m_grid = nullptr;

    SampleDetail *m_detail = nullptr;
    Toast *m_toast = nullptr;
    std::shared_ptr<const SamplesData> m_data;
    RunId m_run;
    std::uint64_t m_shownRevision = 0; ///< of the selection; 0: show everything
    bool m_loading = false;
    bool m_firstWanted = false;
    int m_brushNumber = 0;
    double m_filmLow = -0.5;
    double m_filmHigh = 2;
};

} // namespace winnow::ui
