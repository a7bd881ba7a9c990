// The runs page and the launch dialog in the window, by the numbers of their behaviours.
#include "core/base/options_io.h"
#include "core/base/resource_path.h"
#include "tests/support/window_test.h"
#include "ui/bridge/run_upkeep.h"
#include "ui/dialogs/ask_dialog.h"
#include "ui/dialogs/launch_dialog.h"
#include "ui/dialogs/method_cards.h"
#include "ui/models/run_looks.h"
#include "ui/pages/live_page.h"
#include "ui/pages/run_summary.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/runs_query_line.h"
#include "ui/widgets/button.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/scrim.h"
#include "ui/widgets/text_label.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <map>
#include <set>

namespace winnow::ui
{
namespace
{

class RunsWindow : public test::WindowTest
{
protected:
    void open(GeneratedKind kind)
    {
        m_path = m_folder.filePath(QStringLiteral("store.db"));
        writeStore(m_path, kind, 60, 12);
        openAgain();
    }
    void openAgain()
    {
        openWindow(m_path, Follow::Changes,
                   {"0.1.0+abc-dirty.123", "{}", QString::fromStdString(resourceFolder() + "/presets"), {}});
        settle();
    }
    void settle() { WindowTest::settle(30); } // longer than the session gathers changes
    RunsPage &page() { return *m_window->runsPage(); }
    RunsModel &model() { return page().model(); }
    RunId named(const char *name)
    {
        for (const RunRow &row : model().runs())
            if (row.record.name == name)
                return row.id();
        ADD_FAILURE() << "no run " << name;
        return {};
    }
    template <typename T>
    T *waitForChild(QObject *parent, const char *name = nullptr)
    {
        T *found = nullptr;
        EXPECT_TRUE(QTest::qWaitFor(
            [&] {
                found = name ? parent->findChild<T *>(QLatin1String(name)) : parent->findChild<T *>();
                return found != nullptr;
            },
            20000));
        return found;
    }
    void confirm(const QString &text)
    {
        auto *dialog = waitForChild<AskDialog>(&page());
        ASSERT_TRUE(dialog);
        if (!text.isEmpty())
            dialog->setText(text);
        dialog->findChild<Button *>(QStringLiteral("confirm"))->click();
        QTest::qWait(1); // it deletes itself
        settle();
    }

    QTemporaryDir m_folder;
    QString m_path;
};

TEST_F(RunsWindow, behaviour2_theLineFiltersLiveAndKeepsQueriesByName)
{
    open(GeneratedKind::Full);
    auto *line = page().findChild<RunsQueryLine *>(QStringLiteral("query"));
    auto *problem = page().findChild<TextLabel *>(QStringLiteral("problem"));
    ASSERT_TRUE(line && problem);
    const int all = model().shown();
    line->setFocus();
    QTest::keyClicks(line, QStringLiteral("mode = ne"));
    EXPECT_TRUE(line->listIsOpen());
    EXPECT_EQ(line->listed().value(0), QStringLiteral("net"));
    QTest::keyClick(line, Qt::Key_Tab);
    EXPECT_EQ(line->text(), QStringLiteral("mode = net "));
    EXPECT_LT(model().shown(), all);
    EXPECT_GT(model().shown(), 0);
    const int nets = model().shown();
    line->setText(QStringLiteral("mode = net and sed = 1"));
    ASSERT_TRUE(line->problem());
    EXPECT_EQ(line->problem()->from, 15);
    EXPECT_TRUE(problem->isVisible());
    EXPECT_EQ(problem->text(), QStringLiteral("Unknown name 'sed'. Did you mean 'seed'?"));
    EXPECT_EQ(model().shown(), nets) << "a wrong query leaves the table as it is";
    line->setText(QStringLiteral("mode = net and seed = 1"));
    EXPECT_FALSE(problem->isVisible());
    page().saveQuery();
    confirm(QStringLiteral("first nets"));
    openAgain();
    bool found = false;
    for (const TextLabel *label : page().findChildren<TextLabel *>())
        found = found || label->text() == QLatin1String("first nets");
    EXPECT_TRUE(found) << "the query is there after the window was opened again";
}

TEST_F(RunsWindow, theQuestionBeforeDeletingSpeaksOfAsManyRunsAsThereAreOverADimmedWindow)
{
    open(GeneratedKind::Full);
    for (const bool several : {false, true}) {
        model().setSelected(several ? std::vector<RunId>{named("none-s1"), named("none-s2")} : std::vector<RunId>{named("none-s1")});
        page().deleteChosen();
        auto *dialog = waitForChild<AskDialog>(&page());
        ASSERT_TRUE(dialog);
        const auto labels = dialog->findChildren<TextLabel *>();
        EXPECT_TRUE(std::any_of(labels.begin(), labels.end(), [&](const TextLabel *label) {
            return label->text().startsWith(several ? QStringLiteral("They stay ") : QStringLiteral("It stays "));
        })) << several;
        auto *scrim = m_window->findChild<Scrim *>();
        ASSERT_TRUE(scrim);
        EXPECT_TRUE(scrim->isVisible());
        EXPECT_EQ(scrim->size(), m_window->size());
        dialog->reject();
        EXPECT_TRUE(QTest::qWaitFor([&] { return !m_window->findChild<Scrim *>() && !page().findChild<AskDialog *>(); }, 20000));
    }
}

TEST_F(RunsWindow, namesBeginUpperCaseAndCountsAreGrouped)
{
    open(GeneratedKind::Full);
    const auto shows = [](const QWidget &of, const QString &text) {
        const auto labels = of.findChildren<TextLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const TextLabel *label) { return label->text() == text; });
    };
    RunRow row = m_window->runs().rows.front();
    row.record.environment = R"({"system":"Linux","compiler":"GCC","driver":"NVIDIA 570","cores":2,"novelty":"x"})";
    RunSummary summary(*s_theme);
    summary.setRun(&row, nullptr, nullptr);
    for (const char *name : {"System", "Compiler", "Driver", "Cores", "Novelty"})
        EXPECT_TRUE(shows(summary, QLatin1String(name))) << name;
    row.record.environment = "{}";
    summary.setRun(&row, nullptr, nullptr);
    EXPECT_TRUE(shows(summary, QStringLiteral("Driver"))) << "also where there is none";

