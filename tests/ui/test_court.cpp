// Behaviours 17, 21, 28 and 30 in the window: what Compare, Evaluation and Live show equals what the store says.
#include "core/report/comparison_report.h"
#include "tests/support/window_test.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/compare_parts.h"
#include "ui/pages/evaluation_page.h"
#include "ui/pages/live_page.h"
#include "ui/pages/samples_page.h"
#include "ui/plots/curve_plot.h"
#include "ui/plots/scatter_plot.h"
#include "ui/widgets/button.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/interval_chart.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_label.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace winnow::ui {
namespace {

class Court : public test::WindowTest {
protected:
    static void SetUpTestSuite()
    {
        WindowTest::SetUpTestSuite();
        s_folder = new QTemporaryDir;
        s_path = s_folder->filePath(QStringLiteral("full.db"));
        writeStore(s_path, GeneratedKind::Full, 300, 60);
    }
    static void TearDownTestSuite()
    {
        delete s_folder;
        WindowTest::TearDownTestSuite();
    }
    void SetUp() override { openWindow(s_path); }
    Comparison reference(const std::vector<RunId> &runs, const ScoringChoice &choice)
    {
        std::vector<RunRecord> records;
        for (const RunId run : runs)
            records.push_back(RunStore(m_database).get(run).value());
        return compareRuns(m_database, records, {choice, 100, 1}).value();
    }

    static QTemporaryDir *s_folder;
    static QString s_path;
    Database m_database = Database::open(s_path.toStdString()).value();
};

QTemporaryDir *Court::s_folder = nullptr;
QString Court::s_path;

TEST_F(Court, behaviour28CompareShowsTheAgreementOfTheStore)
{
    showPage(PageId::Compare);
    ComparePage &page = *m_window->comparePage();
    ASSERT_GE(page.compared().size(), 2U);
    ASSERT_TRUE(page.agreement().has_value());
    const Comparison wanted = reference(page.compared(), page.scoring());
    ASSERT_TRUE(wanted.pairs[0].weights.has_value());
    const WeightAgreement &agreement = wanted.pairs[0].weights->agreement;
    EXPECT_NEAR(page.agreement()->spearman, agreement.spearman, 1e-9);
    EXPECT_NEAR(page.agreement()->kendall, agreement.kendall, 1e-9);
    EXPECT_EQ(page.agreement()->quadrants, agreement.quadrants);
    const auto &shown = page.findChild<VerdictView *>()->content();
    ASSERT_TRUE(shown.test && wanted.pairs[0].accuracy);
    EXPECT_NEAR(shown.test->bootstrap.difference, wanted.pairs[0].accuracy->bootstrap.difference, 1e-9);
    EXPECT_NEAR(shown.test->bootstrap.interval.low, wanted.pairs[0].accuracy->bootstrap.interval.low, 1e-9);
    EXPECT_NEAR(shown.test->mcNemar.pValue, wanted.pairs[0].accuracy->mcNemar.pValue, 1e-9);
    EXPECT_EQ(shown.verdict.toStdString(), verdictSentence(*wanted.pairs[0].accuracy, "A", "B"));
}

TEST_F(Court, behaviour28RunsAndWhatTheyShareAreReadableInASmallWindow)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("three.db")); // its runs change
    writeStore(path, GeneratedKind::Full, 120, 24);
    openWindow(path);
    const RunRows rows = m_window->runs().rows;
    std::vector<RunId> runs;
    for (const char *name : {"table-s1", "net-labelaware-s2", "domain-s1"}) {
        const auto row = std::find_if(rows.begin(), rows.end(), [&](const RunRow &r) { return r.record.name == name; });
        ASSERT_NE(row, rows.end());
        runs.push_back(row->id());
    }
    // A name of 23 letters, and a run on other rows than the first: the longest sentence.
    ASSERT_TRUE(m_session->writer().execute([&](Database &db) -> Status {
        WINNOW_TRY(RunStore(db).rename(runs[2], "demo-none-meta-rows-s0"));
        DatasetRecord other = DatasetStore(db).get(RunStore(db).get(runs[2])->datasets.at("train")).value();
        const auto samples = DatasetStore(db).samples(other.id).value();
        other.sha256 = "other rows";
        const auto id = DatasetStore(db).put(other, samples);
        return id.ok() ? RunStore(db).setDataset(runs[2], "train", *id) : Status(id.error());
    }).ok());
    openWindow(path);
    m_window->resize(1366, 768);
    m_window->comparePage()->compare(runs);
    showPage(PageId::Compare);
    const auto *sentence = m_window->comparePage()->findChild<TextLabel *>(QStringLiteral("same-data"));
    ASSERT_TRUE(sentence);
    EXPECT_TRUE(sentence->text().contains(QStringLiteral("others differ: 1"))) << sentence->text().toStdString();
    EXPECT_GE(sentence->width(), sentence->sizeHint().width());
    int chips = 0;
    for (const Button *button : m_window->comparePage()->findChildren<Button *>()) {
        if (!button->isVisible() || button->accessibleName().indexOf(QStringLiteral(", ")) != 1) // "A, its name"
            continue;
        EXPECT_GE(button->width(), button->sizeHint().width()) << button->text().toStdString();
        ++chips;
    }
    EXPECT_EQ(chips, 3);
    openWindow(s_path); // the folder goes before the window of the fixture
}

