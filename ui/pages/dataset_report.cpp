#include "ui/pages/dataset_report.h"

#include "ui/models/simple_table.h"
#include "ui/pages/page.h"
#include "ui/support/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/count_histogram.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/kpi_strip.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/plain_scroll.h"
#include "ui/widgets/share_bars.h"
#include "ui/widgets/text_label.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace winnow::ui
{

namespace
{

QString words(const std::string &text)
{
    return QString::fromStdString(text);
}

PlainScroll *scrolling(QWidget *content)
{
    auto *scroll = new PlainScroll;
    scroll->setContent(content);
    return scroll;
}

/// What stands at a place, on one line; of a path its end, which tells more.
QString placeText(const std::string &text)
{
    const QString line = words(text).simplified();
    if (!line.startsWith(QLatin1Char('/')) || line.count(QLatin1Char('/')) < 3)
        return line;
    return QStringLiteral("…/") + line.section(QLatin1Char('/'), -2);
}

/// A word that no line holds, such as a path, gets places to break at: the panel is narrower than many paths.
QString breakable(const QString &text)
{
    constexpr int longWord = 28;
    QString broken;
    int run = 0;
    for (const QChar c : text) {
        broken += c;
        run = c.isSpace() ? 0 : run + 1;
        const bool here = run >= longWord || (run > longWord / 4 && c == QLatin1Char('/'));
        if (!here || c.isHighSurrogate())
            continue;
        broken += QChar(0x200B);
        run = 0;
    }
    const bool needed = std::ranges::any_of(text.split(QLatin1Char(' ')),
                                            [](const QString &word) { return word.size() >= longWord; });
    return needed ? broken : text;
}

/// Changes when something that is shown does.
std::vector<std::int64_t> stateOf(const DatasetInfo &set, bool counting)
{
    std::vector<std::int64_t> state{set.record.id.value, set.record.rowsKept, set.counts.samples,
                                    static_cast<std::int64_t>(set.derived.size()), counting ? 1 : 0};
    state.insert(state.end(), std::begin(set.decisions), std::end(set.decisions));
    state.push_back(set.counted ? set.counted->sampleRows : -1);
    return state;
}

double shareOf(std::int64_t part, std::int64_t all)
{
    return static_cast<double>(part) / static_cast<double>(std::max<std::int64_t>(1, all));
}

} // namespace

DatasetReport::DatasetReport(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_whole = new QStackedWidget;
    outer->addWidget(m_whole);
    auto *report = new QWidget;
    auto *rows = new QVBoxLayout(report);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(10);
    m_figures = new KpiStrip(theme);
    m_figures->setObjectName(QStringLiteral("data-figures"));
    rows->addWidget(m_figures);
    m_grid = new QGridLayout;
    m_grid->setSpacing(10);
    m_grid->setRowStretch(0, 3);
    m_grid->setRowStretch(1, 2);
    m_grid->setColumnStretch(0, 3);
    m_grid->setColumnStretch(1, 2);
    rows->addLayout(m_grid, 1);
    buildDrops();
    buildBalance();
    m_counts = new QStackedWidget;
    m_counts->addWidget(buildHistograms());
    m_counts->addWidget(buildCounts());
    buildNotes();
    m_whole->addWidget(report);
    m_empty = new EmptyState(theme, QStringLiteral("data"), {}, tr("Import data…"));
    connect(m_empty, &EmptyState::actionTriggered, this, &DatasetReport::importRequested);
    m_whole->addWidget(m_empty);
    arrange();
}

/// Where nothing was dropped the other panels share the room, so that none stands empty.
void DatasetReport::arrange()
{
    const bool drops = !m_set.record.drops.empty() || (m_set.import && !m_set.import->noted.empty());
    for (QWidget *panel : {static_cast<QWidget *>(m_dropPanel), static_cast<QWidget *>(m_balancePanel),
                           static_cast<QWidget *>(m_counts), static_cast<QWidget *>(m_notePanel)})
        m_grid->removeWidget(panel);
    if (drops) {
        m_grid->addWidget(m_dropPanel, 0, 0);
        m_grid->addWidget(m_balancePanel, 0, 1);
        m_grid->addWidget(m_counts, 1, 0);
        m_grid->addWidget(m_notePanel, 1, 1);
    } else {
        m_grid->addWidget(m_balancePanel, 0, 0);
        m_grid->addWidget(m_notePanel, 0, 1);
        m_grid->addWidget(m_counts, 1, 0, 1, 2);
    }
    m_dropPanel->setVisible(drops);
}

QWidget *DatasetReport::buildDrops()
{
    m_dropPanel = new Panel(m_theme, tr("Rows dropped, and kept rows to look at"), this);
    auto *body = new QWidget;
    auto *row = new QHBoxLayout(body);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    const auto table = [this, row](SimpleTable *&model, DataTable *&view, const QString &name, int stretch) {
        model = new SimpleTable(this);
        view = new DataTable(m_theme);
        view->setModel(model);
        view->setAccessibleName(name);
        row->addWidget(view, stretch);
    };
    table(m_drops, m_dropTable, tr("Rows dropped or to look at, by reason"), 3);
    table(m_places, m_placeTable, tr("Rows of the chosen reason"), 2);
    m_dropTable->setObjectName(QStringLiteral("drops"));
    m_placeTable->setObjectName(QStringLiteral("drop-places"));
    connect(m_dropTable, &DataTable::currentRowChanged, this, &DatasetReport::showPlaces);
    m_dropPanel->setBody(body, QMargins(0, 0, 0, 4));
    return m_dropPanel;
}

QWidget *DatasetReport::buildBalance()
{
    m_balancePanel = new Panel(m_theme, tr("Balance"));
    auto *content = new QWidget;
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 2, 0, 8);
    rows->setSpacing(2);
    const auto section = [&](const QString &name, ShareBars *&bars) {
        auto *head = new TextLabel(m_theme, name, TextRole::Label, "text3");
        head->setContentsMargins(14, 6, 14, 0);
        rows->addWidget(head);
        bars = new ShareBars(m_theme);
        bars->setAccessibleName(name);
        rows->addWidget(bars);
    };
    section(tr("Labels"), m_labels);
    section(tr("Subjects"), m_subjects);
    rows->addStretch();
    m_balancePanel->setBody(scrolling(content));
    return m_balancePanel;
}

