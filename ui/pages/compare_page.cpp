#include "ui/pages/compare_page.h"

#include "core/report/series_csv.h"
#include "ui/bridge/store_session.h"
#include "ui/models/simple_table.h"
#include "ui/models/thumbnails.h"
#include "ui/pages/compare_parts.h"
#include "ui/pages/plot_menu.h"
#include "ui/pages/table_menu.h"
#include "ui/plots/curve_plot.h"
#include "ui/plots/scatter_plot.h"
#include "ui/support/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/cell_text.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/plain_scroll.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_label.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace winnow::ui {

ComparePage::ComparePage(const PageContext &context, QWidget *parent) : Page(context, parent)
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_stack = new QStackedWidget;
    outer->addWidget(m_stack);
    auto *empty = new EmptyState(theme(), QStringLiteral("compare"), tr("Choose two to twelve runs."), tr("Open runs"));
    connect(empty, &EmptyState::actionTriggered, this, [this] { Q_EMIT openRequested(PageId::Runs, RunId{}); });
    m_stack->addWidget(empty);
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(12, 0, 12, 12);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    auto *rows = new QSplitter(Qt::Vertical);
    rows->setHandleWidth(10);
    rows->setChildrenCollapsible(false);
    rows->addWidget(buildTop());
    rows->addWidget(buildBottom());
    rows->setSizes({356, 384});
    layout->addWidget(rows, 1);
    m_stack->addWidget(content);
    addKey(QStringLiteral("compare.clear"), tr("Let go of what was brushed"), {Qt::Key_Escape}, [this] { brush({}, Qt::NoModifier); });
}

QWidget *ComparePage::buildHead()
{
    auto *head = new QWidget;
    head->setFixedHeight(theme().scaled(56));
    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_chips = new QHBoxLayout;
    m_chips->setSpacing(8);
    auto *chipLine = new QHBoxLayout;
    chipLine->addLayout(m_chips);
    chipLine->addStretch();
    m_same = new TextLabel(theme(), {}, TextRole::Caption, "text2");
    m_same->setObjectName(QStringLiteral("same-data"));
    m_same->setElide(Qt::ElideRight);
    m_same->setContentsMargins(2, 0, 0, 0);
    m_same->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // the names of the runs come first
    auto *left = new QVBoxLayout; // the sentence below the runs that it is about, so that it takes no room from them
    left->setSpacing(4);
    left->addStretch();
    left->addLayout(chipLine);
    left->addWidget(m_same);
    left->addStretch();
    layout->addLayout(left, 1);
    const auto choice = [&](const QString &text) {
        auto *button = new Button(theme(), text);
        button->setSmall(true);
        auto *menu = new QMenu(button);
        button->setMenu(menu);
        layout->addWidget(button);
        return std::pair{button, menu};
    };
    std::tie(m_differ, m_differMenu) = choice(tr("0 settings differ"));
    const auto [score, scoreMenu] = choice(tr("Score: mean p(+)"));
    m_score = score;
    static const QStringList names{tr("mean"), tr("min"), tr("max"), tr("log-mean"), tr("last"), tr("sum of logs")};
    for (int i = 0; i < names.size(); ++i)
        connect(scoreMenu->addAction(names[i]), &QAction::triggered, this, [this, i] {
            m_choice.aggregate = static_cast<Aggregation>(i);
            m_score->setText(tr("Score: %1 p(+)").arg(names[i]));
            if (m_data)
                apply(m_data);
        });
    const auto [ties, tiesMenu] = choice(tr("Ties: last"));
    m_ties = ties;
    for (const Ties rule : {Ties::Last, Ties::First})
        connect(tiesMenu->addAction(rule == Ties::Last ? tr("last") : tr("first")), &QAction::triggered, this, [this, rule] {
            m_choice.ties = rule;
            m_ties->setText(rule == Ties::Last ? tr("Ties: last") : tr("Ties: first"));
            if (m_data)
                apply(m_data);
        });
    buildExport(layout);
    return head;
}

