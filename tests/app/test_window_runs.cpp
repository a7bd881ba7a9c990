// Behaviours 10, 11 and the closing of the window, with the real window, engine and command-line program.
#include "app/services.h"
#include "core/base/options_io.h"
#include "core/base/resource_path.h"
#include "core/store/metric_store.h"
#include "tests/core/store/store_folder.h"
#include "tests/support/program.h"
#include "tests/support/tiny_task.h"
#include "tests/support/window_test.h"
#include "ui/bridge/run_controller.h"
#include "ui/dialogs/close_dialog.h"
#include "ui/widgets/button.h"

#include <nlohmann/json.hpp>

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>

namespace winnow::ui {
namespace {

constexpr int hangGuardMs = 600000;
constexpr std::int64_t endless = 100000; ///< iterations

struct Opened {
    StoreSession session;
    std::unique_ptr<MainWindow> window;
};

class WindowRuns : public test::ThemedTest {
protected:
    void SetUp() override
    {
        const test::TinyRun sizes{.threads = 1, .checkpointEvery = 100, .iterations = 300, .evaluateEvery = 100};
        const Status written = test::writeTinyRun(folder.path(), sizes);
        ASSERT_TRUE(written.ok()) << written.error().message;
    }

    std::string store() const { return folder.file("a.db"); }
    RunOptions options() const { return readOptionsFile(folder.file("run.toml")).value(); }
    std::unique_ptr<Opened> open() const
    {
        auto made = std::make_unique<Opened>();
        EXPECT_TRUE(made->session.open(QString::fromStdString(store())).ok());
        made->window = std::make_unique<MainWindow>(
            *s_theme, made->session,
            MainWindow::Programs{"test", "{}", QString::fromStdString(resourceFolder() + "/presets"),
                                 QString::fromStdString(test::winnowProgram())});
        made->window->show();
        return made;
    }
    RunRecord stored() const
    {
        auto db = Database::open(store());
        return RunStore(*db).get(RunId{1}).value();
    }
    template <typename Condition>
    static bool until(Condition condition)
    {
        return QTest::qWaitFor(condition, hangGuardMs);
    }
    /// A run of this window that is past its first iterations.
    std::unique_ptr<Opened> openAndTrain(RunPlace place = RunPlace::Window, std::int64_t iterations = 300)
    {
        auto opened = open();
        RunOptions chosen = options();
        chosen.train.iterations = iterations;
        opened->window->controller().start(chosen, {3}, {}, place);
        EXPECT_TRUE(until([&] { return stored().step >= 2 || stored().state == RunState::Failed; }));
        EXPECT_TRUE(runIsActive(stored().state)) << stored().error;
        return opened;
    }
    static void answer(MainWindow &window, const QString &button)
    {
        window.close();
        auto *dialog = window.findChild<CloseDialog *>();
        ASSERT_TRUE(dialog) << "closing must ask";
        EXPECT_TRUE(window.isVisible());
        dialog->findChild<Button *>(button)->click();
    }
    /// The same settings in one go, in a store of their own.
    std::string unbrokenSha()
    {
        const auto result = test::runWinnow(folder.path(), {"run", folder.file("run.toml"), "--json", "--store",
                                                            folder.file("unbroken.db")});
        EXPECT_EQ(result.status, 0) << result.err;
        return nlohmann::json::parse(result.lastLine())["weights_sha256"];
    }