    RunsData many;
    for (int i = 0; i < 10000; ++i) {
        RunRow queued;
        queued.record.id = RunId{100000 + i};
        queued.record.state = RunState::Queued;
        many.rows.push_back(queued);
    }
    m_window->livePage()->setRuns(many);
    EXPECT_TRUE(shows(*m_window, QStringLiteral("0 running, 10\u2009000 queued")));
    settle();
}

TEST_F(RunsWindow, behaviour7_deleteAsksWithTheSizesAndIsUndone)
{
    open(GeneratedKind::Full);
    const int all = model().countOf(RunsModel::View::All);
    model().setSelected({named("none-s1"), named("none-s2")});
    page().deleteChosen();
    auto *dialog = waitForChild<AskDialog>(&page());
    ASSERT_TRUE(dialog);
    EXPECT_TRUE(dialog->windowTitle().startsWith(QStringLiteral("Delete 2 runs and ")))
        << dialog->windowTitle().toStdString();
    confirm({});
    EXPECT_EQ(model().countOf(RunsModel::View::All), all - 2);
    EXPECT_EQ(model().countOf(RunsModel::View::Deleted), 2);
    page().undo();
    settle();
    EXPECT_EQ(model().countOf(RunsModel::View::All), all);
    EXPECT_EQ(model().countOf(RunsModel::View::Deleted), 0);
}

TEST_F(RunsWindow, behaviour7_f2RenamesInTheTable)
{
    open(GeneratedKind::Full);
    const RunId run = named("none-s1");
    model().setSelected({run});
    auto *table = page().findChild<DataTable *>();
    table->setCurrentIndex(model().index(model().rowOf(run), RunsModel::Name));
    QTest::keyClick(&page(), Qt::Key_F2);
    QLineEdit *editor = nullptr;
    for (QLineEdit *line : table->findChildren<QLineEdit *>())
        editor = line;
    ASSERT_TRUE(editor);
    editor->setText(QStringLiteral("<b>none & more</b>"));
    QTest::keyClick(editor, Qt::Key_Return);
    settle();
    EXPECT_EQ(model().find(run)->name(), QStringLiteral("<b>none & more</b>"));
    page().undo();
    settle();
    EXPECT_EQ(model().find(run)->name(), QStringLiteral("none-s1"));
}

TEST_F(RunsWindow, behaviour3_tenThousandRunsDrawOnlyTheNewest)
{
    m_path = m_folder.filePath(QStringLiteral("many.db"));
    ASSERT_TRUE(writeGeneratedStore(m_path.toStdString(), resourceFolder() + "/demo", GeneratedKind::ManyRuns).ok());
    m_session = std::make_unique<StoreSession>();
    const auto begun = std::chrono::steady_clock::now();
    ASSERT_TRUE(m_session->open(m_path).ok());
    m_window = std::make_unique<MainWindow>(*s_theme, *m_session, MainWindow::Programs{"test", "{}", {}, {}});
    m_window->show();
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_window->haveRuns(); }, 60000));
    m_window->grab();
    std::cout << "behaviour 3, 10 000 runs, window usable after "
              << std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count() << " ms\n";
    EXPECT_EQ(model().shown(), 10000);
    EXPECT_EQ(model().drawn(), static_cast<int>(mostDrawn));
    for (const RunRow &row : model().runs())
        if (row.visible) {
            EXPECT_GT(row.id().value, 10000 - static_cast<std::int64_t>(mostDrawn));
        }
}