void ComparePage::buildExport(QHBoxLayout *layout)
{
    auto *button = new Button(theme(), tr("Export"));
    button->setSmall(true);
    button->setIconName(QStringLiteral("export"));
    button->setToolTip(tr("Report, tables and curves of these runs"));
    auto *menu = new QMenu(button);
    menu->addAction(tr("Export report…"), this, [this] { Q_EMIT exportReportRequested(m_ids); });
    const auto table = [&](const QString &words, const QString &file, TableMenu::Source source) {
        auto *entries = new TableMenu(menu->addMenu(words), this, file, std::move(source));
        connect(entries, &TableMenu::message, this, &ComparePage::message);
    };
    table(tr("Accuracy against N"), QStringLiteral("accuracy"), [this](TableForm form) { return accuracyTable(form); });
    table(tr("Paired tests against A"), QStringLiteral("paired-tests"), [this](TableForm form) { return pairTable(form); });
    table(tr("List of samples"), QStringLiteral("samples"), [this](TableForm form) { return tableOf(*m_list, form); });
    menu->addAction(tr("All series of these runs as CSV…"), this, &ComparePage::exportCurves);
    button->setMenu(menu);
    layout->addWidget(button);
}

QWidget *ComparePage::buildTop()
{
    m_accuracy = new CurvePlot(theme());
    m_accuracy->setPlotMargins(40, 12, 108, 42);
    m_accuracy->setDescription(tr("Best-of-N accuracy"));
    m_accuracy->setYStyle(TickStyle::Percent);
    m_accuracy->setFormatter([](double v) { return percentText(v); });
    connect(m_accuracy, &Plot::cursorMoved, this, [this](double x) { m_accuracy->Plot::setCursor(x); });
    connect(m_accuracy, &Plot::cursorLeft, this, [this] { m_accuracy->Plot::setCursor(std::nullopt); });
    m_accuracyPanel = new Panel(theme(), tr("Best-of-N accuracy"));
    m_accuracyPanel->setBody(m_accuracy, QMargins(0, 0, 4, 2));
    m_against = new SegmentedControl(theme(), {tr("Against N"), tr("Against iteration")});
    m_against->setSmall(true);
    connect(m_against, &SegmentedControl::currentChanged, this, [this] { showAccuracy(); });
    m_evaluate = new Button(theme(), tr("Evaluate now…"), Button::Kind::Link);
    m_evaluate->hide();
    connect(m_evaluate, &Button::clicked, this, [this] { Q_EMIT evaluateRequested(m_unevaluated); });
    m_accuracyPanel->addTool(m_evaluate);
    m_accuracyPanel->addTool(m_against);
    buildLines();
    connect(new PlotMenu(theme(), m_accuracyPanel, m_accuracy), &PlotMenu::message, this, &ComparePage::message);
    m_verdict = new VerdictView(theme());
    connect(m_verdict, &VerdictView::flippedRequested, this, [this] {
        if (m_pair < m_ids.size())
            Q_EMIT flipsRequested({m_ids.front(), m_ids[m_pair]});
    });
    m_verdictPanel = new Panel(theme(), tr("Paired test, B against A"));
    m_verdictPanel->setBody(m_verdict);
    m_pairs = new SegmentedControl(theme(), {QStringLiteral("B")});
    m_pairs->setSmall(true);
    m_pairs->setAccessibleName(tr("Run beside A"));
    m_pairs->hide();
    connect(m_pairs, &SegmentedControl::currentChanged, this, [this](int index) {
        m_pair = static_cast<std::size_t>(index) + 1;
        m_brushed.clear();
        if (m_data)
            showPair();
    });
    m_verdictPanel->addTool(m_pairs);
    auto *shelf = new Panel(theme(), tr("Published, for reference"));
    shelf->setDashed(true);
    auto *scroll = new PlainScroll;
    scroll->setContent(new PublishedShelf(theme()));
    shelf->setBody(scroll, QMargins(0, 0, 2, 4));
    auto *close = new Button(theme(), {}, Button::Kind::Flat);
    close->setSmall(true);
    close->setIconName(QStringLiteral("cross"));
    close->setAccessibleName(tr("Close published numbers"));
    connect(close, &Button::clicked, shelf, &QWidget::hide);
    shelf->addTool(close);
    auto *row = new QSplitter(Qt::Horizontal);
    row->setHandleWidth(10);
    row->setChildrenCollapsible(false);
    row->addWidget(m_accuracyPanel);
    row->addWidget(m_verdictPanel);
    row->addWidget(shelf);
    row->setSizes({470, 270, 246});
    return row;
}