TEST_F(Court, behaviour28EachQuadrantIsAListThatOpensInSamples)
{
    showPage(PageId::Compare);
    ComparePage &page = *m_window->comparePage();
    ASSERT_TRUE(page.agreement().has_value());
    QSignalSpy opened(&page, &ComparePage::openInSamplesRequested);
    for (std::size_t q = 0; q < quadrantCount; ++q) {
        page.showQuadrantOf(static_cast<Quadrant>(q));
        EXPECT_EQ(static_cast<std::int64_t>(page.listed().size()), page.agreement()->quadrants[q]);
    }
    page.showQuadrantOf(Quadrant::BothReject);
    ASSERT_FALSE(page.listed().empty());
    settle(); // texts come when they are looked at
    const DatasetId train = RunStore(m_database).get(page.compared()[0]).value().datasets.at("train");
    const auto keys = DatasetStore(m_database).keys(train, page.listed()).value();
    const QAbstractItemModel &list = *page.findChild<DataTable *>()->model();
    ASSERT_EQ(list.rowCount(), static_cast<int>(keys.size()));
    for (int row = 0; row < list.rowCount(); ++row) {
        const auto cell = list.index(row, 1).data(CellRole).value<Cell>();
        EXPECT_EQ(std::get<TextCell>(cell).text.toStdString(), keys[static_cast<std::size_t>(row)]);
    }
    for (QAbstractButton *button : page.findChildren<QAbstractButton *>())
        if (button->text() == QStringLiteral("Open in Samples"))
            button->click();
    ASSERT_EQ(opened.size(), 1);
    EXPECT_EQ(opened[0][1].value<std::vector<std::uint32_t>>(), page.listed());
}

