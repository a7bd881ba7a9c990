// Behaviours 14 and 21, and what holds the window together: keys, settings, the tour, menus of plots, tables as files.
#include "core/base/resource_path.h"
#include "core/eval/statistics.h"
#include "core/store/derivation_store.h"
#include "ui/action_registry.h"
#include "ui/bridge/evaluation_runner.h"
#include "ui/bridge/store_session.h"
#include "ui/dialogs/evaluate_dialog.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/dialogs/shortcuts_view.h"
#include "ui/main_window.h"
#include "ui/models/simple_table.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/plot_menu.h"
#include "ui/pages/run_summary.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/samples_page.h"
#include "ui/pages/table_menu.h"
#include "ui/plots/curve_plot.h"
#include "ui/plots/scatter_plot.h"
#include "ui/support/generated_store.h"
#include "ui/support/preferences.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/cell_text.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/tour_card.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QSplitter>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace winnow::ui {
namespace {

class Craft : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        s_theme = new Theme;
        ASSERT_TRUE(s_theme->install(*qApp, Theme::Mode::Light).ok());
    }
    static void TearDownTestSuite() { delete s_theme; }
    void open(const QString &settings = {})
    {
        const QString path = m_folder.filePath(QStringLiteral("store.db"));
        if (!QFile::exists(path)) {
            const Status made = writeGeneratedStore(path.toStdString(), resourceFolder() + "/demo", GeneratedKind::Full, 120, 24);
            ASSERT_TRUE(made.ok()) << made.error().message;
        }
        m_window.reset();
        m_session = std::make_unique<StoreSession>();
        ASSERT_TRUE(m_session->open(path).ok());
        m_session->freeze(true);
        m_window = std::make_unique<MainWindow>(*s_theme, *m_session, MainWindow::Programs{"test", "{}", {}, {}, settings});
        m_window->show();
        settle();
    }
    void settle()
    {
        int quiet = 0;
        EXPECT_TRUE(QTest::qWaitFor([&] {
            quiet = m_session->pending() == 0 && m_window->haveRuns() ? quiet + 1 : 0;
            return quiet > 5;
        }, 60000));
    }
    static QImage painted(QWidget &widget, int width)
    {
        widget.resize(width, widget.sizeHint().height());
        return widget.grab().toImage();
    }

    static Theme *s_theme;
    QTemporaryDir m_folder;
    std::unique_ptr<StoreSession> m_session;
    std::unique_ptr<MainWindow> m_window;
};

Theme *Craft::s_theme = nullptr;

TEST_F(Craft, aNarrowChipKeepsItsCloseMarkClear)
{
    Chip words(*s_theme, QStringLiteral("weight ≤ 0.450 at 1 500, a rule of many words"));
    Chip none(*s_theme, QString());
    for (Chip *chip : {&words, &none})
        chip->setActive(true);
    const int width = 90;
    ASSERT_LT(width, words.sizeHint().width());
    ASSERT_LE(words.minimumSizeHint().width(), width);
    const QImage full = painted(words, width);
    const QImage empty = painted(none, width);
    const QRect mark(width - 26, 0, 24, full.height());
    EXPECT_EQ(full.copy(mark), empty.copy(mark)) << "the words run into the close mark";
    EXPECT_NE(full, empty);
}

TEST_F(Craft, aNarrowButtonKeepsTheSwatchOfItsRun)
{
    Button narrow(*s_theme, QStringLiteral("A  net-label-aware-input-seed-17"));
    Button wide(*s_theme, QStringLiteral("A"));
    for (Button *button : {&narrow, &wide}) {
        button->setSmall(true);
        button->setSwatch(SeriesLook{3, 0, false});
    }
    const QRect swatch(4, 2, 26, 18);
    EXPECT_EQ(painted(narrow, 96).copy(swatch), painted(wide, 96).copy(swatch)) << "the swatch is cut or moved";
}

