// The Samples page, behaviours 22 to 27: brushing, time, detail, triage, sets and their files.
#include "tests/support/window_test.h"
#include "ui/models/thumbnails.h"
#include "ui/pages/rank_popover.h"
#include "ui/pages/sample_detail.h"
#include "ui/pages/sample_picture.h"
#include "ui/pages/sample_sets.h"
#include "ui/pages/samples_page.h"
#include "ui/plots/film_plot.h"
#include "ui/plots/histogram_plot.h"
#include "ui/plots/scatter_plot.h"
#include "ui/widgets/button.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text_label.h"

#include <QFile>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace winnow::ui {
namespace {

constexpr int rows = 160;

class Samples : public test::WindowTest {
protected:
    void SetUp() override
    {
        m_path = m_folder.filePath(QStringLiteral("store.db"));
        writeStore(m_path, GeneratedKind::Full, rows, 16);
        open();
    }
    void open()
    {
        openWindow(m_path);
        m_window->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(m_window.get()));
        showPage(PageId::Samples);
        ASSERT_TRUE(page().loaded());
    }
    SamplesPage &page() { return *m_window->samplesPage(); }
    SamplesModel &model() { return page().model(); }
    SelectionModel &selection() { return page().selection(); }
    Triage &triage() { return page().model().triage(); }
    bool shows(const QString &text)
    {
        for (const TextLabel *label : page().findChildren<TextLabel *>())
            if (label->isVisible() && label->text().contains(text))
                return true;
        return false;
    }
    std::vector<std::uint32_t> below(double limit)
    {
        std::vector<std::uint32_t> expected;
        for (std::uint32_t i = 0; i < model().weights().size(); ++i)
            if (model().weights()[i] <= limit)
                expected.push_back(i);
        return expected;
    }

    QTemporaryDir m_folder;
    QString m_path;
};

TEST_F(Samples, behaviour22_everyColumnSortsWithUnknownValuesLast)
{
    for (int column = SamplesModel::Weight; column <= SamplesModel::Decided; ++column) {
        if (column == SamplesModel::Path)
            continue;
        for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            model().sort(column, order);
            ASSERT_EQ(model().rowCount(), rows) << column;
            std::vector<bool> seen(rows);
            for (int row = 0; row < rows; ++row) {
                seen[model().sampleAt(row)] = true;
                EXPECT_EQ(model().rowOf(model().sampleAt(row)), row);
            }
            EXPECT_EQ(std::count(seen.begin(), seen.end(), true), rows) << "every sample once";
        }
    }
    model().sort(SamplesModel::LossEma, Qt::DescendingOrder);
    const auto &loss = model().samples()->lossEma;
    for (int row = 1; row < rows; ++row) {
        const float before = loss[model().sampleAt(row - 1)];
        const float here = loss[model().sampleAt(row)];
        EXPECT_TRUE(std::isnan(here) || before >= here) << row;
    }
}

TEST_F(Samples, behaviour22_thumbnailsStayWithinTheirBoundAndComeLater)
{
    Thumbnails thumbnails;
    thumbnails.setCacheMegabytes(1);
    QSignalSpy ready(&thumbnails, &Thumbnails::ready);
    const QString first = QString::fromStdString(model().samples()->samples[0].picturePath);
    EXPECT_TRUE(thumbnails.get(first).isNull()) << "nothing is decoded on the GUI thread";
    ASSERT_TRUE(ready.wait(10000));
    EXPECT_FALSE(thumbnails.get(first).isNull());
    for (const SampleRecord &sample : model().samples()->samples)
        thumbnails.get(QString::fromStdString(sample.picturePath));
    ASSERT_TRUE(QTest::qWaitFor([&] { return thumbnails.idle(); }, 20000));
    EXPECT_LE(thumbnails.cachedKilobytes(), 1024);
}

