// The Samples page above the size whose texts are held: columns, paging, sorting and filtering equal a plain computation.
#include "core/store/weight_store.h"
#include "tests/support/large_store.h"
#include "tests/support/window_test.h"
#include "ui/models/sample_sort.h"
#include "ui/pages/sample_sets.h"
#include "ui/pages/samples_page.h"
#include "ui/plots/scatter_marks.h"
#include "ui/widgets/text_label.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

namespace winnow::ui {
namespace {

constexpr std::int64_t rows = static_cast<std::int64_t>(SampleTable::wholeUpTo) + 500;
constexpr float nan = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();

TEST(SampleSort, behaviour22_ordersAsAStableComparisonDoes)
{
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    std::vector<float> keys{0.0F, -0.0F, nan, infinity, -infinity, 1e-42F, -1e-42F, nan, 1, 1, -1, 3e38F, -3e38F};
    for (int i = 0; i < 5000; ++i)
        keys.push_back(i % 7 ? normal(random) : static_cast<float>(i % 5));
    for (const bool up : {true, false}) {
        std::vector<std::uint32_t> plain(keys.size());
        std::iota(plain.begin(), plain.end(), 0U);
        std::stable_sort(plain.begin(), plain.end(), [&](std::uint32_t a, std::uint32_t b) {
            if (std::isnan(keys[a]) || std::isnan(keys[b]))
                return !std::isnan(keys[a]) && std::isnan(keys[b]);
            return up ? keys[a] < keys[b] : keys[b] < keys[a];
        });
        EXPECT_EQ(sortedByKey(keys, up), plain);
    }
    EXPECT_TRUE(sortedByKey({}, true).empty());
}

TEST(ScatterMarks, behaviour23_lassoTakesWhatThePolygonContains)
{
    std::mt19937 random(2);
    std::uniform_real_distribution<float> place(-20, 320);
    ScatterPoints points;
    std::vector<float> x;
    std::vector<float> y;
    for (int i = 0; i < 20000; ++i) {
        x.push_back(i % 100 ? place(random) : nan);
        y.push_back(place(random));
    }
    points.x = std::make_shared<const std::vector<float>>(x);
    points.y = std::make_shared<const std::vector<float>>(y);
    for (int round = 0; round < 20; ++round) {
        QPolygonF polygon;
        for (int corner = 0; corner < 3 + round * 4; ++corner)
            polygon << QPointF(place(random), corner % 5 == 1 && corner > 0 ? polygon.last().y() : place(random));
        std::vector<std::uint32_t> plain;
        for (std::uint32_t i = 0; i < x.size(); ++i)
            if (std::isfinite(x[i]) && polygon.containsPoint(QPointF(static_cast<double>(x[i]), static_cast<double>(y[i])), Qt::OddEvenFill))
                plain.push_back(i);
        const auto inside = pointsIn(points, ScatterMap{}, polygon);
        EXPECT_FALSE(plain.empty());
        EXPECT_EQ(inside, plain) << round;
    }
}

TEST(WeightHistory, behaviour24_pathsAndBandsStayWithinTheirErrorAndValuesAreReadAgain)
{
    constexpr std::size_t n = 120000;
    std::mt19937 random(4);
    std::normal_distribution<float> normal(1, 0.4F);
    std::vector<std::vector<float>> all(6, std::vector<float>(n));
    for (auto &snapshot : all)
        for (std::size_t i = 0; i < n; ++i)
            snapshot[i] = i % 50 == 7 ? nan : normal(random);
    int reads = 0;
    WeightHistory coded;
    coded.readLater([&](std::size_t snapshot) -> Result<SnapshotValues> {
        ++reads;
        if (snapshot == 5)
            return Error{"gone"};
        return SnapshotValues{all[snapshot], {}};
    });
    WeightHistory held;
    for (const auto &snapshot : all) {
        coded.push_back(snapshot);
        held.push_back(snapshot);
    }
    ASSERT_FALSE(coded.held());
    ASSERT_EQ(coded.size(), all.size());
    std::vector<std::uint32_t> many;
    std::vector<std::uint32_t> few;
    for (std::uint32_t i = 0; i < n; ++i) {
        if (i % 2)
            many.push_back(i);
        if (i % 97 == 0)
            few.push_back(i);
    }
    for (std::size_t s = 0; s < all.size(); ++s) {
        std::vector<float> finite;
        for (const std::uint32_t i : many)
            if (std::isfinite(all[s][i]))
                finite.push_back(all[s][i]);
        std::sort(finite.begin(), finite.end());
        const auto [low, high] = std::minmax_element(finite.begin(), finite.end());
        const double range = static_cast<double>(*high - *low) * 1.1;
        for (std::size_t i = 0; i < n; ++i) {
            if (std::isnan(all[s][i])) {
                EXPECT_TRUE(std::isnan(coded.near(s, i)));
            } else if (std::abs(static_cast<double>(coded.near(s, i) - all[s][i])) > range / 131068 + 1e-6) {
                ADD_FAILURE() << s << ' ' << i;
            }
        }
        const double middle = static_cast<double>(finite[finite.size() / 2]);
        EXPECT_NEAR(coded.band(s, many).median, middle, 2 * range / 4096);
        EXPECT_NEAR(held.band(s, many).median, middle, 2 * range / 4096);
        EXPECT_NEAR(coded.band(s, many).low, static_cast<double>(finite[finite.size() / 10]), 2 * range / 4096);
        EXPECT_NEAR(coded.band(s, many).high, static_cast<double>(finite[finite.size() * 9 / 10]), 2 * range / 4096);
        EXPECT_NEAR(coded.band(s, few).median, held.band(s, few).median, range / 65000);
    }
    EXPECT_EQ(reads, 0) << "nothing is read for curves";
    EXPECT_EQ(coded.exact(2).value()->weights.size(), n);
    EXPECT_EQ(coded.exact(2).value()->weights[11], all[2][11]);
    EXPECT_EQ(reads, 1) << "the last ones stay";
    const auto gone = coded.exact(5);
    ASSERT_FALSE(gone.ok());
    EXPECT_EQ(gone.error().message, "gone");
}

class LargeSamples : public test::WindowTest {
protected:
    static void SetUpTestSuite()
    {
        WindowTest::SetUpTestSuite();
        s_folder = new QTemporaryDir;
        const auto run = test::writeLargeStore(path().toStdString(), {.samples = rows, .snapshots = 5, .visitsEach = 2, .net = true});
        ASSERT_TRUE(run.ok()) << run.error().message;
        s_run = *run;
    }
    static void TearDownTestSuite()
    {
        delete s_folder;
        WindowTest::TearDownTestSuite();
    }
    static QString path() { return s_folder->filePath(QStringLiteral("store.db")); }
    void SetUp() override
    {
        openWindow(path());
        page().showRun(s_run);
        showPage(PageId::Samples);
        ASSERT_TRUE(page().loaded());
    }
    bool still() const override
    {
        SamplesModel &samples = m_window->samplesPage()->model();
        return WindowTest::still() && samples.rows().idle() && !samples.rebuilding();
    }
    SamplesPage &page() { return *m_window->samplesPage(); }
    SamplesModel &model() { return page().model(); }
    SelectionModel &selection() { return page().selection(); }
    const SamplesData &data() { return *model().samples(); }
    OrderInput input(int column)
    {
        OrderInput wanted;
        wanted.data = std::shared_ptr<const SamplesData>(std::shared_ptr<void>(), &data());
        wanted.snapshot = model().snapshot();
        wanted.values = model().values();
        wanted.column = column;
        wanted.selected = selection().sharedMask();
        wanted.decisions = model().triage().values();
        return wanted;
    }