TEST_F(Craft, aLegendWithoutRoomInTheHeaderStandsBelowIt)
{
    Panel panel(*s_theme, QStringLiteral("Weight against loss"));
    panel.setBody(new QWidget);
    panel.addTool(new Button(*s_theme, QStringLiteral("Loss (EMA)")));
    panel.setLegend({{QStringLiteral("known flipped"), {}, LegendItem::Kind::Cross},
                     {QStringLiteral("clean"), {}, LegendItem::Kind::Dot}});
    panel.show();
    for (const int width : {300, 900, 300}) {
        panel.resize(width, 200);
        QCoreApplication::processEvents();
        int whole = 0;
        for (const LegendBar *bar : panel.findChildren<LegendBar *>())
            if (bar->isVisible() && bar->toolTip().contains(QStringLiteral("clean"))) {
                ++whole;
                EXPECT_GE(bar->width(), bar->sizeHint().width()) << "a class is not shown at " << width;
                EXPECT_EQ(bar->mapTo(&panel, QPoint()).y() > 30, width == 300);
            }
        EXPECT_EQ(whole, 1) << width;
    }
}

TEST_F(Craft, behaviour17TheCursorMeasuresDifferences)
{
    CurvePlot plot(*s_theme);
    plot.resize(600, 300);
    plot.setDescription(QStringLiteral("Loss"));
    plot.show();
    plot.setCurves({Curve{.name = QStringLiteral("Train"), .x = {0, 100, 200}, .y = {1.0, 0.75, 0.5}}});
    plot.setXRange(0, 200);
    QObject::connect(&plot, &Plot::cursorMoved, &plot, [&plot](double x) { plot.Plot::setCursor(x); });
    plot.Plot::setCursor(0.0);
    QTest::keyClick(&plot, Qt::Key_Return);
    EXPECT_EQ(plot.deltaFrom(), std::optional(0.0));
    plot.Plot::setCursor(200.0);
    EXPECT_TRUE(plot.accessibleDescription().contains(QStringLiteral("Δ −0.500"))) << plot.accessibleDescription().toStdString();
    EXPECT_TRUE(plot.accessibleDescription().contains(QStringLiteral("Δ +200")));
    QTest::keyClick(&plot, Qt::Key_Escape);
    EXPECT_FALSE(plot.pinned());
    EXPECT_FALSE(plot.deltaFrom().has_value());
    EXPECT_FALSE(plot.accessibleDescription().contains(QStringLiteral("Δ")));

    const QPoint left(120, 150);
    const QPoint right(400, 150);
    QTest::mouseClick(&plot, Qt::LeftButton, {}, left);
    EXPECT_TRUE(plot.pinned());
    EXPECT_FALSE(plot.deltaFrom().has_value());
    QTest::mouseClick(&plot, Qt::LeftButton, {}, right);
    ASSERT_TRUE(plot.deltaFrom().has_value());
    EXPECT_NEAR(*plot.deltaFrom(), plot.xAxis->pixelToCoord(left.x()), 1e-9);
    EXPECT_NEAR(*plot.cursor(), plot.xAxis->pixelToCoord(right.x()), 1e-9);
    QTest::mouseClick(&plot, Qt::LeftButton, {}, left);
    EXPECT_FALSE(plot.pinned());
}

