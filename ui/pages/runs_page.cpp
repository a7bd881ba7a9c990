#include "ui/pages/runs_page.h"

#include "ui/bridge/run_upkeep.h"
#include "ui/bridge/store_session.h"
#include "ui/models/run_looks.h"
#include "ui/pages/first_start.h"
#include "ui/pages/run_summary.h"
#include "ui/pages/runs_query_line.h"
#include "ui/pages/runs_side.h"
#include "ui/pages/table_menu.h"
#include "ui/support/words.h"
#include "ui/theme/icons.h"
#include "ui/widgets/button.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/floating_bar.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/text_label.h"

#include <QAction>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace winnow::ui
{

RunsPage::RunsPage(const PageContext &context, QWidget *parent)
    : Page(context, parent), m_model(new RunsModel(this)), m_upkeep(new RunUpkeep(session(), this))
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
    buildSide();
    layout->addWidget(m_side);
    layout->addWidget(buildMiddle(), 1);
    m_summary = new RunSummary(theme());
    layout->addWidget(m_summary);
    m_stack->addWidget(content);
    buildSelectionBar();
    m_toast = new Toast(theme(), this);
    connect(m_toast, &Toast::actionTriggered, m_upkeep, &RunUpkeep::undo);
    connect(m_upkeep, &RunUpkeep::done, this, [this](const QString &words, bool undoable) {
        m_toast->showMessage(words, undoable ? tr("Undo") : QString());
    });
    connectSummary();
    addKeys();
}

void RunsPage::connectSummary()
{
    connect(m_summary, &RunSummary::openRequested, this, [this] { Q_EMIT openRequested(PageId::Live, current()); });
    connect(m_summary, &RunSummary::samplesRequested, this,
            [this] { Q_EMIT openRequested(PageId::Samples, current()); });
    connect(m_summary, &RunSummary::cloneRequested, this, [this] { Q_EMIT newRunRequested(current()); });
    connect(m_summary, &RunSummary::resumeRequested, this, [this] { Q_EMIT resumeRequested(current()); });
    const auto onCurrent = [this](void (RunsPage::*act)()) {
        return [this, act] {
            if (!m_model->isSelected(current()))
                m_model->setSelected({current()});
            (this->*act)();
        };
    };
    connect(m_summary, &RunSummary::pairRequested, this, &Page::compareRequested);
    connect(m_summary, &RunSummary::runRequested, this, [this](RunId run) {
        if (const int row = m_model->rowOf(run); row >= 0)
            m_table->setCurrentIndex(m_model->index(row, RunsModel::Name));
        else
            Q_EMIT message(tr("That run is not in this view. Clear the filter, or look under Archived."));
    });
    connect(m_summary, &RunSummary::noteRequested, this, onCurrent(&RunsPage::noteChosen));
    connect(m_summary, &RunSummary::copyCommandRequested, this, onCurrent(&RunsPage::copyCommands));
    connect(
        m_summary, &RunSummary::showAllToggled, this, [this] { currentRowChanged(m_table->currentIndex().row()); },
        Qt::QueuedConnection); // it replaces the button that was clicked
}

QWidget *RunsPage::primary()
{
    auto *button = new Button(theme(), tr("New run"));
    button->setIconName(QStringLiteral("plus"));
    button->setKeyHint(QStringLiteral("Ctrl N"));
    connect(button, &Button::clicked, this, [this] { Q_EMIT newRunRequested(RunId{}); });
    return button;
}

void RunsPage::buildSide()
{
    m_side = new RunsSide(theme(), *m_model);
    connect(m_side, &RunsSide::viewChosen, this, &RunsPage::setView);
    connect(m_side, &RunsSide::queryChosen, this, [this](const QString &text) { m_query->setText(text); });
    connect(m_side, &RunsSide::queryRemoved, this, [this](const QString &name) {
        session().write(
            this, [own = name.toStdString()](Database &database) { return RunViewStore(database).removeQuery(own); });
    });
    connect(m_side, &RunsSide::groupByChosen, this, [this](const QString &key) {
        m_model->setGroupBy(key);
        keepViewSetting("runs.group", key);
    });
    connect(m_side, &RunsSide::spreadChosen, this, [this](int index) {
        m_model->setSpread(static_cast<RunsModel::Spread>(index));
        keepViewSetting("runs.spread", QString::number(index));
    });
}

