#include "ui/pages/samples_page.h"

#include "ui/bridge/store_session.h"
#include "ui/models/thumbnails.h"
#include "ui/pages/sample_detail.h"
#include "ui/pages/sample_grid.h"
#include "ui/pages/plot_menu.h"
#include "ui/pages/sample_sets.h"
#include "ui/plots/film_plot.h"
#include "ui/plots/histogram_plot.h"
#include "ui/plots/scatter_plot.h"
#include "ui/support/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/floating_bar.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/tour_card.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace winnow::ui {

SamplesPage::SamplesPage(const PageContext &context, QWidget *parent)
    : Page(context, parent), m_selection(new SelectionModel(this)),
      m_model(new SamplesModel(*m_selection, context.thumbnails, this)),
      m_sets(new SampleSets(context.session, *m_selection, *m_model, this))
{
    buildSubject();
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_stack = new QStackedWidget;
    outer->addWidget(m_stack);
    m_empty = new EmptyState(theme(), QStringLiteral("samples"),
                             tr("No weights yet. They appear after the first snapshot of a bi-level run."), tr("New run"));
    connect(m_empty, &EmptyState::actionTriggered, this, [this] { Q_EMIT newRunRequested(RunId{}); });
    m_stack->addWidget(m_empty);
    auto *content = new QWidget;
    auto *row = new QHBoxLayout(content);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto *left = new QWidget;
    auto *layout = new QVBoxLayout(left);
    layout->setContentsMargins(10, 0, 10, 10);
    layout->setSpacing(0);
    layout->addWidget(buildChips());
    auto *band = new QSplitter(Qt::Horizontal);
    band->setHandleWidth(8);
    band->setChildrenCollapsible(false);
    band->addWidget(buildFilm());
    band->addWidget(buildScatter());
    band->setSizes({600, 400});
    band->setStretchFactor(0, 6);
    band->setStretchFactor(1, 4);
    auto *vertical = new QSplitter(Qt::Vertical);
    vertical->setHandleWidth(8);
    vertical->setChildrenCollapsible(false);
    vertical->addWidget(band);
    vertical->addWidget(buildTable());
    vertical->setSizes({312, 460});
    vertical->setStretchFactor(0, 0);
    vertical->setStretchFactor(1, 1);
    layout->addWidget(vertical, 1);
    row->addWidget(left, 1);
    m_detail = new SampleDetail(theme(), context.thumbnails);
    row->addWidget(m_detail);
    connect(m_detail, &SampleDetail::decided, this, &SamplesPage::decide);
    connect(m_detail, &SampleDetail::previousRequested, this, [this] { move(-1); });
    connect(m_detail, &SampleDetail::nextRequested, this, [this] { move(1); });
    connect(m_detail, &SampleDetail::sampleChosen, this, [this](std::size_t sample) { m_selection->setCurrent(sample, m_detail); });
    connect(m_detail, &SampleDetail::noteEdited, &m_model->triage(), &Triage::setNote);
    m_stack->addWidget(content);
    m_toast = new Toast(theme(), this);
    connect(m_toast, &Toast::actionTriggered, this, &SamplesPage::undo);
    connect(m_selection, &SelectionModel::changed, this, &SamplesPage::showSelection);
    connect(m_model, &SamplesModel::rebuilt, this, &SamplesPage::showRebuilt);
    connect(m_model, &SamplesModel::trouble, m_toast, [this](const QString &text) { m_toast->showMessage(text); });
    connect(&m_model->rows(), &SampleRows::ready, this, &SamplesPage::noteRows);
    connect(&m_model->triage(), &Triage::changed, this, &SamplesPage::storeDecisions);
    connect(m_sets, &SampleSets::message, this, [this](const QString &text) { m_toast->showMessage(text); });
    connect(m_sets, &SampleSets::correctedWritten, this, &SamplesPage::offerClone);
    addKeys();
}

void SamplesPage::buildSubject()
{
    m_subject = new QWidget;
    auto *layout = new QHBoxLayout(m_subject);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_picker = new Button(theme(), tr("Choose a run"));
    m_picker->setMaximumWidth(theme().scaled(260));
    m_pickerMenu = new QMenu(m_picker);
    m_picker->setMenu(m_pickerMenu);
    layout->addWidget(m_picker);
    m_rankBy = new Button(theme(), tr("Rank by: learned weight"));
    m_rankBy->setMenuArrow(true);
    connect(m_rankBy, &Button::clicked, this, &SamplesPage::openRankers);
    layout->addWidget(m_rankBy);
    layout->addStretch();
}