TEST_F(Craft, behaviour21WhatIsInViewIsCopiedAsATable)
{
    CurvePlot plot(*s_theme);
    plot.resize(600, 300);
    plot.show();
    plot.setCurves({Curve{.name = QStringLiteral("Train\tx"), .x = {1, 2, 3}, .y = {0.1, std::nan(""), 0.3}},
                    Curve{.name = QStringLiteral("Test"), .x = {2}, .y = {0.5}, .low = {0.4}, .high = {0.6}}});
    plot.setXRange(0, 4);
    PlotMenu menu(*s_theme, nullptr, &plot);
    menu.copyTable();
    EXPECT_EQ(QApplication::clipboard()->text().toStdString(),
              "x\tTrain x\tTest\tTest low\tTest high\n1\t0.10000000000000001\t\t\t\n2\t\t0.5\t0.40000000000000002\t0.59999999999999998\n"
              "3\t0.29999999999999999\t\t\t\n");
    plot.showX(2.5, 4);
    menu.copyTable();
    EXPECT_EQ(QApplication::clipboard()->text().count(QLatin1Char('\n')), 2) << "only what is in view";
    ScatterPlot scatter(*s_theme);
    scatter.resize(300, 300);
    scatter.setPoints({0.5F, 1.0F}, {1.0F, 2.0F}, {});
    EXPECT_EQ(scatter.tableText().toStdString(), "row\tx\ty\tselected\n0\t0.5\t1\t0\n1\t1\t2\t0\n");
}

TEST_F(Craft, behaviour21TablesBecomeCsvMarkdownAndLatex)
{
    SimpleTable model;
    model.set({{QStringLiteral("Run")}, {QStringLiteral("Accuracy"), Qt::AlignRight}, {QStringLiteral("Loss")}},
              {{TextCell{.text = QStringLiteral("a|b, \"q\" & 50%_x")}, IntervalCell{Interval{0.85, 0.815, 0.885}, 0, 1, {}}, SparkCell{}},
               {TextCell{.text = QStringLiteral("<b>\\n")},
                TextCell{.text = QStringLiteral("−1\u2009402 ± 2"), .mono = true}, SparkCell{}}});
    EXPECT_EQ(formatTable(tableOf(model, TableForm::Csv), TableForm::Csv).toStdString(),
              "Run,Accuracy,Accuracy low,Accuracy high\n\"a|b, \"\"q\"\" & 50%_x\",0.84999999999999998,0.81499999999999995,"
              "0.88500000000000001\n<b>\\n,-1402 ± 2,,\n");
    EXPECT_EQ(formatTable(tableOf(model, TableForm::Markdown), TableForm::Markdown).toStdString(),
              "| Run | Accuracy |\n| --- | ---: |\n| a\\|b, \"q\" & 50%\\_x | 85.0% \\[81.5, 88.5\\] |\n| \\<b\\>\\\\n | −1\u2009402 ± 2 |\n");
    EXPECT_EQ(formatTable(tableOf(model, TableForm::Latex), TableForm::Latex).toStdString(),
              "\\begin{tabular}{lr}\n  \\toprule\n  Run & Accuracy \\\\\n  \\midrule\n  a|b, \"q\" \\& 50\\%\\_x & 85.0\\% [81.5, 88.5] \\\\\n"
              "  $<$b$>$\\textbackslash{}n & $-$1\\,402 $\\pm$ 2 \\\\\n  \\bottomrule\n\\end{tabular}\n");
}

TEST_F(Craft, behaviour21TheTablesOfThePagesAreWritten)
{
    open();
    m_window->showPage(PageId::Compare);
    settle();
    ComparePage &page = *m_window->comparePage();
    const TableText accuracy = page.accuracyTable(TableForm::Csv);
    ASSERT_EQ(accuracy.rows.size(), static_cast<qsizetype>(page.compared().size()));
    EXPECT_EQ(accuracy.header.size(), accuracy.rows[0].size());
    EXPECT_EQ(page.pairTable(TableForm::Latex).rows.size(), static_cast<qsizetype>(page.compared().size()) - 1);
    int written = 0;
    for (TableMenu *menu : m_window->findChildren<TableMenu *>())
        for (const char *suffix : {"csv", "md", "tex"}) {
            const QString path = m_folder.filePath(QStringLiteral("table%1.%2").arg(++written).arg(QLatin1String(suffix)));
            ASSERT_TRUE(menu->write(path).ok());
            QFile file(path);
            ASSERT_TRUE(file.open(QIODevice::ReadOnly));
            EXPECT_GT(file.readAll().count('\n'), 2) << path.toStdString();
        }
    EXPECT_GE(written, 12) << "runs, accuracy, paired tests, samples";
    TableMenu *first = m_window->findChildren<TableMenu *>().front();
    EXPECT_FALSE(first->write(m_folder.filePath(QStringLiteral("no/such/folder.csv"))).ok());
}

