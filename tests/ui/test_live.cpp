// Behaviour 18: what a run logs comes to the Live page point by point, and nothing is read twice.
#include "core/store/metric_store.h"
#include "core/store/run_store.h"
#include "core/store/weight_store.h"
#include "tests/support/large_store.h"
#include "tests/support/window_test.h"
#include "ui/pages/live_page.h"
#include "ui/plots/curve_plot.h"
#include "ui/support/ranking.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/text_label.h"

#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace winnow::ui {
namespace {

constexpr std::int64_t rows = 300;

class Live : public test::ThemedTest {
protected:
    void SetUp() override
    {
        m_path = m_folder.filePath(QStringLiteral("store.db"));
        const auto run = test::writeLargeStore(m_path.toStdString(), {.samples = rows, .snapshots = 4});
        ASSERT_TRUE(run.ok()) << run.error().message;
        m_run = *run;
        m_database = std::make_unique<Database>(Database::open(m_path.toStdString()).value());
        log(1, 30);
    }
    /// Iterations [from, to), with a sensor that is read twice in each, as another program would.
    void log(std::int64_t from, std::int64_t to)
    {
        std::vector<MetricRow> points;
        for (std::int64_t step = from; step < to; ++step) {
            points.push_back({"loss.train", step, 1 + std::sin(static_cast<double>(step)), 10000 * step});
            points.push_back({"hw.cpu", step, 50, 10000 * step + 1});
            points.push_back({"hw.cpu", step, 60, 10000 * step + 5000});
        }
        ASSERT_TRUE(MetricStore(*m_database).append(m_run, points).ok());
    }
    StoreReader reader() { return StoreReader(Database::open(m_path.toStdString()).value()); }
    static LivePlace placeOf(const LiveData &data)
    {
        LivePlace place{data.run.id(), data.reading, {}};
        for (const auto &[name, points] : data.series)
            place.series[name] = {points.steps.back(), points.wallMs.back()};
        return place;
    }

    /// The Live page of a window on the store; nothing when the store does not open.
    LivePage *openLive(RunId run)
    {
        if (!m_session.open(m_path).ok())
            return nullptr;
        m_window = std::make_unique<MainWindow>(*s_theme, m_session, MainWindow::Programs{"test", "{}", {}, {}});
        m_window->show();
        m_window->showPage(PageId::Live);
        auto *page = m_window->findChild<LivePage *>();
        if (page)
            page->showRun(run);
        return page;
    }

