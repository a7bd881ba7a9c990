#include "ui/pages/data_page.h"

#include "ui/bridge/store_session.h"
#include "ui/models/simple_table.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/interval_chart.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <cmath>

namespace winnow::ui {

DataPage::DataPage(const PageContext &context, QWidget *parent) : Page(context, parent)
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_stack = new QStackedWidget;
    outer->addWidget(m_stack);
    auto *empty = new EmptyState(theme(), QStringLiteral("data"),
                                 tr("No data set yet. A run stores the sets it reads, with what was dropped and why."), tr("New run"));
    connect(empty, &EmptyState::actionTriggered, this, [this] { Q_EMIT newRunRequested(RunId{}); });
    m_stack->addWidget(empty);
    auto *content = new QWidget;
    auto *row = new QHBoxLayout(content);
    row->setContentsMargins(12, 12, 12, 12);
    row->setSpacing(10);
    m_list = new SimpleTable(this);
    m_listTable = new DataTable(theme());
    m_listTable->setModel(m_list);
    m_listTable->setAccessibleName(tr("Data sets"));
    connect(m_listTable, &DataTable::currentRowChanged, this, &DataPage::showSet);
    auto *sets = new Panel(theme(), tr("Data sets"));
    sets->setBody(m_listTable, QMargins(0, 0, 0, 4));
    sets->setFixedWidth(theme().scaled(300));
    row->addWidget(sets);
    auto *right = new QVBoxLayout;
    right->setSpacing(10);
    const auto table = [this](SimpleTable *&model, DataTable *&view) {
        model = new SimpleTable(this);
        view = new DataTable(theme());
        view->setModel(model);
    };
    table(m_facts, m_factsTable);
    m_factsTable->horizontalHeader()->hide();
    m_detail = new Panel(theme(), {});
    m_detail->setBody(m_factsTable, QMargins(0, 0, 0, 4));
    table(m_drops, m_dropsTable);
    m_dropped = new Panel(theme(), tr("Dropped, by reason"));
    m_dropped->setBody(m_dropsTable, QMargins(0, 0, 0, 4));
    m_subjects = new IntervalChart(theme());
    m_balance = new Panel(theme(), tr("Subject balance"));
    m_balance->setBody(m_subjects, QMargins(0, 4, 0, 4));
    right->addWidget(m_detail, 4);
    right->addWidget(m_dropped, 3);
    right->addWidget(m_balance, 3);
    row->addLayout(right, 1);
    m_stack->addWidget(content);
}

void DataPage::setRuns(const RunsData &)
{
    if (isVisible())
        load();
}

void DataPage::load()
{
    if (m_loading)
        return;
    m_loading = true;
    session().request<std::vector<DatasetSummary>>(
        this, [](StoreReader &reader) { return reader.datasets(); },
        [this](Result<std::vector<DatasetSummary>> result) {
            m_loading = false;
            if (!result.ok()) {
                m_detail->showError(QString::fromStdString(result.error().message));
                return;
            }
            const int row = std::max(0, m_listTable->currentIndex().row());
            m_sets = std::move(result).value();
            m_stack->setCurrentIndex(m_sets.empty() ? 0 : 1);
            std::vector<SimpleTable::Row> rows;
            for (const DatasetSummary &set : m_sets)
                rows.push_back({TextCell{.text = QString::fromStdString(set.record.name),
                                         .note = QString::fromStdString(set.record.kind)},
                                TextCell{.text = thousands(set.record.rowsKept), .mono = true, .alignment = Qt::AlignRight}});
            m_list->set({{tr("Name")}, {tr("Rows kept"), Qt::AlignRight}}, std::move(rows));
            m_listTable->setColumns({{180, 1}, {84}});
            if (!m_sets.empty()) {
                m_listTable->setCurrentIndex(m_list->index(std::min(row, m_list->rowCount() - 1), 0));
                showSet(m_listTable->currentIndex().row());
            }
        });
}

