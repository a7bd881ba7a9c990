// Behaviour 15 and 21: the plot's own painting of lines, dashes and bands against a painter's, and vector files without it.
#include "tests/support/window_test.h"
#include "ui/plots/curve_line.h"
#include "ui/plots/curve_plot.h"

#include <QBuffer>
#include <QRegularExpression>
#include <QSvgGenerator>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace winnow::ui {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

std::vector<QPointF> zigzag(double wide, double high, double step)
{
    std::mt19937 random(3);
    std::uniform_real_distribution<double> place(0, high);
    std::vector<QPointF> points;
    for (double x = -5; x < wide + 5; x += step)
        points.emplace_back(x, place(random));
    return points;
}

/// The cover of each pixel, 0 to 255.
QImage covered(CoverageMask &mask)
{
    QImage picture(mask.stride(), mask.size().height(), QImage::Format_ARGB32_Premultiplied);
    picture.fill(0);
    mask.paint(reinterpret_cast<QRgb *>(picture.bits()), Qt::black);
    return picture.copy(QRect(QPoint(0, 0), mask.size())).convertToFormat(QImage::Format_Alpha8);
}

QImage painterCover(const QSize &size, const std::vector<QPointF> &points, double width)
{
    QImage picture(size, QImage::Format_ARGB32_Premultiplied);
    picture.fill(0);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath path;
    path.addPolygon(QPolygonF(QList<QPointF>(points.begin(), points.end())));
    QPainterPathStroker outline(QPen(Qt::black, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    painter.fillPath(outline.createStroke(path), Qt::black); // not drawPath(): it has a coarser way for thin pens
    painter.end();
    return picture.convertToFormat(QImage::Format_Alpha8);
}

double sum(const QImage &cover)
{
    double total = 0;
    for (int y = 0; y < cover.height(); ++y)
        for (int x = 0; x < cover.width(); ++x)
            total += cover.constScanLine(y)[x] / 255.0;
    return total;
}

TEST(CoverageMask, aLineCoversWhatAPainterCovers)
{
    constexpr QSize size(601, 211);
    CoverageMask mask;
    mask.resize(size);
    for (const double width : {1.0, 1.75, 3.5})
        for (const double step : {2.5, 17.0, 150.0}) {
            const std::vector<QPointF> points = zigzag(size.width(), size.height(), step);
            mask.addLine(points, {.width = width});
            const QImage own = covered(mask);
            const QImage theirs = painterCover(size, points, width);
            // Where several segments share a pixel the mask counts the largest of them, an outline all of them together.
            const bool shared = step < 2 * width + 1;
            EXPECT_NEAR(sum(own) / sum(theirs), 1, shared ? 0.08 : 0.03) << width << " wide, a point every " << step;
            int far = 0;
            for (int y = 0; y < size.height(); ++y)
                for (int x = 0; x < size.width(); ++x)
                    far += std::abs(own.constScanLine(y)[x] - theirs.constScanLine(y)[x]) > 90 ? 1 : 0;
            EXPECT_LT(far, (shared ? 0.05 : 0.01) * sum(theirs)) << width << " wide, a point every " << step;
        }
}

TEST(CoverageMask, dashesCoverTheirShareAndNoGapIsLonger)
{
    constexpr QSize size(900, 40);
    CoverageMask mask;
    mask.resize(size);
    const std::vector<QPointF> line{{-1e6 - 0.4, 20}, {3e6, 20}}; // no time for what is far out of view
    mask.addLine(line, {.width = 2});
    const double solid = sum(covered(mask));
    mask.addLine(line, {.width = 2, .dashes = {6, 3}});
    const QImage dashed = covered(mask);
    EXPECT_NEAR(sum(dashed) / solid, 6.0 / 9, 0.04);
    int gap = 0;
    int gaps = 0;
    for (int x = 0; x < size.width(); ++x) {
        gap = dashed.constScanLine(20)[x] < 64 ? gap + 1 : 0;
        gaps += gap == 1 ? 1 : 0;
        EXPECT_LE(gap, 4) << x;
    }
    EXPECT_NEAR(gaps, 100, 1);
    EXPECT_EQ(sum(covered(mask)), 0) << "empty once it was painted";
}

TEST(CoverageMask, stretchesCoverTheirPartOfEachPixel)
{
    constexpr QSize size(203, 60);
    std::mt19937 random(7);
    std::uniform_real_distribution<double> place(-10, 70);
    CoverageMask mask;
    mask.resize(size);
    for (const int step : {1, 2, 3}) {
        std::vector<ColumnSpan> spans;
        for (int c = 2; c * step < size.width(); ++c) {
            const double a = place(random);
            const double b = c % 16 < 8 ? a + 30 : place(random); // alike neighbours are filled together
            spans.push_back({c, std::min(a, b), std::max(a, b)});
        }
        mask.addSpans(spans, step);
        const QImage cover = covered(mask);
        for (const ColumnSpan &span : spans)
            for (int y = 0; y < size.height(); ++y) {
                const double share = std::clamp(std::min(span.bottom, y + 1.0) - std::max<double>(span.top, y), 0.0, 1.0);
                const int x = std::min(size.width() - 1, span.column * step + step - 1);
                ASSERT_NEAR(cover.constScanLine(y)[x], 255 * share, 1) << "column " << span.column << ", row " << y;
            }
        for (int y = 0; y < size.height(); ++y)
            EXPECT_EQ(cover.constScanLine(y)[0], 0);
    }
}

class CurvePaint : public test::ThemedTest {
protected:
    void SetUp() override { plot = shown(); }
    static std::unique_ptr<CurvePlot> shown()
    {
        auto made = std::make_unique<CurvePlot>(*s_theme);
        made->resize(800, 400);
        made->show(); // a plot has no pixels before
        return made;
    }
    static Curve waves(std::size_t n, double phase)
    {
        Curve curve;
        for (std::size_t i = 0; i < n; ++i) {
            curve.x.push_back(static_cast<double>(i));
            curve.y.push_back(std::sin(static_cast<double>(i) / 5 + phase));
        }
        return curve;
    }
    static QImage painted(CurvePlot &of)
    {
        of.replot(QCustomPlot::rpImmediateRefresh);
        return of.grab().toImage().convertToFormat(QImage::Format_RGB32);
    }
    /// The highest row with a pixel of about this colour in the columns around x; the height of the picture: none.
    static int topRow(const QImage &image, double x, const QColor &color)
    {
        for (int y = 0; y < image.height(); ++y)
            for (int c = static_cast<int>(x) - 3; c <= static_cast<int>(x) + 3; ++c) {
                const QColor here = image.pixelColor(c, y);
                if (std::abs(here.red() - color.red()) + std::abs(here.green() - color.green()) + std::abs(here.blue() - color.blue()) < 120)
                    return y;
            }
        return image.height();
    }

    std::unique_ptr<CurvePlot> plot;
};

TEST_F(CurvePaint, behaviour15TheTipOfASpikeIsPaintedWhateverTheDashes)
{
    for (const int dash : {0, 1, 2, 3})
        for (std::size_t n = 30; n < 1000; n = n * 13 / 10) {
            Curve curve = waves(n, 0);
            curve.look.dash = dash;
            const std::size_t at = n / 2;
            curve.y[at] = 40;
            std::vector<Curve> curves;
            curves.push_back(curve);
            plot->setCurves(std::move(curves));
            plot->showX(0, static_cast<double>(n));
            plot->yAxis->setRange(-2, 42);
            const int top = topRow(painted(*plot), plot->xAxis->coordToPixel(static_cast<double>(at)), s_theme->seriesColor(curve.look));
            EXPECT_NEAR(top, plot->yAxis->coordToPixel(40), 4.5) << "dash " << dash << ", " << n << " points";
        }
}

TEST_F(CurvePaint, behaviour15AFrameHasNothingOfTheOneBefore)
{
    const auto set = [](CurvePlot &of, bool smooth) {
        std::vector<Curve> curves;
        for (int c = 0; c < 3; ++c) {
            curves.push_back(waves(3000, c));
            curves.back().look = {c, c, false};
            curves.back().smooth = smooth;
        }
        of.setSmoothing(0.8);
        of.setCurves(std::move(curves));
        of.setXRange(0, 3000);
    };
    for (const bool smooth : {false, true}) {
        set(*plot, smooth);
        for (const double wide : {3000.0, 700.0, 60.0, 1500.0}) {
            plot->showX(500, 500 + wide);
            const QImage image = painted(*plot);
            const auto fresh = shown();
            set(*fresh, smooth);
            fresh->showX(500, 500 + wide);
            EXPECT_EQ(image, painted(*fresh)) << wide << " in view, smoothed " << smooth;
        }
    }
    plot->resize(500, 300);
    const auto small = shown();
    small->resize(500, 300);
    set(*small, true);
    small->showX(500, 2000);
    EXPECT_EQ(painted(*plot), painted(*small));
}

TEST_F(CurvePaint, behaviour17AValueBetweenGapsIsADotAndAGapStaysOne)
{
    Curve curve{.name = {}, .x = {0, 1, 2, 3, 4, 5}, .y = {1, 1, none, 1, none, 1}};
    const QColor color = s_theme->seriesColor(curve.look);
    std::vector<Curve> curves;
    curves.push_back(std::move(curve));
    plot->setCurves(std::move(curves));
    plot->setXRange(0, 5);
    plot->yAxis->setRange(0, 2);
    const QImage image = painted(*plot);
    const auto at = [&](double x) { return topRow(image, plot->xAxis->coordToPixel(x), color); };
    const double row = plot->yAxis->coordToPixel(1);
    EXPECT_NEAR(at(0.5), row, 2);
    EXPECT_NEAR(at(3), row, 2) << "a single value";
    EXPECT_EQ(at(2.5), image.height()) << "a gap";
}

QByteArray svgOf(QCustomPlot &plot)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(QSize(400, 300));
    QCPPainter painter;
    EXPECT_TRUE(painter.begin(&generator));
    painter.setMode(QCPPainter::pmVectorized);
    plot.toPainter(&painter, 400, 300);
    painter.end();
    // The layer of the sheet leaves a group with nothing in it.
    static const QRegularExpression empty(QStringLiteral("<g [^>]*>\\s*</g>\\s*"));
    return QString::fromUtf8(bytes).remove(empty).toUtf8();
}

TEST(CurveVector, behaviour21AVectorFileHoldsTheLinesAndSurfacesOfPlainGraphs)
{
    QVector<QCPGraphData> low;
    QVector<QCPGraphData> high;
    for (int i = 0; i < 40; ++i) {
        low.push_back({i / 40.0, 1 + std::sin(i)});
        high.push_back({i / 40.0, 2 + std::sin(i)});
    }
    QByteArray first;
    for (const bool own : {true, false}) {
        QCustomPlot plot;
        plot.yAxis->setRange(0, 5);
        plot.xAxis->setRange(0, 1);
        auto *edge = plot.addGraph();
        QCPGraph *band = nullptr;
        QCPGraph *line = nullptr;
        if (own) {
            auto *sheet = new CurveSheet(&plot); // the plot owns them
            band = new CurveBand(plot.xAxis, plot.yAxis, edge, *sheet, [] {});
            line = new CurveLine(plot.xAxis, plot.yAxis, *sheet, [] {});
        } else {
            band = plot.addGraph();
            band->setChannelFillGraph(edge);
            line = plot.addGraph();
            line->setAdaptiveSampling(false);
        }
        edge->setPen(Qt::NoPen);
        band->setPen(Qt::NoPen);
        band->setBrush(QColor(10, 20, 200, 50));
        line->setPen(linePen(QColor(200, 20, 10), 1.75, 1));
        edge->data()->set(low, true);
        band->data()->set(high, true);
        line->data()->set(high, true);
        const QByteArray bytes = svgOf(plot);
        EXPECT_TRUE(bytes.contains("stroke-dasharray"));
        EXPECT_FALSE(bytes.contains("<image"));
        EXPECT_TRUE(own || bytes == first) << "other than that of plain graphs:\n" << first.toStdString();
        first = bytes;
    }
}

} // namespace
} // namespace winnow::ui
