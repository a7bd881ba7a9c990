#pragma once

#include "ui/pages/page.h"
#include "ui/widgets/panel.h"

#include <map>
#include <optional>

class QMenu;
class QStackedWidget;

namespace winnow::ui {

class Badge;
class Button;
class CurvePlot;
class EmptyState;
class EventList;
class FilmPlot;
class KpiStrip;
class Plot;
class ProgressBar;
class SegmentedControl;
class Slider;
class Switch;
class TextLabel;
struct Curve;
struct CurveTail;

/// Watch one run and know whether it is healthy.
class LivePage : public Page {
    Q_OBJECT
public:
    explicit LivePage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override { return tr("Live"); }
    QWidget *subject() override { return m_subject; }
    void setRuns(const RunsData &runs) override;
    void activate() override;
    void refresh() override;
    void showRun(RunId run);
    RunId run() const { return m_run; }
    void togglePause();
    /// The x of the cursor that crosses all plots.
    void setCursor(std::optional<double> iteration);

private:
    enum class Axis { Iteration, Epoch, Samples, Relative, WallTime };

    QWidget *buildHead();
    Strip *buildEndStrip(Strip::Kind kind);
    QWidget *buildControls();
    QWidget *buildPlots();
    void preparePlots();
    void buildSubject();
    void showHead();
    void showEnd();
    void showFigures();
    void showAll();
    void showLoss();
    void showMarks();
    QString whyNoWeights() const;
    void showDetection();
    void showHardware();
    void showFilm();
    void showHealth();
    void showEvents();
    void shareAxis();
    void shareView();
    void exportSeries();
    QString axisTitle(double x) const;
    double axisOf(std::int64_t step) const;
    std::vector<double> axisOf(const std::vector<std::int64_t> &steps) const;
    CurveTail pointsOf(const MetricSeries &series, std::size_t first) const;
    void showSeries(CurvePlot *plot, std::vector<std::string> series, std::vector<Curve> curves);
    LivePlace place() const;
    void take(LiveData loaded);
    const MetricSeries *series(const char *name) const;
    std::optional<double> lastOf(const char *name) const;
    void updateChoices(const RunsData &runs);

    QWidget *m_subject = nullptr;
    Button *m_picker = nullptr;
    QMenu *m_pickerMenu = nullptr;
    TextLabel *m_activity = nullptr;
    QStackedWidget *m_stack = nullptr;
    EmptyState *m_empty = nullptr;
    TextLabel *m_name = nullptr;
    Badge *m_badge = nullptr;
    TextLabel *m_settings = nullptr;
    ProgressBar *m_progress = nullptr;
    TextLabel *m_steps = nullptr;
    TextLabel *m_left = nullptr;
    Button *m_pause = nullptr;
    Button *m_stop = nullptr;
    Strip *m_interrupted = nullptr;
    Strip *m_failed = nullptr;
    std::optional<RunId> m_kept; ///< told to be kept as it is: not asked about again
    KpiStrip *m_figures = nullptr;
    SegmentedControl *m_axis = nullptr;
    Slider *m_smoothing = nullptr;
    TextLabel *m_smoothingText = nullptr;
    Switch *m_follow = nullptr;
    SegmentedControl *m_lossTabs = nullptr;
    SegmentedControl *m_hardwareTabs = nullptr;
    Panel *m_lossPanel = nullptr;
    Panel *m_detectionPanel = nullptr;
    Panel *m_hardwarePanel = nullptr;
    Panel *m_filmPanel = nullptr;
    Panel *m_healthPanel = nullptr;
    CurvePlot *m_loss = nullptr;
    CurvePlot *m_detection = nullptr;
    CurvePlot *m_hardware = nullptr;
    FilmPlot *m_film = nullptr;
    CurvePlot *m_health = nullptr;
    EventList *m_events = nullptr;
    std::vector<Plot *> m_plots;
    LiveData m_data; ///< with whole curves
    /// What the curves of a plot were made from: while it stays the same, new points go behind them.
    struct ShownSeries {
        std::uint64_t reading = 0;
        int axis = 0;
        std::vector<std::string> series;
        std::vector<std::size_t> points;
    };
    std::map<const CurvePlot *, ShownSeries> m_shown;
    RunId m_run;
    bool m_chosen = false; ///< by the person; otherwise the newest active run is shown
    bool m_loading = false;
    bool m_again = false; ///< something was written while it loaded
    std::optional<RunId> m_pausing; ///< asked to pause; it stops after the step that it is in
    std::int64_t m_pausingFrom = 0; ///< that step
    std::optional<double> m_cursorAt;
};

} // namespace winnow::ui
