#include "core/base/resource_path.h"
#include "tests/core/data/temp_folder.h"
#include "tests/support/tiny_task.h"
#include "tests/support/window_test.h"
#include "ui/dialogs/launch_dialog.h"
#include "ui/dialogs/preflight_dialog.h"
#include "ui/widgets/button.h"
#include "ui/widgets/text_label.h"

#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

// What the launch dialog looks at before a run starts.
namespace winnow::ui
{
namespace
{

class Preflighting : public test::WindowTest
{
protected:
    void SetUp() override
    {
        openWindow(QString::fromStdString(m_folder.file("a.db")), Follow::Changes);
        ASSERT_TRUE(test::writeTinyTask(m_folder.file("data")).ok());
        m_options.model.checkpoint = resourceFolder() + "/demo/base";
        m_options.data.train = m_folder.file("data/train.json");
        m_options.data.meta = m_folder.file("data/meta.json");
        m_options.data.test = m_folder.file("data/test.json");
    }
    /// The launch dialog after a click on Start.
    LaunchDialog *started()
    {
        auto *dialog = new LaunchDialog(*s_theme, m_options, nullptr, {{}, {}, m_session->path()}, m_window.get());
        m_asked = std::make_unique<QSignalSpy>(dialog, &LaunchDialog::startRequested);
        dialog->show();
        auto *start = dialog->findChild<Button *>(QStringLiteral("start"));
        EXPECT_TRUE(start->isEnabled())
            << dialog->findChild<TextLabel *>(QStringLiteral("reason"))->text().toStdString();
        start->click();
        EXPECT_FALSE(start->isEnabled()) << "a second click starts nothing twice";
        return dialog;
    }
    PreflightDialog *question(LaunchDialog *dialog)
    {
        PreflightDialog *found = nullptr;
        EXPECT_TRUE(QTest::qWaitFor(
            [&] {
                found = dialog->findChild<PreflightDialog *>();
                return found && found->isVisible() && !found->looking();
            },
            60000));
        return found;
    }

    TempFolder m_folder;
    RunOptions m_options;
    std::unique_ptr<QSignalSpy> m_asked;
};

TEST_F(Preflighting, cleanFilesStartAtOnce)
{
    const LaunchDialog *dialog = started();
    EXPECT_TRUE(QTest::qWaitFor([&] { return m_asked->size() == 1; }, 60000));
    EXPECT_FALSE(dialog->isVisible());
}

TEST_F(Preflighting, sharedRowsHaveToBeConfirmed)
{
    const auto again = std::filesystem::path(m_options.data.meta).replace_filename("again.json");
    std::filesystem::copy_file(m_options.data.meta, again); // the very same file is refused before any look
    m_options.data.holdout = again.string();
    LaunchDialog *dialog = started();
    PreflightDialog *asks = question(dialog);
    ASSERT_TRUE(asks);
    EXPECT_EQ(asks->findChild<TextLabel *>(QStringLiteral("preflight-head"))->text(),
              QStringLiteral("The files share rows"));
    bool named = false;
    for (const TextLabel *label : asks->findChildren<TextLabel *>())
        named = named || label->text().contains(QStringLiteral("row 0"));
    EXPECT_TRUE(named);
    EXPECT_FALSE(asks->grab().isNull());
    asks->findChild<Button *>(QStringLiteral("preflight-back"))->click();
    EXPECT_EQ(m_asked->size(), 0);
    EXPECT_TRUE(dialog->isVisible());
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return dialog->findChild<Button *>(QStringLiteral("start"))->isEnabled(); }, 5000));
    EXPECT_TRUE(QTest::qWaitFor([&] { return !dialog->findChild<PreflightDialog *>(); }, 5000));
    dialog->findChild<Button *>(QStringLiteral("start"))->click();
    asks = question(dialog);
    ASSERT_TRUE(asks);
    asks->findChild<Button *>(QStringLiteral("preflight-start"))->click();
    EXPECT_EQ(m_asked->size(), 1);
}

TEST_F(Preflighting, aProblemLeadsOnlyBack)
{
    m_options.data.test = m_folder.write("bad.json", "[{}]");
    LaunchDialog *dialog = started();
    PreflightDialog *asks = question(dialog);
    ASSERT_TRUE(asks);
    EXPECT_FALSE(asks->findChild<Button *>(QStringLiteral("preflight-start"))->isVisible());
    EXPECT_TRUE(asks->findChild<TextLabel *>(QStringLiteral("preflight-head"))
                    ->text()
                    .contains(QStringLiteral("cannot start")));
    asks->reject();
    EXPECT_EQ(m_asked->size(), 0);
    dialog->reject();
}

} // namespace
} // namespace winnow::ui
