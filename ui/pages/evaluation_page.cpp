#include "ui/pages/evaluation_page.h"

#include "ui/bridge/store_session.h"
#include "ui/models/simple_table.h"
#include "ui/pages/plot_menu.h"
#include "ui/pages/question_view.h"
#include "ui/plots/curve_plot.h"
#include "ui/support/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/interval_chart.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/plain_scroll.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace winnow::ui {

namespace {

int widthInTwoLines(const QFont &font, const QString &text)
{
    const QFontMetrics metrics(font);
    const int whole = metrics.horizontalAdvance(text) + 1;
    for (int width = whole / 2; width < whole; ++width) {
        const QRect box = metrics.boundingRect(QRect(0, 0, width, 1000), Qt::TextWordWrap, text);
        if (box.height() <= 2 * metrics.lineSpacing() && box.width() <= width)
            return width;
    }
    return whole;
}

} // namespace

EvaluationPage::EvaluationPage(const PageContext &context, QWidget *parent) : Page(context, parent)
{
    m_subject = new QWidget;
    auto *subjectRow = new QHBoxLayout(m_subject);
    subjectRow->setContentsMargins(0, 0, 0, 0);
    m_set = new TextLabel(theme(), tr("No test set"), TextRole::Panel, "text2");
    subjectRow->addWidget(m_set);
    m_runs = new Button(theme(), tr("Runs"));
    m_runs->setSmall(true);
    m_runsMenu = new QMenu(m_runs);
    connect(m_runsMenu, &QMenu::aboutToShow, this, &EvaluationPage::buildRunsMenu);
    m_runs->setMenu(m_runsMenu);
    m_runs->hide(); // until there are some
    subjectRow->addSpacing(8);
    subjectRow->addWidget(m_runs);
    subjectRow->addStretch();
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_stack = new QStackedWidget;
    outer->addWidget(m_stack);
    auto *empty = new EmptyState(theme(), QStringLiteral("evaluation"),
                                 tr("No run is evaluated yet. Scores of a test set appear with the accuracy curve of a run."),
                                 tr("New run"));
    connect(empty, &EmptyState::actionTriggered, this, [this] { Q_EMIT newRunRequested(RunId{}); });
    m_stack->addWidget(empty);
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(12, 0, 12, 12);
    layout->setSpacing(0);
    layout->addWidget(buildControls());
    auto *split = new QSplitter(Qt::Horizontal);
    split->setHandleWidth(10);
    split->setChildrenCollapsible(false);
    split->addWidget(buildLeft());
    split->addWidget(buildRight());
    split->setSizes({430, 900});
    split->setStretchFactor(0, 0);
    split->setStretchFactor(1, 1);
    layout->addWidget(split, 1);
    m_stack->addWidget(content);
    addKeys();
}

QWidget *EvaluationPage::buildControls()
{
    auto *line = new QWidget;
    line->setFixedHeight(theme().scaled(52));
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    const auto add = [&](const QString &name, const QStringList &choices) {
        layout->addWidget(new TextLabel(theme(), name, TextRole::Panel, "text2"));
        auto *control = new SegmentedControl(theme(), choices);
        control->setAccessibleName(name);
        connect(control, &SegmentedControl::currentChanged, this, [this] { applyChoice(); });
        layout->addWidget(control);
        layout->addSpacing(4);
        return control;
    };
    m_candidates = add(tr("Candidates"), {QStringLiteral("8")});
    m_score = add(tr("Score"), {tr("Mean"), tr("Min"), tr("Max"), tr("Log-mean"), tr("Last")});
    m_more = new Button(theme(), tr("More"));
    m_more->setSmall(true);
    auto *more = new QMenu(m_more);
    m_sumLog = more->addAction(tr("Sum of logs: log-mean times the step count"));
    m_sumLog->setCheckable(true);
    connect(m_sumLog, &QAction::toggled, this, [this] { applyChoice(); });
    connect(m_score, &SegmentedControl::currentChanged, m_sumLog, [this] { m_sumLog->setChecked(false); });
    m_more->setMenu(more);
    layout->addWidget(m_more);
    m_ties = add(tr("Ties"), {tr("Last", "candidate"), tr("First", "candidate")});
    m_readout = add(tr("Probability"), {tr("+ of all tokens"), tr("+ of + and −")});
    layout->addStretch();
    auto *note = new TextLabel(theme(), tr("No new inference needed"), TextRole::Caption, "text3");
    note->setWordWrap(true); // two lines leave the controls their room
    note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    note->setFixedWidth(widthInTwoLines(theme().font(TextRole::Caption), note->text()));
    note->setToolTip(tr("Candidates, score, ties and probability are applied to stored step scores."));
    layout->addWidget(note);
    auto *evaluate = new Button(theme(), tr("Evaluate a run…"));
    evaluate->setSmall(true);
    evaluate->setIconName(QStringLiteral("play"));
    evaluate->setToolTip(tr("Score a checkpoint on a test file"));
    connect(evaluate, &Button::clicked, this, [this] { Q_EMIT evaluateRequested(m_ids.empty() ? RunId{} : m_ids.front()); });
    layout->addWidget(evaluate);
    return line;
}