TEST_F(Craft, behaviour28ABrushOverTheScatterIsTheList)
{
    open();
    m_window->showPage(PageId::Compare);
    settle();
    ComparePage &page = *m_window->comparePage();
    ASSERT_TRUE(page.agreement().has_value());
    const auto quadrant = page.listed();
    const auto known = [&](std::uint32_t i) { return std::isfinite(page.agreement()->rankA[i]) && std::isfinite(page.agreement()->rankB[i]); };
    std::vector<std::uint32_t> some;
    for (std::uint32_t i = 0; i < 120 && some.size() < 6; ++i)
        if (known(i))
            some.push_back(i);
    ASSERT_EQ(some.size(), 6U);
    auto *scatter = page.findChild<ScatterPlot *>();
    Q_EMIT scatter->brushed(some, Qt::NoModifier);
    EXPECT_EQ(page.listed().size(), 6U);
    Q_EMIT scatter->brushed({some[0], some[1]}, Qt::AltModifier);
    EXPECT_EQ(page.listed().size(), 4U) << "Alt takes away";
    Q_EMIT scatter->brushed({some[0]}, Qt::ShiftModifier);
    EXPECT_EQ(page.listed().size(), 5U) << "Shift adds";
    auto *table = page.findChild<DataTable *>();
    ASSERT_EQ(table->model()->rowCount(), 5);
    QSignalSpy opened(&page, &ComparePage::openInSamplesRequested);
    for (QAbstractButton *button : page.findChildren<QAbstractButton *>())
        if (button->text() == QStringLiteral("Open in Samples"))
            button->click();
    settle();
    ASSERT_EQ(opened.size(), 1);
    EXPECT_EQ(m_window->samplesPage()->selection().count(), 5U) << "the selection goes along";
    m_window->showPage(PageId::Compare);
    QTest::keyClick(&page, Qt::Key_Escape);
    EXPECT_EQ(page.listed(), quadrant);
}

TEST_F(Craft, behaviour14EveryKeyIsListedAndCanBeChanged)
{
    const QString settings = m_folder.filePath(QStringLiteral("window.ini"));
    open(settings);
    const auto &entries = m_window->actions().entries();
    std::set<QString> names;
    for (const auto &entry : entries) {
        EXPECT_TRUE(names.insert(entry.action->objectName()).second) << entry.action->objectName().toStdString();
        EXPECT_FALSE(entry.action->objectName().isEmpty());
        for (const QKeySequence &key : entry.action->shortcuts())
            EXPECT_EQ(m_window->actions().holderOf(key, entry.action), nullptr) << key.toString().toStdString();
    }
    for (const char *name : {"samples.keep", "samples.exclude", "live.pause", "runs.compare", "evaluation.next", "help.page", "help.shortcuts"})
        EXPECT_TRUE(names.contains(QLatin1String(name))) << name;
    m_window->showSettings(true);
    auto *view = m_window->findChild<ShortcutsView *>();
    ASSERT_TRUE(view);
    EXPECT_GT(view->rowCount(), static_cast<int>(entries.size())) << "the keys of plots and tables too";
    const auto rowOf = [&](const char *name) {
        const auto at = std::find_if(entries.begin(), entries.end(),
                                     [&](const auto &entry) { return entry.action->objectName() == QLatin1String(name); });
        return static_cast<int>(at - entries.begin());
    };
    EXPECT_FALSE(view->assign(rowOf("samples.keep"), QKeySequence(Qt::Key_X))) << "the key of Exclude on the same page";
    EXPECT_FALSE(view->assign(rowOf("samples.keep"), QKeySequence(Qt::CTRL | Qt::Key_K))) << "the key of the window";
    EXPECT_TRUE(view->assign(rowOf("samples.keep"), QKeySequence(Qt::Key_P))) << "Live's P is another page";

    m_window->close();
    open(settings); // the next window keeps it
    m_window->showPage(PageId::Samples);
    settle();
    SamplesPage &page = *m_window->samplesPage();
    ASSERT_TRUE(page.selection().current().has_value());
    const std::size_t sample = *page.selection().current();
    QTest::keyClick(&page, Qt::Key_K);
    EXPECT_EQ(page.model().decisionOf(sample), Decision::None);
    QTest::keyClick(&page, Qt::Key_P);
    EXPECT_EQ(page.model().decisionOf(sample), Decision::Keep);
}

