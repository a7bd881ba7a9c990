#include "ui/pages/live_page.h"

#include "ui/bridge/store_session.h"
#include "ui/pages/event_list.h"
#include "ui/pages/plot_menu.h"
#include "ui/plots/curve_plot.h"
#include "ui/plots/film_plot.h"
#include "ui/support/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/kpi_strip.h"
#include "ui/widgets/run_badge.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_label.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenu>
#include <QSaveFile>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace winnow::ui {

LivePage::LivePage(const PageContext &context, QWidget *parent) : Page(context, parent)
{
    buildSubject();
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_stack = new QStackedWidget;
    outer->addWidget(m_stack);
    m_empty = new EmptyState(theme(), QStringLiteral("live"), tr("No run is active."), tr("New run"));
    connect(m_empty, &EmptyState::actionTriggered, this, [this] { Q_EMIT newRunRequested(RunId{}); });
    m_stack->addWidget(m_empty);
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(12, 8, 12, 12);
    layout->setSpacing(6);
    layout->addWidget(buildHead());
    m_interrupted = buildEndStrip(Strip::Kind::Interrupted);
    layout->addWidget(m_interrupted);
    m_failed = buildEndStrip(Strip::Kind::Error);
    layout->addWidget(m_failed);
    m_figures = new KpiStrip(theme());
    layout->addWidget(m_figures);
    layout->addWidget(buildControls());
    layout->addWidget(buildPlots(), 1);
    m_stack->addWidget(content);
    connect(&session(), &StoreSession::touched, this, [this] {
        if (isVisible())
            refresh();
    });
    addKey(QStringLiteral("live.pause"), tr("Pause or resume the run"), {Qt::Key_P}, [this] {
        if (m_pause->isEnabled())
            togglePause();
    });
}

Strip *LivePage::buildEndStrip(Strip::Kind kind)
{
    auto *strip = new Strip(theme(), kind);
    connect(strip->addAction(tr("Resume")), &Button::clicked, this, [this] { Q_EMIT resumeRequested(m_run); });
    connect(strip->addAction(tr("Keep as it is")), &Button::clicked, this, [this] {
        m_kept = m_run;
        showEnd();
    });
    strip->hide();
    return strip;
}

void LivePage::buildSubject()
{
    m_subject = new QWidget;
    auto *layout = new QHBoxLayout(m_subject);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    m_picker = new Button(theme(), tr("Choose a run"));
    m_pickerMenu = new QMenu(m_picker);
    m_picker->setMenu(m_pickerMenu);
    m_picker->setMaximumWidth(theme().scaled(260));
    layout->addWidget(m_picker);
    m_activity = new TextLabel(theme(), {}, TextRole::Panel, "text3");
    layout->addWidget(m_activity);
    layout->addStretch();
}