QWidget *RunsPage::buildQueryRow()
{
    auto *holder = new QWidget;
    auto *line = new QHBoxLayout(holder);
    line->setContentsMargins(12, 10, 12, 10);
    line->setSpacing(8);
    m_query = new RunsQueryLine(theme());
    m_query->setObjectName(QStringLiteral("query"));
    m_query->setPlaceholderText(tr("Filter runs, for example mode = \"net\" and acc_best8 > 0.83"));
    m_query->addAction(themedIcon(theme(), QStringLiteral("filter"), Token::Text3), QLineEdit::LeadingPosition);
    m_count = new TextLabel(theme(), {}, TextRole::Caption, "text3", m_query);
    auto *inside = new QHBoxLayout(m_query);
    inside->setContentsMargins(0, 0, 10, 0);
    inside->addStretch();
    inside->addWidget(m_count);
    connect(m_query, &RunsQueryLine::queryChanged, this, &RunsPage::applyQuery);
    connect(m_query, &RunsQueryLine::problemChanged, this, [this](const QString &message) {
        m_problem->setText(message);
        m_problem->setVisible(!message.isEmpty());
        m_save->setEnabled(message.isEmpty() && !m_query->text().trimmed().isEmpty());
    });
    line->addWidget(m_query, 1);
    m_save = new Button(theme(), tr("Save query"));
    m_save->setEnabled(false);
    connect(m_save, &Button::clicked, this, &RunsPage::saveQuery);
    line->addWidget(m_save);
    m_columnsButton = new Button(theme(), tr("Columns"));
    m_columnsButton->setIconName(QStringLiteral("columns"));
    connect(m_columnsButton, &Button::clicked, this, &RunsPage::openColumnChooser);
    line->addWidget(m_columnsButton);
    auto *exportButton = new Button(theme(), tr("Export"));
    exportButton->setIconName(QStringLiteral("export"));
    exportButton->setToolTip(tr("The runs that the table shows"));
    auto *exportMenu = new QMenu(exportButton);
    auto *tables = new TableMenu(exportMenu, this, QStringLiteral("runs"), [this](TableForm form) { return exportTable(form); });
    connect(tables, &TableMenu::message, this, &RunsPage::message);
    exportButton->setMenu(exportMenu);
    exportButton->setMenuArrow(false);
    line->addWidget(exportButton);
    return holder;
}

QWidget *RunsPage::buildMiddle()
{
    auto *middle = new Ground(theme(), Token::Surface);
    auto *layout = new QVBoxLayout(middle);
    layout->setContentsMargins(1, 0, 0, 0);
    layout->setSpacing(0);
    m_problem = new TextLabel(theme(), {}, TextRole::Caption, "failed");
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->setContentsMargins(14, 0, 12, 6);
    m_problem->hide();
    layout->addWidget(buildQueryRow());
    layout->addWidget(m_problem);
    layout->addWidget(new Rule(theme(), Qt::Horizontal));
    buildTable();
    m_moved = new Strip(theme(), Strip::Kind::Info);
    const auto sortNow = [this] {
        m_model->sortNow();
        showMoved();
    };
    connect(m_moved->addAction(tr("Sort now")), &Button::clicked, this, sortNow);
    connect(m_table, &DataTable::pointerLeft, this, [this, sortNow] {
        if (m_model->moved() > 0)
            sortNow();
    });
    m_moved->hide();
    layout->addWidget(m_moved);
    m_tableStack = new QStackedWidget;
    m_tableStack->addWidget(m_table);
    m_noMatch = new EmptyState(theme(), QStringLiteral("filter"), {}, tr("Clear filter"));
    connect(m_noMatch, &EmptyState::actionTriggered, m_query, &QLineEdit::clear);
    m_tableStack->addWidget(m_noMatch);
    layout->addWidget(m_tableStack, 1);
    return middle;
}

