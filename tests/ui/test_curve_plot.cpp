// Behaviours 15 to 17 and 21 of curves: no spike hidden, smoothing from the full series, axes, export.
#include "tests/support/window_test.h"
#include "ui/plots/column_paint.h"
#include "ui/plots/curve_plot.h"
#include "ui/plots/plot_export.h"

#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace winnow::ui {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

class Curves : public test::ThemedTest {
protected:
    void SetUp() override
    {
        plot = std::make_unique<CurvePlot>(*s_theme);
        plot->resize(800, 400);
        plot->setDescription(QStringLiteral("Loss"));
        plot->show(); // a plot has no pixels before
    }
    static Curve noise(std::size_t n, unsigned seed)
    {
        std::mt19937 random(seed);
        std::normal_distribution<double> normal;
        Curve curve{.name = QStringLiteral("curve %1").arg(seed)};
        for (std::size_t i = 0; i < n; ++i) {
            curve.x.push_back(static_cast<double>(i));
            curve.y.push_back(normal(random));
        }
        return curve;
    }
    static double highest(const QCPGraph *graph)
    {
        double most = -1e300;
        for (const QCPGraphData &point : *graph->data())
            most = std::fmax(most, point.value);
        return most;
    }

    void show(Curve curve, double low, double high)
    {
        std::vector<Curve> curves;
        curves.push_back(std::move(curve));
        plot->setCurves(std::move(curves));
        plot->showX(low, high);
    }
    QImage painted()
    {
        plot->replot(QCustomPlot::rpImmediateRefresh);
        return plot->grab().toImage().convertToFormat(QImage::Format_RGB32);
    }
    static bool differ(QRgb a, QRgb b)
    {
        return std::abs(qRed(a) - qRed(b)) + std::abs(qGreen(a) - qGreen(b)) + std::abs(qBlue(a) - qBlue(b)) > 15;
    }
    /// Share of the rows from value `low` to `high` that have a pixel unlike the ground in the columns `from` to `to`.
    double paintedShare(const QImage &image, double from, double to, double low, double high) const
    {
        const int ground = plot->axisRect()->right() - 3; // nothing but ground and grid there, at these rows
        const int first = std::max(plot->axisRect()->left(), static_cast<int>(from));
        const int last = std::min(ground, static_cast<int>(to));
        const int top = static_cast<int>(plot->yAxis->coordToPixel(high));
        const int bottom = static_cast<int>(plot->yAxis->coordToPixel(low));
        int rows = 0;
        for (int y = top; y <= bottom; ++y) {
            bool any = false;
            for (int x = first; x <= last; ++x)
                any = any || differ(image.pixel(x, y), image.pixel(ground, y));
            rows += any ? 1 : 0;
        }
        return static_cast<double>(rows) / (bottom - top + 1);
    }

    std::unique_ptr<CurvePlot> plot;
};

TEST_F(Curves, behaviour15ASingleSpikeIsDrawnAtEveryZoomFromFewPoints)
{
    constexpr std::size_t n = 1000000;
    Curve curve = noise(n, 1);
    curve.y[654321] = 1000;
    std::vector<Curve> curves;
    curves.push_back(curve);
    curves.push_back(curve);
    curves.back().smooth = true; // its raw values are the band
    plot->setSmoothing(0.9);
    plot->setCurves(std::move(curves));
    plot->setXRange(0, n);
    const std::pair<double, double> views[] = {{0, 1e6}, {600000, 700000}, {654000, 654700}, {654320, 654322}, {1234.5, 987654.3}};
    for (const auto &[low, high] : views) {
        plot->showX(low, high);
        EXPECT_EQ(highest(plot->lineGraph(0)), 1000) << low << " to " << high;
        EXPECT_EQ(highest(plot->bandTop(1)), 1000) << low << " to " << high;
        EXPECT_LE(plot->lineGraph(0)->dataCount(), 2 * plot->width() + 4);
        EXPECT_LE(plot->bandTop(1)->dataCount(), 2 * plot->width() + 4);
    }
    plot->showX(1000, 2000);
    EXPECT_LT(highest(plot->lineGraph(0)), 10) << "the spike is not in view";
}