    test::StoreFolder folder;
};

TEST_F(WindowRuns, behaviour10_aDiscardingStopGoesBackToTheLastCheckpointAndLosesNothingElse)
{
    for (const RunPlace place : {RunPlace::Window, RunPlace::OwnProcess}) {
        for (const char *suffix : {"", "-wal", "-shm"})
            std::filesystem::remove(store() + suffix);
        std::filesystem::remove_all(folder.file("runs"));
        auto opened = openAndTrain(place, endless);
        ASSERT_TRUE(until([&] { return stored().step >= 120; }));
        opened->window->controller().discard(stored());
        ASSERT_TRUE(until([&] { return stored().state == RunState::Stopped; }));
        const std::int64_t at = stored().step;
        EXPECT_GE(at, 100);
        EXPECT_EQ(at % 100, 0) << "not where a checkpoint is";
        auto db = Database::open(store());
        EXPECT_EQ(MetricStore(*db).series(RunId{1}, "loss.train")->steps.back(), at);
    }
}

TEST_F(WindowRuns, behaviour10_pausedByClosingAndResumedByTheNextWindow)
{
    auto first = openAndTrain();
    answer(*first->window, QStringLiteral("cancel"));
    EXPECT_TRUE(first->window->controller().hasActiveRun()) << "cancel changes nothing";
    ASSERT_TRUE(until([&] { return !first->window->findChild<CloseDialog *>(); }));
    answer(*first->window, QStringLiteral("choice-0"));
    ASSERT_TRUE(until([&] { return !first->window->isVisible(); }));
    first.reset();
    const RunRecord paused = stored();
    ASSERT_EQ(paused.state, RunState::Paused) << paused.error;
    EXPECT_LT(paused.step, 300);
    EXPECT_TRUE(paused.resumable());
    auto next = open();
    ASSERT_TRUE(until([&] { return next->window->haveRuns() && !next->window->runs().rows.empty(); }));
    EXPECT_EQ(next->window->runs().rows.front().record.state, RunState::Paused) << "nobody died";
    next->window->controller().resume(next->window->runs().rows.front().record);
    ASSERT_TRUE(until([&] { return stored().state == RunState::Finished || stored().state == RunState::Failed; }));
    EXPECT_EQ(stored().error, "");
    EXPECT_EQ(stored().result.weightsSha256, unbrokenSha());
}

TEST_F(WindowRuns, behaviour11_anOpenWindowMarksTheRunOfAKilledProgram)
{
    auto opened = open();
    test::Program program(folder.path(), {test::winnowProgram(), "run", folder.file("run.toml"), "--set",
                                          "train.iterations=100000", "--store", store()}, {});
    const auto shows = [&](RunState state) {
        const auto &rows = opened->window->runs().rows;
        return !rows.empty() && rows.front().record.state == state && rows.front().record.step >= 20;
    };
    ASSERT_TRUE(until([&] { return shows(RunState::Running); })) << "runs of a terminal appear by themselves";
    program.signal(SIGKILL);
    (void)program.wait();
    ASSERT_TRUE(until([&] { return shows(RunState::Interrupted); }));
    EXPECT_TRUE(opened->window->runs().rows.front().record.resumable());
    auto db = Database::open(store());
    EXPECT_TRUE(db->check().ok());
}

TEST_F(WindowRuns, aRunHandedOverGoesOnAndTheNextWindowFindsIt)
{
    auto first = openAndTrain();
    answer(*first->window, QStringLiteral("choice-1"));
    ASSERT_TRUE(until([&] { return !first->window->isVisible(); }));
    first.reset();
    auto next = open();
    ASSERT_TRUE(until([&] {
        if (!next->window->haveRuns() || next->window->runs().rows.empty())
            return false;
        const RunRecord &record = next->window->runs().rows.front().record;
        return (record.held() && record.pid != getpid()) || record.state == RunState::Finished;
    })) << "the window shows the run of the other process";
    EXPECT_FALSE(next->window->controller().hasActiveRun());
    ASSERT_TRUE(until([&] { return stored().state == RunState::Finished || stored().state == RunState::Failed; }));
    EXPECT_EQ(stored().error, "");
    EXPECT_EQ(stored().result.weightsSha256, unbrokenSha());
    ASSERT_TRUE(until([&] { return next->window->runs().rows.front().record.state == RunState::Finished; }))
        << "the window follows what another program writes";
}

TEST_F(WindowRuns, aRunInItsOwnProcessIsPausedResumedAndStoppedFromTheWindow)
{
    auto opened = openAndTrain(RunPlace::OwnProcess, endless);
    RunController &controller = opened->window->controller();
    EXPECT_NE(stored().pid, getpid());
    EXPECT_FALSE(controller.hasActiveRun()) << "closing needs no question";
    controller.pause(RunId{1});
    ASSERT_TRUE(until([&] { return stored().state != RunState::Running; }));
    ASSERT_EQ(stored().state, RunState::Paused) << stored().error;
    EXPECT_TRUE(stored().held());
    controller.resume(stored());
    ASSERT_TRUE(until([&] { return stored().state == RunState::Running; }));
    controller.stop(stored());
    ASSERT_TRUE(until([&] { return !runIsActive(stored().state); }));
    EXPECT_EQ(stored().error, "");
}

TEST_F(WindowRuns, aLogOutEndsTheRunWithACheckpointAndAsksNothing)
{
    auto opened = openAndTrain(RunPlace::Window, endless);
    opened->window->endSession();
    ASSERT_TRUE(until([&] { return !opened->window->isVisible(); }));
    EXPECT_FALSE(opened->window->findChild<CloseDialog *>());
    const RunRecord run = stored();
    EXPECT_EQ(run.state, RunState::Paused) << run.error;
    EXPECT_FALSE(run.result.lastCheckpoint.empty());
}

} // namespace
} // namespace winnow::ui