TEST_F(Craft, everyAccuracyHasItsNumberOfQuestionsAndItsInterval)
{
    constexpr int count = 510; // more than are read in detail
    const QString path = m_folder.filePath(QStringLiteral("store.db"));
    {
        auto db = Database::open(path.toStdString());
        ASSERT_TRUE(db.ok());
        for (int i = 0; i < count; ++i) {
            NewRun fresh;
            fresh.name = "run-" + std::to_string(i);
            fresh.configJson = "{}";
            fresh.stage = "bilevel";
            fresh.method = "table";
            fresh.environment = "{}";
            const auto run = RunStore(*db).create(fresh);
            ASSERT_TRUE(run.ok()) << run.error().message;
            EvaluationRecord evaluation;
            evaluation.run = *run;
            evaluation.step = 100;
            evaluation.n = i == 7 ? 50 : 400;
            evaluation.correct = evaluation.n * 4 / 5;
            evaluation.accuracy = 0.8;
            ASSERT_TRUE(EvaluationStore(*db).put(evaluation, {}).ok());
        }
    }
    open();
    const RunsModel &model = m_window->runsPage()->model();
    ASSERT_EQ(model.runs().size(), static_cast<std::size_t>(count));
    for (const RunRow &row : model.runs()) {
        ASSERT_TRUE(row.accuracy.has_value());
        const std::int64_t n = row.record.name == "run-7" ? 50 : 400;
        EXPECT_EQ(row.questions, n);
        const winnow::Interval wilson = wilsonInterval(n * 4 / 5, n);
        EXPECT_NEAR(row.accuracy->low, wilson.low, 1e-12) << row.record.name;
        EXPECT_NEAR(row.accuracy->high, wilson.high, 1e-12);
    }
    const QString head = model.headerData(RunsModel::Accuracy, Qt::Horizontal, Qt::DisplayRole).toString();
    EXPECT_EQ(head.toStdString(), "Best-of-N") << "one header cannot speak for different numbers of questions";
    const int odd = m_window->runsPage()->model().rowOf(RunId{8});
    ASSERT_GE(odd, 0);
    EXPECT_TRUE(cellText(model.index(odd, RunsModel::Accuracy).data(CellRole).value<Cell>()).contains(QStringLiteral("n 50")));
}

