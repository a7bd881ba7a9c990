#include "core/base/resource_path.h"
#include "ui/bridge/store_session.h"
#include "ui/dialogs/launch_dialog.h"
#include "ui/main_window.h"
#include "ui/pages/live_page.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/samples_page.h"
#include "ui/support/generated_store.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace winnow::ui {
namespace {

class Window : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        s_theme = new Theme;
        ASSERT_TRUE(s_theme->install(*qApp, Theme::Mode::Light).ok());
    }
    static void TearDownTestSuite() { delete s_theme; }
    void open(const QString &path)
    {
        const Status status = m_session.open(path);
        ASSERT_TRUE(status.ok()) << status.error().message;
        const QString presets = QString::fromStdString(resourceFolder() + "/presets");
        m_window = std::make_unique<MainWindow>(*s_theme, m_session, MainWindow::Programs{"test", "{}", presets, {}});
        m_window->show();
        settle();
    }
    void settle()
    {
        int quiet = 0;
        EXPECT_TRUE(QTest::qWaitFor([&] {
            quiet = m_session.pending() == 0 && m_window->haveRuns() ? quiet + 1 : 0;
            return quiet > 5;
        }, 60000));
    }
    void visitAllPages()
    {
        for (const auto mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
            s_theme->setMode(mode);
            for (int page = 0; page < static_cast<int>(PageId::Count); ++page) {
                m_window->showPage(static_cast<PageId>(page));
                settle();
                EXPECT_FALSE(m_window->grab().isNull());
            }
        }
        s_theme->setMode(Theme::Mode::Light);
    }

    static Theme *s_theme;
    QTemporaryDir m_folder;
    StoreSession m_session;
    std::unique_ptr<MainWindow> m_window;
};

Theme *Window::s_theme = nullptr;

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

TEST_F(Window, textFromDataIsNeverReadAsHtml)
{
    for (QLabel *label : qApp->findChildren<QLabel *>())
        EXPECT_EQ(label->textFormat(), Qt::PlainText);
    EXPECT_GE(iconNames().size(), 50);
}

} // namespace
} // namespace winnow::ui

int main(int argc, char **argv)
{
    // On the stack, so that it goes before Qt's own statics do.
    QApplication application(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