void ComparePage::buildLines()
{
    auto *lines = new Button(theme(), {}, Button::Kind::Flat);
    lines->setSmall(true);
    lines->setIconName(QStringLiteral("eye"));
    lines->setAccessibleName(tr("Baselines that are drawn"));
    lines->setToolTip(tr("Baselines that are drawn"));
    auto *menu = new QMenu(lines);
    const QString names[] = {tr("Oracle"), tr("Self-consistency"), tr("Random pick")};
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        m_lines[i] = menu->addAction(names[i]);
        m_lines[i]->setCheckable(true);
        m_lines[i]->setChecked(true);
        connect(m_lines[i], &QAction::toggled, this, [this] { showAccuracy(); });
    }
    lines->setMenu(menu);
    lines->setMenuArrow(false);
    m_accuracyPanel->addTool(lines);
}

void ComparePage::showQuadrantOf(Quadrant quadrant)
{
    m_quadrant = quadrant;
    m_brushed.clear();
    if (m_data)
        showQuadrant();
}

QWidget *ComparePage::buildBottom()
{
    buildWeights();
    buildOverlap();
    buildList();
    auto *row = new QSplitter(Qt::Horizontal);
    row->setHandleWidth(10);
    row->setChildrenCollapsible(false);
    row->addWidget(m_weightsPanel);
    row->addWidget(m_overlapPanel);
    row->addWidget(m_listPanel);
    row->setSizes({382, 278, 612});
    return row;
}

void ComparePage::buildWeights()
{
    m_weights = new ScatterPlot(theme());
    m_weights->setDescription(tr("Weights, B against A"));
    m_weightsPanel = new Panel(theme(), tr("Weights, B against A"));
    m_weightsPanel->setBody(m_weights);
    connect(m_weights, &ScatterPlot::pointClicked, this, [this](std::size_t index) {
        if (!m_agreement)
            return;
        showQuadrantOf(quadrantOf(m_data->runs.front().weights[index], other()->weights[index]));
        const auto row = std::find(m_listed.begin(), m_listed.end(), index) - m_listed.begin();
        if (row < m_list->rowCount())
            m_table->setCurrentIndex(m_list->index(static_cast<int>(row), 0));
    });
    connect(m_weights, &ScatterPlot::brushed, this, &ComparePage::brush);
    auto *lasso = new Button(theme(), {}, Button::Kind::Flat);
    lasso->setIconName(QStringLiteral("lasso"));
    lasso->setSmall(true);
    lasso->setCheckable(true);
    lasso->setAccessibleName(tr("Lasso"));
    lasso->setToolTip(tr("Lasso: draw around the samples to list. Off: a rectangle"));
    connect(lasso, &Button::toggled, this, [this](bool on) {
        m_weights->setBrush(on ? ScatterPlot::Brush::Lasso : ScatterPlot::Brush::Rectangle);
    });
    m_weightsPanel->addTool(lasso);
    connect(new PlotMenu(theme(), m_weightsPanel, m_weights), &PlotMenu::message, this, &ComparePage::message);
}

void ComparePage::buildOverlap()
{
    m_overlap = new CurvePlot(theme());
    m_overlap->setPlotMargins(40, 12, 16, 42);
    m_overlap->setDescription(tr("Overlap of the k lowest"));
    m_overlap->setYStyle(TickStyle::Percent);
    m_overlap->setFormatter([](double v) { return percentText(v); });
    m_overlap->setTitleFormatter([](double k) { return tr("k = %1").arg(thousands(std::llround(k))); });
    connect(m_overlap, &Plot::cursorMoved, this, [this](double x) { m_overlap->Plot::setCursor(x); });
    connect(m_overlap, &Plot::cursorLeft, this, [this] { m_overlap->Plot::setCursor(std::nullopt); });
    m_overlapPanel = new Panel(theme(), tr("Overlap of the k lowest"));
    m_overlapPanel->setBody(m_overlap, QMargins(0, 0, 4, 2));
    connect(new PlotMenu(theme(), m_overlapPanel, m_overlap), &PlotMenu::message, this, &ComparePage::message);
}

