#include "tests/support/window_test.h"

#include "core/base/resource_path.h"

#include <QApplication>
#include <QTest>

namespace winnow::test
{

namespace
{
constexpr int hangGuardMs = 60000;
}

ui::Theme *ThemedTest::s_theme = nullptr;

void ThemedTest::SetUpTestSuite()
{
    s_theme = new ui::Theme;
    ASSERT_TRUE(s_theme->install(*qApp, ui::Theme::Mode::Light).ok());
}

void ThemedTest::TearDownTestSuite()
{
    delete s_theme;
    s_theme = nullptr;
}

void WindowTest::TearDown()
{
    m_window.reset();
    m_session.reset();
}

void WindowTest::openWindow(const QString &store, Follow follow, const ui::MainWindow::Programs &programs)
{
    m_window.reset();
    m_session = std::make_unique<ui::StoreSession>();
    const Status status = m_session->open(store);
    ASSERT_TRUE(status.ok()) << status.error().message;
    if (follow == Follow::No)
        m_session->freeze(true);
    m_window = std::make_unique<ui::MainWindow>(*s_theme, *m_session, programs);
    m_window->show();
    settle();
}

void WindowTest::writeStore(const QString &path, ui::GeneratedKind kind, int trainRows, int questions)
{
    const Status made =
        ui::writeGeneratedStore(path.toStdString(), resourceFolder() + "/demo", kind, trainRows, questions);
    ASSERT_TRUE(made.ok()) << made.error().message;
}

bool WindowTest::still() const
{
    return m_session->pending() == 0 && m_window->haveRuns();
}

void WindowTest::settle(int rounds)
{
    int quiet = 0;
    EXPECT_TRUE(QTest::qWaitFor(
        [&] {
            quiet = still() ? quiet + 1 : 0;
            return quiet > rounds;
        },
        hangGuardMs));
}

} // namespace winnow::test