TEST_F(Court, behaviour28ABrushOverTheScatterIsTheList)
{
    showPage(PageId::Compare);
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

TEST_F(Court, behaviour30EveryChoiceGivesThePicksOfTheStoredScores)
{
    showPage(PageId::Evaluation);
    EvaluationPage &page = *m_window->evaluationPage();
    std::vector<RunId> runs;
    showPage(PageId::Compare);
    runs = m_window->comparePage()->compared();
    page.showRuns(runs);
    settle();
    double slowest = 0;
    for (const std::size_t candidates : {2U, 8U})
        for (const Aggregation how : {Aggregation::Mean, Aggregation::Min, Aggregation::Last, Aggregation::SumLog})
            for (const Ties ties : {Ties::Last, Ties::First}) {
                const ScoringChoice choice{candidates, how, Readout::Full, ties};
                page.setChoice(choice);
                slowest = std::max(slowest, page.lastJudgeMs());
                const Comparison wanted = reference(runs, choice);
                const auto shown = page.correctPicks();
                ASSERT_EQ(shown.size(), wanted.runs.size());
                for (std::size_t r = 0; r < shown.size(); ++r)
                    EXPECT_EQ(shown[r], wanted.runs[r].picked.correct) << "run " << r << ", N " << candidates;
            }
    std::printf("slowest change of a control: %.1f ms (%zu runs, 60 questions)\n", slowest, runs.size());
}

TEST_F(Court, behaviour30FlippedQuestionsAreTheExactList)
{
    showPage(PageId::Compare);
    ComparePage &page = *m_window->comparePage();
    const std::vector<RunId> pair{page.compared()[0], page.compared()[1]};
    std::vector<std::size_t> wanted;
    const Comparison comparison = reference(pair, page.scoring());
    for (const FlippedPick &flip : comparison.pairs[0].accuracy->changed)
        if (flip.gained() || flip.lost())
            wanted.push_back(flip.question);
    Q_EMIT page.flipsRequested(pair);
    settle();
    EXPECT_EQ(m_window->page(), PageId::Evaluation);
    EXPECT_EQ(m_window->evaluationPage()->changedQuestions(), wanted);
    EXPECT_EQ(m_window->evaluationPage()->choice(), page.scoring());
    if (wanted.size() > 1) { // by keyboard to the next one
        QTest::keyClick(m_window->evaluationPage(), Qt::Key_Down);
        EXPECT_EQ(m_window->evaluationPage()->question(), wanted[1]);
        QTest::keyClick(m_window->evaluationPage(), Qt::Key_Up);
        EXPECT_EQ(m_window->evaluationPage()->question(), wanted[0]);
    }
}

TEST_F(Court, theAxisOfThreeSubjectsIsSeenInASmallWindow)
{
    m_window->resize(1366, 768);
    showPage(PageId::Evaluation);
    settle();
    int charts = 0;
    for (const auto *chart : m_window->evaluationPage()->findChildren<IntervalChart *>()) {
        ASSERT_TRUE(chart->isVisible());
        EXPECT_EQ(chart->visibleRegion().boundingRect(), chart->rect()) << "its axis is scrolled out of sight";
        ++charts;
    }
    EXPECT_EQ(charts, 2);
}

TEST_F(Court, behaviour30NoWordOfThePageIsCutInASmallWindow)
{
    for (const QSize size : {QSize(1440, 900), QSize(1366, 768)}) {
        m_window->resize(size);
        showPage(PageId::Evaluation);
        EvaluationPage &page = *m_window->evaluationPage();
        SegmentedControl *tabs = nullptr;
        for (auto *control : page.findChildren<SegmentedControl *>()) {
            if (control->accessibleName() == EvaluationPage::tr("Accuracy"))
                tabs = control;
        }
        ASSERT_NE(tabs, nullptr);
        for (const int tab : {0, 1, 2}) {
            tabs->setCurrent(tab);
            settle();
            int labels = 0;
            for (const auto *label : page.findChildren<TextLabel *>()) {
                if (!label->isVisible() || label->text().isEmpty())
                    continue;
                if (label->wordWrap()) {
                    EXPECT_GE(label->height(), label->heightForWidth(label->width())) << label->text().toStdString() << ", tab " << tab;
                } else {
                    EXPECT_GE(label->width(), label->sizeHint().width())
                        << label->text().toStdString() << ", tab " << tab << ", " << size.width() << " wide";
                }
                ++labels;
            }
            EXPECT_GE(labels, 8);
        }
    }
}

TEST_F(Court, behaviour21TheWindowWritesTheReportOfTheCommand)
{
    showPage(PageId::Compare);
    const std::vector<RunId> runs = m_window->comparePage()->compared();
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("report.html"));
    m_window->writeReport(runs, path);
    settle();
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const std::string written = file.readAll().toStdString();
    std::vector<RunRecord> records;
    for (const RunId run : runs)
        records.push_back(RunStore(m_database).get(run).value());
    ReportOptions options;
    options.program = "Winnow test";
    options.comparison.scoring = m_window->comparePage()->scoring();
    const std::string wanted = comparisonReport(m_database, records, options).value();
    // The line with the time of writing apart.
    const auto rest = [](const std::string &text) { return text.substr(text.find("<h2>Runs</h2>")); };
    EXPECT_EQ(rest(written), rest(wanted));
}

TEST_F(Court, behaviour17OneCursorAndOneViewForAllPanels)
{
    showPage(PageId::Live);
    LivePage &page = *m_window->livePage();
    page.setCursor(120.0);
    const auto plots = page.findChildren<Plot *>();
    ASSERT_GE(plots.size(), 5);
    for (Plot *plot : plots)
        EXPECT_EQ(plot->cursor(), std::optional(120.0)) << plot->accessibleName().toStdString();
    auto *first = page.findChildren<CurvePlot *>().front();
    QTest::keyClick(first, Qt::Key_Plus);
    for (Plot *plot : plots) {
        EXPECT_NEAR(plot->xAxis->range().lower, first->xAxis->range().lower, 1e-9) << plot->accessibleName().toStdString();
        EXPECT_NEAR(plot->xAxis->range().upper, first->xAxis->range().upper, 1e-9) << plot->accessibleName().toStdString();
    }
    QTest::keyClick(first, Qt::Key_0);
    for (Plot *plot : plots)
        EXPECT_FALSE(plot->userZoomed());
}

} // namespace
} // namespace winnow::ui