QWidget *LivePage::buildHead()
{
    auto *head = new QWidget;
    head->setFixedHeight(theme().scaled(52));
    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(12, 0, 12, 0);
    layout->setSpacing(12);
    auto *left = new QVBoxLayout;
    left->setSpacing(4);
    auto *words = new QHBoxLayout;
    words->setSpacing(10);
    m_name = new TextLabel(theme(), {}, TextRole::BodyStrong);
    m_name->setElide(Qt::ElideMiddle);
    m_badge = new Badge(theme());
    m_settings = new TextLabel(theme(), {}, TextRole::Panel, "text3");
    m_settings->setElide(Qt::ElideRight);
    words->addWidget(m_name);
    words->addWidget(m_badge);
    words->addWidget(m_settings, 1);
    left->addLayout(words);
    auto *bar = new QHBoxLayout;
    bar->setSpacing(10);
    m_progress = new ProgressBar(theme(), 6, Token::Running);
    m_steps = new TextLabel(theme(), {}, TextRole::Mono);
    m_left = new TextLabel(theme(), {}, TextRole::Caption, "text3");
    bar->addWidget(m_progress, 1);
    bar->addWidget(m_steps);
    bar->addWidget(m_left);
    left->addLayout(bar);
    layout->addLayout(left, 1);
    m_pause = new Button(theme(), tr("Pause"));
    m_pause->setIconName(QStringLiteral("pause"));
    m_pause->setKeyHint(QStringLiteral("P"));
    connect(m_pause, &Button::clicked, this, &LivePage::togglePause);
    m_stop = new Button(theme(), tr("Stop…"));
    m_stop->setIconName(QStringLiteral("stop"));
    auto *stopMenu = new QMenu(m_stop);
    stopMenu->addAction(tr("Stop and keep checkpoint"), this, [this] { Q_EMIT stopRequested(m_run); });
    stopMenu->addAction(tr("Stop and discard since last checkpoint…"), this, [this] { Q_EMIT discardRequested(m_run); });
    m_stop->setMenu(stopMenu);
    m_stop->setMenuArrow(false);
    auto *clone = new Button(theme(), tr("Clone…"));
    clone->setIconName(QStringLiteral("clone"));
    connect(clone, &Button::clicked, this, [this] { Q_EMIT newRunRequested(m_run); });
    auto *exportButton = new Button(theme(), tr("Export…"));
    exportButton->setIconName(QStringLiteral("export"));
    exportButton->setToolTip(tr("All series of this run as one CSV file"));
    connect(exportButton, &Button::clicked, this, &LivePage::exportSeries);
    for (Button *button : {m_pause, m_stop, clone, exportButton})
        layout->addWidget(button);
    return head;
}

QWidget *LivePage::buildControls()
{
    auto *line = new QWidget;
    line->setFixedHeight(theme().scaled(30));
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    m_axis = new SegmentedControl(theme(), {tr("Iteration"), tr("Epoch"), tr("Samples seen"), tr("Relative"), tr("Wall time")});
    connect(m_axis, &SegmentedControl::currentChanged, this, [this] {
        setCursor(std::nullopt);
        for (Plot *plot : m_plots)
            plot->fit();
        showAll();
    });
    layout->addWidget(m_axis);
    layout->addWidget(new TextLabel(theme(), tr("Smoothing"), TextRole::Panel, "text2"));
    m_smoothing = new Slider(theme());
    m_smoothing->setRange(0, 99);
    m_smoothing->setValue(90);
    m_smoothing->setFixedWidth(theme().scaled(112));
    m_smoothing->setAccessibleName(tr("Smoothing"));
    m_smoothingText = new TextLabel(theme(), QStringLiteral("0.90"), TextRole::Mono);
    connect(m_smoothing, &QSlider::valueChanged, this, [this](int value) {
        m_smoothingText->setText(fixedText(value / 100.0, 2));
        m_loss->setSmoothing(value / 100.0);
        showFigures();
    });
    layout->addWidget(m_smoothing);
    layout->addWidget(m_smoothingText);
    layout->addStretch();
    layout->addWidget(new TextLabel(theme(), tr("Follow newest"), TextRole::Panel, "text2"));
    m_follow = new Switch(theme());
    m_follow->setChecked(true);
    m_follow->setAccessibleName(tr("Follow newest"));
    connect(m_follow, &QAbstractButton::toggled, this, [this](bool on) {
        for (Plot *plot : m_plots)
            if (on)
                plot->fit();
        shareAxis();
    });
    layout->addWidget(m_follow);
    return line;
}