void RunsPage::buildTable()
{
    m_table = new DataTable(theme());
    m_table->setModel(m_model);
    m_columns = {QStringLiteral("#2"), QStringLiteral("#3"), QStringLiteral("#4"), QStringLiteral("#5"),
                 QStringLiteral("#6"), QStringLiteral("#7"), QStringLiteral("#8")};
    layOutColumns();
    m_table->setSortingEnabled(false);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setAccessibleName(tr("Runs"));
    m_table->horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table->horizontalHeader(), &QWidget::customContextMenuRequested, this, &RunsPage::openColumnChooser);
    connect(m_table, &QWidget::customContextMenuRequested, this, &RunsPage::showContextMenu);
    connect(m_table, &DataTable::currentRowChanged, this, &RunsPage::currentRowChanged);
    connect(m_table, &DataTable::rowActivated, this, [this](const QModelIndex &index) {
        if (const RunRow *row = m_model->runAt(index.row()))
            Q_EMIT openRequested(PageId::Live, row->id());
    });
    connect(m_table, &DataTable::cellClicked, this, &RunsPage::cellClicked);
    connect(m_table->horizontalHeader(), &QHeaderView::sectionClicked, this, &RunsPage::sortBy);
    connect(m_model, &RunsModel::renameRequested, this,
            [this](RunId run, const QString &name) { m_upkeep->rename(rowsOf({run}), name); });
}

void RunsPage::cellClicked(const QModelIndex &index, Qt::KeyboardModifiers modifiers)
{
    const RunRow *row = m_model->runAt(index.row());
    if (!row)
        m_model->toggleGroup(index.row());
    else if (index.column() == RunsModel::Eye)
        toggleVisible(row->id());
    else if (modifiers & Qt::ShiftModifier)
        m_model->selectRange(m_anchor < 0 ? index.row() : m_anchor, index.row());
    else if (modifiers & Qt::ControlModifier)
        m_model->toggleSelected(row->id());
    else
        m_model->setSelected({row->id()});
    if (!(modifiers & Qt::ShiftModifier))
        m_anchor = index.row();
}

void RunsPage::sortBy(int section)
{
    auto *header = m_table->horizontalHeader();
    const bool again = header->isSortIndicatorShown() && header->sortIndicatorSection() == section;
    const auto order =
        again && header->sortIndicatorOrder() == Qt::DescendingOrder ? Qt::AscendingOrder : Qt::DescendingOrder;
    header->setSortIndicatorShown(true);
    header->setSortIndicator(section, order);
    m_model->sort(section, order);
}

void RunsPage::buildSelectionBar()
{
    m_bar = new SelectionBar(theme(), this);
    const auto add = [this](const QString &text, const QString &icon, std::vector<Button *> &kind, auto action,
                            const QString &key = {}) {
        Button *button = m_bar->addAction(text, icon, key);
        connect(button, &Button::clicked, this, action);
        kind.push_back(button);
        return button;
    };
    m_compare = add(
        tr("Compare"), QStringLiteral("compare"), m_liveActions, [this] { compareSelected(); }, QStringLiteral("C"));
    add(tr("Evaluate…"), QStringLiteral("evaluation"), m_liveActions, [this] {
        if (!m_model->selected().empty())
            Q_EMIT evaluateRequested(m_model->selected().front());
    });
    add(tr("Tag…"), QStringLiteral("tag"), m_liveActions, [this] { tagChosen(); });
    add(tr("Archive"), QStringLiteral("archive"), m_liveActions,
        [this] { archiveChosen(m_model->view() != RunsModel::View::Archived); });
    add(tr("Restore"), QStringLiteral("undo"), m_deletedActions, [this] { restoreChosen(); });
    add(tr("Purge…"), QStringLiteral("trash"), m_deletedActions, [this] { purgeChosen(); });
    connect(m_bar, &SelectionBar::clearRequested, this, [this] { m_model->setSelected({}); });
    connect(m_model, &RunsModel::selectionChanged, this, [this] {
        updateSelectionBar();
        Q_EMIT selectionChanged();
    });
    updateSelectionBar();
}