TEST_F(Craft, idea10ACorrectionIsShownFromBothOfItsRuns)
{
    open();
    const auto &rows = m_window->runs().rows;
    const auto rowNamed = [&](const char *name) -> const RunRow & {
        return *std::find_if(rows.begin(), rows.end(), [&](const RunRow &row) { return row.record.name == name; });
    };
    const RunId before = rowNamed("table-s1").id();
    const RunId after = rowNamed("table-s2").id();
    const auto &files = rowNamed("table-s1").data;
    const std::string parent = std::find_if(files.begin(), files.end(), [](const RunData &file) { return file.role == QLatin1String("train"); })
                                   ->sha256.toStdString();
    // The second run stands for one on the corrected file: its training set gets an identity of its own.
    ASSERT_TRUE(m_session->writer().execute([&](Database &db) -> Status {
        DatasetRecord corrected = DatasetStore(db).get(RunStore(db).get(before)->datasets.at("train")).value();
        const auto samples = DatasetStore(db).samples(corrected.id).value();
        corrected.name = "corrected.json";
        corrected.sha256 = "corrected";
        const auto id = DatasetStore(db).put(corrected, samples);
        if (!id.ok())
            return id.error();
        WINNOW_TRY(RunStore(db).setDataset(after, "train", *id));
        return DerivationStore(db).put({parent, "corrected", "/tmp/corrected.json", before, 41, 118, 1959, 0});
    }).ok());
    for (const RunId run : {before, after}) {
        std::vector<LineagePair> pairs;
        m_session->request<std::vector<LineagePair>>(
            m_window.get(),
            [run](StoreReader &reader) {
                StoreReader fresh(Database::open(reader.database().path()).value()); // nothing kept from before
                return fresh.lineage(run);
            },
            [&pairs](const Result<std::vector<LineagePair>> &found) {
                ASSERT_TRUE(found.ok()) << found.error().message;
                pairs = *found;
            });
        settle();
        ASSERT_EQ(pairs.size(), 1U) << run.value;
        EXPECT_EQ(pairs[0].before.run, before);
        EXPECT_EQ(pairs[0].after.run, after);
        EXPECT_EQ(pairs[0].excluded, 41);
        EXPECT_EQ(pairs[0].flipped, 118);
        for (const LineageSide *side : {&pairs[0].before, &pairs[0].after}) {
            ASSERT_TRUE(side->averagePrecision.has_value());
            EXPECT_LE(side->averagePrecision->low, side->averagePrecision->value);
            EXPECT_GE(side->averagePrecision->high, side->averagePrecision->value);
            EXPECT_GT(side->noisy, 0);
        }
        ASSERT_TRUE(pairs[0].difference.has_value());
        EXPECT_EQ(pairs[0].paired, 24);

        RunSummary summary(*s_theme);
        const RunRow own = rowNamed(run == before ? "table-s1" : "table-s2");
        summary.setRun(&own, nullptr, nullptr);
        summary.setLineage(run, pairs);
        QSignalSpy asked(&summary, &RunSummary::runRequested);
        const QString other = QString::fromStdString(run == before ? "table-s2" : "table-s1");
        for (Button *button : summary.findChildren<Button *>())
            if (button->text() == other)
                button->click();
        ASSERT_TRUE(asked.size() == 1 || asked.wait(60000));
        EXPECT_EQ(asked[0][0].value<RunId>(), run == before ? after : before);
    }
}

/// Stands for `winnow evaluate`: writes what it was asked, then does what `body` says.
QString fakeProgram(const QTemporaryDir &folder, const QByteArray &body)
{
    const QString path = folder.filePath(QStringLiteral("winnow"));
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("#!/bin/sh\necho \"$@\" > \"$(dirname \"$0\")/asked\"\n" + body);
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return path;
}

TEST_F(Craft, anEvaluationIsFollowedToItsEnd)
{
    EvaluationRunner runner(fakeProgram(m_folder, "echo 'progress 3/12 scoring' >&2\necho 'progress 12/12 scoring' >&2\n"
                                                  "echo 'best of 8'\necho '{\"accuracy\":0.85,\"low\":0.815,\"high\":0.885,"
                                                  "\"n\":400,\"candidates\":8}'\n"));
    QSignalSpy progress(&runner, &EvaluationRunner::progressed);
    QSignalSpy ended(&runner, &EvaluationRunner::ended);
    runner.start({RunId{7}, QStringLiteral("net-s1"), QStringLiteral("/data/a.db"), QStringLiteral("/data/test.json"), 4,
                  QStringLiteral("min")});
    EXPECT_TRUE(runner.busy());
    ASSERT_TRUE(ended.wait(60000));
    EXPECT_FALSE(runner.busy());
    EXPECT_TRUE(ended[0][0].toBool());
    EXPECT_EQ(ended[0][1].toString(), QStringLiteral("net-s1, best-of-8: 85.0% [81.5, 88.5], n = 400"));
    ASSERT_EQ(progress.size(), 3);
    EXPECT_EQ(progress[1][1].toLongLong(), 3);
    EXPECT_EQ(progress[2][2].toLongLong(), 12);
    QFile asked(m_folder.filePath(QStringLiteral("asked")));
    ASSERT_TRUE(asked.open(QIODevice::ReadOnly));
    EXPECT_EQ(asked.readAll().trimmed().toStdString(),
              "evaluate 7 --store /data/a.db --json --keep --progress-lines --test /data/test.json --n 4 --aggregate min");
}