TEST_F(Samples, behaviour23_draggingOverTheHistogramMovesEveryView)
{
    auto *histogram = page().findChild<HistogramPlot *>();
    ASSERT_TRUE(histogram);
    const int x = histogram->width() / 2;
    const int top = static_cast<int>(histogram->yAxis->coordToPixel(0.5));
    const int bottom = static_cast<int>(histogram->yAxis->coordToPixel(histogram->yAxis->range().lower)) - 1;
    const double limit = histogram->yAxis->pixelToCoord(top);
    QTest::mousePress(histogram, Qt::LeftButton, {}, QPoint(x, bottom));
    QTest::mouseMove(histogram, QPoint(x, top));
    QTest::mouseRelease(histogram, Qt::LeftButton, {}, QPoint(x, top));
    settle();
    const auto expected = below(limit);
    ASSERT_GT(expected.size(), 3U);
    ASSERT_LT(expected.size(), std::size_t{rows});
    EXPECT_EQ(selection().count(), expected.size());
    EXPECT_EQ(model().rowCount(), static_cast<int>(expected.size()));
    const auto &bins = model().result().binsSelected;
    EXPECT_EQ(std::accumulate(bins.begin(), bins.end(), 0U), expected.size()) << "the slice chart follows";
    EXPECT_EQ(model().result().band->median.size(), model().samples()->snapshotSteps.size()) << "and the film's band";
    EXPECT_TRUE(shows(QStringLiteral("%1 of %2 samples").arg(expected.size()).arg(rows))) << "the counts are in sight";
    auto chips = page().findChildren<Chip *>();
    const auto chip = std::find_if(chips.begin(), chips.end(), [](Chip *c) { return c->text().startsWith(QStringLiteral("weight")); });
    ASSERT_NE(chip, chips.end());
    Q_EMIT (*chip)->closed();
    settle();
    EXPECT_EQ(selection().count(), 0U) << "the chip takes the brush away";
    EXPECT_EQ(model().rowCount(), rows);
}

TEST_F(Samples, behaviour23_theFilmSelectsWhatStoodThereAtItsIteration)
{
    auto *film = page().findChild<FilmPlot *>();
    ASSERT_TRUE(film);
    const auto &steps = model().samples()->snapshotSteps;
    const std::size_t snapshot = steps.size() / 2;
    const int x = static_cast<int>(std::ceil(film->xAxis->coordToPixel(steps[snapshot]))) + 1;
    const int top = static_cast<int>(film->yAxis->coordToPixel(0.7));
    const int bottom = static_cast<int>(film->yAxis->coordToPixel(0.1));
    QTest::mousePress(film, Qt::LeftButton, {}, QPoint(x, bottom));
    QTest::mouseMove(film, QPoint(x, top));
    QTest::mouseRelease(film, Qt::LeftButton, {}, QPoint(x, top));
    settle();
    const double low = film->yAxis->pixelToCoord(bottom);
    const double high = film->yAxis->pixelToCoord(top);
    std::size_t expected = 0;
    for (const float w : model().samples()->snapshots[snapshot])
        expected += w >= low && w <= high ? 1 : 0;
    ASSERT_GT(expected, 0U);
    EXPECT_EQ(selection().count(), expected);
    EXPECT_EQ(model().snapshotStep(), steps[snapshot]) << "the page looks at that iteration";
}

TEST_F(Samples, behaviour23_modifiersAddRemoveAndToggleInTheScatter)
{
    auto *scatter = page().findChild<ScatterPlot *>();
    ASSERT_TRUE(scatter);
    const auto drag = [&](double x0, double x1, Qt::KeyboardModifiers modifiers) {
        const int a = static_cast<int>(scatter->xAxis->coordToPixel(x0));
        const int b = static_cast<int>(scatter->xAxis->coordToPixel(x1));
        const QRect area = scatter->axisRect()->rect();
        QTest::mousePress(scatter, Qt::LeftButton, modifiers, QPoint(a, area.top() + 1));
        QTest::mouseMove(scatter, QPoint(b, area.bottom() - 1));
        QTest::mouseRelease(scatter, Qt::LeftButton, modifiers, QPoint(b, area.bottom() - 1));
        settle();
        return selection().count();
    };
    const double low = scatter->xAxis->range().lower + 1e-3;
    const std::size_t left = drag(low, 0.5, {});
    const std::size_t more = drag(0.55, 1.0, Qt::ShiftModifier);
    ASSERT_GT(left, 0U);
    EXPECT_GT(more, left) << "Shift adds";
    EXPECT_EQ(drag(low, 0.5, Qt::AltModifier), more - left) << "Alt removes";
    EXPECT_EQ(drag(low, 0.5, Qt::ControlModifier), more) << "Ctrl toggles";
    EXPECT_EQ(drag(low, 0.5, {}), left) << "alone it replaces";
    page().undo();
    EXPECT_EQ(selection().count(), more);
}