TEST_F(Curves, behaviour15ASingleSpikeIsPaintedAtEveryZoom)
{
    constexpr double n = 1000000;
    constexpr double at = 654321;
    Curve solid = noise(static_cast<std::size_t>(n), 1);
    solid.y[static_cast<std::size_t>(at)] = 1000;
    Curve dashed = solid;
    dashed.look.dash = 1;
    Curve band = solid;
    band.smooth = true;
    plot->setSmoothing(0.9);
    for (const Curve &curve : {solid, dashed, band}) {
        show(curve, 0, n);
        for (double wide = n; wide > 20; wide /= 2.3) {
            const double low = std::max(0.0, at - 0.4 * wide);
            plot->showX(low, low + wide);
            const QImage image = painted();
            const double from = plot->xAxis->coordToPixel(at - 1) - 3;
            const double to = plot->xAxis->coordToPixel(at + 1) + 3;
            const bool dashes = curve.look.dash > 0 && wide < 3000; // else left out: a dash could hide the spike
            EXPECT_GE(paintedShare(image, from, to, 100, 900), dashes ? 0.5 : 1)
                << wide << " points in view, dash " << curve.look.dash << ", smoothed " << curve.smooth;
        }
    }
}

TEST_F(Curves, behaviour15APixelColumnIsPaintedFromItsMinimumToItsMaximum)
{
    const Curve curve = noise(200000, 5);
    show(curve, 0.37, 230000.7); // nothing at its right
    plot->yAxis->setRange(-8, 8);
    const QImage image = painted();
    const QRect area = plot->axisRect()->rect();
    constexpr double half = 1.75 / 2;
    constexpr double lower = 0.5; // QCPPainter draws all that is antialiased half a pixel further down
    std::size_t i = 0;
    for (int x = area.left(); plot->xAxis->pixelToCoord(x + 1) < 199999; ++x) {
        double low = 1e9;
        double high = -1e9;
        for (; i < curve.x.size() && curve.x[i] < plot->xAxis->pixelToCoord(x + 1); ++i)
            if (curve.x[i] > plot->xAxis->pixelToCoord(x)) {
                low = std::min(low, curve.y[i]);
                high = std::max(high, curve.y[i]);
            }
        int top = area.bottom();
        int bottom = 0;
        int rows = 0;
        for (int y = area.top(); y <= area.bottom(); ++y)
            if (differ(image.pixel(x, y), image.pixel(area.right() - 3, y))) {
                top = std::min(top, y);
                bottom = y;
                ++rows;
            }
        ASSERT_LT(low, high);
        EXPECT_NEAR(top, plot->yAxis->coordToPixel(high) + lower - half, 1.01) << "column " << x;
        EXPECT_NEAR(bottom + 1, plot->yAxis->coordToPixel(low) + lower + half, 1.01) << "column " << x;
        EXPECT_EQ(rows, bottom - top + 1) << "a hole in column " << x;
    }
}

TEST_F(Curves, behaviour15DashesStayWhereTheyCanBeSeen)
{
    Curve solid = noise(100000, 6);
    Curve dashed = solid;
    dashed.look.dash = 1;
    const auto image = [this](const Curve &curve, double high) {
        show(curve, 0, high);
        return painted();
    };
    EXPECT_EQ(image(solid, 1e5), image(dashed, 1e5)) << "a dense line is painted whole";
    EXPECT_NE(image(solid, 50), image(dashed, 50));
}

TEST_F(Curves, behaviour15MovingTheCursorPaintsNoCurveAndAViewIsPreparedOnce)
{
    show(noise(100000, 7), 0, 1e5);
    painted();
    const std::size_t fed = plot->timesFed();
    int replots = 0;
    QObject::connect(plot.get(), &QCustomPlot::afterReplot, plot.get(), [&replots] { ++replots; });
    for (int i = 0; i < 10; ++i)
        plot->Plot::setCursor(i * 5000.0);
    EXPECT_EQ(replots, 0);
    EXPECT_EQ(plot->timesFed(), fed);
    for (int i = 0; i < 10; ++i)
        plot->showX(i, 1e4 + i);
    painted();
    EXPECT_EQ(plot->timesFed(), fed + 1) << "ten moves before one frame";
    plot->yAxis->setRange(-1, 1);
    painted();
    EXPECT_EQ(plot->timesFed(), fed + 1) << "the points do not depend on a linear y axis";
    EXPECT_EQ(plot->lineGraph(0)->data()->constBegin()->key, 9);
}

