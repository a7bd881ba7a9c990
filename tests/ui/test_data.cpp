#include "core/base/resource_path.h"
#include "core/data/conversation_reader.h"
#include "core/run/prepared_rows.h"
#include "tests/support/data_window.h"
#include "ui/action_registry.h"
#include "ui/bridge/import_job.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/dialogs/launch_dialog.h"
#include "ui/pages/runs_page.h"
#include "ui/widgets/button.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/plain_scroll.h"
#include "ui/widgets/prompt_text.h"
#include "ui/widgets/share_bars.h"
#include "ui/widgets/status_bar.h"
#include "ui/widgets/text_label.h"

#include <QAction>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace winnow::ui
{
namespace
{

TEST_F(DataWindow, theFirstStartCardAndTheCommandOpenTheImportDialog)
{
    EXPECT_TRUE(m_window->findChild<StatusBar *>()->accessibleDescription().startsWith(QStringLiteral("a.db, empty")));
    Button *card = nullptr;
    for (Button *button : m_window->runsPage()->findChildren<Button *>())
        if (button->text() == QStringLiteral("Import data…"))
            card = button;
    ASSERT_TRUE(card);
    card->click();
    auto *dialog = m_window->findChild<ImportDialog *>();
    ASSERT_TRUE(dialog && dialog->isVisible());
    EXPECT_FALSE(m_window->findChild<LaunchDialog *>());
    EXPECT_FALSE(dialog->findChild<Button *>(QStringLiteral("import-start"))->isEnabled()) << "nothing is chosen yet";
    dialog->reject();
    QTest::qWait(0);
    const auto &entries = m_window->actions().entries();
    const auto entry = std::find_if(entries.begin(), entries.end(),
                                    [](const auto &e) { return e.action->text() == QStringLiteral("Import data…"); });
    ASSERT_NE(entry, entries.end());
    EXPECT_TRUE(QTest::qWaitFor([&] { return !m_window->findChild<ImportDialog *>(); }, 5000));
    entry->action->trigger();
    EXPECT_TRUE(m_window->findChild<ImportDialog *>());
}

TEST_F(DataWindow, theDialogGuessesTheKindAndKeepsEarlierImportsApart)
{
    const std::string source = m_folder.write("meta.jsonl", metaRow(0, "a"));
    m_folder.write("data/meta/rows.jsonl", "x");
    m_window->showImportDialog();
    auto *dialog = m_window->findChild<ImportDialog *>();
    ASSERT_TRUE(dialog);
    dialog->setSource(QString::fromStdString(source));
    EXPECT_TRUE(QTest::qWaitFor([&] { return dialog->options().kind == ImportKind::DreamPrm; }, 20000));
    EXPECT_EQ(dialog->options().out, m_folder.file("data/meta-2")) << "another import lies in data/meta";
    EXPECT_EQ(dialog->options().missingPictures, RowRule::Keep);
    for (const SeveralPictures rule : {SeveralPictures::All, SeveralPictures::Drop, SeveralPictures::First}) {
        ImportOptions chosen = dialog->options();
        chosen.severalPictures = rule;
        dialog->setOptions(chosen);
        EXPECT_EQ(dialog->options().severalPictures, rule);
    }
    auto *start = dialog->findChild<Button *>(QStringLiteral("import-start"));
    EXPECT_TRUE(start->isEnabled());
    dialog->setSource(QString::fromStdString(m_folder.file("nothing.json")));
    EXPECT_FALSE(start->isEnabled());
    EXPECT_TRUE(dialog->findChild<TextLabel *>(QStringLiteral("import-reason"))
                    ->text()
                    .contains(QStringLiteral("nothing.json")));
    dialog->setSource(QString::fromStdString(source));
    start->click();
    settle();
    EXPECT_EQ(m_window->page(), PageId::Data);
    EXPECT_EQ(child<DataTable>("data-sets")->model()->rowCount(), 1);
}

TEST_F(DataWindow, anImportEndsWithItsReportOnScreen)
{
    std::string text;
    for (int i = 0; i < 6; ++i)
        text += metaRow(i, "question " + std::to_string(i), i % 2 ? "-" : "+");
    import(m_folder.write("m.jsonl", text + "{bad\n" + metaRow(0, "question 0") + R"({"id":"z"})" + "\n"));
    ASSERT_EQ(child<DataTable>("data-sets")->model()->rowCount(), 1);
    EXPECT_TRUE(child<QWidget>("import-strip")->isHidden());
    const auto *status = m_window->findChild<StatusBar *>();
    EXPECT_TRUE(QTest::qWaitFor([&] { return !status->accessibleDescription().contains(QStringLiteral("empty")); }, 60000))
        << "a store with a data set is not empty";
    const QString figures = child<QWidget>("data-figures")->accessibleName();
    EXPECT_TRUE(figures.contains(QStringLiteral("Rows kept 7 of 9"))) << figures.toStdString();
    EXPECT_TRUE(figures.contains(QStringLiteral("Dropped 2"))) << figures.toStdString();
    EXPECT_TRUE(figures.contains(QStringLiteral("Sites 7"))) << figures.toStdString();
    EXPECT_TRUE(figures.contains(QStringLiteral("Duplicates 1"))) << figures.toStdString();
    const QAbstractItemModel &drops = *child<DataTable>("drops")->model();
    ASSERT_EQ(drops.rowCount(), 2);
    child<DataTable>("drops")->setCurrentIndex(drops.index(1, 0));
    const QAbstractItemModel &places = *child<DataTable>("drop-places")->model();
    ASSERT_EQ(places.rowCount(), 1);
    EXPECT_TRUE(cell(places, 0, 0) == QStringLiteral("6") || cell(places, 0, 0) == QStringLiteral("8"));
    const auto balance = m_window->dataPage()->findChildren<ShareBars *>(); // of labels and of subjects
    ASSERT_EQ(balance.size(), 2);
    EXPECT_GT(balance[0]->groove(0).width(), 0);
    EXPECT_EQ(balance[0]->groove(0).left(), balance[1]->groove(0).left()) << "names of other lengths, bars from one place";
    EXPECT_EQ(balance[0]->groove(0).right(), balance[1]->groove(0).right());
    for (const auto mode : {Theme::Mode::Dark, Theme::Mode::Light}) {
        s_theme->setMode(mode);
        EXPECT_FALSE(m_window->grab().isNull());
    }
}

TEST_F(DataWindow, whatWasSampledIsCountedWholeInTheBackground)
{
    std::string text;
    for (int i = 0; i < 30; ++i)
        text += metaRow(i, "question " + std::to_string(i));
    ImportOptions chosen = options(m_folder.write("m.jsonl", text));
    chosen.sampleRows = 10;
    m_window->startImport(chosen);
    settle();
    auto db = Database::open(m_folder.file("a.db"));
    ASSERT_TRUE(db.ok());
    const auto report = importReportFromJson(*DatasetStore(*db).importReport(DatasetId{1}));
    ASSERT_TRUE(report.ok());
    EXPECT_EQ(report->sampleRows, 30);
    EXPECT_EQ(report->tokens.rows, 30);
    EXPECT_EQ(report->tiles.rows, 30);
}

TEST_F(DataWindow, whatARunReadIsCountedWhenAsked)
{
    std::string text;
    for (int i = 0; i < 6; ++i)
        text += metaRow(i, "question " + std::to_string(i)) + (i == 2 ? "{bad\n" : "");
    const std::string path = m_folder.write("meta.jsonl", text);
    const auto read = readConversations(path, RowKind::Meta);
    ASSERT_TRUE(read.ok()) << read.error().message;
    auto db = Database::open(m_folder.file("a.db"));
    DatasetRecord record;
    record.name = "meta.jsonl";
    record.path = path;
    record.kind = "meta";
    record.sha256 = "read by a run";
    record.rowsRead = 7;
    record.rowsKept = 6;
    ASSERT_TRUE(DatasetStore(*db).put(record, sampleRecords(read->rows)).ok());
    m_window->dataPage()->setTokenizer(QString::fromStdString(resourceFolder() + "/demo/base"));
    m_window->showPage(PageId::Data);
    settle();
    auto *count = child<Button>("count-rows");
    ASSERT_TRUE(count && count->isVisible());
    EXPECT_FALSE(child<DataTable>("drops")->isVisible()) << "no panel stands empty";

    // A file that was changed since is not counted as what the run read.
    m_folder.write("meta.jsonl", metaRow(0, "question 0"));
    count->click();
    settle();
    EXPECT_TRUE(child<TextLabel>("import-text")->text().contains(QStringLiteral("row 1 is not what a run read")))
        << child<TextLabel>("import-text")->text().toStdString();
    EXPECT_EQ(*DatasetStore(*db).importReport(DatasetId{1}), "");

    m_folder.write("meta.jsonl", text);
    count->click();
    settle();
    const auto report = importReportFromJson(*DatasetStore(*db).importReport(DatasetId{1}));
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(report->tokens.rows, 6) << "the row that the run left out is not counted";
    EXPECT_GT(report->tokens.mean, 20);
    EXPECT_EQ(report->tiles.rows, 6);
    EXPECT_FALSE(count->isVisible());
    EXPECT_FALSE(child<QWidget>("data-figures")->accessibleName().contains(QStringLiteral("Duplicates")))
        << "a count is no import";
}

TEST_F(DataWindow, aSetWithoutRowsSaysSoInsteadOfShowingEmptyPanels)
{
    auto db = Database::open(m_folder.file("a.db"));
    DatasetRecord record;
    record.name = record.path = "ended.jsonl";
    record.kind = "train";
    record.sha256 = "ended early";
    record.rowsRead = record.rowsKept = 5;
    std::int64_t has = 0;
    ASSERT_TRUE(DatasetStore(*db).begin(record, has).ok());
    m_window->showPage(PageId::Data);
    settle();
    const auto says = [this](const char *words) {
        const auto labels = m_window->dataPage()->findChildren<TextLabel *>();
        return std::any_of(labels.begin(), labels.end(), [words](const TextLabel *label) {
            return label->isVisible() && label->text().contains(QLatin1String(words));
        });
    };
    EXPECT_TRUE(says("None of the 5 rows of this set is in the store"));
    EXPECT_FALSE(child<QWidget>("data-figures")->isVisible());
    m_window->dataPage()->setView(DataPage::View::Rows);
    settle();
    EXPECT_TRUE(child<PromptText>("prompt")->toPlainText().contains(QStringLiteral("No row of this set")));
}

TEST_F(DataWindow, longNamesStayInsideTheirPanels)
{
    const std::string folder = "in/" + std::string(90, 'n') + "/" + std::string(90, 'm');
    m_folder.write(folder + "/good_" + std::string(150, 'g') + ".jsonl", metaRow(0, "Which?"));
    m_folder.write(folder + "/bad_" + std::string(150, 'b') + ".jsonl", "no rows");
    ImportOptions made = options(m_folder.file("in"));
    made.kind = ImportKind::VisualPrm;
    m_window->startImport(made);
    settle();
    const auto scrolls = m_window->dataPage()->findChildren<PlainScroll *>();
    EXPECT_FALSE(scrolls.isEmpty());
    for (const PlainScroll *scroll : scrolls) {
        if (scroll->isVisible()) {
            EXPECT_LE(scroll->widget()->width(), scroll->viewport()->width());
        }
    }
    EXPECT_LE(m_window->dataPage()->minimumSizeHint().width(), m_window->width());
}

TEST_F(DataWindow, anImportCanBeCancelledAndOneThatFailsSaysWhy)
{
    auto *job = m_window->findChild<ImportJob *>();
    ASSERT_TRUE(job);
    std::string text;
    for (int i = 0; i < 20000; ++i)
        text += metaRow(i, "a");
    QSignalSpy cancelled(job, &ImportJob::cancelled);
    m_window->startImport(options(m_folder.write("m.jsonl", text)));
    job->cancel(); // it is asked every few hundred rows
    settle();
    ASSERT_EQ(cancelled.size(), 1);
    EXPECT_FALSE(std::filesystem::exists(m_folder.file("out/m.jsonl"))) << "what was being written is removed";
    EXPECT_TRUE(child<QWidget>("import-strip")->isHidden());
    EXPECT_EQ(child<DataTable>("data-sets")->model()->rowCount(), 0);

    m_window->startImport(options(m_folder.write("broken.jsonl", "{\n{\n")));
    settle();
    EXPECT_FALSE(child<QWidget>("import-strip")->isHidden());
    const QString said = child<TextLabel>("import-text")->text();
    EXPECT_TRUE(said.contains(QStringLiteral("broken.jsonl"))) << said.toStdString();
    EXPECT_EQ(child<DataTable>("data-sets")->model()->rowCount(), 0);
}

TEST_F(DataWindow, theHashIsVerified)
{
    import(m_folder.write("m.jsonl", metaRow(0, "a")));
    auto *verify = child<Button>("verify");
    const auto said = [&](const QString &text) {
        for (const TextLabel *label : m_window->dataPage()->findChildren<TextLabel *>())
            if (label->text().startsWith(text))
                return true;
        return false;
    };
    verify->click();
    settle();
    EXPECT_TRUE(said(QStringLiteral("Unchanged")));
    m_folder.write("out/m.jsonl", metaRow(0, "b"));
    verify->click();
    settle();
    EXPECT_TRUE(said(QStringLiteral("Changed: ")));
}

} // namespace
} // namespace winnow::ui