TEST_F(Samples, behaviour24_theScrubberNamesTheSnapshotAndMovesEverything)
{
    const auto &steps = model().samples()->snapshotSteps;
    const std::size_t at = steps.size() / 3;
    selection().setIteration(steps[at] + 1, nullptr);
    settle();
    EXPECT_EQ(model().snapshotStep(), steps[at]);
    EXPECT_TRUE(shows(QStringLiteral("latest earlier snapshot: %1").arg(static_cast<int>(steps[at]))));
    EXPECT_EQ(&model().weights(), &model().samples()->snapshots[at]);
    for (int row = 1; row < rows; ++row)
        EXPECT_LE(model().weights()[model().sampleAt(row - 1)], model().weights()[model().sampleAt(row)]) << "ranked by that snapshot";
    selection().setIteration(steps[at], nullptr);
    settle();
    EXPECT_TRUE(shows(QStringLiteral("snapshot exact")));
    const int before = static_cast<int>(model().snapshot().value());
    page().setFocus();
    QTest::keyClick(&page(), Qt::Key_Period);
    settle();
    EXPECT_EQ(static_cast<int>(model().snapshot().value()), before + 1);
}

TEST_F(Samples, behaviour24_netShowsTheAgeOfEachWeight)
{
    RunId net;
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_session->pending() == 0; }));
    m_session->request<RunsData>(
        m_window.get(), [](StoreReader &reader) { return reader.runs(); },
        [&](const Result<RunsData> &runs) {
            for (const RunRow &row : runs.value().rows)
                if (row.record.name == "net-labelaware-s2")
                    net = row.id();
        });
    settle();
    page().showRun(net);
    settle();
    EXPECT_TRUE(shows(QStringLiteral("age: median")));
    for (std::size_t s = 0; s < model().samples()->snapshotSteps.size(); ++s)
        EXPECT_EQ(model().samples()->snapshots.exact(s).value()->computedAt.size(), std::size_t{rows}) << "an age at every snapshot";
}

TEST_F(Samples, behaviour25_ctrlArrowsWalkInTheOrderOfTheTable)
{
    selection().setCurrent(model().sampleAt(3), nullptr);
    settle();
    page().setFocus();
    QTest::keyClick(&page(), Qt::Key_Right, Qt::ControlModifier);
    settle();
    EXPECT_EQ(selection().current(), model().sampleAt(4));
    QTest::keyClick(&page(), Qt::Key_Left, Qt::ControlModifier);
    QTest::keyClick(&page(), Qt::Key_Left, Qt::ControlModifier);
    settle();
    EXPECT_EQ(selection().current(), model().sampleAt(2));
    EXPECT_TRUE(shows(QStringLiteral("3 of %1").arg(rows)));
    EXPECT_TRUE(shows(QStringLiteral("rank 3"))) << "the rank of its weight";
    page().setGrid(true);
    settle();
    EXPECT_FALSE(m_window->grab().isNull());
    page().setGrid(false);
}

TEST_F(Samples, behaviour25_thePictureZoomsAndShowsItsTiles)
{
    page().findChild<SampleDetail *>()->zoomPicture();
    auto *window = page().findChild<PictureWindow *>();
    ASSERT_TRUE(window);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !window->tileText().isEmpty(); }, 10000));
    const double fitted = window->zoom();
    QTest::keyClick(window, Qt::Key_Plus);
    EXPECT_GT(window->zoom(), fitted);
    QTest::keyClick(window, Qt::Key_0);
    EXPECT_EQ(window->zoom(), fitted);
    const QString path = QString::fromStdString(model().samples()->samples[0].picturePath);
    window->showPictures(QStringLiteral("x"), {path}, 0, 6, 28);
    ASSERT_TRUE(QTest::qWaitFor([&] { return window->tileText().contains(QStringLiteral("tile")); }, 10000));
    const QImage plain = window->grab().toImage();
    QTest::keyClick(window, Qt::Key_T);
    EXPECT_NE(window->grab().toImage(), plain) << "T paints the tiles";
    window->close();
}

