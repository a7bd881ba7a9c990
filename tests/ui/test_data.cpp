#include "core/base/resource_path.h"
#include "core/data/conversation_reader.h"
#include "core/data/demo/demo_files.h"
#include "core/image/png_encode.h"
#include "core/run/prepared_rows.h"
#include "tests/core/data/temp_folder.h"
#include "tests/support/window_test.h"
#include "ui/action_registry.h"
#include "ui/bridge/import_job.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/dialogs/launch_dialog.h"
#include "ui/models/simple_table.h"
#include "ui/pages/data_page.h"
#include "ui/pages/dataset_rows.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/sample_detail_parts.h"
#include "ui/pages/sample_picture.h"
#include "ui/pages/sample_pictures.h"
#include "ui/widgets/button.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/plain_scroll.h"
#include "ui/widgets/prompt_text.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/share_bars.h"
#include "ui/widgets/status_bar.h"
#include "ui/widgets/text_label.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QDir>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace winnow::ui
{
namespace
{

std::string metaRow(int number, const std::string &question, const std::string &label = "+")
{
    return R"({"id":"q)" + std::to_string(number) + R"(","subject":")" + (number % 3 ? "Art" : "Math")
        + R"(","true_false":true,"conversations":[{"from":"system","value":"Judge."},{"from":"human","value":")"
        + question + R"("},{"from":"human","value":"step \"one\""},{"from":"gpt","value":")" + label + R"("}]})" + "\n";
}

class DataWindow : public test::WindowTest
{
protected:
    void SetUp() override { openWindow(QString::fromStdString(m_folder.file("a.db")), Follow::Changes); }
    bool still() const override { return WindowTest::still() && !m_window->dataPage()->busy(); }
    ImportOptions options(const std::string &source) const
    {
        ImportOptions made;
        made.kind = ImportKind::DreamPrm;
        made.source = source;
        made.out = m_folder.file("out");
        made.tokenizer = resourceFolder() + "/demo/base";
        return made;
    }
    void import(const std::string &source)
    {
        m_window->startImport(options(source));
        settle();
    }
    template <typename Widget>
    Widget *child(const char *name) const
    {
        return m_window->findChild<Widget *>(QLatin1String(name));
    }
    DatasetRows &rows() { return m_window->dataPage()->rows(); }
    static QString cell(const QAbstractItemModel &model, int row, int column)
    {
        const auto value = model.index(row, column).data(CellRole).value<Cell>();
        const auto *text = std::get_if<TextCell>(&value);
        return text ? text->text : QString();
    }

    TempFolder m_folder;
};

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

TEST_F(DataWindow, rowsAreBrowsedAPageAtATime)
{
    std::string text;
    for (int i = 0; i < 5000; ++i)
        text += metaRow(i, "number " + std::to_string(i));
    import(m_folder.write("many.jsonl", text));
    m_window->dataPage()->setView(DataPage::View::Rows);
    settle();
    const DatasetRowsModel &model = rows().model();
    EXPECT_EQ(model.rowCount(), 5000);
    EXPECT_EQ(cell(model, 0, DatasetRowsModel::Question), QStringLiteral("number 0"));
    EXPECT_FALSE(cell(model, 0, DatasetRowsModel::Tokens).isEmpty());
    auto *table = child<DataTable>("rows");
    for (int row = 0; row < 5000; row += 60) {
        table->scrollTo(model.index(row, 0), QAbstractItemView::PositionAtTop);
        table->grab();
        settle();
    }
    EXPECT_LE(model.held(), DatasetRowsModel::mostHeld);
    table->scrollTo(model.index(4999, 0));
    table->grab();
    settle();
    EXPECT_EQ(cell(model, 4999, DatasetRowsModel::Question), QStringLiteral("number 4999"));
}

TEST_F(DataWindow, searchFindsQuestionsStepsAndIds)
{
    std::string text;
    for (int i = 0; i < 9000; ++i) // more than are looked at in one go
        text += metaRow(i, i == 8999 || i == 3 ? "a Needle 100%" : "hay");
    import(m_folder.write("hay.jsonl", text));
    m_window->dataPage()->setView(DataPage::View::Rows);
    settle();
    const DatasetRowsModel &model = rows().model();
    const auto found = [&](const char *words) {
        rows().searchFor(QString::fromUtf8(words));
        settle();
        return model.rowCount();
    };
    EXPECT_EQ(found("needle 100%"), 2);
    EXPECT_EQ(model.indexAt(0), 3);
    EXPECT_EQ(model.indexAt(1), 8999);
    EXPECT_EQ(child<TextLabel>("row-count")->text().remove(QChar(0x2009)), QStringLiteral("2 of 9000 rows"));
    EXPECT_EQ(found("n_edle"), 0) << "no letter stands for another";
    EXPECT_EQ(found("q8123"), 1);
    EXPECT_EQ(found("step \"one\""), 9000) << "quotes are no part of how steps are kept";
    EXPECT_EQ(found("math"), 3000);
    EXPECT_EQ(found(""), 9000);
}