TEST_F(Craft, anEvaluationIsCancelledOrTellsWhyItFailed)
{
    EvaluationRunner slow(fakeProgram(m_folder, "echo 'progress 1/12 scoring' >&2\nexec sleep 600\n"));
    QSignalSpy progress(&slow, &EvaluationRunner::progressed);
    QSignalSpy cancelled(&slow, &EvaluationRunner::ended);
    slow.start({RunId{1}, QStringLiteral("a"), {}, {}, 0, {}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return progress.size() >= 2; }, 60000));
    slow.cancel();
    ASSERT_TRUE(cancelled.wait(60000));
    EXPECT_FALSE(cancelled[0][0].toBool());
    EXPECT_TRUE(cancelled[0][1].toString().contains(QStringLiteral("cancelled")));

    EvaluationRunner bad(fakeProgram(m_folder, "echo 'error: There is no checkpoint folder \"x\".' >&2\nexit 1\n"));
    QSignalSpy failed(&bad, &EvaluationRunner::ended);
    bad.start({RunId{1}, QStringLiteral("a"), {}, {}, 0, {}});
    ASSERT_TRUE(failed.wait(60000));
    EXPECT_TRUE(failed[0][1].toString().contains(QStringLiteral("no checkpoint folder"))) << failed[0][1].toString().toStdString();

    EvaluationRunner absent(m_folder.filePath(QStringLiteral("nowhere")));
    QSignalSpy refused(&absent, &EvaluationRunner::ended);
    absent.start({RunId{1}, QStringLiteral("a"), {}, {}, 0, {}});
    ASSERT_EQ(refused.size(), 1);
    EXPECT_FALSE(refused[0][0].toBool());
}