    QTemporaryDir m_folder;
    QString m_path;
    RunId m_run;
    std::unique_ptr<Database> m_database;
    StoreSession m_session;
    std::unique_ptr<MainWindow> m_window;
};

TEST_F(Live, behaviour18_onlyWhatIsNewIsReadAgain)
{
    StoreReader following = reader();
    const auto first = following.live(m_run);
    ASSERT_TRUE(first.ok()) << first.error().message;
    EXPECT_TRUE(first->whole);
    EXPECT_EQ(first->series.at("loss.train").steps.size(), 29U);
    EXPECT_EQ(first->series.at("hw.cpu").steps.size(), 58U);
    log(30, 32);
    ASSERT_TRUE(MetricStore(*m_database).append(m_run, {{"hw.cpu", 31, 70, 319000}}).ok());
    const auto second = following.live(m_run, placeOf(*first));
    ASSERT_TRUE(second.ok()) << second.error().message;
    EXPECT_FALSE(second->whole);
    EXPECT_EQ(second->reading, first->reading);
    EXPECT_EQ(second->series.at("loss.train").steps, (std::vector<std::int64_t>{30, 31})) << "the newest included";
    EXPECT_EQ(second->series.at("hw.cpu").values, (std::vector<double>{50, 60, 50, 60, 70})) << "all of one iteration";
    const auto third = following.live(m_run, LivePlace{RunId{99}, first->reading, {}});
    EXPECT_TRUE(third->whole) << "asked from another run";
    EXPECT_EQ(third->series.at("loss.train").steps.size(), 31U);
}

TEST_F(Live, behaviour18_aRunThatIsComputedAgainIsReadAgain)
{
    StoreReader following = reader();
    const auto first = following.live(m_run);
    ASSERT_TRUE(first.ok());
    RunStore runs(*m_database);
    ASSERT_TRUE(runs.setProgress(m_run, "training", first->run.record.step - 5, 100).ok());
    const auto second = following.live(m_run, placeOf(*first));
    ASSERT_TRUE(second.ok());
    EXPECT_TRUE(second->whole);
    EXPECT_NE(second->reading, first->reading);
}

TEST_F(Live, behaviour18_followedFiguresEqualThoseOfOneReading)
{
    StoreReader following = reader();
    ASSERT_TRUE(following.live(m_run).ok());
    std::vector<float> weights(rows, 1);
    for (std::size_t i = 0; i < rows; ++i)
        weights[i] = 4 - 0.01F * static_cast<float>(i); // beyond the film's limits so far
    ASSERT_TRUE(WeightStore(*m_database).appendSnapshot(m_run, {40, weights, {}}).ok());
    VisitColumns visits;
    visits.push(35, 3, 1, 0.25F, 0, 0.75F, 0);
    visits.push(45, 4, 1, 9, 0, 0.1F, 0); // after the newest snapshot
    ASSERT_TRUE(VisitStore(*m_database).append(m_run, visits).ok());
    const auto followed = following.live(m_run);
    const auto once = reader().live(m_run);
    ASSERT_TRUE(followed.ok() && once.ok());
    ASSERT_EQ(followed->detectionSteps, (std::vector<double>{0, 10, 20, 30, 40}));
    EXPECT_EQ(followed->detectionSteps, once->detectionSteps);
    EXPECT_EQ(followed->film.bins, once->film.bins);
    EXPECT_EQ(followed->film.steps, once->film.steps);
    EXPECT_EQ(followed->film.high, once->film.high);
    EXPECT_GT(followed->film.high, 3.9);
    EXPECT_EQ(followed->effective, once->effective);
    EXPECT_EQ(followed->effective.back(), effectiveSampleSize(weights));
    EXPECT_EQ(followed->saturated, once->saturated);
    EXPECT_EQ(followed->weightsFromHalf, rows);
    for (std::size_t s = 0; s < once->detectionWeight.size(); ++s) {
        EXPECT_EQ(followed->detectionWeight[s], once->detectionWeight[s]);
        EXPECT_TRUE(followed->detectionLoss[s] == once->detectionLoss[s] || (std::isnan(followed->detectionLoss[s]) && std::isnan(once->detectionLoss[s])));
    }
}

TEST_F(Live, behaviour18_newPointsGoBehindTheCurvesOnEveryAxis)
{
    LivePage *page = openLive(m_run);
    ASSERT_TRUE(page);
    const auto plots = page->findChildren<CurvePlot *>();
    const auto shows = [&](const QString &name, std::size_t points) {
        return QTest::qWaitFor([&] {
            for (const CurvePlot *plot : plots)
                for (const Curve &curve : plot->curves())
                    if (curve.name == name && curve.x.size() == points)
                        return true;
            return false;
        }, 20000);
    };
    ASSERT_TRUE(shows(QStringLiteral("Train"), 29));
    ASSERT_TRUE(shows(QStringLiteral("CPU, all"), 58));
    log(30, 40); // nobody tells the window: it sees by itself
    EXPECT_TRUE(shows(QStringLiteral("Train"), 39));
    EXPECT_TRUE(shows(QStringLiteral("CPU, all"), 78));
    for (const CurvePlot *plot : plots)
        for (const Curve &curve : plot->curves()) {
            EXPECT_TRUE(std::is_sorted(curve.x.begin(), curve.x.end()));
            if (curve.name == QStringLiteral("Train")) {
                EXPECT_EQ(curve.x.back(), 39);
                EXPECT_EQ(curve.y.back(), 1 + std::sin(39.0));
            }
        }
    EXPECT_TRUE(QTest::qWaitFor([&] { return m_session.pending() == 0; }));
}

TEST_F(Live, behaviour11_anUnfinishedRunSaysWhyUntilItIsKeptAsItIs)
{
    RunStore runs(*m_database);
    NewRun created;
    created.name = "too-fast";
    created.totalSteps = 500;
    const RunId run = runs.create(created).value();
    ASSERT_TRUE(runs.setState(run, RunState::Running).ok());
    ASSERT_TRUE(runs.setProgress(run, "train", 48, 500).ok());
    const std::string reason = "The loss of /data/50%1/rows.json is not finite. Lower the learning rate.";
    ASSERT_TRUE(runs.setState(run, RunState::Failed, reason).ok());
    LivePage *page = openLive(run);
    ASSERT_TRUE(page);
    const auto shown = [&]() -> Strip * {
        for (auto *strip : page->findChildren<Strip *>())
            if (strip->isVisible())
                return strip;
        return nullptr;
    };
    ASSERT_TRUE(QTest::qWaitFor([&] { return shown() != nullptr; }, 20000));
    EXPECT_EQ(shown()->findChild<TextLabel *>()->text(), QStringLiteral("Failed at 48 of 500. ") + QString::fromStdString(reason)
                                                             + QStringLiteral(" Nothing before iteration 0 is lost."));
    QTest::mouseClick(shown()->findChildren<Button *>().at(1), Qt::LeftButton);
    EXPECT_FALSE(shown());
    ASSERT_TRUE(runs.rename(run, "kept").ok()); // the page sees it by itself, and shows the run anew
    const auto names = page->findChildren<TextLabel *>();
    ASSERT_TRUE(QTest::qWaitFor([&] {
        return std::ranges::any_of(names, [](const TextLabel *name) { return name->text() == QStringLiteral("kept"); });
    }, 20000));
    EXPECT_FALSE(shown()) << "once kept, not asked again";
}

TEST_F(Live, behaviour18_aCurveThatGrewIsTheCurveOfAllItsPoints)
{
    const auto curveTo = [](std::size_t points) {
        Curve curve{.name = QStringLiteral("a"), .smooth = true};
        for (std::size_t i = 0; i < points; ++i) {
            curve.x.push_back(static_cast<double>(i / 2)); // two at each place
            curve.y.push_back(i % 31 == 7 ? std::nan("") : i == 700 ? 40 : std::sin(static_cast<double>(i)));
        }
        return curve;
    };
    for (const double smoothing : {0.0, 0.9}) {
        CurvePlot grown(*s_theme);
        CurvePlot once(*s_theme);
        for (CurvePlot *plot : {&grown, &once}) {
            plot->resize(400, 200);
            plot->setSmoothing(smoothing);
            plot->showExtremeLabel(true);
            plot->setXRange(0, 500);
        }
        grown.setCurves({curveTo(11)});
        for (std::size_t points = 11; points < 1000;) {
            const std::size_t next = std::min<std::size_t>(1000, points + 1 + points % 83);
            const Curve all = curveTo(next);
            CurveTail tail;
            tail.x.assign(all.x.begin() + static_cast<std::ptrdiff_t>(points), all.x.end());
            tail.y.assign(all.y.begin() + static_cast<std::ptrdiff_t>(points), all.y.end());
            grown.append({tail});
            points = next;
        }
        once.setCurves({curveTo(1000)});
        EXPECT_EQ(grown.notFinite(), once.notFinite());
        EXPECT_EQ(grown.lastValue(0), once.lastValue(0));
        EXPECT_EQ(grown.yAxis->range(), once.yAxis->range());
        for (std::size_t i = 0; i < 1000; ++i)
            EXPECT_TRUE(grown.shownValue(0, i) == once.shownValue(0, i) || std::isnan(once.shownValue(0, i))) << i;
        ASSERT_EQ(grown.lineGraph(0)->dataCount(), once.lineGraph(0)->dataCount());
        for (int i = 0; i < once.lineGraph(0)->dataCount(); ++i)
            EXPECT_EQ(grown.lineGraph(0)->dataMainKey(i), once.lineGraph(0)->dataMainKey(i));
        EXPECT_EQ(grown.grab().toImage(), once.grab().toImage());
    }
}

} // namespace
} // namespace winnow::ui
