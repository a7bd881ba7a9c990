#include "ui/pages/data_page.h"

#include "core/run/import_service.h"
#include "ui/bridge/store_session.h"
#include "ui/models/simple_table.h"
#include "ui/pages/dataset_report.h"
#include "ui/pages/dataset_rows.h"
#include "ui/pages/import_strip.h"
#include "ui/support/preferences.h"
#include "ui/support/tile_sizes.h"
#include "ui/support/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QPointer>
#include <QShortcut>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QThreadPool>
#include <QVBoxLayout>

#include <algorithm>

namespace winnow::ui
{

namespace
{

QString kindInWords(const DatasetRecord &record)
{
    QString words = record.kind == "test" ? QObject::tr("test") : record.kind == "meta" ? QObject::tr("meta") : QObject::tr("train");
    if (!record.form.empty())
        words += QStringLiteral(", ") + QString::fromStdString(record.form);
    return words;
}

/// The name of the folder that its file (of a joined set: its first file) lies in.
QString folderOf(const DatasetRecord &record)
{
    return QString::fromStdString(record.path).section(QStringLiteral(" + "), 0, 0).section(QLatin1Char('/'), -2, -2);
}

/// On the store's reading thread.
Result<std::vector<DatasetInfo>> readSets(StoreReader &reader)
{
    WINNOW_ASSIGN(std::vector<DatasetSummary> summaries, reader.datasets());
    std::vector<DatasetInfo> sets;
    for (DatasetSummary &summary : summaries) {
        DatasetInfo set{std::move(summary), {}, {}, {}};
        WINNOW_ASSIGN(const std::string report, DatasetStore(reader.database()).importReport(set.record.id));
        if (!report.empty()) {
            WINNOW_ASSIGN(set.counted, importReportFromJson(report));
            if (!set.counted->source.empty()) // else only a count
                set.import = set.counted;
        }
        WINNOW_ASSIGN(set.derived, DerivationStore(reader.database()).ofParent(set.record.sha256));
        sets.push_back(std::move(set));
    }
    return sets;
}

} // namespace

DataPage::DataPage(const PageContext &context, ImportJob &job, Preferences &preferences, QWidget *parent)
    : Page(context, parent), m_job(job), m_preferences(preferences)
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    m_strip = new ImportStrip(theme(), job);
    outer->addWidget(m_strip);
    m_stack = new QStackedWidget;
    outer->addWidget(m_stack, 1);
    auto *empty = new EmptyState(theme(), QStringLiteral("data"),
                                 tr("No data set yet. Import one, or start a run: it stores the sets it reads, with what was "
                                    "dropped and why."),
                                 tr("Import data…"));
    connect(empty, &EmptyState::actionTriggered, this, &Page::importRequested);
    m_stack->addWidget(empty);
    m_stack->addWidget(buildContent());
    connect(m_strip, &ImportStrip::againRequested, this, &DataPage::importAgainRequested);
    connectJob();
    const auto shortcut = [this](const char *keys, auto act) {
        auto *made = new QShortcut(QKeySequence(QLatin1String(keys)), this);
        made->setContext(Qt::WidgetWithChildrenShortcut);
        connect(made, &QShortcut::activated, this, act);
    };
    shortcut("Ctrl+F", [this] { findInPage(); });
    shortcut("Ctrl+Right", [this] { m_rows->step(1); });
    shortcut("Ctrl+Left", [this] { m_rows->step(-1); });
}

QWidget *DataPage::primary()
{
    if (!m_import) {
        m_import = new Button(theme(), tr("Import data…"));
        m_import->setIconName(QStringLiteral("import"));
        m_import->setObjectName(QStringLiteral("import-data"));
        m_import->setToolTip(tr("Import data (Ctrl+I): VisualPRM, DreamPRM, MMMU or MMMU-Pro files"));
        connect(m_import, &Button::clicked, this, &Page::importRequested);
    }
    return m_import;
}

