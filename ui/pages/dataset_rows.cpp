#include "ui/pages/dataset_rows.h"

#include "core/model/internvl_config.h"
#include "ui/bridge/store_session.h"
#include "ui/pages/row_detail.h"
#include "ui/theme/icons.h"
#include "ui/widgets/button.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSplitter>
#include <QVBoxLayout>

namespace winnow::ui
{

namespace
{
constexpr int afterTyping = 200; // milliseconds
}

DatasetRows::DatasetRows(const PageContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_browser(new RowBrowser(this)), m_model(new DatasetRowsModel(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *split = new QSplitter(Qt::Horizontal);
    split->setHandleWidth(context.theme.scaled(8));
    split->setChildrenCollapsible(false);
    split->addWidget(buildList());
    m_detail = new RowDetail(context.theme, context.thumbnails);
    auto *side = new Surface(context.theme, m_detail);
    side->setMinimumWidth(context.theme.scaled(340));
    split->addWidget(side);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setSizes({context.theme.scaled(560), context.theme.scaled(420)});
    layout->addWidget(split);
    m_searchLater.setSingleShot(true);
    m_searchLater.setInterval(afterTyping);
    connect(&m_searchLater, &QTimer::timeout, this, &DatasetRows::startSearch);
    connect(m_detail, &RowDetail::previousRequested, this, [this] { step(-1); });
    connect(m_detail, &RowDetail::nextRequested, this, [this] { step(1); });
    connect(m_detail, &RowDetail::candidateChosen, this,
            [this](int candidate) { m_browser->requestDetail(m_current, static_cast<std::size_t>(candidate)); });
    connectBrowser();
}

QWidget *DatasetRows::buildList()
{
    const Theme &theme = m_context.theme;
    m_list = new Panel(theme, tr("Rows"));
    m_search = new QLineEdit;
    m_search->setObjectName(QStringLiteral("row-search"));
    m_search->setPlaceholderText(tr("Search question, steps, id or subject"));
    m_search->setAccessibleName(tr("Search rows"));
    m_search->setToolTip(tr("Search rows (Ctrl+F). Upper and lower case of a to z are alike."));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(themedIcon(theme, QStringLiteral("search"), Token::Text3), QLineEdit::LeadingPosition);
    connect(m_search, &QLineEdit::textChanged, this, [this] { m_searchLater.start(); });
    m_count = new TextLabel(theme, {}, TextRole::Panel, "text2");
    m_count->setObjectName(QStringLiteral("row-count"));
    auto *line = new QHBoxLayout;
    line->setContentsMargins(12, 4, 12, 8);
    line->setSpacing(12);
    line->addWidget(m_search, 1);
    line->addWidget(m_count);
    m_table = new DataTable(theme);
    m_table->setModel(m_model);
    m_table->setObjectName(QStringLiteral("rows"));
    m_table->setAccessibleName(tr("Rows of the data set"));
    m_table->setColumns({{54}, {96, 0.4}, {96, 0.2, 620}, {110, 1}, {88, 0.2, 440}, {62}, {66}});
    connect(m_table, &DataTable::currentRowChanged, this, &DatasetRows::showCurrent);
    m_note = new TextLabel(theme, {}, TextRole::Panel, "text3");
    m_note->setElide(Qt::ElideMiddle); // the end of the path of a checkpoint says which one
    m_tokenizer = new Button(theme, tr("Choose tokenizer…"));
    m_tokenizer->setSmall(true);
    m_tokenizer->setToolTip(tr("Folder with the tokenizer that tokens are counted with, as a rule the checkpoint"));
    connect(m_tokenizer, &Button::clicked, this, &DatasetRows::tokenizerRequested);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(12, 6, 8, 8);
    foot->setSpacing(12);
    foot->addWidget(m_note, 1);
    foot->addWidget(m_tokenizer);
    auto *body = new QWidget;
    auto *rows = new QVBoxLayout(body);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addLayout(line);
    rows->addWidget(m_table, 1);
    rows->addWidget(new Rule(theme, Qt::Horizontal));
    rows->addLayout(foot);
    m_list->setBody(body);
    m_list->setMinimumWidth(theme.scaled(360));
    return m_list;
}

void DatasetRows::connectBrowser()
{
    connect(m_model, &DatasetRowsModel::wanted, m_browser, &RowBrowser::requestRows);
    connect(m_browser, &RowBrowser::rowsRead, m_model, &DatasetRowsModel::take);
    connect(m_browser, &RowBrowser::opened, this, [this](qint64 rows) {
        m_model->setRows(rows, isQuestions());
        m_looked = rows;
        showCount();
        if (rows > 0)
            m_table->setCurrentIndex(m_model->index(0, 0));
        else
            m_detail->clear(tr("No row of this set is in the store."));
    });
    connect(m_browser, &RowBrowser::fileRead, this, [this](const QString &problem, const QString &note) {
        m_model->forget();
        if (m_current >= 0)
            m_browser->requestDetail(m_current, 0);
        if (!problem.isEmpty())
            m_list->showError(problem);
        if (note.isEmpty() && problem.isEmpty())
            m_note->setFullText(tr("Tokens as counted by %1").arg(QDir::toNativeSeparators(m_source.tokenizer)));
        else
            m_note->setFullText(note); // without the file nothing is counted
    });
    connect(m_browser, &RowBrowser::searched, this,
            [this](const std::vector<std::int64_t> &found, qint64 looked, qint64) {
                const bool first = m_model->rowCount() == 0 && !found.empty();
                m_model->addFound(found);
                m_looked = looked;
                showCount();
                if (first)
                    m_table->setCurrentIndex(m_model->index(0, 0));
                if (looked == m_source.record.rowsKept && m_model->rowCount() == 0) {
                    m_current = -1;
                    m_detail->clear(tr("No row holds \"%1\".").arg(m_search->text()));
                }
            });
    connect(m_browser, &RowBrowser::detailRead, this, &DatasetRows::showRow);
    connect(m_browser, &RowBrowser::failed, this, [this](const QString &message) { m_list->showError(message); });
}

void DatasetRows::showSet(const BrowseSource &source)
{
    const bool same = m_open && m_source.record.id == source.record.id && m_source.tokenizer == source.tokenizer
        && m_source.record.rowsKept == source.record.rowsKept;
    if (same)
        return;
    m_source = source;
    m_open = true;
    m_current = -1;
    m_list->clearError();
    m_searchLater.stop();
    if (!m_search->text().isEmpty())
        m_searchLater.start(); // the search goes on in the other set
    m_note->setFullText(tr("Looking through the file…"));
    m_detail->clear({});
    std::optional<int> tileSize;
    if (!source.checkpoint.isEmpty()) {
        const auto config =
            InternVLConfig::fromFile(QDir(source.checkpoint).filePath(QStringLiteral("config.json")).toStdString());
        if (config.ok())
            tileSize = config->vision.imageSize;
    }
    m_detail->setTiling(source.maxTiles, tileSize);
    m_browser->open(m_context.session.path(), source);
}

void DatasetRows::closeSet()
{
    m_open = false;
    m_current = -1;
    m_browser->close();
    m_model->setRows(0, false);
    m_detail->clear({});
}

void DatasetRows::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void DatasetRows::searchFor(const QString &text)
{
    m_search->setText(text);
    m_searchLater.stop();
    startSearch();
}

void DatasetRows::startSearch()
{
    const QString text = m_search->text();
    m_browser->search(text);
    if (text.isEmpty()) {
        m_model->endSearch();
        m_looked = m_source.record.rowsKept;
        if (const int row = m_model->rowOf(m_current); row >= 0) { // the row that was found keeps its place
            m_table->setCurrentIndex(m_model->index(row, 0));
            m_table->scrollTo(m_model->index(row, 0), QAbstractItemView::PositionAtCenter);
        }
    } else {
        m_model->startSearch();
        m_looked = 0;
    }
    showCount();
}

void DatasetRows::showCount()
{
    const QString all = thousands(m_source.record.rowsKept);
    if (!m_model->searching())
        m_count->setText(tr("%1 rows").arg(all));
    else if (m_looked < m_source.record.rowsKept)
        m_count->setText(
            tr("%1 found in the first %2 of %3").arg(thousands(m_model->rowCount()), thousands(m_looked), all));
    else
        m_count->setText(tr("%1 of %2 rows").arg(thousands(m_model->rowCount()), all));
}

void DatasetRows::showCurrent(int row)
{
    const std::int64_t index = m_model->indexAt(row);
    if (index < 0)
        return;
    m_current = index;
    m_browser->requestDetail(index, 0);
}

void DatasetRows::showRow(const BrowsedRow &row, int candidate)
{
    if (row.sample.index != m_current)
        return;
    const int place = m_model->rowOf(m_current);
    m_detail->showRow(row, candidate, isQuestions(),
                      place < 0 ? QString() : tr("%1 of %2").arg(thousands(place + 1), thousands(m_model->rowCount())));
}

void DatasetRows::step(int by)
{
    const int row = m_table->currentIndex().row() + by;
    if (row < 0 || row >= m_model->rowCount())
        return;
    m_table->setCurrentIndex(m_model->index(row, 0));
}

} // namespace winnow::ui