void ComparePage::buildList()
{
    m_list = new SimpleTable(this);
    m_list->setSelectedRows(true);
    m_table = new DataTable(theme());
    m_table->setModel(m_list);
    m_table->setAccessibleName(tr("Samples of the quadrant"));
    connect(m_table, &DataTable::currentRowChanged, this, &ComparePage::rowChosen);
    connect(&context().thumbnails, &Thumbnails::ready, this, &ComparePage::showPicture);
    m_listPanel = new Panel(theme(), tr("Only A rejects"));
    m_listPanel->setBody(m_table, QMargins(0, 0, 0, 4));
    auto *quadrants = new Button(theme(), tr("Quadrant"));
    quadrants->setSmall(true);
    auto *menu = new QMenu(quadrants);
    for (std::size_t i = 0; i < quadrantCount; ++i) {
        m_quadrantActions[i] = menu->addAction(quadrantName(static_cast<Quadrant>(i)));
        connect(m_quadrantActions[i], &QAction::triggered, this, [this, i] { showQuadrantOf(static_cast<Quadrant>(i)); });
    }
    quadrants->setMenu(menu);
    m_listPanel->addTool(quadrants);
    m_open = new Button(theme(), tr("Open in Samples"));
    m_open->setSmall(true);
    connect(m_open, &Button::clicked, this, [this] {
        if (!m_ids.empty())
            Q_EMIT openInSamplesRequested(m_ids.front(), m_listed);
    });
    m_listPanel->addTool(m_open);
}

void ComparePage::exportCurves()
{
    auto *dialog = new QFileDialog(window(), tr("All series of these runs"), QStringLiteral("curves.csv"), QStringLiteral("csv (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        std::vector<RunRecord> runs;
        for (const RunRow &row : m_rows)
            if (std::find(m_ids.begin(), m_ids.end(), row.id()) != m_ids.end())
                runs.push_back(row.record);
        session().request<bool>(
            this,
            [runs, file = path.toStdString()](StoreReader &reader) -> Result<bool> {
                WINNOW_TRY(writeSeriesCsv(reader.database(), runs, file));
                return true;
            },
            [this, path](const Result<bool> &written) {
                Q_EMIT message(written.ok() ? tr("Wrote %1").arg(path) : coreWords(written.error().message));
            });
    });
    dialog->open();
}

void ComparePage::setRuns(const RunsData &runs)
{
    m_rows = runs.rows;
    if (m_ids.size() < 2) { // the best of each method, so that the page is never without a question
        const auto best = [this](const std::string &method) -> RunId {
            const RunRow *found = nullptr;
            for (const RunRow &row : m_rows)
                if (row.record.method == method && row.record.stage != "cold-start" && row.accuracy &&
                    (!found || row.accuracy->value > found->accuracy->value))
                    found = &row;
            return found ? found->id() : RunId{};
        };
        m_ids.clear();
        for (const char *method : {"table", "net", "none"})
            if (const RunId id = best(method))
                m_ids.push_back(id);
    }
    std::erase_if(m_ids, [this](RunId id) {
        return std::none_of(m_rows.begin(), m_rows.end(), [id](const RunRow &row) { return row.id() == id; });
    });
    m_stack->setCurrentIndex(m_ids.size() >= 2 ? 1 : 0);
    if (isVisible() && !m_data)
        load();
}

void ComparePage::activate()
{
    if (!m_data)
        load();
}

void ComparePage::compare(const std::vector<RunId> &runs)
{
    m_ids.assign(runs.begin(), runs.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(12, runs.size())));
    m_data.reset();
    m_agreement.reset();
    m_brushed.clear();
    m_pair = 1;
    m_stack->setCurrentIndex(m_ids.size() >= 2 ? 1 : 0);
    load();
}

void ComparePage::load()
{
    if (m_loading || m_ids.size() < 2)
        return;
    m_loading = true;
    const std::vector<RunId> wanted = m_ids;
    session().request<std::shared_ptr<const EvaluationData>>(
        this, [wanted](StoreReader &reader) { return reader.evaluation(wanted); },
        [this, wanted](Result<std::shared_ptr<const EvaluationData>> result) {
            m_loading = false;
            if (wanted != m_ids) {
                load();
                return;
            }
            if (result.ok())
                apply(result.value());
            else
                m_accuracyPanel->showError(coreWords(result.error().message));
        });
}

QString ComparePage::selectionText() const
{
    return m_listed.empty() ? QString()
                            : tr("%1 samples selected").arg(thousands(static_cast<std::int64_t>(m_listed.size())));
}

} // namespace winnow::ui