TEST_F(Curves, theReadoutOfALowPlotCoversNoNumberOfTheAxis)
{
    plot->setPlotMargins(40, 12, 20, 24);
    plot->setXUnit(QStringLiteral("iterations"));
    for (const int high : {84, 100, 140, 300}) { // as low as the hardware curves in a small window, and higher
        plot->resize(742, high);
        for (const std::size_t many : {1U, 2U, 4U}) {
            std::vector<Curve> curves;
            for (std::size_t c = 0; c < many; ++c)
                curves.push_back(noise(601, static_cast<unsigned>(c)));
            plot->setCurves(std::move(curves));
            plot->showX(0, 600);
            for (const double at : {3.0, 280.0, 590.0}) {
                plot->Plot::setCursor(std::nullopt);
                const QImage without = painted();
                plot->Plot::setCursor(at);
                const QImage with = painted();
                const QRect area = plot->axisRect()->rect();
                EXPECT_NE(with.copy(area), without.copy(area));
                const QRect below(0, area.bottom() + 6, with.width(), with.height() - area.bottom() - 6);
                EXPECT_EQ(with.copy(below), without.copy(below)) << high << " high, " << many << " curves, at " << at;
                const QRect beside(0, area.top(), area.left() - 2, area.height());
                EXPECT_EQ(with.copy(beside), without.copy(beside)) << high << " high, " << many << " curves, at " << at;
            }
        }
    }
}

TEST_F(Curves, theRoomOfDirectLabelsGoesToTheCurvesWhileThereAreNone)
{
    plot->setPlotMargins(40, 12, 204, 24);
    plot->setDirectLabels({{QStringLiteral("Learned weight .962"), 0.9, {}, true}});
    show(noise(50, 1), 0, 49);
    const int labelled = plot->axisRect()->width();
    plot->setDirectLabels({});
    show(noise(50, 1), 0, 49);
    EXPECT_GT(plot->axisRect()->width(), labelled + 150);
    plot->setDirectLabels({{QStringLiteral("Learned weight .962"), 0.9, {}, true}});
    show(noise(50, 1), 0, 49);
    EXPECT_EQ(plot->axisRect()->width(), labelled);
}

TEST(ColumnLine, hasNoGapAndInAColumnNothingBeyondItsPoints)
{
    ColumnLine line(100);
    line.set({{-5, 0}, {0.5, 10}, {0.7, 20}, {1.5, 40}, {1.6, 50}, {5.5, 10}, {200, 10}});
    EXPECT_EQ(line.top(1), 40);
    EXPECT_EQ(line.bottom(1), 50);
    line.close();
    EXPECT_EQ(line.bottom(0), 30) << "half way to the next";
    EXPECT_EQ(line.top(1), 30);
    EXPECT_EQ(line.from(), 0);
    EXPECT_EQ(line.to(), 100);
    for (int c = 1; c < 100; ++c)
        EXPECT_TRUE(line.top(c) <= line.bottom(c - 1) && line.bottom(c) >= line.top(c - 1)) << "a gap before " << c;
    EXPECT_NEAR(line.top(3), 50 - 40 * 2.4 / 3.9, 1e-9) << "a line over several columns passes each";
    EXPECT_NEAR(line.bottom(3), 50 - 40 * 1.4 / 3.9, 1e-9);
}