QWidget *SamplesPage::buildChips()
{
    auto *line = new QWidget;
    line->setFixedHeight(theme().scaled(40));
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_chips = new QHBoxLayout;
    m_chips->setSpacing(6);
    layout->addLayout(m_chips);
    auto *add = new Chip(theme(), tr("Add filter"));
    add->setPlus(true);
    connect(add, &Chip::clicked, this, [this, add] {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillFilterMenu(menu);
        menu->popup(add->mapToGlobal(QPoint(0, add->height() + 4)));
    });
    layout->addWidget(add);
    auto *sets = new Button(theme(), tr("Sets"), Button::Kind::Flat);
    sets->setSmall(true);
    auto *setsMenu = new QMenu(sets);
    connect(setsMenu, &QMenu::aboutToShow, this, [this, setsMenu] { m_sets->fillSetsMenu(setsMenu); });
    sets->setMenu(setsMenu);
    layout->addWidget(sets);
    layout->addStretch(1);
    m_count = new TextLabel(theme(), {}, TextRole::Panel, "text2");
    layout->addWidget(m_count); // counts are never cut: chips give way
    return line;
}

QWidget *SamplesPage::buildFilm()
{
    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *plots = new QHBoxLayout;
    plots->setSpacing(0);
    m_film = new FilmPlot(theme());
    m_film->setPlotMargins(38, 12, 4, 24);
    m_film->setReadoutVisible(false);
    m_film->setDescription(tr("Weight film"));
    m_histogram = new HistogramPlot(theme());
    m_histogram->setPlotMargins(4, 12, 4, 24);
    m_histogram->setDescription(tr("Weights at the iteration looked at"));
    connect(m_histogram, &HistogramPlot::rangeBrushed, this, [this](double low, double high, Qt::KeyboardModifiers modifiers) {
        if (m_model->snapshot())
            brushWeights(*m_model->snapshot(), low, high, modifiers, m_histogram);
    });
    m_film->setBrushable(true);
    connect(m_film, &FilmPlot::regionBrushed, this, [this](double x, double low, double high, Qt::KeyboardModifiers modifiers) {
        if (!m_data || m_data->snapshots.empty())
            return;
        const auto &steps = m_data->snapshotSteps;
        const auto after = std::upper_bound(steps.begin(), steps.end(), x);
        const auto at = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, after - steps.begin() - 1));
        m_scrubber->setValue(static_cast<int>(at));
        brushWeights(at, low, high, modifiers, m_film);
    });
    connect(m_film, &FilmPlot::stepClicked, this, [this](double x) { m_selection->setIteration(std::max(0.0, std::round(x)), m_film); });
    plots->addWidget(m_film, 72);
    plots->addWidget(m_histogram, 28);
    layout->addLayout(plots, 1);
    buildScrubber(layout);
    m_filmPanel = new Panel(theme(), tr("Weight film"));
    m_filmPanel->setUnit(tr("weight over iterations, log count"));
    m_filmPanel->setBody(body);
    connect(m_film, &Plot::cursorMoved, this, [this](double x) {
        // Hovering shows where; only a click moves the iteration.
        m_film->setToolTip(tr("Iteration %1").arg(thousands(std::llround(x))));
    });
    auto *look = new SegmentedControl(theme(), {tr("Heat"), tr("Ridges")});
    look->setSmall(true);
    connect(look, &SegmentedControl::currentChanged, this, [this](int index) { m_film->setRidges(index == 1); });
    m_filmPanel->addTool(look);
    connect(new PlotMenu(theme(), m_filmPanel, m_film), &PlotMenu::message, this, &SamplesPage::message);
    connect(new PlotMenu(theme(), nullptr, m_histogram), &PlotMenu::message, this, &SamplesPage::message);
    return m_filmPanel;
}

void SamplesPage::buildScrubber(QVBoxLayout *layout)
{
    auto *foot = new QWidget;
    foot->setFixedHeight(theme().scaled(38));
    auto *line = new QHBoxLayout(foot);
    line->setContentsMargins(12, 0, 12, 0);
    line->setSpacing(8);
    m_scrubber = new Slider(theme());
    m_scrubber->setAccessibleName(tr("Iteration"));
    connect(m_scrubber, &QSlider::valueChanged, this, [this](int snapshot) {
        if (m_data && static_cast<std::size_t>(snapshot) < m_data->snapshotSteps.size())
            m_selection->setIteration(m_data->snapshotSteps[static_cast<std::size_t>(snapshot)], m_scrubber);
    });
    m_iteration = new TextLabel(theme(), {}, TextRole::Panel, "text2");
    line->addWidget(m_scrubber, 1);
    line->addWidget(m_iteration);
    layout->addWidget(new Rule(theme(), Qt::Horizontal));
    layout->addWidget(foot);
}