QWidget *DatasetReport::buildHistograms()
{
    auto *both = new QWidget;
    auto *row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    const auto panel = [&](const QString &title, Panel *&made, CountHistogram *&chart) {
        made = new Panel(m_theme, title);
        chart = new CountHistogram(m_theme);
        chart->setAccessibleName(title);
        made->setBody(chart);
        row->addWidget(made, 1);
    };
    panel(tr("Tokens a row"), m_tokenPanel, m_tokens);
    panel(tr("Tiles a row"), m_tilePanel, m_tiles);
    return both;
}

QWidget *DatasetReport::buildCounts()
{
    auto *panel = new Panel(m_theme, tr("Tokens and tiles a row"));
    auto *body = new QWidget;
    auto *rows = new QVBoxLayout(body);
    rows->setContentsMargins(14, 0, 14, 14);
    rows->setSpacing(12);
    rows->addStretch();
    m_notCounted = new TextLabel(m_theme, {}, TextRole::Panel, "text2");
    m_notCounted->setObjectName(QStringLiteral("not-counted"));
    m_notCounted->setAlignment(Qt::AlignHCenter);
    m_notCounted->setWordWrap(true);
    rows->addWidget(m_notCounted);
    m_count = new Button(m_theme, tr("Count tokens and tiles"));
    m_count->setObjectName(QStringLiteral("count-rows"));
    m_count->setToolTip(tr("Read the file again and count what its rows are for the model of the run that read it"));
    connect(m_count, &Button::clicked, this, &DatasetReport::countRequested);
    rows->addWidget(m_count, 0, Qt::AlignHCenter);
    rows->addStretch();
    panel->setBody(body);
    return panel;
}

QWidget *DatasetReport::buildNotes()
{
    m_notePanel = new Panel(m_theme, tr("Notes"));
    auto *content = new QWidget;
    m_notes = new QVBoxLayout(content);
    m_notes->setContentsMargins(14, 4, 14, 10);
    m_notes->setSpacing(8);
    m_notePanel->setBody(scrolling(content));
    return m_notePanel;
}