void DataPage::showSet(int row)
{
    if (row < 0 || row >= static_cast<int>(m_sets.size()))
        return;
    const DatasetSummary &set = m_sets[static_cast<std::size_t>(row)];
    m_detail->setTitle(QString::fromStdString(set.record.name));
    m_detail->setUnit(QString::fromStdString(set.record.kind + (set.record.form.empty() ? "" : ", " + set.record.form)));
    std::vector<SimpleTable::Row> facts;
    const auto fact = [&facts](const QString &name, const QString &value) {
        facts.push_back({TextCell{.text = name, .token = Token::Text2}, TextCell{.text = value, .mono = true}});
    };
    const std::int64_t dropped = set.record.rowsRead - set.record.rowsKept;
    fact(tr("File"), QString::fromStdString(set.record.path));
    fact(tr("SHA-256"), QString::fromStdString(set.record.sha256));
    fact(tr("Rows"), tr("%1 read, %2 kept, %3 dropped").arg(thousands(set.record.rowsRead), thousands(set.record.rowsKept), thousands(dropped)));
    fact(set.record.kind == "test" ? tr("Candidates") : tr("Labels"),
         set.record.kind == "test" ? tr("%1 right, %2 wrong").arg(thousands(set.counts.labelsPlus), thousands(set.counts.labelsMinus))
                                   : tr("%1 +, %2 −").arg(thousands(set.counts.labelsPlus), thousands(set.counts.labelsMinus)));
    fact(tr("Known noise"), set.counts.noiseKnown == 0
                                ? tr("no mask")
                                : tr("%1 of %2 (%3)").arg(thousands(set.counts.noiseCount), thousands(set.counts.noiseKnown),
                                                          percentText(static_cast<double>(set.counts.noiseCount) / static_cast<double>(set.counts.noiseKnown))));
    fact(tr("Decisions"), tr("%1 keep, %2 flip, %3 exclude, %4 unsure")
                              .arg(set.decisions[1]).arg(set.decisions[2]).arg(set.decisions[3]).arg(set.decisions[4]));
    m_facts->set({{QString()}, {QString()}}, std::move(facts));
    m_factsTable->setColumns({{140}, {200, 1}});
    std::vector<SimpleTable::Row> drops;
    for (const DatasetDrop &drop : set.record.drops)
        drops.push_back({TextCell{.text = QString::fromStdString(drop.reason)},
                         TextCell{.text = thousands(drop.count), .mono = true, .alignment = Qt::AlignRight},
                         TextCell{.text = thousands(drop.firstRow), .mono = true, .alignment = Qt::AlignRight},
                         TextCell{.text = QString::fromStdString(drop.example), .token = Token::Text2}});
    m_dropped->setUnit(drops.empty() ? tr("nothing was dropped") : tr("%1 rows").arg(thousands(dropped)));
    m_drops->set({{tr("Reason")}, {tr("Count"), Qt::AlignRight}, {tr("First row"), Qt::AlignRight}, {tr("Example")}}, std::move(drops));
    m_dropsTable->setColumns({{200}, {70}, {84}, {160, 1}});
    std::int64_t total = 0;
    double most = 0;
    for (const auto &[name, count] : set.counts.subjects)
        total += count;
    std::vector<IntervalChart::Row> bars;
    for (const auto &[name, count] : set.counts.subjects) {
        const double share = static_cast<double>(count) / static_cast<double>(std::max<std::int64_t>(1, total));
        most = std::max(most, share);
        if (bars.size() < 12)
            bars.push_back({name.empty() ? tr("no subject") : QString::fromStdString(name),
                            {{{share, 0, share}, {3, 0, false}, Marker::Disc}}, thousands(count), false});
    }
    m_balance->setUnit(static_cast<std::size_t>(bars.size()) < set.counts.subjects.size()
                           ? tr("share of rows, %1 of %2 subjects").arg(bars.size()).arg(set.counts.subjects.size())
                           : tr("share of rows, n = %1").arg(thousands(total)));
    m_subjects->setRows(std::move(bars), 0, std::min(1.0, std::ceil(most * 5 + 0.01) / 5), 0.2);
}

} // namespace winnow::ui
