#include "core/base/resource_path.h"
#include "tests/support/window_test.h"
#include "ui/dialogs/launch_dialog.h"
#include "ui/dialogs/launch_side.h"
#include "ui/pages/live_page.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/samples_page.h"
#include "ui/theme/icons.h"
#include "ui/widgets/button.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/text_label.h"

#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace winnow::ui {
namespace {

class Window : public test::WindowTest {
protected:
    void open(const QString &path)
    {
        const QString presets = QString::fromStdString(resourceFolder() + "/presets");
        openWindow(path, Follow::Changes, {"test", "{}", presets, {}});
    }
    void visitAllPages()
    {
        for (const auto mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
            s_theme->setMode(mode);
            for (int page = 0; page < static_cast<int>(PageId::Count); ++page) {
                showPage(static_cast<PageId>(page));
                EXPECT_FALSE(m_window->grab().isNull());
            }
        }
        s_theme->setMode(Theme::Mode::Light);
    }

    /// Headings of columns that stand outside of their table, which has no scroll bar for them.
    std::string cutColumns() const
    {
        QStringList cut;
        for (const auto *table : m_window->findChildren<DataTable *>()) {
            if (!table->isVisible() || table->horizontalScrollBarPolicy() != Qt::ScrollBarAlwaysOff)
                continue;
            const QHeaderView *header = table->horizontalHeader();
            for (int i = 0; i < header->count(); ++i)
                if (!header->isSectionHidden(i)
                    && header->sectionViewportPosition(i) + header->sectionSize(i) > table->viewport()->width())
                    cut << table->model()->headerData(i, Qt::Horizontal).toString();
        }
        return cut.join(QStringLiteral(", ")).toStdString();
    }

    QTemporaryDir m_folder;
};

TEST_F(Window, everyPageIsPaintedForAnEmptyStore)
{
    open(m_folder.filePath(QStringLiteral("empty.db")));
    visitAllPages();
    EXPECT_EQ(m_window->runsPage()->model().rowCount(), 0);
}

TEST_F(Window, everyPageIsPaintedForAGeneratedStore)
{
    const QString path = m_folder.filePath(QStringLiteral("full.db"));
    const Status made = writeGeneratedStore(path.toStdString(), resourceFolder() + "/demo", GeneratedKind::Full, 120, 24);
    ASSERT_TRUE(made.ok()) << made.error().message;
    open(path);
    visitAllPages();
    EXPECT_GT(m_window->runsPage()->model().shown(), 8);
    ASSERT_TRUE(m_window->samplesPage()->loaded());
    m_window->samplesPage()->selectBelow(0.5);
    EXPECT_GT(m_window->samplesPage()->selection().count(), 0U);
    EXPECT_LT(m_window->samplesPage()->selection().count(), 120U);
}

TEST_F(Window, noColumnOfATableIsCutAt1366Pixels)
{
    const QString path = m_folder.filePath(QStringLiteral("full.db"));
    const Status made = writeGeneratedStore(path.toStdString(), resourceFolder() + "/demo", GeneratedKind::Full, 120, 24);
    ASSERT_TRUE(made.ok()) << made.error().message;
    open(path);
    m_window->resize(1366, 768);
    for (int page = 0; page < static_cast<int>(PageId::Count); ++page) {
        showPage(static_cast<PageId>(page));
        EXPECT_EQ(cutColumns(), "") << "page " << page;
    }
    showPage(PageId::Runs);
    const auto *table = m_window->runsPage()->findChild<DataTable *>();
    constexpr int beside = 44; // of a name: the line in its colour, the gaps
    EXPECT_GE(table->columnWidth(RunsModel::Name),
              beside + textWidth(s_theme->font(TextRole::Panel), QStringLiteral("demo-none-meta-rows-s0")));
}

TEST_F(Window, launchDialogStartsOnlyWhatCanRun)
{
    open(m_folder.filePath(QStringLiteral("empty.db")));
    RunOptions options;
    LaunchDialog dialog(*s_theme, options, nullptr, {}, m_window.get());
    auto *start = dialog.findChild<Button *>(QStringLiteral("start"));
    auto *seeds = dialog.findChild<QLineEdit *>(QStringLiteral("seeds"));
    ASSERT_TRUE(start && seeds);
    EXPECT_FALSE(start->isEnabled()) << "no data and no checkpoint are named yet";
    for (const char *key : {"model.checkpoint", "data.train", "data.meta", "data.test"}) {
        auto *line = dialog.findChild<QLineEdit *>(QLatin1String(key));
        ASSERT_TRUE(line) << key;
        line->clear();
        QTest::keyClicks(line, m_folder.path());
    }
    EXPECT_TRUE(start->isEnabled());
    seeds->setText(QStringLiteral("1, x"));
    EXPECT_FALSE(start->isEnabled());
    seeds->setText(QStringLiteral("3, 4, 5"));
    EXPECT_TRUE(start->isEnabled());
    EXPECT_EQ(start->text(), QStringLiteral("Start 3 runs"));
    QSignalSpy spy(&dialog, &LaunchDialog::startRequested);
    start->click(); // the paths exist, but no file of rows is there: what test_ui_data looks at
    EXPECT_TRUE(QTest::qWaitFor([&] { return dialog.findChild<QDialog *>(QStringLiteral("preflight")) != nullptr; }, 20000));
    EXPECT_EQ(spy.size(), 0);
}

TEST_F(Window, nothingOfTheLaunchDialogsSideIsCut)
{
    open(m_folder.filePath(QStringLiteral("empty.db")));
    RunOptions options;
    options.model.checkpoint = resourceFolder() + "/demo/base"; // its sizes give the estimate
    LaunchDialog dialog(*s_theme, options, nullptr, {}, m_window.get());
    dialog.show();
    QCoreApplication::processEvents();
    auto *side = dialog.findChild<LaunchSide *>();
    ASSERT_TRUE(side);
    EXPECT_TRUE(side->findChild<TextLabel *>(QStringLiteral("estimate-memory"))->text().startsWith(QStringLiteral("≈ ")));
    int looked = 0;
    for (const TextLabel *label : side->findChildren<TextLabel *>()) {
        if (!label->isVisible())
            continue;
        ++looked;
        const QSize needed = label->minimumSizeHint();
        EXPECT_GE(label->width(), needed.width()) << label->text().toStdString();
        EXPECT_GE(label->height(), label->wordWrap() ? label->heightForWidth(label->width()) : needed.height())
            << label->text().toStdString();
    }
    EXPECT_GT(looked, 8);
}

TEST_F(Window, textFromDataIsNeverReadAsHtml)
{
    for (QLabel *label : qApp->findChildren<QLabel *>())
        EXPECT_EQ(label->textFormat(), Qt::PlainText);
    EXPECT_GE(iconNames().size(), 50);
}

} // namespace
} // namespace winnow::ui