void DatasetReport::showSet(const DatasetInfo &set, bool counting)
{
    // The page is shown anew whenever the store changes; what a person looks at stays as it is.
    const std::vector<std::int64_t> now = stateOf(set, counting);
    if (now == m_state)
        return;
    m_state = now;
    m_set = set;
    const bool nothing = set.counts.samples == 0 && set.record.drops.empty();
    m_whole->setCurrentIndex(nothing ? 1 : 0);
    if (nothing)
        m_empty->setSentence(set.record.rowsKept == 0
                                 ? tr("This set holds no row.")
                                 : tr("None of the %1 rows of this set is in the store: an import was ended early. Import "
                                      "the source again to complete the set.")
                                       .arg(thousands(set.record.rowsKept)));
    arrange();
    showFigures();
    showDrops();
    showBalance();
    showHistograms(counting);
    showNotes();
}

void DatasetReport::showFigures()
{
    const DatasetRecord &record = m_set.record;
    const DatasetCounts &counts = m_set.counts;
    const bool questions = record.kind == "test";
    const std::int64_t labels = counts.labelsPlus + counts.labelsMinus;
    QVector<KpiStrip::Figure> figures;
    figures.push_back({tr("Rows kept"), thousands(record.rowsKept), tr("of %1").arg(thousands(record.rowsRead)),
                       tr("Rows that can be used, of those that the file holds.")});
    figures.push_back({tr("Dropped"), thousands(record.rowsRead - record.rowsKept),
                       percentText(shareOf(record.rowsRead - record.rowsKept, record.rowsRead)),
                       tr("Rows that are left out, by reason below.")});
    figures.push_back({questions ? tr("Candidates") : tr("Sites"), thousands(labels),
                       labels == 0     ? tr("none yet")
                           : questions ? tr("%1 right").arg(percentText(shareOf(counts.labelsPlus, labels)))
                                       : tr("%1 +").arg(percentText(shareOf(counts.labelsPlus, labels))),
                       questions ? tr("Candidate answers, and how many of them are right.")
                                 : tr("Supervised positions: steps with a label, and how many are +.")});
    if (m_set.import) {
        const ImportReport &report = *m_set.import;
        figures.push_back({tr("Duplicates"), thousands(report.duplicates), tr("kept"),
                           tr("Kept rows whose texts and picture are those of an earlier row.")});
        figures.push_back({tr("Pictures missing"), thousands(report.picturesMissing),
                           report.missingPicturesRule == "row dropped" ? tr("rows dropped") : tr("rows kept"),
                           tr("Rows whose picture could not be opened at the import.")});
        figures.push_back({tr("Text only"), thousands(report.withoutPicture), {}, tr("Rows that name no picture.")});
    }
    const bool noise = counts.noiseKnown > 0;
    figures.push_back(
        {tr("Known noise"), noise ? thousands(counts.noiseCount) : tr("no mask"),
         noise ? tr("of %1, %2")
                     .arg(thousands(counts.noiseKnown), percentText(shareOf(counts.noiseCount, counts.noiseKnown)))
               : QString(),
         tr("Rows whose labels were flipped on purpose, where the file says so.")});
    m_figures->setFigures(figures);
}

void DatasetReport::showDrops()
{
    std::vector<SimpleTable::Row> rows;
    const auto list = [&rows](const std::string &reason, const QString &note, std::int64_t count, std::int64_t first) {
        rows.push_back({TextCell{.text = coreWords(reason), .note = note},
                        TextCell{.text = thousands(count), .mono = true, .alignment = Qt::AlignRight},
                        TextCell{.text = thousands(first), .mono = true, .alignment = Qt::AlignRight}});
    };
    for (const DatasetDrop &drop : m_set.record.drops)
        list(drop.reason, {}, drop.count, drop.firstRow);
    if (m_set.import) {
        for (const auto &[what, kept] : m_set.import->noted)
            list(what, tr("kept"), kept.count, kept.rows.empty() ? 0 : kept.rows.front().row);
    }
    const bool none = rows.empty();
    const std::int64_t dropped = m_set.record.rowsRead - m_set.record.rowsKept;
    m_dropPanel->setUnit(none ? QString()
                              : tr("%1 of %2 rows dropped").arg(thousands(dropped), thousands(m_set.record.rowsRead)));
    m_drops->set({{tr("Reason")}, {tr("Count"), Qt::AlignRight}, {tr("First row"), Qt::AlignRight}}, std::move(rows));
    m_dropTable->setColumns({{140, 1}, {64}, {74}});
    if (!none)
        m_dropTable->setCurrentIndex(m_drops->index(0, 0));
    showPlaces(none ? -1 : 0);
}