QWidget *LivePage::buildPlots()
{
    const auto panel = [this](const QString &title, QWidget *body) {
        auto *made = new Panel(theme(), title);
        made->setBody(body, QMargins(0, 0, 4, 2));
        made->addPlotTools();
        return made;
    };
    m_loss = new CurvePlot(theme());
    m_loss->setSmoothing(0.9);
    m_loss->showExtremeLabel(true);
    m_lossPanel = panel(tr("Loss"), m_loss);
    m_lossTabs = new SegmentedControl(theme(), {tr("Loss"), tr("Accuracy"), tr("Hypergradient norm"), tr("Learning rates")});
    m_lossTabs->setSmall(true);
    connect(m_lossTabs, &SegmentedControl::currentChanged, this, [this] {
        m_loss->fit();
        showLoss();
        showFigures();
    });
    m_lossPanel->addTool(m_lossTabs);
    m_detection = new CurvePlot(theme());
    m_detectionPanel = panel(tr("Detection of known noise"), m_detection);
    m_hardware = new CurvePlot(theme());
    m_hardwarePanel = panel(tr("Hardware"), m_hardware);
    m_hardwareTabs = new SegmentedControl(theme(), {tr("Use"), tr("Memory"), tr("Disk"), tr("Heat, power")});
    m_hardwareTabs->setSmall(true);
    m_hardwareTabs->setAccessibleName(tr("Hardware"));
    connect(m_hardwareTabs, &SegmentedControl::currentChanged, this, [this] {
        showHardware();
        shareAxis();
    });
    m_hardwarePanel->addTool(m_hardwareTabs);
    m_film = new FilmPlot(theme());
    m_filmPanel = panel(tr("Weight film"), m_film);
    m_health = new CurvePlot(theme());
    m_healthPanel = panel(tr("Weight health"), m_health);
    m_events = new EventList(theme());
    auto *eventsPanel = new Panel(theme(), tr("Events"));
    eventsPanel->setBody(m_events);
    connect(m_events, &EventList::stepChosen, this, [this](double step) {
        setCursor(axisOf(static_cast<std::int64_t>(step)));
    });
    preparePlots();
    const auto column = [this](const std::vector<QWidget *> &parts, const QList<int> &heights) {
        auto *splitter = new QSplitter(Qt::Vertical);
        splitter->setHandleWidth(8);
        splitter->setChildrenCollapsible(false);
        for (QWidget *part : parts)
            splitter->addWidget(part);
        splitter->setSizes(heights);
        return splitter;
    };
    auto *both = new QSplitter(Qt::Horizontal);
    both->setHandleWidth(10);
    both->setChildrenCollapsible(false);
    both->addWidget(column({m_lossPanel, m_detectionPanel, m_hardwarePanel}, {296, 212, 130}));
    both->addWidget(column({m_filmPanel, m_healthPanel, eventsPanel}, {296, 212, 130}));
    both->setSizes({600, 400});
    both->setStretchFactor(0, 6);
    both->setStretchFactor(1, 4);
    return both;
}

void LivePage::preparePlots()
{
    m_plots = {m_loss, m_detection, m_hardware, m_film, m_health};
    for (Plot *plot : m_plots) {
        plot->setPlotMargins(40, 12, plot == m_loss || plot == m_hardware ? 20 : plot == m_detection ? 204 : 110, 24);
        plot->setReadoutVisible(plot == m_loss || plot == m_hardware);
        connect(plot, &Plot::cursorMoved, this, [this, plot](double x) {
            for (Plot *other : m_plots)
                other->setReadoutVisible(other == plot);
            setCursor(x);
        });
        connect(plot, &Plot::cursorLeft, this, [this] { setCursor(std::nullopt); });
        connect(plot, &Plot::marksChanged, this, [this](bool pinned, std::optional<double> from) {
            for (Plot *other : m_plots)
                other->setMarks(pinned, from);
        });
    }
    m_loss->setDescription(tr("Loss"));
    m_detection->setDescription(tr("Detection of known noise"));
    m_hardware->setDescription(tr("Hardware"));
    m_film->setDescription(tr("Weight film"));
    m_health->setDescription(tr("Weight health"));
    m_loss->setYTicks(4);
    m_detection->setYTicks(3);
    m_health->setYTicks(4);
    m_hardware->setYTicks(2);
    shareView(); // the menus are named after the plots
}

void LivePage::shareView()
{
    for (Plot *plot : m_plots) {
        connect(plot, &Plot::viewMoved, this, [this, plot](double low, double high) {
            for (Plot *other : m_plots)
                if (other != plot)
                    other->showX(low, high);
        });
        connect(plot, &Plot::viewFitted, this, [this, plot] {
            for (Plot *other : m_plots)
                if (other != plot)
                    other->fit();
        });
    }
    const std::pair<Panel *, Plot *> panels[] = {{m_lossPanel, m_loss},
                                                 {m_detectionPanel, m_detection},
                                                 {m_hardwarePanel, m_hardware},
                                                 {m_filmPanel, m_film},
                                                 {m_healthPanel, m_health}};
    for (const auto &[panel, plot] : panels)
        connect(new PlotMenu(theme(), panel, plot), &PlotMenu::message, this, &LivePage::message);
}

