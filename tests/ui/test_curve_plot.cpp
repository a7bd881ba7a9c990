// Behaviours 15 to 17 and 21 of curves: no spike hidden, smoothing from the full series, axes, export.
#include "ui/plots/curve_plot.h"
#include "ui/plots/plot_export.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace winnow::ui {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

class Curves : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        s_theme = new Theme;
        ASSERT_TRUE(s_theme->install(*qApp, Theme::Mode::Light).ok());
    }
    static void TearDownTestSuite() { delete s_theme; }
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

    static Theme *s_theme;
    std::unique_ptr<CurvePlot> plot;
};

Theme *Curves::s_theme = nullptr;

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
}

} // namespace
} // namespace winnow::ui

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