TEST_F(Curves, behaviour16SmoothingIsOfTheFullSeriesWhateverZoomAndLength)
{
    Curve curve = noise(5000, 2);
    curve.smooth = true;
    Curve half = curve;
    half.x.resize(2500);
    half.y.resize(2500);
    const std::vector<double> raw = curve.y;
    plot->setSmoothing(0.95);
    std::vector<Curve> both;
    both.push_back(std::move(curve));
    both.push_back(std::move(half));
    plot->setCurves(std::move(both));
    double sum = 0; // sum of 0.95^(i-j) y_j and of its weights: the plain formula, in another order than the plot's
    double weights = 0;
    for (int j = 0; j <= 1234; ++j) {
        sum += std::pow(0.95, 1234 - j) * raw[static_cast<std::size_t>(j)];
        weights += std::pow(0.95, 1234 - j);
    }
    EXPECT_NEAR(plot->shownValue(0, 1234), sum / weights, 1e-9);
    EXPECT_EQ(plot->shownValue(1, 1234), plot->shownValue(0, 1234)) << "later data change nothing";
    const double before = plot->shownValue(0, 1234);
    plot->showX(1200, 1300);
    EXPECT_EQ(plot->shownValue(0, 1234), before);
    bool drawn = false;
    for (const QCPGraphData &point : *plot->lineGraph(0)->data())
        drawn = drawn || (point.key == 1234 && point.value == before);
    EXPECT_TRUE(drawn) << "what is drawn is that value";
}

TEST_F(Curves, behaviour16AConstantStaysConstantAndGapsAreNotFilled)
{
    Curve curve{.name = QStringLiteral("constant"), .x = {0, 1, 2, 3, 4}, .y = {2, 2, none, 2, 2}, .smooth = true};
    plot->setSmoothing(0.99);
    std::vector<Curve> curves;
    curves.push_back(std::move(curve));
    plot->setCurves(std::move(curves));
    for (const std::size_t i : {0, 1, 3, 4})
        EXPECT_NEAR(plot->shownValue(0, i), 2, 1e-12);
    EXPECT_TRUE(std::isnan(plot->shownValue(0, 2)));
}

TEST_F(Curves, behaviour17NotFiniteValuesAreCountedAndLeaveAGap)
{
    Curve curve = noise(1000000, 3);
    curve.y[500000] = none;
    curve.y[10] = std::numeric_limits<double>::infinity();
    std::vector<Curve> curves;
    curves.push_back(std::move(curve));
    plot->setCurves(std::move(curves));
    plot->setXRange(0, 1e6);
    EXPECT_EQ(plot->notFinite(), 2U);
    const auto gaps = [this] {
        int count = 0;
        for (const QCPGraphData &point : *plot->lineGraph(0)->data())
            count += std::isfinite(point.value) ? 0 : 1;
        return count;
    };
    EXPECT_EQ(gaps(), 2) << "one gap for each, at the coarsest zoom";
    const QImage with = plot->toPixmap(800, 400).toImage();
    const QColor mark = plot->theme().color(Token::Failed);
    int red = 0;
    for (int x = 0; x < with.width(); ++x)
        for (int y = 0; y < 30; ++y)
            red += with.pixelColor(x, y) == mark ? 1 : 0;
    EXPECT_GT(red, 20) << "marks on the top edge";
}

TEST_F(Curves, behaviour17LogAxesShowWhatTheyCanAndCountTheRest)
{
    Curve curve{.name = QStringLiteral("c"), .x = {0, 1, 10, 100, 1000}, .y = {5, 0.1, -1, 10, 1000}};
    std::vector<Curve> curves;
    curves.push_back(std::move(curve));
    plot->setCurves(std::move(curves));
    plot->setXRange(0, 1000);
    plot->setLogScale(true, true);
    EXPECT_TRUE(plot->logX() && plot->logY());
    EXPECT_EQ(plot->xAxis->range().lower, 1) << "the first point above 0";
    EXPECT_LT(plot->yAxis->range().lower, 0.1);
    EXPECT_GT(plot->yAxis->range().lower, 0);
    EXPECT_GE(plot->yAxis->range().upper, 1000);
    EXPECT_EQ(plot->valuesOffLogScale(), 1U);
    EXPECT_NEAR(plot->xAxis->coordToPixel(10) - plot->xAxis->coordToPixel(1), plot->xAxis->coordToPixel(100) - plot->xAxis->coordToPixel(10), 1e-6);
    plot->setLogScale(false, false);
    EXPECT_FALSE(plot->logX() || plot->logY());
    EXPECT_EQ(plot->xAxis->range().lower, 0);
}

