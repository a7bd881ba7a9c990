#include "ui/pages/runs_page.h"

#include "ui/bridge/store_session.h"
#include "ui/pages/first_start.h"
#include "ui/pages/run_summary.h"
#include "ui/theme/icons.h"
#include "ui/widgets/button.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/floating_bar.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/text_label.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace winnow::ui {

RunsPage::RunsPage(const PageContext &context, QWidget *parent) : Page(context, parent), m_model(new RunsModel(this))
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_stack = new QStackedWidget;
    outer->addWidget(m_stack);
    auto *first = new FirstStart(theme());
    connect(first, &FirstStart::demoRequested, this, &Page::demoRequested);
    connect(first, &FirstStart::importRequested, this, &Page::importRequested);
    connect(first, &FirstStart::openStoreRequested, this, &Page::openStoreRequested);
    m_stack->addWidget(first);

    auto *content = new QWidget;
    auto *layout = new QHBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildViews());
    layout->addWidget(buildMiddle(), 1);
    m_summary = new RunSummary(theme());
    layout->addWidget(m_summary);
    m_stack->addWidget(content);
    buildSelectionBar();
    m_toast = new Toast(theme(), this);
    connect(m_toast, &Toast::actionTriggered, this, [this] {
        if (m_undo)
            m_undo();
    });
    const auto current = [this]() -> RunId {
        const RunRow *row = m_model->runAt(m_table->currentIndex().row());
        return row ? row->id() : RunId{};
    };
    connect(m_summary, &RunSummary::openRequested, this, [=, this] { Q_EMIT openRequested(PageId::Live, current()); });
    connect(m_summary, &RunSummary::samplesRequested, this,
            [=, this] { Q_EMIT openRequested(PageId::Samples, current()); });
    connect(m_summary, &RunSummary::cloneRequested, this, [=, this] { Q_EMIT newRunRequested(current()); });
    connect(m_summary, &RunSummary::resumeRequested, this, [=, this] { Q_EMIT resumeRequested(current()); });
    connect(m_summary, &RunSummary::noteEdited, this, [=, this](const QString &note) {
        writeToRuns({current()}, [note](RunStore &store, RunId id) { return store.setNote(id, note.toStdString()); },
                    tr("Note saved"));
    });
}

QWidget *RunsPage::primary()
{
    auto *button = new Button(theme(), tr("New run"));
    button->setIconName(QStringLiteral("plus"));
    button->setKeyHint(QStringLiteral("Ctrl N"));
    connect(button, &Button::clicked, this, [this] { Q_EMIT newRunRequested(RunId{}); });
    return button;
}

QWidget *RunsPage::buildViews()
{
    auto *side = new Ground(theme(), Token::Window);
    side->setFixedWidth(theme().scaled(176));
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(10, 14, 10, 12);
    layout->setSpacing(6);
    const auto heading = [&](const QString &text) {
        auto *label = new TextLabel(theme(), text, TextRole::Label, "text3");
        label->setContentsMargins(8, 0, 0, 2);
        layout->addWidget(label);
    };
    heading(tr("Views"));
    m_views = new ViewList(theme());
    connect(m_views, &ViewList::chosen, this, [this](int index) {
        m_model->setView(static_cast<RunsModel::View>(index));
        updateCounts();
    });
    layout->addWidget(m_views);
    layout->addSpacing(16);
    heading(tr("Saved queries"));
    for (const QString &query : {QStringLiteral("acc_best8 > .84"), QStringLiteral("mode = \"net\""),
                                 QStringLiteral("tag ~ \"ablation\"")}) {
        auto *label = new TextLabel(theme(), query, TextRole::Mono, "text2");
        label->setContentsMargins(8, 4, 0, 4);
        label->setCursor(Qt::PointingHandCursor);
        connect(label, &TextLabel::clicked, this, [this, query] { m_query->setText(query); });
        layout->addWidget(label);
    }
    layout->addSpacing(16);
    heading(tr("Group by"));
    auto *group = new ChoiceField(theme());
    group->addItems({tr("Weighting"), tr("Stage"), tr("Nothing")});
    connect(group, &QComboBox::currentIndexChanged, this,
            [this](int index) { m_model->setGroupBy(static_cast<RunsModel::GroupBy>(index)); });
    auto *row = new QHBoxLayout;
    row->setContentsMargins(8, 0, 8, 0);
    row->addWidget(group);
    layout->addLayout(row);
    layout->addStretch();
    auto *note = new TextLabel(theme(), tr("Interval: 95% of Wilson over the questions. Group rows: mean ± sd over seeds of "
                                           "finished runs."),
                               TextRole::Caption, "text3");
    note->setWordWrap(true);
    note->setContentsMargins(8, 0, 4, 0);
    layout->addWidget(note);
    return side;
}