void RunsPage::updateSelectionBar()
{
    const auto count = static_cast<int>(m_model->selected().size());
    const bool deleted = m_model->view() == RunsModel::View::Deleted;
    for (Button *button : m_liveActions)
        button->setVisible(!deleted);
    for (Button *button : m_deletedActions)
        button->setVisible(deleted);
    m_compare->setEnabled(count >= 2 && count <= 20);
    m_compare->setToolTip(count < 2 ? tr("Choose two to twenty runs to compare them.") : QString());
    m_liveActions.back()->setText(m_model->view() == RunsModel::View::Archived ? tr("Take out") : tr("Archive"));
    m_bar->setCount(count, count == 1 ? tr("run") : tr("runs"));
}

void RunsPage::compareSelected()
{
    if (m_model->selected().size() >= 2 && m_model->view() != RunsModel::View::Deleted)
        Q_EMIT compareRequested(m_model->selected());
}

QString RunsPage::selectionText() const
{
    const auto count = m_model->selected().size();
    return count == 0 ? QString()
        : count == 1  ? tr("1 run selected")
                      : tr("%1 runs selected").arg(thousands(static_cast<std::int64_t>(count)));
}

RunId RunsPage::current() const
{
    const RunRow *row = m_model->runAt(m_table->currentIndex().row());
    return row ? row->id() : RunId{};
}

void RunsPage::setRuns(const RunsData &runs)
{
    RunId before = current();
    m_queries = runs.queries;
    m_settings = runs.settings;
    m_lineageStale = true;
    applyViewSettings();
    m_model->setRuns(runs, m_table->pointerInside() && m_table->horizontalHeader()->isSortIndicatorShown());
    showMoved();
    m_query->setRuns(runs.rows);
    m_stack->setCurrentIndex(runs.rows.empty() ? 0 : 1);
    if (m_first && !runs.rows.empty()) {
        m_first = false;
        for (int row = 0; row < m_model->rowCount() && !before; ++row)
            if (const RunRow *run = m_model->runAt(row))
                before = run->id();
    }
    if (const int row = m_model->rowOf(before); row >= 0 && row != m_table->currentIndex().row())
        m_table->setCurrentIndex(m_model->index(row, RunsModel::Name));
    currentRowChanged(m_table->currentIndex().row());
    updateCounts();
    m_upkeep->keepLooks(looksToKeep(runs.rows));
}

void RunsPage::showMoved()
{
    const int moved = m_model->moved();
    m_moved->setVisible(moved > 0);
    m_moved->setMessage(moved == 1 ? tr("1 row changed order") : tr("%1 rows changed order").arg(thousands(moved)));
}

void RunsPage::setView(int view)
{
    m_model->setSelected({});
    m_model->setView(static_cast<RunsModel::View>(view));
    updateSelectionBar();
    updateCounts();
}

void RunsPage::updateCounts()
{
    m_side->refresh(m_queries);
    m_count->setText(tr("%1 of %2 runs").arg(thousands(m_model->shown()), thousands(m_model->inView())));
    m_query->setTextMargins(0, 0, m_count->sizeHint().width() + 8, 0); // text ends before the count
    const bool nothing = m_model->shown() == 0 && !m_model->runs().empty();
    if (nothing)
        m_noMatch->setSentence(
            m_model->inView() == 0
                ? tr("No run is in this view.")
                : tr("No run matches. %1 runs are hidden by the filter.").arg(thousands(m_model->inView())));
    m_tableStack->setCurrentIndex(nothing ? 1 : 0);
}

void RunsPage::applyQuery(const RunQuery &query)
{
    m_model->setQuery(query);
    updateCounts();
}

void RunsPage::currentRowChanged(int row)
{
    const RunRow *run = m_model->runAt(row);
    const RunRow *parent = run ? m_model->find(run->record.parent) : nullptr;
    const RunRow *reference = nullptr;
    for (const RunRow &other : m_model->runs())
        if (run && !other.deleted && other.record.method == "none" && other.record.stage != "cold-start"
            && other.accuracy && (!reference || other.record.seed == run->record.seed))
            reference = &other;
    m_summary->setRun(run, parent, reference);
    askLineage();
    askDifference(run, reference);
    if (!run || !m_table->hasFocus())
        return;
    if (QGuiApplication::keyboardModifiers() & Qt::ShiftModifier)
        m_model->selectRange(m_anchor < 0 ? row : m_anchor, row);
    else
        m_anchor = row;
}