TEST_F(DataWindow, aRowIsShownAsTheModelSeesIt)
{
    import(m_folder.write("m.jsonl", metaRow(0, "Who?", "-") + metaRow(1, "What?")));
    m_window->dataPage()->setView(DataPage::View::Rows);
    settle();
    auto *prompt = child<PromptText>("prompt");
    ASSERT_TRUE(prompt);
    EXPECT_EQ(
        prompt->toPlainText(),
        QStringLiteral("<|im_start|>system\nJudge.<|im_end|>\n<|im_start|>user\nWho?<|im_end|>\n<|im_start|>user\n"
                       "step \"one\"<|im_end|>\n<|im_start|>assistant\n-<|im_end|>\n"));
    rows().step(1);
    settle();
    EXPECT_TRUE(prompt->toPlainText().contains(QStringLiteral("What?")));
    child<SegmentedControl>("row-form")->setCurrent(1);
    EXPECT_TRUE(prompt->toPlainText().contains(QStringLiteral("Step 1, +")));

    // The row file is another one now: the stored texts stay readable, and what happened is said.
    m_folder.write("out/m.jsonl", metaRow(7, "changed"));
    m_window->dataPage()->setTokenizer(QString::fromStdString(resourceFolder() + "/demo"));
    rows().step(-1);
    settle();
    EXPECT_FALSE(prompt->toPlainText().contains(QStringLiteral("changed")));
}

TEST_F(DataWindow, theTokenizerOfAnImportIsRememberedForItsFile)
{
    const QString settings = QString::fromStdString(m_folder.file("window.ini"));
    const auto open = [&](const char *store) {
        openWindow(QString::fromStdString(m_folder.file(store)), Follow::Changes, {"test", "{}", {}, {}, settings});
    };
    const auto noteOf = [&](const std::string &name) {
        m_window->showPage(PageId::Data);
        settle();
        auto *sets = child<DataTable>("data-sets");
        for (int row = 0; row < sets->model()->rowCount(); ++row)
            if (cell(*sets->model(), row, 0) == QString::fromStdString(name))
                sets->setCurrentIndex(sets->model()->index(row, 0));
        m_window->dataPage()->setView(DataPage::View::Rows);
        settle();
        QStringList notes;
        for (const TextLabel *label : rows().findChildren<TextLabel *>())
            if (label->text().startsWith(QStringLiteral("Tokens ")))
                notes << label->text();
        return notes.join(QLatin1Char('|'));
    };
    open("b.db");
    import(m_folder.write("counted.jsonl", metaRow(0, "Who?")));
    ImportOptions plain = options(m_folder.write("plain.jsonl", metaRow(1, "What?")));
    plain.out = m_folder.file("out2");
    plain.tokenizer.clear();
    m_window->startImport(plain);
    settle();
    const QString counted = QStringLiteral("Tokens as counted by ") + QDir::toNativeSeparators(QString::fromStdString(options({}).tokenizer));
    const QString uncounted = QStringLiteral("Tokens are not counted: no tokenizer is chosen.");
    for (const bool again : {false, true}) {
        if (again)
            open("b.db");
        EXPECT_EQ(noteOf("counted.jsonl"), counted) << again;
        EXPECT_EQ(noteOf("plain.jsonl"), uncounted) << again;
    }
    // A person's choice for a file holds for the next window too.
    m_window->dataPage()->setTokenizer(QString::fromStdString(options({}).tokenizer));
    open("b.db");
    EXPECT_EQ(noteOf("plain.jsonl"), counted);
}