/// Row of the table of reasons (drops first, then what is to be looked at) -> the rows that the import named for it; null
/// where it named none.
const ImportRows *DatasetReport::namedRows(std::size_t row) const
{
    if (!m_set.import)
        return nullptr;
    const std::vector<DatasetDrop> &drops = m_set.record.drops;
    if (row >= drops.size()) {
        const std::size_t place = row - drops.size();
        return place < m_set.import->noted.size()
            ? &std::next(m_set.import->noted.begin(), static_cast<std::ptrdiff_t>(place))->second
            : nullptr;
    }
    const auto found = m_set.import->dropped.find(drops[row].reason);
    return found != m_set.import->dropped.end() ? &found->second : nullptr;
}

void DatasetReport::showPlaces(int row)
{
    std::vector<SimpleTable::Row> rows;
    if (row >= 0) {
        const auto place = static_cast<std::size_t>(row);
        if (const ImportRows *known = namedRows(place)) {
            for (const ImportPlace &at : known->rows)
                rows.push_back(
                    {TextCell{.text = thousands(at.row), .mono = true, .alignment = Qt::AlignRight},
                     TextCell{.text = placeText(at.text), .note = QFileInfo(words(at.file)).fileName()}});
        } else if (place < m_set.record.drops.size()) {
            const DatasetDrop &drop = m_set.record.drops[place];
            rows.push_back({TextCell{.text = thousands(drop.firstRow), .mono = true, .alignment = Qt::AlignRight},
                            TextCell{.text = placeText(drop.example)}});
        }
    }
    m_places->set({{tr("Row"), Qt::AlignRight}, {tr("What stands there")}}, std::move(rows));
    m_placeTable->setColumns({{64}, {120, 1}});
}

void DatasetReport::showBalance()
{
    const DatasetCounts &counts = m_set.counts;
    const bool questions = m_set.record.kind == "test";
    std::vector<ShareBars::Row> labels = {
        {questions ? tr("right candidates") : tr("+ steps"), counts.labelsPlus, Token::Plus},
        {questions ? tr("wrong candidates") : QStringLiteral("− ") + tr("steps"), counts.labelsMinus, Token::Minus}};
    m_labels->setRows(std::move(labels), false);
    std::vector<ShareBars::Row> subjects;
    for (const auto &[name, count] : counts.subjects)
        subjects.push_back({name.empty() ? tr("no subject") : words(name), count, Token::Control});
    std::stable_sort(subjects.begin(), subjects.end(), [](const auto &a, const auto &b) { return a.count > b.count; });
    const bool many = subjects.size() > 6;
    m_balancePanel->setUnit(
        counts.subjects.size() == 1
            ? tr("1 subject")
            : tr("%1 subjects, n = %2 rows").arg(counts.subjects.size()).arg(thousands(counts.samples)));
    m_subjects->setRows(std::move(subjects), many);
    ShareBars::align({m_labels, m_subjects});
}