    static QTemporaryDir *s_folder;
    static RunId s_run;
};

QTemporaryDir *LargeSamples::s_folder = nullptr;
RunId LargeSamples::s_run;

TEST_F(LargeSamples, behaviour22_textsComeWhenTheyAreLookedAt)
{
    ASSERT_FALSE(data().samples.whole());
    ASSERT_EQ(model().rowCount(), rows);
    const int row = model().rowCount() - 1;
    const std::size_t sample = model().sampleAt(row);
    const auto cell = [&] { return std::get<TextCell>(model().data(model().index(row, SamplesModel::Key), CellRole).value<Cell>()).text; };
    EXPECT_EQ(cell(), QStringLiteral("…")) << "nothing is read on the GUI thread";
    QSignalSpy changed(&model(), &SamplesModel::dataChanged);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !changed.isEmpty(); }, 10000));
    EXPECT_EQ(cell(), QString::fromStdString(test::largeKey(static_cast<std::int64_t>(sample))));
    EXPECT_EQ(data().samples.subject(sample), model().rows().record(sample)->subject);
    const auto labels = data().samples.labels(sample);
    EXPECT_EQ(std::vector<bool>(labels.begin(), labels.end()), model().rows().record(sample)->labels);
    selection().setCurrent(sample, nullptr);
    settle();
    bool shown = false;
    for (const TextLabel *label : page().findChildren<TextLabel *>())
        shown = shown || label->text().contains(QStringLiteral("Question %1:").arg(sample));
    EXPECT_TRUE(shown) << "the detail shows its question";
}