TEST_F(DataWindow, anUnreadableRowFileIsToldOnce)
{
    import(m_folder.write("m.jsonl", metaRow(0, "Who?") + metaRow(1, "What?")));
    std::filesystem::remove(m_folder.file("out/m.jsonl"));
    m_window->dataPage()->setView(DataPage::View::Rows);
    settle();
    const auto telling = [&] {
        QStringList texts;
        for (const QWidget *widget : rows().findChildren<QWidget *>()) {
            const QString text = widget->property("text").toString();
            if (widget->isVisible() && (text.contains(QStringLiteral("m.jsonl")) || text.startsWith(QStringLiteral("Looking"))))
                texts << text;
        }
        return texts;
    };
    const auto *strip = rows().findChild<Strip *>();
    ASSERT_TRUE(strip);
    EXPECT_TRUE(strip->isVisible());
    EXPECT_EQ(telling().size(), 1) << telling().join(QStringLiteral(" | ")).toStdString();
    EXPECT_TRUE(child<PromptText>("prompt")->toPlainText().contains(QStringLiteral("Who?"))) << "the stored texts stay readable";
    rows().step(1);
    settle();
    EXPECT_EQ(telling().size(), 1) << telling().join(QStringLiteral(" | ")).toStdString();
}

TEST_F(DataWindow, everyPictureOfARowIsShown)
{
    std::string images;
    for (const int number : {1, 2, 3}) {
        const Picture picture{28 * number, 28, std::vector<std::uint8_t>(static_cast<std::size_t>(28 * 28 * 3 * number), 90)};
        const auto png = encodePng(picture).value();
        const std::string name = "p" + std::to_string(number) + ".png";
        m_folder.write(name, {reinterpret_cast<const char *>(png.data()), png.size()});
        images += (images.empty() ? "" : ",") + ("\"" + name + "\"");
    }
    const auto row = [](int number, const std::string &list) {
        return metaRow(number, "Which?").insert(1, R"("image":)" + list + ",");
    };
    ImportOptions made = options(m_folder.write("m.jsonl", row(0, "[" + images + "]") + row(1, "\"p1.png\"")));
    made.severalPictures = SeveralPictures::All;
    m_window->startImport(made);
    settle();
    m_window->dataPage()->setView(DataPage::View::Rows);
    settle();
    auto *pictures = m_window->dataPage()->findChild<SamplePictures *>();
    ASSERT_TRUE(pictures);
    auto *line = pictures->findChild<QWidget *>(QStringLiteral("picture-line")); // Samples has one too
    ASSERT_TRUE(line);
    ASSERT_EQ(pictures->paths().size(), 3);
    EXPECT_TRUE(pictures->paths().at(2).endsWith(QStringLiteral("p3.png")));
    EXPECT_TRUE(line->isVisible());
    auto *picture = pictures->findChild<SamplePicture *>();
    const auto says = [line](const char *words) {
        const auto labels = line->findChildren<TextLabel *>();
        return labels.size() == 1 && labels.front()->text() == QLatin1String(words);
    };
    EXPECT_TRUE(says("1 of 3"));
    QTest::keyClick(picture, Qt::Key_Left);
    EXPECT_EQ(pictures->current(), 0);
    QTest::keyClick(picture, Qt::Key_Right);
    QTest::keyClick(picture, Qt::Key_Right);
    QTest::keyClick(picture, Qt::Key_Right);
    EXPECT_EQ(pictures->current(), 2) << "there is no fourth";
    EXPECT_TRUE(says("3 of 3"));
    EXPECT_TRUE(picture->toolTip().contains(QStringLiteral("p3.png")));
    line->findChildren<Button *>().front()->click();
    EXPECT_EQ(pictures->current(), 1);
    pictures->zoom(QStringLiteral("q0"), 6, 28);
    auto *window = pictures->findChild<PictureWindow *>();
    ASSERT_TRUE(window);
    EXPECT_EQ(window->windowTitle(), QStringLiteral("q0, picture 2 of 3"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !window->tileText().isEmpty(); }, 10000));
    EXPECT_TRUE(window->tileText().startsWith(QStringLiteral("2 × 1 tiles"))) << "two of the six are its share";
    QTest::keyClick(window, Qt::Key_PageDown);
    EXPECT_EQ(window->windowTitle(), QStringLiteral("q0, picture 3 of 3"));
    window->close();
    rows().step(1);
    settle();
    EXPECT_EQ(pictures->paths().size(), 1);
    EXPECT_FALSE(line->isVisible());
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

TEST(DatasetRowsModels, staysWhatAModelMustBe)
{
    DatasetRowsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setRows(100, false);
    model.startSearch();
    model.addFound({3, 50});
    model.addFound({99});
    EXPECT_EQ(model.rowOf(50), 1);
    EXPECT_EQ(model.rowOf(51), -1);
    EXPECT_EQ(model.indexAt(2), 99);
    BrowsedRow row;
    row.sample.index = 50;
    row.sample.question = "q";
    model.take({row});
    EXPECT_EQ(model.held(), 1u);
    model.forget();
    model.endSearch();
    EXPECT_EQ(model.rowCount(), 100);
    model.setRows(0, true);
}

} // namespace
} // namespace winnow::ui