TEST_F(Samples, behaviour26_keysDecideAndMoveOnAndUndoHasNoEnd)
{
    selection().setCurrent(model().sampleAt(0), nullptr);
    settle();
    page().setFocus();
    const std::pair<Qt::Key, Decision> keys[] = {
        {Qt::Key_K, Decision::Keep}, {Qt::Key_F, Decision::Flip}, {Qt::Key_X, Decision::Exclude}, {Qt::Key_U, Decision::Unsure}};
    const std::vector<std::uint32_t> order = model().order();
    const auto start = *triage().values();
    std::size_t row = 0;
    for (int round = 0; round < 30; ++round)
        for (const auto &[key, decision] : keys) {
            triage().decide({order[row]}, Decision::None); // two samples of the store are decided already
            QTest::keyClick(&page(), key);
            EXPECT_EQ(triage().decisionOf(order[row]), decision);
            ++row;
            EXPECT_EQ(selection().current(), order[row]) << "on to the next";
        }
    selection().select({1, 2}, SelectionModel::How::Replace, nullptr);
    selection().setFilters({{QStringLiteral("sum"), QStringLiteral("subject"), QStringLiteral("Sum")}}, nullptr);
    EXPECT_EQ(selection().undoStack().undoText(), QStringLiteral("filter"));
    page().undo();
    page().undo();
    EXPECT_EQ(selection().count(), 0U) << "one stack for filters, selection and decisions";
    while (selection().undoStack().canUndo())
        page().undo();
    EXPECT_EQ(*triage().values(), start);
    while (selection().undoStack().canRedo())
        page().redo();
    EXPECT_EQ(triage().decisionOf(order[0]), Decision::Keep);
    EXPECT_EQ(triage().decisionOf(order[119]), Decision::Unsure);
    settle();
}

TEST_F(Samples, behaviour26_theFourDecisionsShowTheirKeysAlike)
{
    auto *detail = page().findChild<SampleDetail *>();
    ASSERT_TRUE(detail);
    std::vector<Button *> buttons;
    for (const Decision decision : {Decision::Keep, Decision::Flip, Decision::Exclude, Decision::Unsure})
        for (auto *button : detail->findChildren<Button *>())
            if (button->isCheckable() && button->accessibleName() == decisionBadge(decision).text)
                buttons.push_back(button);
    ASSERT_EQ(buttons.size(), 4U);
    for (const int width : {300, 316, 340, 360, 384, 460}) {
        detail->setFixedWidth(width);
        detail->setCompact(width < 340);
        settle();
        const bool words = !buttons.front()->text().isEmpty();
        EXPECT_TRUE(width < 320 ? !words : width < 384 || words) << width;
        for (const Button *button : buttons) {
            EXPECT_GE(button->width(), button->sizeHint().width())
                << "no room for the key of " << button->accessibleName().toStdString() << " at " << width;
            EXPECT_EQ(!button->text().isEmpty(), words) << "at " << width;
        }
    }
}

TEST_F(Samples, behaviour26_applyToAllTakesTheFilteredRowsAndOneUndoTakesItBack)
{
    selection().setFilters({{QStringLiteral("known flipped"), QStringLiteral("known"), QStringLiteral("flipped")}}, nullptr);
    settle();
    const std::vector<std::uint32_t> flipped = model().order();
    ASSERT_GT(flipped.size(), 5U);
    ASSERT_LT(flipped.size(), std::size_t{rows});
    const std::size_t before = triage().reviewed();
    page().decideAll(Decision::Exclude);
    for (std::uint32_t i = 0; i < rows; ++i) {
        const bool among = std::find(flipped.begin(), flipped.end(), i) != flipped.end();
        if (among) {
            EXPECT_EQ(triage().decisionOf(i), Decision::Exclude);
        }
    }
    EXPECT_GE(triage().reviewed(), flipped.size());
    EXPECT_TRUE(shows(QStringLiteral("%1 of %1 reviewed").arg(flipped.size())));
    page().undo();
    EXPECT_EQ(triage().reviewed(), before);
    settle();
}

