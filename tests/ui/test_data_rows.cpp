// The rows of a data set on the Data page: browsed, searched, shown as the model sees them.
#include "core/base/resource_path.h"
#include "core/image/png_encode.h"
#include "tests/support/data_window.h"
#include "ui/models/simple_table.h"
#include "ui/pages/sample_detail_parts.h"
#include "ui/pages/sample_picture.h"
#include "ui/pages/sample_pictures.h"
#include "ui/widgets/button.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/prompt_text.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_label.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QTest>

#include <gtest/gtest.h>

#include <filesystem>

namespace winnow::ui
{
namespace
{

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