QWidget *RunsPage::buildMiddle()
{
    auto *middle = new Ground(theme(), Token::Surface);
    auto *layout = new QVBoxLayout(middle);
    layout->setContentsMargins(1, 0, 0, 0);
    layout->setSpacing(0);
    auto *line = new QHBoxLayout;
    line->setContentsMargins(12, 10, 12, 10);
    line->setSpacing(8);
    m_query = new QLineEdit;
    m_query->setFont(theme().font(TextRole::Mono));
    m_query->setPlaceholderText(tr("Filter runs, for example mode = \"net\" and acc_best8 > 0.83"));
    m_query->addAction(themedIcon(theme(), QStringLiteral("filter"), Token::Text3), QLineEdit::LeadingPosition);
    m_query->setAccessibleName(tr("Filter runs"));
    m_count = new TextLabel(theme(), {}, TextRole::Caption, "text3", m_query);
    auto *inside = new QHBoxLayout(m_query);
    inside->setContentsMargins(0, 0, 10, 0);
    inside->addStretch();
    inside->addWidget(m_count);
    connect(m_query, &QLineEdit::textChanged, this, &RunsPage::applyQuery);
    line->addWidget(m_query, 1);
    auto *columns = new Button(theme(), tr("Columns"));
    columns->setIconName(QStringLiteral("columns"));
    auto *menu = new QMenu(columns);
    auto *exportButton = new Button(theme(), tr("Export"));
    exportButton->setIconName(QStringLiteral("export"));
    connect(exportButton, &Button::clicked, this, &RunsPage::exportCsv);
    line->addWidget(columns);
    line->addWidget(exportButton);
    layout->addLayout(line);
    m_problem = new TextLabel(theme(), {}, TextRole::Caption, "failed");
    m_problem->setContentsMargins(14, 0, 12, 6);
    m_problem->hide();
    layout->addWidget(m_problem);
    layout->addWidget(new Rule(theme(), Qt::Horizontal));

    m_table = new DataTable(theme());
    m_table->setModel(m_model);
    m_table->setColumns({{32}, {160, 0.35}, {102}, {150, 0.3}, {96}, {92}, {84}, {54}, {72}, {0}});
    m_table->setSortingEnabled(false);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setAccessibleName(tr("Runs"));
    connect(m_table, &QWidget::customContextMenuRequested, this, &RunsPage::showContextMenu);
    connect(m_table, &DataTable::currentRowChanged, this, &RunsPage::currentRowChanged);
    connect(m_table, &DataTable::rowActivated, this, [this](const QModelIndex &index) {
        if (const RunRow *row = m_model->runAt(index.row()))
            Q_EMIT openRequested(PageId::Live, row->id());
    });
    connect(m_table, &DataTable::cellClicked, this, [this](const QModelIndex &index, Qt::KeyboardModifiers modifiers) {
        const RunRow *row = m_model->runAt(index.row());
        if (!row)
            m_model->toggleGroup(index.row());
        else if (index.column() == RunsModel::Eye)
            m_model->toggleVisible(row->id());
        else if (modifiers & (Qt::ControlModifier | Qt::ShiftModifier))
            m_model->toggleSelected(row->id());
        else
            m_model->setSelected({row->id()});
    });
    connect(m_table->horizontalHeader(), &QHeaderView::sectionClicked, this, [this](int section) {
        auto *header = m_table->horizontalHeader();
        const bool again = header->isSortIndicatorShown() && header->sortIndicatorSection() == section;
        const auto order = again && header->sortIndicatorOrder() == Qt::DescendingOrder ? Qt::AscendingOrder
                                                                                         : Qt::DescendingOrder;
        header->setSortIndicatorShown(true);
        header->setSortIndicator(section, order);
        m_model->sort(section, order);
    });
    for (int column = RunsModel::State; column < RunsModel::ColumnCount; ++column) {
        QAction *action = menu->addAction(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(column != RunsModel::Tags);
        connect(action, &QAction::toggled, m_table, [this, column](bool on) {
            m_table->setColumnHidden(column, !on);
            if (on && m_table->columnWidth(column) < 40)
                m_table->setColumnWidth(column, 96);
        });
    }
    columns->setMenu(menu);
    columns->setMenuArrow(false);
    m_tableStack = new QStackedWidget;
    m_tableStack->addWidget(m_table);
    m_noMatch = new EmptyState(theme(), QStringLiteral("filter"), {}, tr("Clear filter"));
    connect(m_noMatch, &EmptyState::actionTriggered, m_query, &QLineEdit::clear);
    m_tableStack->addWidget(m_noMatch);
    layout->addWidget(m_tableStack, 1);
    return middle;
}

void RunsPage::buildSelectionBar()
{
    m_bar = new SelectionBar(theme(), this);
    connect(m_bar->addAction(tr("Compare"), QStringLiteral("compare"), QStringLiteral("C")), &Button::clicked, this,
            &RunsPage::compareSelected);
    connect(m_bar->addAction(tr("Evaluate…"), QStringLiteral("evaluation")), &Button::clicked, this, [this] {
        if (!m_model->selected().empty())
            Q_EMIT evaluateRequested(m_model->selected().front());
    });
    connect(m_bar->addAction(tr("Archive"), QStringLiteral("archive")), &Button::clicked, this,
            &RunsPage::archiveSelected);
    connect(m_bar, &SelectionBar::clearRequested, this, [this] { m_model->setSelected({}); });
    connect(m_model, &RunsModel::selectionChanged, this, [this] {
        const auto count = static_cast<int>(m_model->selected().size());
        m_bar->setCount(count > 1 ? count : 0, tr("runs"));
        Q_EMIT selectionChanged();
    });
}

void RunsPage::compareSelected()
{
    if (m_model->selected().size() >= 2)
        Q_EMIT compareRequested(m_model->selected());
}

QString RunsPage::selectionText() const
{
    const auto count = m_model->selected().size();
    return count > 1 ? tr("%1 runs selected").arg(count) : QString();
}

void RunsPage::setRuns(const RunsData &runs)
{
    const RunRow *before = m_model->runAt(m_table->currentIndex().row());
    RunId current = before ? before->id() : RunId{};
    m_model->setRuns(runs);
    m_stack->setCurrentIndex(runs.rows.empty() ? 0 : 1);
    if (m_first && !runs.rows.empty()) {
        m_first = false;
        for (int row = 0; row < m_model->rowCount() && !current; ++row)
            if (const RunRow *run = m_model->runAt(row))
                current = run->id();
    }
    if (const int row = m_model->rowOf(current); row >= 0)
        m_table->setCurrentIndex(m_model->index(row, RunsModel::Name));
    currentRowChanged(m_table->currentIndex().row());
    updateCounts();
}

void RunsPage::updateCounts()
{
    m_views->setEntries({{tr("All runs"), m_model->countOf(RunsModel::View::All)},
                         {tr("Active"), m_model->countOf(RunsModel::View::Active)},
                         {tr("This week"), m_model->countOf(RunsModel::View::Week)},
                         {tr("Archived"), m_model->countOf(RunsModel::View::Archived)}});
    m_views->setCurrent(static_cast<int>(m_model->view()));
    m_count->setText(tr("%1 of %2 runs").arg(thousands(m_model->shown()), thousands(m_model->inView())));
    const bool nothing = m_model->shown() == 0 && !m_model->runs().empty();
    if (nothing)
        m_noMatch->setSentence(tr("No run matches. %1 runs are hidden by the filter.").arg(thousands(m_model->inView())));
    m_tableStack->setCurrentIndex(nothing ? 1 : 0);
}

void RunsPage::applyQuery(const QString &text)
{
    RunQuery::Problem problem;
    const auto query = RunQuery::parse(text, &problem);
    m_problem->setVisible(!query.has_value());
    m_query->setProperty("invalid", !query.has_value());
    m_query->style()->unpolish(m_query);
    m_query->style()->polish(m_query);
    m_query->setFont(theme().font(TextRole::Mono));
    if (!query) {
        m_problem->setText(problem.message);
        return;
    }
    m_model->setQuery(*query);
    updateCounts();
}

void RunsPage::currentRowChanged(int row)
{
    const RunRow *run = m_model->runAt(row);
    const RunRow *parent = run ? m_model->find(run->record.parent) : nullptr;
    const RunRow *reference = nullptr;
    for (const RunRow &other : m_model->runs())
        if (run && other.record.method == "none" && other.record.stage != "cold-start" && other.accuracy &&
            (!reference || other.record.seed == run->record.seed))
            reference = &other;
    m_summary->setRun(run, parent, reference);
}

void RunsPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    if (m_bar->isVisible())
        m_bar->place();
}

void RunsPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space)
        m_summary->setVisible(!m_summary->isVisible());
    else if (event->key() == Qt::Key_C && event->modifiers() == Qt::NoModifier)
        compareSelected();
    else if (event->key() == Qt::Key_Escape)
        m_model->setSelected({});
    else
        Page::keyPressEvent(event);
}

ViewList::ViewList(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme) {}

void ViewList::setEntries(const QVector<std::pair<QString, int>> &entries)
{
    m_entries = entries;
    setFixedHeight(static_cast<int>(entries.size()) * m_theme.scaled(30));
    update();
}

void ViewList::setCurrent(int index)
{
    m_current = index;
    update();
}

void ViewList::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int high = m_theme.scaled(30);
    for (int i = 0; i < m_entries.size(); ++i) {
        const QRectF box(0, i * high + 2, width(), high - 4);
        const bool here = i == m_current;
        if (here)
            paintBox(painter, box, 6, m_theme.color(m_theme.dark() ? Token::Hover : Token::Surface),
                     m_theme.color(Token::Border));
        QFont font = m_theme.font(TextRole::Panel);
        if (here)
            font.setWeight(QFont::DemiBold);
        paintText(painter, box.adjusted(8, 0, -40, 0), m_entries[i].first, font, m_theme.color(Token::Text));
        paintText(painter, box.adjusted(8, 0, -8, 0), thousands(m_entries[i].second), m_theme.font(TextRole::Mono),
                  m_theme.color(Token::Text3), Qt::AlignRight);
    }
}

void ViewList::mousePressEvent(QMouseEvent *event)
{
    const int index = static_cast<int>(event->position().y()) / m_theme.scaled(30);
    if (index >= 0 && index < m_entries.size())
        Q_EMIT chosen(index);
}

} // namespace winnow::ui