void EvaluationPage::buildCurve()
{
    m_curve = new CurvePlot(theme());
    m_curve->setPlotMargins(40, 10, 96, 40);
    m_curve->setYStyle(TickStyle::Percent);
    m_curve->setYTicks(4);
    m_curve->setFormatter([](double v) { return percentText(v); });
    m_curve->setDescription(tr("Best-of-N accuracy"));
    connect(m_curve, &Plot::cursorMoved, this, [this](double x) { m_curve->Plot::setCursor(x); });
    connect(m_curve, &Plot::cursorLeft, this, [this] { m_curve->Plot::setCursor(std::nullopt); });
}

QWidget *EvaluationPage::buildLeft()
{
    auto *left = new QSplitter(Qt::Vertical);
    left->setHandleWidth(10);
    left->setChildrenCollapsible(false);
    m_accuracy = new IntervalChart(theme());
    m_accuracyPanel = new Panel(theme(), tr("Best-of-8 accuracy"));
    m_accuracyStack = new QStackedWidget;
    m_accuracyStack->addWidget(m_accuracy);
    buildCurve();
    m_accuracyStack->addWidget(m_curve);
    auto *accuracyBody = new QWidget;
    auto *accuracyLayout = new QVBoxLayout(accuracyBody);
    accuracyLayout->setContentsMargins(0, 0, 0, 0);
    accuracyLayout->setSpacing(2);
    accuracyLayout->addWidget(m_accuracyStack, 1);
    m_countsText = new TextLabel(theme(), {}, TextRole::Caption, "text2");
    m_countsText->setWordWrap(true);
    m_countsText->setContentsMargins(14, 0, 14, 0);
    accuracyLayout->addWidget(m_countsText);
    m_accuracyPanel->setBody(accuracyBody, QMargins(0, 4, 0, 4));
    m_accuracyTabs = new SegmentedControl(theme(), {tr("Now"), tr("By N"), tr("Over time")});
    m_accuracyTabs->setSmall(true);
    m_accuracyTabs->setAccessibleName(tr("Accuracy"));
    connect(m_accuracyTabs, &SegmentedControl::currentChanged, this, [this] { showAccuracy(); });
    m_accuracyPanel->addTool(m_accuracyTabs);
    connect(new PlotMenu(theme(), m_accuracyPanel, m_curve), &PlotMenu::message, this, &EvaluationPage::message);
    m_subjects = new IntervalChart(theme());
    m_subjectPanel = new Panel(theme(), tr("By subject"));
    auto *scroll = new PlainScroll; // thirty subjects do not fit
    scroll->setContent(m_subjects);
    m_subjectPanel->setBody(scroll, QMargins(0, 4, 0, 4));
    m_subjectTabs = new SegmentedControl(theme(), {tr("Subject"), tr("Discipline")});
    m_subjectTabs->setSmall(true);
    m_subjectTabs->setAccessibleName(tr("Subjects or disciplines"));
    connect(m_subjectTabs, &SegmentedControl::currentChanged, this, [this] { showSubjects(); });
    m_subjectPanel->addTool(m_subjectTabs);
    m_changedModel = new SimpleTable(this);
    m_changedTable = new DataTable(theme());
    m_changedTable->setModel(m_changedModel);
    m_changedTable->setAccessibleName(tr("Changed picks"));
    connect(m_changedTable, &DataTable::currentRowChanged, this, [this](int row) {
        if (row >= 0 && row < static_cast<int>(m_changed.size()))
            showQuestion(m_changed[static_cast<std::size_t>(row)]);
    });
    m_changedPanel = new Panel(theme(), tr("Changed picks"));
    m_changedPanel->setBody(m_changedTable, QMargins(0, 0, 0, 4));
    left->addWidget(m_accuracyPanel);
    left->addWidget(m_subjectPanel);
    left->addWidget(m_changedPanel);
    left->setSizes({236, 148, 356});
    left->setStretchFactor(0, 0); // a small window takes rows from the list, not the axes from the charts
    left->setStretchFactor(1, 0);
    left->setStretchFactor(2, 1);
    return left;
}