TEST_F(RunsWindow, runsOfAnotherProgramAppearAndMove)
{
    open(GeneratedKind::Full);
    auto db = Database::open(m_path.toStdString()); // as `winnow run` in a terminal
    NewRun fresh;
    fresh.name = "elsewhere";
    fresh.configJson = optionsToJson(RunOptions());
    fresh.stage = "bilevel";
    fresh.method = "table";
    fresh.totalSteps = 10;
    const RunId id = *RunStore(*db).create(fresh);
    EXPECT_TRUE(QTest::qWaitFor([&] { return model().find(id) != nullptr; }, 20000));
    ASSERT_TRUE(RunStore(*db).claim(id, {}, "CPU", 1).ok());
    ASSERT_TRUE(RunStore(*db).setProgress(id, "train", 7, 10).ok());
    EXPECT_TRUE(QTest::qWaitFor([&] { return model().find(id)->record.step == 7; }, 20000));
}

TEST_F(RunsWindow, behaviour5_looksAreDistinctAndTheSameInTheNextWindow)
{
    open(GeneratedKind::Full);
    settle();
    std::set<std::pair<int, int>> looks;
    for (const RunRow &row : model().runs())
        if (row.visible) {
            EXPECT_TRUE(looks.emplace(row.look.hue, row.look.dash).second) << row.record.name;
        }
    std::map<std::string, SeriesLook> before;
    for (const RunRow &row : model().runs())
        before[row.record.name] = row.look;
    openAgain();
    for (const RunRow &row : model().runs())
        EXPECT_EQ(before.at(row.record.name), row.look) << row.record.name;
}

TEST_F(RunsWindow, behaviour9_cloneTakesTheSettingsMarksEditsAndKeepsTheParent)
{
    open(GeneratedKind::Full);
    const RunId parent = named("table-s1");
    m_window->showLaunchDialog(parent);
    auto *dialog = waitForChild<LaunchDialog>(m_window.get());
    ASSERT_TRUE(dialog);
    EXPECT_TRUE(optionDifferences(dialog->options(), model().find(parent)->options).empty());
    dialog->findChild<QAbstractButton *>(QStringLiteral("method-net"))->click();
    auto *ema = dialog->findChild<QLineEdit *>(QStringLiteral("meta.gradient_ema"));
    ASSERT_TRUE(ema);
    ema->clear();
    QTest::keyClicks(ema, QStringLiteral("1.2"));
    EXPECT_FALSE(dialog->findChild<Button *>(QStringLiteral("start"))->isEnabled());
    EXPECT_TRUE(ema->property("changed").toBool() || ema->property("invalid").toBool());
    EXPECT_FALSE(dialog->findChild<TextLabel *>(QStringLiteral("reason"))->text().isEmpty());
    ema->clear();
    QTest::keyClicks(ema, QStringLiteral("0.25"));
    EXPECT_EQ(optionDifferences(dialog->options(), model().find(parent)->options).size(), 2u);
    EXPECT_TRUE(ema->property("changed").toBool());
    QSignalSpy spy(dialog, &LaunchDialog::startRequested);
    dialog->findChild<QLineEdit *>(QStringLiteral("seeds"))->setText(QStringLiteral("3, 4, 4"));
    EXPECT_EQ(dialog->commands().count(QStringLiteral("winnow run ")), 2);
    EXPECT_TRUE(dialog->commands().contains(QStringLiteral("meta.gradient_ema=0.25")));
    EXPECT_TRUE(dialog->commands().contains(m_path));
    dialog->reject();
}

TEST_F(RunsWindow, behaviour13_theSummaryShowsWhereARunCameFrom)
{
    const CodeVersion code = codeVersionOf(QStringLiteral("0.1.0+a1b2c3d4e5f6-dirty.0123456789ab"));
    EXPECT_EQ(code.version, QStringLiteral("0.1.0"));
    EXPECT_EQ(code.commit, QStringLiteral("a1b2c3d4e5f6"));
    EXPECT_TRUE(code.dirty);
    EXPECT_EQ(code.patch, QStringLiteral("0123456789ab"));
    EXPECT_FALSE(codeVersionOf(QStringLiteral("0.1.0+a1b2c3d4e5f6")).dirty);
    open(GeneratedKind::Full);
    const RunId run = named("table-s1");
    const RunRow *row = model().find(run);
    ASSERT_EQ(row->data.size(), 3u) << "train, meta and test";
    for (const RunData &data : row->data)
        EXPECT_EQ(data.sha256.size(), 64) << data.role.toStdString();
    model().setSelected({run});
    page().copyCommands();
    EXPECT_EQ(QApplication::clipboard()->text().count(QStringLiteral("winnow run ")), 1);
    EXPECT_TRUE(QApplication::clipboard()->text().contains(QStringLiteral("--store")));
}

} // namespace
} // namespace winnow::ui