TEST_F(LargeSamples, behaviour22_columnsAndOrdersEqualAPlainComputation)
{
    auto database = Database::open(path().toStdString());
    ASSERT_TRUE(database.ok());
    const auto visits = VisitStore(*database).ofRun(s_run);
    const auto keep = static_cast<float>(data().run.options.ranking.lossEma);
    std::vector<float> ema(rows, nan);
    std::vector<std::int32_t> count(rows);
    for (std::size_t k = 0; k < visits->size(); ++k) {
        float &own = ema[visits->samples[k]];
        own = std::isnan(own) ? visits->losses[k] : keep * own + (1 - keep) * visits->losses[k];
        ++count[visits->samples[k]];
    }
    EXPECT_EQ(data().lossEma, ema);
    EXPECT_EQ(data().visitCount, count);
    const auto far = static_cast<std::uint32_t>(model().sampleAt(rows / 2)); // out of sight
    EXPECT_FALSE(model().rows().visits(far).has_value()) << "visits come later too";
    settle();
    ASSERT_TRUE(model().rows().visits(far).has_value());
    EXPECT_EQ(model().rows().visits(far)->losses, VisitStore(*database).ofSample(s_run, far)->losses);

    std::vector<std::uint32_t> byKey(rows);
    std::iota(byKey.begin(), byKey.end(), 0U);
    std::sort(byKey.begin(), byKey.end(), [](std::uint32_t a, std::uint32_t b) { return test::largeKey(a) < test::largeKey(b); });
    EXPECT_EQ(*sortSamples(input(SamplesModel::Key)), byKey);
    const auto bySubject = sortSamples(input(SamplesModel::Subject));
    for (std::size_t r = 1; r < bySubject->size(); ++r) {
        const std::string &a = data().samples.subject((*bySubject)[r - 1]);
        const std::string &b = data().samples.subject((*bySubject)[r]);
        if (a > b || (a == b && (*bySubject)[r - 1] >= (*bySubject)[r]))
            ADD_FAILURE() << "row " << r;
    }
    const auto newest = WeightStore(*database).latest(s_run);
    EXPECT_EQ(model().weights(), (*newest)->values);
    EXPECT_EQ(model().values()->computedAt, (*newest)->computedAt);
}