QWidget *DataPage::buildContent()
{
    auto *content = new QWidget;
    auto *row = new QHBoxLayout(content);
    row->setContentsMargins(12, 12, 12, 12);
    row->setSpacing(10);
    m_list = new SimpleTable(this);
    m_listTable = new DataTable(theme());
    m_listTable->setModel(m_list);
    m_listTable->setObjectName(QStringLiteral("data-sets"));
    m_listTable->setAccessibleName(tr("Data sets"));
    connect(m_listTable, &DataTable::currentRowChanged, this, [this](int at) {
        if (m_filling || at < 0 || at >= static_cast<int>(m_sets.size()))
            return;
        m_current = m_sets[static_cast<std::size_t>(at)].record.id;
        showCurrent();
    });
    m_setsPanel = new Panel(theme(), tr("Data sets"));
    m_setsPanel->setBody(m_listTable, QMargins(0, 0, 0, 4));
    m_setsPanel->setFixedWidth(theme().scaled(280));
    row->addWidget(m_setsPanel);
    auto *right = new QVBoxLayout;
    right->setSpacing(10);
    right->addWidget(buildHead());
    m_views = new QStackedWidget;
    m_report = new DatasetReport(theme());
    m_rows = new DatasetRows(context());
    m_views->addWidget(m_report);
    m_views->addWidget(m_rows);
    right->addWidget(m_views, 1);
    row->addLayout(right, 1);
    connect(m_report, &DatasetReport::runRequested, this, &DataPage::runOnDataRequested);
    connect(m_report, &DatasetReport::countRequested, this, &DataPage::countRows);
    connect(m_report, &DatasetReport::importRequested, this, &Page::importRequested);
    connect(m_rows, &DatasetRows::tokenizerRequested, this, [this] {
        auto *dialog = new QFileDialog(this, tr("Tokenizer"), m_tokenizer);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::Directory);
        connect(dialog, &QFileDialog::fileSelected, this, &DataPage::setTokenizer);
        dialog->open();
    });
    return content;
}

QWidget *DataPage::buildHead()
{
    auto *body = new QWidget;
    auto *row = new QHBoxLayout(body);
    row->setContentsMargins(14, 9, 12, 10);
    row->setSpacing(16);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    auto *title = new QHBoxLayout;
    title->setSpacing(8);
    m_name = new TextLabel(theme(), {}, TextRole::BodyStrong);
    m_name->setElide(Qt::ElideMiddle);
    m_kind = new TextLabel(theme(), {}, TextRole::Panel, "text3");
    title->addWidget(m_name);
    title->addWidget(m_kind, 1);
    words->addLayout(title);
    m_file = new TextLabel(theme(), {}, TextRole::Panel, "text2");
    m_file->setElide(Qt::ElideMiddle);
    m_file->setTextInteractionFlags(Qt::TextSelectableByMouse);
    words->addWidget(m_file);
    m_origin = new TextLabel(theme(), {}, TextRole::Caption, "text3");
    m_origin->setElide(Qt::ElideMiddle);
    words->addWidget(m_origin);
    row->addLayout(words, 1);
    m_verified = new TextLabel(theme(), {}, TextRole::Panel, "text2");
    row->addWidget(m_verified);
    m_verify = new Button(theme(), tr("Verify hash"));
    m_verify->setObjectName(QStringLiteral("verify"));
    m_verify->setToolTip(tr("Read the file and every picture again and compare with the hash that is stored"));
    connect(m_verify, &Button::clicked, this, &DataPage::verifyHash);
    row->addWidget(m_verify);
    m_view = new SegmentedControl(theme(), {tr("Report"), tr("Rows")});
    m_view->setObjectName(QStringLiteral("data-view"));
    m_view->setAccessibleName(tr("What is shown of the data set"));
    connect(m_view, &SegmentedControl::currentChanged, this, [this](int index) { setView(index == 0 ? View::Report : View::Rows); });
    row->addWidget(m_view);
    return new Surface(theme(), body);
}

void DataPage::connectJob()
{
    connect(&m_job, &ImportJob::imported, this, [this](const std::vector<DatasetId> &sets) {
        if (!sets.empty())
            m_current = sets.front();
        for (const DatasetId set : sets)
            if (!m_job.tokenizer().isEmpty())
                m_imported[set] = m_job.tokenizer();
        setView(View::Report);
        load();
    });
    connect(&m_job, &ImportJob::ended, this, &DataPage::load); // all rows may be counted now
}

void DataPage::setRuns(const RunsData &runs)
{
    m_runs = runs.rows;
    if (isVisible())
        load();
}

void DataPage::activate()
{
    load();
}

bool DataPage::busy() const
{
    return m_loading || m_rows->busy() || m_job.running() || m_verifying;
}

QString DataPage::selectionText() const
{
    return {};
}

bool DataPage::findInPage()
{
    if (m_sets.empty())
        return false;
    setView(View::Rows);
    m_rows->focusSearch();
    return true;
}