TEST_F(Samples, behaviour26_progressAndNotesSurviveARestart)
{
    selection().setCurrent(std::size_t{5}, nullptr);
    page().decide(Decision::Flip);
    triage().setNote(5, QStringLiteral("<b>=why & \"so\"</b>"));
    triage().setNote(6, QStringLiteral("only a note"));
    page().decideAll(Decision::None);
    page().undo();
    settle();
    const std::size_t reviewed = triage().reviewed();
    open();
    EXPECT_EQ(triage().decisionOf(5), Decision::Flip);
    EXPECT_EQ(triage().noteOf(5), QStringLiteral("<b>=why & \"so\"</b>"));
    EXPECT_EQ(triage().noteOf(6), QStringLiteral("only a note"));
    EXPECT_EQ(triage().reviewed(), reviewed);
    selection().setCurrent(std::size_t{5}, nullptr);
    settle();
    EXPECT_EQ(page().findChild<QLineEdit *>(QStringLiteral("note"))->text(), QStringLiteral("<b>=why & \"so\"</b>"));
}

TEST_F(Samples, behaviour27_namedSetsCombineWithTheSelectionInAnotherRun)
{
    selection().select({1, 2, 3, 4}, SelectionModel::How::Replace, nullptr);
    page().sets().save(QStringLiteral("low & odd"));
    settle();
    ASSERT_EQ(page().sets().sets().size(), 1U);
    const SelectionId set = page().sets().sets()[0].id;
    RunId other;
    m_session->request<RunsData>(
        m_window.get(), [](StoreReader &reader) { return reader.runs(); },
        [&](const Result<RunsData> &runs) {
            for (const RunRow &row : runs.value().rows)
                if (row.record.name == "net-labelaware-s2")
                    other = row.id();
        });
    settle();
    page().showRun(other);
    settle();
    selection().select({3, 4, 5}, SelectionModel::How::Replace, nullptr);
    page().sets().apply(set, SetOperation::Difference);
    settle();
    EXPECT_EQ(selection().count(), 1U);
    EXPECT_EQ(selection().mask()[5], 1);
    page().undo();
    page().sets().apply(set, SetOperation::Intersection);
    settle();
    EXPECT_EQ(selection().count(), 2U);
    page().sets().apply(set, SetOperation::Union);
    settle();
    EXPECT_EQ(selection().count(), 4U);
}

TEST_F(Samples, behaviour27_importingAnExportTwiceChangesNothing)
{
    triage().decide({3, 4, 9}, Decision::Flip);
    triage().setNote(4, QStringLiteral("=1+1"));
    settle();
    for (const char *name : {"set.csv", "set.json"}) {
        const QString path = m_folder.filePath(QLatin1String(name));
        QSignalSpy said(&page().sets(), &SampleSets::message);
        // The answer may come within the call, when the worker is quick.
        const auto heard = [&](qsizetype before) { return QTest::qWaitFor([&] { return said.size() > before; }, 10000); };
        page().sets().exportTo(path);
        ASSERT_TRUE(heard(0));
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        const QByteArray once = file.readAll();
        const auto values = *triage().values();
        for (int time = 0; time < 2; ++time) {
            QSignalSpy changed(&triage(), &Triage::changed);
            const qsizetype before = said.size();
            page().sets().importFrom(path);
            ASSERT_TRUE(heard(before));
            EXPECT_TRUE(changed.isEmpty()) << "nothing is written";
            EXPECT_EQ(*triage().values(), values);
            EXPECT_EQ(selection().count(), std::size_t{rows});
        }
        triage().decide({3}, Decision::Keep);
        const qsizetype before = said.size();
        page().sets().importFrom(path);
        ASSERT_TRUE(heard(before));
        EXPECT_EQ(triage().decisionOf(3), Decision::Flip) << "a difference is put back";
        EXPECT_TRUE(once.contains("train#0004"));
        settle();
    }
}

TEST_F(Samples, behaviour29_allRankersStandSideBySideWithIntervals)
{
    page().openRankers();
    auto *popover = page().findChild<RankPopover *>();
    ASSERT_TRUE(popover);
    ASSERT_TRUE(QTest::qWaitFor([&] { return popover->ready(); }, 20000));
    int intervals = 0;
    for (const TextLabel *label : popover->findChildren<TextLabel *>())
        intervals += label->text().contains(QLatin1Char('[')) ? 1 : 0;
    EXPECT_GE(intervals, 2 * static_cast<int>(model().samples()->rankers.size())) << "AUROC and AP of each";
    EXPECT_FALSE(popover->grab().isNull());
    Q_EMIT popover->chosen(1);
    EXPECT_EQ(model().ranker(), 1);
    popover->close();
}

} // namespace
} // namespace winnow::ui