QWidget *SamplesPage::buildScatter()
{
    m_scatter = new ScatterPlot(theme());
    m_scatter->setDescription(tr("Weight against loss"));
    m_scatterPanel = new Panel(theme(), tr("Weight against loss"));
    m_scatterPanel->setBody(m_scatter);
    auto *lasso = new Button(theme(), {}, Button::Kind::Flat);
    lasso->setIconName(QStringLiteral("lasso"));
    lasso->setSmall(true);
    lasso->setCheckable(true);
    lasso->setAccessibleName(tr("Lasso"));
    lasso->setToolTip(tr("Lasso (L): draw around the samples to select. Off: a rectangle (B)"));
    lasso->setObjectName(QStringLiteral("lasso"));
    m_scatterY = new Button(theme(), scatterName(0), Button::Kind::Flat);
    m_scatterY->setSmall(true);
    m_scatterY->setToolTip(tr("What the vertical axis shows"));
    auto *axis = new QMenu(m_scatterY);
    connect(axis, &QMenu::aboutToShow, this, [this, axis] {
        axis->clear();
        for (int i = 0; i < scatterColumns; ++i)
            axis->addAction(scatterName(i), this, [this, i] {
                m_scatterColumn = i;
                m_scatterY->setText(scatterName(i));
                showScatter();
            });
    });
    m_scatterY->setMenu(axis);
    m_scatterPanel->addTool(m_scatterY);
    connect(lasso, &Button::toggled, this, [this](bool on) {
        m_scatter->setBrush(on ? ScatterPlot::Brush::Lasso : ScatterPlot::Brush::Rectangle);
    });
    m_scatterPanel->addTool(lasso);
    connect(new PlotMenu(theme(), m_scatterPanel, m_scatter), &PlotMenu::message, this, &SamplesPage::message);
    connect(m_scatter, &ScatterPlot::brushed, this,
            [this](const std::vector<std::uint32_t> &indices, Qt::KeyboardModifiers modifiers) {
                m_selection->select(indices, SelectionModel::howOf(modifiers), m_scatter, tr("brushed in the scatter"));
                m_scope->setCurrent(indices.empty() ? 0 : 1);
            });
    connect(m_scatter, &ScatterPlot::pointClicked, this,
            [this](std::size_t index) { m_selection->setCurrent(index, m_scatter); });
    return m_scatterPanel;
}

QWidget *SamplesPage::buildTable()
{
    auto *panel = new Panel(theme(), {});
    m_viewSwitch = new SegmentedControl(theme(), {tr("Table"), tr("Grid")});
    m_viewSwitch->setSmall(true);
    connect(m_viewSwitch, &SegmentedControl::currentChanged, this, [this](int index) { setGrid(index == 1); });
    panel->addLeading(m_viewSwitch);
    m_scope = new SegmentedControl(theme(), {tr("All"), tr("Selection")});
    m_scope->setSmall(true);
    connect(m_scope, &SegmentedControl::currentChanged, this, [this](int index) {
        m_model->setScope(static_cast<SamplesModel::Scope>(index));
    });
    panel->addLeading(m_scope);
    m_sort = new TextLabel(theme(), {}, TextRole::PanelTitle);
    panel->addLeading(m_sort);
    m_reviewed = new TextLabel(theme(), {}, TextRole::Caption, "text3");
    panel->addLeading(m_reviewed);
    m_reviewedBar = new ProgressBar(theme(), 4, Token::Keep);
    m_reviewedBar->setFixedWidth(theme().scaled(70));
    panel->addLeading(m_reviewedBar);
    buildTools(panel);
    panel->setBody(buildRows(), QMargins(0, 0, 0, 4));
    return panel;
}