void DataPage::showSet(DatasetId set)
{
    m_current = set;
    load();
}

void DataPage::setView(View view)
{
    const int index = view == View::Report ? 0 : 1;
    {
        const QSignalBlocker blocked(m_view);
        m_view->setCurrent(index);
    }
    m_views->setCurrentIndex(index);
    showCurrent();
}

void DataPage::setTokenizer(const QString &folder)
{
    m_tokenizer = folder;
    if (const DatasetInfo *set = current())
        m_preferences.setRowTokenizer(Preferences::TokenizerFrom::Person, QString::fromStdString(set->record.sha256), folder);
    showCurrent();
}

void DataPage::rememberTokenizer()
{
    for (const DatasetInfo &set : m_sets)
        if (const auto imported = m_imported.find(set.record.id); imported != m_imported.end()) {
            m_preferences.setRowTokenizer(Preferences::TokenizerFrom::Import, QString::fromStdString(set.record.sha256),
                                          imported->second);
            m_imported.erase(imported);
        }
}

void DataPage::load()
{
    if (m_loading || !session().isOpen()) {
        m_again = m_loading;
        return;
    }
    m_loading = true;
    m_again = false;
    session().request<std::vector<DatasetInfo>>(
        this, [](StoreReader &reader) { return readSets(reader); },
        [this](Result<std::vector<DatasetInfo>> result) {
            m_loading = false;
            if (!result.ok()) {
                m_setsPanel->showError(coreWords(result.error().message));
                return;
            }
            m_setsPanel->clearError();
            applySets(std::move(result).value());
            if (m_again)
                load();
        });
}

void DataPage::applySets(std::vector<DatasetInfo> sets)
{
    m_sets = std::move(sets);
    rememberTokenizer();
    m_stack->setCurrentIndex(m_sets.empty() ? 0 : 1);
    if (m_sets.empty()) {
        m_rows->closeSet();
        return;
    }
    if (!current())
        m_current = m_sets.front().record.id;
    fillList();
    showCurrent();
}

void DataPage::fillList()
{
    std::vector<SimpleTable::Row> rows;
    int at = 0;
    for (std::size_t i = 0; i < m_sets.size(); ++i) {
        const DatasetRecord &record = m_sets[i].record;
        QString note = record.kind == "test" ? tr("test") : record.kind == "meta" ? tr("meta") : tr("train");
        const auto alike = [&record](const DatasetInfo &set) {
            return set.record.name == record.name && set.record.kind == record.kind;
        };
        if (std::count_if(m_sets.begin(), m_sets.end(), alike) > 1) // sets of one name are told apart by their folders
            note += QStringLiteral(" · ") + folderOf(record);
        rows.push_back({TextCell{.text = QString::fromStdString(record.name),
                                 .note = note,
                                 .icon = m_sets[i].import ? QStringLiteral("import") : QString()},
                        TextCell{.text = thousands(record.rowsKept), .mono = true, .alignment = Qt::AlignRight}});
        if (record.id == m_current)
            at = static_cast<int>(i);
    }
    m_filling = true;
    m_setsPanel->setUnit(thousands(static_cast<std::int64_t>(m_sets.size())));
    m_list->set({{tr("Name")}, {tr("Rows kept"), Qt::AlignRight}}, std::move(rows));
    m_listTable->setColumns({{150, 1}, {84}});
    m_listTable->setCurrentIndex(m_list->index(at, 0));
    m_filling = false;
}

const DatasetInfo *DataPage::current() const
{
    const auto place = std::find_if(m_sets.begin(), m_sets.end(), [this](const DatasetInfo &s) { return s.record.id == m_current; });
    return place == m_sets.end() ? nullptr : &*place;
}

/// What a person chose says how rows become tokens and tiles; else a run that used the set, else its import, else the
/// newest run.
BrowseSource DataPage::sourceOf(const DatasetRecord &record) const
{
    const RunRow *newest = nullptr;
    const RunRow *own = nullptr;
    for (const RunRow &run : m_runs) { // newest first
        if (!run.optionsValid)
            continue;
        if (!newest)
            newest = &run;
        for (const RunData &used : run.data)
            if (!own && used.sha256.toStdString() == record.sha256)
                own = &run;
    }
    const QString sha256 = QString::fromStdString(record.sha256);
    QString tokenizer = m_preferences.rowTokenizer(Preferences::TokenizerFrom::Person, sha256);
    if (tokenizer.isEmpty())
        tokenizer = m_tokenizer;
    if (tokenizer.isEmpty() && !own)
        tokenizer = m_preferences.rowTokenizer(Preferences::TokenizerFrom::Import, sha256);
    const RunRow *run = own ? own : newest;
    BrowseSource source{record, tokenizer, tokenizer, 6};
    if (!run)
        return source;
    const RunOptions &options = run->options;
    source.maxTiles = static_cast<int>(record.kind == "test" ? options.data.maxTilesTest : options.data.maxTiles);
    if (!tokenizer.isEmpty())
        return source;
    source.checkpoint = QString::fromStdString(options.model.checkpoint);
    source.tokenizer = options.model.tokenizer.empty() ? source.checkpoint : QString::fromStdString(options.model.tokenizer);
    return source;
}