void DatasetReport::showHistograms(bool counting)
{
    if (!m_set.counted) {
        showNotCounted(counting);
        return;
    }
    m_counts->setCurrentIndex(0);
    const ImportReport &report = *m_set.counted;
    const auto fill = [&](Panel *panel, CountHistogram *chart, const ImportHistogram &h, const QString &unit,
                          const QString &whyNot) {
        if (h.rows == 0) {
            panel->setUnit({});
            chart->setMessage(whyNot);
            return;
        }
        const QString rows = thousands(h.rows);
        QString which = report.sampleRows >= report.rowsKept
            ? tr("all %1 rows").arg(rows)
            : tr("sample of %1 of %2 rows").arg(rows, thousands(report.rowsKept));
        if (counting && report.sampleRows < report.rowsKept)
            which += tr(", counting all");
        panel->setUnit(which + tr(" · mean %1, largest %2").arg(fixedText(h.mean, 1), thousands(h.largest)));
        if (report.sampleRows < report.rowsKept)
            panel->setToolTip(tr("The sample was drawn with seed %1; all rows are counted in the background of an import.")
                                  .arg(report.sampleSeed));
        chart->setBins({h.binWidth, h.bins, h.median, unit});
    };
    fill(m_tokenPanel, m_tokens, report.tokens, tr("tokens"), tr("No tokenizer was named."));
    fill(m_tilePanel, m_tiles, report.tiles, tr("tiles"), tr("No row was counted."));
}

void DatasetReport::showNotCounted(bool counting)
{
    // The rows of a joined set stand in two files, which have sets of their own.
    const bool countable = !m_set.record.isJoined();
    m_counts->setCurrentIndex(1);
    m_notCounted->setText(counting        ? tr("The rows are being counted.")
                              : countable ? tr("A run reads its data without counting: how long the rows are, and how many "
                                               "tiles they show, is known once they are counted.")
                                          : tr("Counted in the sets of its two files."));
    m_count->setVisible(countable && !counting);
}

void DatasetReport::showNotes()
{
    while (QLayoutItem *item = m_notes->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    int count = 0;
    const auto add = [&](const QString &text, const char *role) {
        const QString shown = breakable(text);
        auto *label = new TextLabel(m_theme, shown, TextRole::Panel, role);
        label->setWordWrap(true);
        if (shown == text) // else the places to break at would be copied too
            label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        else
            label->setToolTip(text.toHtmlEscaped());
        m_notes->addWidget(label);
        ++count;
    };
    if (m_set.record.drops.empty())
        add(tr("Every row was kept."), "text2");
    if (m_set.counts.samples < m_set.record.rowsKept)
        add(tr("Only %1 of %2 rows are in the store: an import was ended early. Import the source again to complete the set.")
                .arg(thousands(m_set.counts.samples), thousands(m_set.record.rowsKept)),
            "failed");
    if (m_set.import) {
        const ImportReport &report = *m_set.import;
        for (const std::string &problem : report.problems)
            add(coreWords(problem), "failed");
        if (report.answersRight + report.answersWrong > 0 && m_set.record.kind == "meta")
            add(tr("Answers: %1 right, %2 wrong.").arg(thousands(report.answersRight), thousands(report.answersWrong)),
                "text");
        if (report.severalPictures > 0)
            add(tr("%1 rows name several pictures: %2.")
                    .arg(thousands(report.severalPictures), coreWords(report.severalPicturesRule)),
                "text");
        if (report.systemTextReplaced)
            add(tr("The system text was replaced by the one that meta rows carry."), "text");
        for (const std::string &note : report.notes)
            add(coreWords(note), "text2");
    }
    for (const DerivationRecord &made : m_set.derived) {
        add(tr("%1 = this set − %2 excluded, %3 flipped (%4 rows).")
                .arg(QFileInfo(words(made.path)).fileName(), thousands(made.excluded), thousands(made.flipped),
                     thousands(made.rowsKept)),
            "text");
        auto *start = new Button(m_theme, tr("Start run on it…"));
        start->setSmall(true);
        start->setToolTip(words(made.path).toHtmlEscaped());
        connect(start, &Button::clicked, this, [this, made] { Q_EMIT runRequested(words(made.path), made.run); });
        m_notes->addWidget(start, 0, Qt::AlignLeft);
    }
    const auto &d = m_set.decisions;
    if (d[1] + d[2] + d[3] + d[4] > 0)
        add(tr("Decisions: %1 keep, %2 flip, %3 exclude, %4 unsure.")
                .arg(thousands(d[1]), thousands(d[2]), thousands(d[3]), thousands(d[4])),
            "text");
    if (count == (m_set.record.drops.empty() ? 1 : 0))
        add(tr("Nothing odd was found."), "text3");
    m_notes->addStretch();
}

} // namespace winnow::ui