void LivePage::exportSeries()
{
    auto *dialog = new QFileDialog(window(), tr("Export all series"), QStringLiteral("run-%1.csv").arg(m_run.value),
                                   QStringLiteral("csv (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        QByteArray bytes = "series,iteration,value,utc_ms\n";
        for (const auto &[name, values] : m_data.series)
            for (std::size_t i = 0; i < values.steps.size(); ++i)
                bytes += QByteArray::fromStdString(name) + ',' + QByteArray::number(static_cast<qlonglong>(values.steps[i])) + ','
                         + QByteArray::number(values.values[i], 'g', 17) + ','
                         + QByteArray::number(static_cast<qlonglong>(values.wallMs[i])) + '\n';
        QSaveFile file(path);
        const bool written = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
        Q_EMIT message(written ? tr("Wrote %1").arg(path)
                               : tr("Could not write %1: %2. Choose another file.").arg(path, file.errorString()));
    });
    dialog->open();
}

void LivePage::setRuns(const RunsData &runs)
{
    updateChoices(runs);
    if (!m_chosen) {
        RunId newest;
        for (const RunRow &row : runs.rows)
            if (row.active() && row.id() > newest)
                newest = row.id();
        if (!newest && !m_run && !runs.rows.empty())
            for (const RunRow &row : runs.rows)
                if (row.record.step > 0 && row.id() > newest)
                    newest = row.id();
        if (newest)
            m_run = newest;
    }
    if (!m_run)
        m_stack->setCurrentIndex(0);
    else if (isVisible())
        refresh();
}

void LivePage::updateChoices(const RunsData &runs)
{
    int active = 0;
    int queued = 0;
    int paused = 0;
    m_pickerMenu->clear();
    int shown = 0;
    for (const RunRow &row : runs.rows) {
        const bool waits = row.active() && row.record.state == RunState::Paused;
        active += row.active() && !waits ? 1 : 0;
        paused += waits ? 1 : 0;
        queued += row.record.state == RunState::Queued ? 1 : 0;
        if (row.record.archived || ++shown > 40)
            continue;
        QString name = row.name();
        QAction *action = m_pickerMenu->addAction(name.replace(QLatin1Char('&'), QStringLiteral("&&")));
        connect(action, &QAction::triggered, this, [this, id = row.id()] { showRun(id); });
    }
    QStringList activity;
    if (active + queued > 0)
        activity << tr("%1 running, %2 queued").arg(thousands(active), thousands(queued));
    if (paused > 0)
        activity << tr("%1 paused").arg(thousands(paused));
    m_activity->setText(activity.join(QStringLiteral(", ")));
}

void LivePage::activate()
{
    refresh();
}

void LivePage::showRun(RunId run)
{
    m_run = run;
    m_chosen = true;
    refresh();
}

void LivePage::refresh()
{
    if (!m_run)
        return;
    if (m_loading) {
        m_again = true;
        return;
    }
    m_loading = true;
    m_again = false;
    const RunId wanted = m_run;
    session().request<LiveData>(
        this, [wanted, seen = place()](StoreReader &reader) { return reader.live(wanted, seen); },
        [this, wanted](Result<LiveData> result) {
            m_loading = false;
            if (wanted == m_run && result.ok()) {
                m_lossPanel->clearError();
                take(std::move(result).value());
            } else if (wanted == m_run) {
                m_lossPanel->showError(coreWords(result.error().message));
            }
            if (m_again || wanted != m_run)
                refresh();
        });
}

void LivePage::togglePause()
{
    if (m_data.run.record.state != RunState::Running) {
        Q_EMIT resumeRequested(m_run);
        return;
    }
    m_pausing = m_run;
    m_pausingFrom = m_data.run.record.step;
    Q_EMIT pauseRequested(m_run);
    showHead();
}

} // namespace winnow::ui