void DataPage::showCurrent()
{
    const DatasetInfo *set = current();
    if (!set)
        return;
    showFacts(*set);
    if (m_views->currentIndex() == 0) {
        const bool own = m_job.imports() || m_job.source().toStdString() == set->record.path;
        m_report->showSet(*set, own && m_job.phase() == ImportJob::Phase::Counting);
    } else {
        BrowseSource source = sourceOf(set->record);
        source.record.rowsKept = std::min(source.record.rowsKept, set->counts.samples); // an import may have ended early
        m_rows->showSet(source);
    }
    Q_EMIT selectionChanged();
}

/// As the run that read the set cuts and encodes its rows.
void DataPage::countRows()
{
    const DatasetInfo *set = current();
    if (!set)
        return;
    if (m_job.running())
        return Q_EMIT message(tr("An import is at work. Wait for it or cancel it, then count."));
    const BrowseSource source = sourceOf(set->record);
    ImportOptions options;
    options.tokenizer = source.tokenizer.toStdString();
    options.maxTiles = source.maxTiles;
    takeTileSizes(options, source.checkpoint);
    m_job.count(session().path(), set->record, options);
    showCurrent();
}

void DataPage::showFacts(const DatasetInfo &set)
{
    const DatasetRecord &record = set.record;
    if (m_name->text() != QString::fromStdString(record.name))
        m_verified->setText({});
    m_name->setFullText(QString::fromStdString(record.name));
    m_kind->setText(kindInWords(record));
    m_file->setFullText(QDir::toNativeSeparators(QString::fromStdString(record.path)));
    const QString when = QDateTime::fromMSecsSinceEpoch(record.createdMs).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    const QString hash = tr("SHA-256 %1").arg(QString::fromStdString(record.sha256).left(12));
    m_origin->setFullText(set.import ? tr("Imported %1 from %2 in %3 · %4")
                                           .arg(when, QDir::toNativeSeparators(QString::fromStdString(set.import->source)),
                                                durationText(set.import->seconds), hash)
                                     : tr("Read by a run %1 · %2").arg(when, hash));
    m_origin->setToolTip(QStringLiteral("%1\n%2").arg(m_origin->text(), QString::fromStdString(record.sha256)).toHtmlEscaped());
    m_verify->setEnabled(!m_verifying && !record.isJoined());
}

void DataPage::verifyHash()
{
    const DatasetInfo *set = current();
    if (!set || m_verifying)
        return;
    m_verifying = true;
    m_verify->setEnabled(false);
    m_verified->setColorRole("text2");
    m_verified->setText(tr("Reading…"));
    // A folder of pictures takes long, so neither the window nor the store's readers wait for it.
    QThreadPool::globalInstance()->start(
        [guard = QPointer<DataPage>(this), application = QCoreApplication::instance(), record = set->record, store = session().path().toStdString()] {
            auto database = Database::open(store);
            const Result<std::string> now = database.ok() ? identityNow(*database, record) : Result<std::string>(database.error());
            QMetaObject::invokeMethod(
                application,
                [guard, now, record] {
                    if (!guard)
                        return;
                    guard->m_verifying = false;
                    guard->m_verify->setEnabled(true);
                    const bool same = now.ok() && *now == record.sha256;
                    guard->m_verified->setColorRole(same ? "text2" : "failed");
                    guard->m_verified->setText(same ? tr("Unchanged")
                                                    : now.ok() ? tr("Changed: %1").arg(QString::fromStdString(now.value()).left(12))
                                                               : tr("Unreadable"));
                    guard->m_verified->setToolTip(now.ok() ? QString() : coreWords(now.error().message).toHtmlEscaped());
                },
                Qt::QueuedConnection);
        });
}

} // namespace winnow::ui