QWidget *EvaluationPage::buildRight()
{
    auto *right = new QSplitter(Qt::Vertical);
    right->setHandleWidth(10);
    right->setChildrenCollapsible(false);
    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 4);
    layout->setSpacing(0);
    m_questionView = new QuestionView(theme());
    layout->addWidget(m_questionView);
    layout->addWidget(new Rule(theme(), Qt::Horizontal));
    m_candidateModel = new SimpleTable(this);
    m_candidateTable = new DataTable(theme());
    m_candidateTable->setRowHeight(theme().scaled(48));
    m_candidateTable->setModel(m_candidateModel);
    m_candidateTable->setAccessibleName(tr("Candidates"));
    layout->addWidget(m_candidateTable, 1);
    m_whole = new QPlainTextEdit; // plain text: it comes from a model
    m_whole->setReadOnly(true);
    m_whole->setMaximumHeight(theme().scaled(150));
    m_whole->setAccessibleName(tr("Whole candidate"));
    m_whole->hide();
    layout->addWidget(m_whole);
    connect(m_candidateTable, &DataTable::rowActivated, this, &EvaluationPage::toggleWhole);
    m_questionPanel = new Panel(theme(), {});
    m_questionPanel->setBody(body);
    for (const bool next : {false, true}) {
        auto *button = new Button(theme(), {}, Button::Kind::Flat);
        button->setSmall(true);
        button->setIconName(next ? QStringLiteral("chevron-right") : QStringLiteral("chevron-left"));
        button->setAccessibleName(next ? tr("Next changed pick") : tr("Previous changed pick"));
        connect(button, &Button::clicked, this, [this, next] { stepChanged(next ? 1 : -1); });
        m_questionPanel->addTool(button);
    }
    m_history = new CurvePlot(theme());
    m_history->setPlotMargins(40, 12, 116, 24);
    m_history->setYRange(0, 1);
    m_history->setYTicks(3);
    m_history->setGuides({0.5});
    m_history->setXUnit(tr("iterations"));
    m_history->setFormatter([](double v) { return rateText(v, 2); });
    m_history->setDescription(tr("p(+) of the last step over training"));
    connect(m_history, &Plot::cursorMoved, this, [this](double x) { m_history->Plot::setCursor(x); });
    connect(m_history, &Plot::cursorLeft, this, [this] { m_history->Plot::setCursor(std::nullopt); });
    m_historyPanel = new Panel(theme(), tr("p(+) of the last step over training"));
    m_historyPanel->setBody(m_history, QMargins(0, 0, 4, 2));
    m_historyPanel->addPlotTools();
    connect(new PlotMenu(theme(), m_historyPanel, m_history), &PlotMenu::message, this, &EvaluationPage::message);
    right->addWidget(m_questionPanel);
    right->addWidget(m_historyPanel);
    right->setSizes({560, 186});
    right->setStretchFactor(0, 1);
    right->setStretchFactor(1, 0);
    return right;
}

void EvaluationPage::setRuns(const RunsData &runs)
{
    m_rows = runs.rows;
    if (m_ids.empty()) {
        std::map<std::string, const RunRow *> best;
        for (const RunRow &row : runs.rows) {
            if (!row.accuracy || row.record.stage == "cold-start")
                continue;
            const RunRow *&found = best[row.record.method];
            if (!found || row.accuracy->value > found->accuracy->value)
                found = &row;
        }
        for (const char *method : {"table", "net", "none", "domain"})
            if (const auto at = best.find(method); at != best.end())
                m_ids.push_back(at->second->id());
    }
    if (m_ids.empty())
        m_stack->setCurrentIndex(0);
    else if (isVisible() && !m_data)
        load();
}

void EvaluationPage::activate()
{
    if (!m_data)
        load();
}

void EvaluationPage::showRuns(const std::vector<RunId> &runs)
{
    if (runs.empty() || runs == m_ids)
        return;
    m_ids = runs;
    m_data.reset();
    load();
}

void EvaluationPage::reload()
{
    m_data.reset();
    load();
}

void EvaluationPage::load()
{
    if (m_loading || m_ids.empty())
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

void EvaluationPage::buildRunsMenu()
{
    m_runsMenu->clear();
    for (const RunRow &row : m_rows) {
        if (!row.accuracy || row.record.stage == "cold-start" || row.record.archived)
            continue;
        QString name = row.name();
        QAction *action = m_runsMenu->addAction(name.replace(QLatin1Char('&'), QStringLiteral("&&")));
        action->setCheckable(true);
        action->setChecked(std::find(m_ids.begin(), m_ids.end(), row.id()) != m_ids.end());
        connect(action, &QAction::toggled, this, [this, id = row.id()](bool on) {
            std::vector<RunId> ids = m_ids;
            std::erase(ids, id);
            if (on)
                ids.push_back(id);
            showRuns(ids);
        });
    }
}

void EvaluationPage::stepChanged(int by)
{
    const int row = m_changedTable->currentIndex().row() + by;
    if (row >= 0 && row < m_changedModel->rowCount())
        m_changedTable->setCurrentIndex(m_changedModel->index(row, 0));
}

void EvaluationPage::addKeys()
{
    addKey(QStringLiteral("evaluation.next"), tr("Next changed pick"), {Qt::Key_Down}, [this] { stepChanged(1); });
    addKey(QStringLiteral("evaluation.previous"), tr("Previous changed pick"), {Qt::Key_Up}, [this] { stepChanged(-1); });
    for (int i = 0; i < 8; ++i)
        addKey(QStringLiteral("evaluation.candidate%1").arg(i + 1), tr("Go to candidate %1").arg(i + 1),
               {static_cast<Qt::Key>(Qt::Key_1 + i)}, [this, i] {
                   if (i < m_candidateModel->rowCount())
                       m_candidateTable->setCurrentIndex(m_candidateModel->index(i, 0));
               });
    addKey(QStringLiteral("evaluation.whole"), tr("Show the whole candidate"), {Qt::Key_Return, Qt::Key_Enter}, [this] { toggleWhole(); });
}

} // namespace winnow::ui
