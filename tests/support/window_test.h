#pragma once

#include "ui/bridge/store_session.h"
#include "ui/main_window.h"
#include "ui/support/generated_store.h"
#include "ui/theme/theme.h"

#include <gtest/gtest.h>

#include <memory>

namespace winnow::test
{

/// Tests of what is painted: the light theme is installed while a suite runs.
class ThemedTest : public testing::Test
{
protected:
    static void SetUpTestSuite();
    static void TearDownTestSuite();

    static ui::Theme *s_theme;
};

/// Tests with a window over a store.
class WindowTest : public ThemedTest
{
protected:
    enum class Follow { No, Changes }; ///< whether the window looks at the store by itself

    void TearDown() override; ///< the store's folder, which the tests have, goes after the window
    /// Closes the window that is open, opens one over this store and waits until it stands still.
    void openWindow(const QString &store, Follow follow = Follow::No,
                    const ui::MainWindow::Programs &programs = {"test", "{}", {}, {}});
    /// A store of made-up runs.
    static void writeStore(const QString &path, ui::GeneratedKind kind, int trainRows, int questions);
    /// Waits until nothing is at work for some rounds of the event loop.
    void settle(int rounds = 8);
    virtual bool still() const;
    void showPage(ui::PageId page)
    {
        m_window->showPage(page);
        settle();
    }

    std::unique_ptr<ui::StoreSession> m_session;
    std::unique_ptr<ui::MainWindow> m_window;
};

} // namespace winnow::test