TEST_F(LargeSamples, behaviour23_filtersEqualAPlainComputation)
{
    auto database = Database::open(path().toStdString());
    const auto records = DatasetStore(*database).samples(data().dataset.id);
    ASSERT_TRUE(records.ok());
    model().triage().decide({1, 3, 5, 20001}, Decision::Flip);
    const auto passing = [&](std::vector<SelectionModel::Filter> filters) {
        OrderInput wanted = input(-1);
        wanted.filters = std::move(filters);
        return filterMask(wanted);
    };
    const auto plain = [&](auto passes) {
        std::vector<std::uint8_t> mask;
        for (std::size_t i = 0; i < records->size(); ++i)
            mask.push_back(passes((*records)[i], i) ? 1 : 0);
        return mask;
    };
    const auto text = [](const char *field, const char *value) { return SelectionModel::Filter{{}, QLatin1String(field), QLatin1String(value)}; };
    const auto anyMinus = [](const SampleRecord &r) { return std::find(r.labels.begin(), r.labels.end(), false) != r.labels.end(); };
    EXPECT_EQ(passing({text("subject", "Order, of two")}), plain([](const SampleRecord &r, std::size_t) { return r.subject == "Order, of two"; }));
    EXPECT_EQ(passing({text("subject", "none such")}), std::vector<std::uint8_t>(rows));
    EXPECT_EQ(passing({text("label", "-")}), plain([&](const SampleRecord &r, std::size_t) { return anyMinus(r); }));
    EXPECT_EQ(passing({text("label", "+")}), plain([&](const SampleRecord &r, std::size_t) { return !anyMinus(r); }));
    EXPECT_EQ(passing({text("known", "flipped")}), plain([](const SampleRecord &r, std::size_t) { return r.knownNoise == true; }));
    EXPECT_EQ(passing({text("known", "clean")}), plain([](const SampleRecord &r, std::size_t) { return r.knownNoise == false; }));
    EXPECT_EQ(passing({text("decision", "flip")}), plain([&](const SampleRecord &, std::size_t i) { return model().decisionOf(i) == Decision::Flip; }));
    EXPECT_EQ(passing({text("reviewed", "no")}), plain([&](const SampleRecord &, std::size_t i) { return model().decisionOf(i) == Decision::None; }));
    const SelectionModel::Filter low{{}, QStringLiteral("weight"), {}, -1e9, 0.8};
    EXPECT_EQ(passing({low, text("label", "-")}),
              plain([&](const SampleRecord &r, std::size_t i) { return model().weights()[i] <= 0.8 && anyMinus(r); }));
    settle();
}

TEST_F(LargeSamples, behaviour26_decisionsAndSetsAreKeptUnderTheirKeys)
{
    model().triage().decide({2, 20400}, Decision::Exclude);
    model().triage().setNote(20400, QStringLiteral("why"));
    selection().select({5, 6, 20400}, SelectionModel::How::Replace, nullptr);
    page().sets().save(QStringLiteral("three"));
    settle();
    auto database = Database::open(path().toStdString());
    const auto decision = DecisionStore(*database).get(data().dataset.sha256, test::largeKey(20400));
    ASSERT_TRUE(decision.ok() && decision->has_value());
    EXPECT_EQ((*decision)->decision, Decision::Exclude);
    EXPECT_EQ((*decision)->note, "why");
    ASSERT_EQ(page().sets().sets().size(), 1U);
    selection().select({}, SelectionModel::How::Replace, nullptr);
    page().sets().apply(page().sets().sets()[0].id, SetOperation::Union);
    settle();
    EXPECT_EQ(selection().count(), 3U);
    EXPECT_EQ(selection().mask()[20400], 1);
    page().selectRows({17, static_cast<std::uint32_t>(rows), 20001});
    settle();
    EXPECT_EQ(selection().count(), 2U);
    EXPECT_EQ(selection().mask()[20001], 1);
    // The next reader of this data finds them on the same rows.
    page().showRun(s_run);
    settle();
    EXPECT_EQ(data().decisions[20400], static_cast<std::uint8_t>(Decision::Exclude));
    EXPECT_EQ(data().notes.at(20400), QStringLiteral("why"));
}

TEST_F(LargeSamples, behaviour24_theScrubberShowsEachSnapshotAndItsAges)
{
    auto database = Database::open(path().toStdString());
    for (const std::size_t snapshot : {std::size_t{1}, std::size_t{3}}) {
        selection().setIteration(data().snapshotSteps[snapshot], nullptr);
        settle();
        const auto stored = WeightStore(*database).at(s_run, static_cast<std::int64_t>(data().snapshotSteps[snapshot]));
        EXPECT_EQ(model().weights(), (*stored)->values);
        EXPECT_EQ(model().result().snapshot, snapshot);
        std::vector<std::int32_t> ages;
        for (const std::int32_t at : (*stored)->computedAt)
            ages.push_back(static_cast<std::int32_t>((*stored)->step) - at);
        std::sort(ages.begin(), ages.end());
        EXPECT_EQ(model().result().medianAge, ages[ages.size() / 2]);
        EXPECT_EQ(model().result().oldestAge, ages.back());
        const auto &bins = model().result().binsAll;
        EXPECT_EQ(std::accumulate(bins.begin(), bins.end(), 0U), static_cast<unsigned>(rows));
        EXPECT_EQ(data().film.bins[snapshot].size(), static_cast<std::size_t>(data().film.binCount));
    }
}

} // namespace
} // namespace winnow::ui