TEST_F(Craft, theEvaluationDialogStartsOnlyWhatCanRun)
{
    EvaluationRunner runner(fakeProgram(m_folder, "exec sleep 600\n"));
    RunRow row;
    row.record.id = RunId{3};
    row.record.name = "net-s1";
    row.record.result.lastCheckpoint = "/runs/step-00000100";
    row.record.result.steps = 100;
    RunRow bare;
    bare.record.id = RunId{4};
    bare.record.name = "queued";
    EvaluateDialog dialog(*s_theme, runner, RunRows({bare, row}), RunId{3}, QStringLiteral("/data/a.db"), nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    auto *start = dialog.findChild<Button *>(QStringLiteral("start"));
    auto *test = dialog.findChild<QLineEdit *>(QStringLiteral("test"));
    auto *cancel = dialog.findChild<Button *>(QStringLiteral("cancel"));
    ASSERT_TRUE(start && test && cancel);
    EXPECT_FALSE(start->isEnabled()) << "no test file";
    test->setText(m_folder.filePath(QStringLiteral("absent.json")));
    EXPECT_FALSE(start->isEnabled());
    QFile file(m_folder.filePath(QStringLiteral("test.json")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    test->setText(file.fileName());
    ASSERT_TRUE(start->isEnabled());
    EXPECT_EQ(dialog.job().run, RunId{3}) << "a run without a checkpoint is not offered";
    start->click();
    EXPECT_TRUE(runner.busy());
    EXPECT_FALSE(start->isEnabled());
    EXPECT_TRUE(cancel->isVisible());
    QSignalSpy ended(&runner, &EvaluationRunner::ended);
    cancel->click();
    ASSERT_TRUE(ended.wait(60000));
    EXPECT_TRUE(start->isEnabled());
}

TEST_F(Craft, settingsHoldAtOnceAndForTheNextWindow)
{
    const QString settings = m_folder.filePath(QStringLiteral("window.ini"));
    open(settings);
    auto *table = m_window->runsPage()->findChild<DataTable *>();
    const int before = table->verticalHeader()->defaultSectionSize();
    m_window->preferences().setRowHeight(40);
    EXPECT_GT(table->verticalHeader()->defaultSectionSize(), before);
    m_window->preferences().setAppearance(QStringLiteral("dark"));
    EXPECT_TRUE(s_theme->dark());
    m_window->preferences().setGrouped(false);
    EXPECT_EQ(thousands(1402).toStdString(), "1402");
    m_window->preferences().setThreads(3);
    for (int section = 0; section < SettingsDialog::SectionCount; ++section) {
        m_window->showSettings(false);
        auto *dialog = m_window->findChild<SettingsDialog *>();
        ASSERT_TRUE(dialog);
        dialog->showSection(static_cast<SettingsDialog::Section>(section));
        EXPECT_FALSE(dialog->grab().isNull());
        dialog->accept();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    Preferences kept(settings);
    EXPECT_EQ(kept.rowHeight(), 40);
    EXPECT_EQ(kept.appearance(), QStringLiteral("dark"));
    EXPECT_FALSE(kept.grouped());
    EXPECT_EQ(kept.threads(), 3);
    m_window->preferences().setAppearance(QStringLiteral("light"));
    m_window->preferences().setRowHeight(32);
    m_window->preferences().setGrouped(true);
}

TEST_F(Craft, theWindowIsLeftAndFoundAsItWas)
{
    const QString settings = m_folder.filePath(QStringLiteral("window.ini"));
    const auto splitter = [this] {
        m_window->showPage(PageId::Compare);
        settle();
        return m_window->comparePage()->findChild<QSplitter *>();
    };
    open(settings);
    const QList<int> standard = splitter()->sizes();
    splitter()->setSizes({standard[0] + 60, standard[1] - 60});
    QCoreApplication::processEvents();
    const QList<int> left = splitter()->sizes();
    ASSERT_NE(left, standard);
    m_window->close();
    open(settings);
    const QList<int> found = splitter()->sizes();
    ASSERT_EQ(found.size(), left.size());
    for (qsizetype i = 0; i < left.size(); ++i)
        EXPECT_NEAR(found[i], left[i], 2);
}

TEST_F(Craft, theTourLeadsThroughEveryPageAndIsSeenOnce)
{
    open();
    EXPECT_FALSE(m_window->preferences().tourSeen());
    m_window->startTour();
    auto *tour = m_window->findChild<TourCard *>();
    ASSERT_TRUE(tour && tour->isVisible());
    std::set<PageId> pages;
    for (int step = 0; step < tour->steps(); ++step) {
        pages.insert(m_window->page());
        EXPECT_EQ(tour->step(), step);
        EXPECT_TRUE(m_window->rect().contains(tour->geometry())) << "step " << step;
        QTest::keyClick(tour, Qt::Key_Return);
    }
    EXPECT_EQ(pages.size(), static_cast<std::size_t>(PageId::Count));
    EXPECT_FALSE(tour->isVisible());
    EXPECT_TRUE(m_window->preferences().tourSeen());
}

TEST_F(Craft, f6GoesThroughThePanelsOfAPage)
{
    open();
    m_window->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(m_window.get()));
    m_window->showPage(PageId::Live);
    settle();
    std::set<QWidget *> reached;
    for (int i = 0; i < 6; ++i) {
        m_window->focusPanel(1);
        reached.insert(QApplication::focusWidget());
    }
    EXPECT_GE(reached.size(), 5U);
}

} // namespace
} // namespace winnow::ui

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