TEST_F(Curves, behaviour21ValuesOfTheViewOrAllGoToCsv)
{
    Curve curve{.name = QStringLiteral("say \"x\""), .x = {1, 2, 3}, .y = {0.1, none, 3}};
    std::vector<Curve> curves;
    curves.push_back(std::move(curve));
    plot->setCurves(std::move(curves));
    plot->setXRange(0, 4);
    EXPECT_EQ(plot->csv(false), QByteArray("series,x,value\n\"say \"\"x\"\"\",1,0.10000000000000001\n\"say \"\"x\"\"\",2,nan\n"
                                           "\"say \"\"x\"\"\",3,3\n"));
    plot->showX(2.5, 4);
    EXPECT_EQ(plot->csv(true), QByteArray("series,x,value\n\"say \"\"x\"\"\",3,3\n"));
    QTemporaryDir folder;
    ASSERT_TRUE(writeValues(*plot, folder.filePath(QStringLiteral("a.csv")), false).ok());
    QFile file(folder.filePath(QStringLiteral("a.csv")));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.readAll(), plot->csv(false));
    const Status refused = writeValues(*plot, folder.filePath(QStringLiteral("no/such/a.csv")), false);
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().message.find("no/such/a.csv"), std::string::npos);
}

TEST_F(Curves, behaviour21PlotsGoToPngSvgAndPdf)
{
    std::vector<Curve> curves;
    curves.push_back(noise(100, 4));
    plot->setCurves(std::move(curves));
    plot->setXRange(0, 100);
    QTemporaryDir folder;
    const std::pair<const char *, QByteArray> kinds[] = {{"png", "\x89PNG"}, {"svg", "<?xml"}, {"pdf", "%PDF"}};
    for (const auto &[suffix, magic] : kinds) {
        const QString path = folder.filePath(QStringLiteral("plot.%1").arg(QLatin1String(suffix)));
        const Status written = writePicture(*plot, path);
        ASSERT_TRUE(written.ok()) << written.error().message;
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        EXPECT_TRUE(bytes.startsWith(magic)) << suffix;
        EXPECT_GT(bytes.size(), 1000) << suffix;
        if (QLatin1String(suffix) == QLatin1String("svg")) {
            EXPECT_TRUE(bytes.contains("<poly") || bytes.contains("<path")) << "drawn as lines, not as a picture";
        }
    }
    EXPECT_FALSE(writePicture(*plot, folder.filePath(QStringLiteral("plot.docx"))).ok());

    Curve dense = noise(100000, 5);
    dense.smooth = true;
    dense.look.dash = 1;
    plot->setSmoothing(0.5);
    show(std::move(dense), 0, 1e5);
    painted();
    QFile file(folder.filePath(QStringLiteral("dense.svg")));
    ASSERT_TRUE(writePicture(*plot, file.fileName()).ok());
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    EXPECT_FALSE(bytes.contains("<image")) << "vector also where the screen is painted by columns";
    EXPECT_TRUE(bytes.contains("<polyline") || bytes.contains("<path"));
}

TEST_F(Curves, saysWholeWhyItIsEmptyAndHasNoCursorThen)
{
    plot->resize(260, 300);
    plot->setXRange(0, 10);
    plot->setYRange(0, 1);
    const auto ink = [&](const QString &words) {
        plot->setCorners({{words, Qt::AlignLeft | Qt::AlignTop, true}});
        plot->replot();
        const QImage image = plot->grab().toImage();
        int dark = 0; // pixels of text below the first line of the corner
        for (int y = 40; y < 90; ++y)
            for (int x = 60; x < image.width(); ++x)
                dark += qGray(image.pixel(x, y)) < 120 ? 1 : 0;
        return dark;
    };
    EXPECT_EQ(ink(QStringLiteral("Nothing yet.")), 0);
    const QString why = QStringLiteral("These runs used different data (9c41e7, 40be12). Weights cannot be matched.");
    EXPECT_GT(ink(why), 50) << "the sentence goes on in a second line";
    const QImage without = plot->grab().toImage();
    plot->Plot::setCursor(5.0);
    plot->replot();
    EXPECT_EQ(plot->grab().toImage(), without) << "a cursor on nothing";
}

} // namespace
} // namespace winnow::ui