/// Read beside the table: it takes scores and weights of two runs.
void RunsPage::askLineage()
{
    const RunId run = m_summary->run();
    if (!run || (m_lineageOf == run && !m_lineageStale))
        return;
    m_lineageOf = run;
    m_lineageStale = false;
    session().request<std::vector<LineagePair>>(
        this, [run](StoreReader &reader) { return reader.lineage(run); },
        [this, run](const Result<std::vector<LineagePair>> &pairs) {
            if (pairs.ok() && run == m_summary->run())
                m_summary->setLineage(run, *pairs);
            else if (!pairs.ok())
                Q_EMIT message(coreWords(pairs.error().message));
        });
}

/// Read beside the table too. One at a time: a key that is held down in the table passes many runs.
void RunsPage::askDifference(const RunRow *run, const RunRow *reference)
{
    if (!run || !m_summary->reference())
        return;
    const auto stateOf = [](const RunRow &row) {
        return QStringLiteral("%1 %2 %3 %4").arg(row.id().value).arg(row.record.step).arg(row.record.result.selectedStep)
            .arg(row.accuracy->value, 0, 'g', 17);
    };
    m_differenceWanted = {run->id(), reference->id(), QStringList{session().path(), stateOf(*run), stateOf(*reference)}.join(QLatin1Char('\n'))};
    if (!m_askingDifference && m_differenceWanted != m_differenceKnown)
        readDifference();
}

void RunsPage::readDifference()
{
    m_askingDifference = true;
    session().request<std::optional<PairedDifference>>(
        this,
        [wanted = m_differenceWanted](StoreReader &reader) { return pairedDifference(reader, wanted.reference, wanted.run); },
        [this, wanted = m_differenceWanted](const Result<std::optional<PairedDifference>> &difference) {
            m_askingDifference = false;
            m_differenceKnown = wanted;
            m_summary->setDifference(wanted.run, wanted.reference, difference);
            if (m_differenceWanted != wanted)
                readDifference();
        });
}

void RunsPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    if (m_bar->isVisible())
        m_bar->place();
    if (m_toast->isVisible())
        m_toast->place(64);
}

void RunsPage::addKeys()
{
    addKey(QStringLiteral("runs.summary"), tr("Open or close the summary"), {Qt::Key_Space},
           [this] { m_summary->setVisible(!m_summary->isVisible()); });
    addKey(QStringLiteral("runs.compare"), tr("Compare the selected runs"), {Qt::Key_C}, [this] { compareSelected(); });
    addKey(QStringLiteral("runs.rename"), tr("Rename"), {Qt::Key_F2}, [this] { renameChosen(); });
    addKey(QStringLiteral("runs.delete"), tr("Delete; in the view Deleted: purge"), {Qt::Key_Delete},
           [this] { m_model->view() == RunsModel::View::Deleted ? purgeChosen() : deleteChosen(); });
    addKey(QStringLiteral("runs.all"), tr("Select all runs that match"), {Qt::CTRL | Qt::Key_A},
           [this] { m_model->setSelected(m_model->shownRuns()); });
    addKey(QStringLiteral("runs.none"), tr("Select none"), {Qt::CTRL | Qt::SHIFT | Qt::Key_A}, [this] { m_model->setSelected({}); });
    addKey(QStringLiteral("runs.find"), tr("Go to the filter"), {Qt::CTRL | Qt::Key_F}, [this] { m_query->setFocus(); });
    addKey(QStringLiteral("runs.clear"), tr("Clear the selection, then the filter"), {Qt::Key_Escape}, [this] {
        if (m_model->selected().empty())
            m_query->clear();
        else
            m_model->setSelected({});
    });
}

} // namespace winnow::ui