void SamplesPage::buildTools(Panel *panel)
{
    m_applyAll = new Button(theme(), tr("Apply to all…"));
    m_applyAll->setSmall(true);
    connect(m_applyAll, &Button::clicked, this, &SamplesPage::askDecideAll);
    panel->addTool(m_applyAll);
    TourCard::keepClear(m_applyAll);
    auto *save = new Button(theme(), tr("Save as set…"));
    save->setSmall(true);
    connect(save, &Button::clicked, m_sets, &SampleSets::askName);
    panel->addTool(save);
    auto *out = new Button(theme(), tr("Export"));
    out->setSmall(true);
    out->setIconName(QStringLiteral("export"));
    auto *menu = new QMenu(out);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { m_sets->fillExportMenu(menu); });
    out->setMenu(menu);
    panel->addTool(out);
}

QWidget *SamplesPage::buildRows()
{
    m_views = new QStackedWidget;
    m_table = new DataTable(theme());
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Samples"));
    m_table->setColumns({{38}, {76}, {92, 0.45}, {84, 0.15, 932}, {106, 0.2}, {76}, {76, 0.2}, {80}, {100}, {58, 0, 848}, {76, 0, 1008}, {56}, {90}});
    connect(m_table, &DataTable::currentRowChanged, this, [this](int row) {
        if (row >= 0 && row < m_model->rowCount())
            m_selection->setCurrent(m_model->sampleAt(row), m_table);
    });
    connect(m_table, &DataTable::cellClicked, this, [this](const QModelIndex &index, Qt::KeyboardModifiers modifiers) {
        if (modifiers & (Qt::ControlModifier | Qt::ShiftModifier | Qt::AltModifier))
            m_selection->select({static_cast<std::uint32_t>(m_model->sampleAt(index.row()))},
                                SelectionModel::howOf(modifiers), m_table);
    });
    connect(m_table->horizontalHeader(), &QHeaderView::sectionClicked, this, [this](int section) {
        auto *header = m_table->horizontalHeader();
        const bool again = header->isSortIndicatorShown() && header->sortIndicatorSection() == section &&
                           header->sortIndicatorOrder() == Qt::AscendingOrder;
        header->setSortIndicatorShown(true);
        header->setSortIndicator(section, again ? Qt::DescendingOrder : Qt::AscendingOrder);
        m_model->sort(section, again ? Qt::DescendingOrder : Qt::AscendingOrder);
        showCounts();
    });
    m_table->horizontalHeader()->setSortIndicatorShown(true);
    m_table->horizontalHeader()->setSortIndicator(SamplesModel::Weight, Qt::AscendingOrder);
    m_views->addWidget(m_table);
    m_grid = new SampleGrid(theme(), *m_model);
    connect(m_grid, &SampleGrid::currentRowChanged, this, [this](int row) {
        if (row >= 0 && row < m_model->rowCount())
            m_selection->setCurrent(m_model->sampleAt(row), m_grid);
    });
    m_views->addWidget(m_grid);
    return m_views;
}

void SamplesPage::setRuns(const RunsData &runs)
{
    m_pickerMenu->clear();
    RunId best;
    int shown = 0;
    for (const RunRow &row : runs.rows) {
        if (row.record.stage == "cold-start" || row.record.archived)
            continue;
        if (row.auroc && !best)
            best = row.id();
        if (row.auroc && row.record.state == RunState::Finished && row.record.method == "table")
            best = row.id();
        if (++shown > 40)
            continue;
        QString name = row.name();
        connect(m_pickerMenu->addAction(name.replace(QLatin1Char('&'), QStringLiteral("&&"))), &QAction::triggered, this,
                [this, id = row.id()] { showRun(id); });
    }
    if (!m_run)
        m_run = best;
    if (!m_run)
        m_stack->setCurrentIndex(0);
    else if (isVisible())
        refresh();
}

void SamplesPage::activate()
{
    refresh();
}

void SamplesPage::showRun(RunId run)
{
    m_run = run;
    m_data.reset();
    refresh();
}

void SamplesPage::refresh()
{
    if (!m_run || m_loading || (m_data && m_data->run.id() == m_run && !m_data->run.active()))
        return;
    m_loading = true;
    const RunId wanted = m_run;
    session().request<std::shared_ptr<const SamplesData>>(
        this, [wanted](StoreReader &reader) { return reader.samples(wanted); },
        [this, wanted](Result<std::shared_ptr<const SamplesData>> result) {
            m_loading = false;
            if (wanted != m_run) {
                refresh();
                return;
            }
            if (!result.ok()) {
                m_empty->setSentence(coreWords(result.error().message));
                m_stack->setCurrentIndex(0);
                return;
            }
            apply(result.value());
        });
}

} // namespace winnow::ui
