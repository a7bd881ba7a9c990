// Behaviour 15: 10 curves of 1 000 000 points, panned and zoomed; prints frames a second. Not a test: it has no limit.
#include "ui/plots/curve_plot.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QElapsedTimer>

#include <cmath>
#include <cstdio>
#include <random>
#include <thread>

namespace {

using namespace winnow::ui;

std::vector<Curve> curves(std::size_t points, bool smooth)
{
    std::vector<Curve> result;
    for (int c = 0; c < 10; ++c) {
        std::mt19937 random(static_cast<unsigned>(c));
        std::normal_distribution<double> normal;
        Curve curve;
        curve.name = QString::number(c);
        curve.look = {c % 6, c / 6, false};
        curve.smooth = smooth;
        for (std::size_t i = 0; i < points; ++i) {
            curve.x.push_back(static_cast<double>(i));
            curve.y.push_back(normal(random) + c);
        }
        result.push_back(std::move(curve));
    }
    return result;
}

void measure(CurvePlot &plot, const char *what, double points, bool zoom)
{
    constexpr int frames = 120;
    QElapsedTimer time;
    time.start();
    qint64 worst = 0;
    for (int frame = 0; frame < frames; ++frame) {
        const qint64 before = time.nsecsElapsed();
        const double share = static_cast<double>(frame) / frames;
        const double width = zoom ? points * std::pow(1e-4, share) : points / 10;
        const double low = zoom ? points * 0.4 * share : (points - width) * share;
        plot.showX(low, low + width);
        plot.replot(QCustomPlot::rpImmediateRefresh);
        worst = std::max(worst, time.nsecsElapsed() - before);
    }
    const double seconds = static_cast<double>(time.nsecsElapsed()) / 1e9;
    std::printf("%-22s %7.1f frames/s, slowest frame %6.1f ms\n", what, frames / seconds, static_cast<double>(worst) / 1e6);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    std::setvbuf(stdout, nullptr, _IOLBF, 0); // each figure is seen as soon as it is known
    constexpr std::size_t points = 1000000;
    Theme theme;
    if (!theme.install(application, Theme::Mode::Light).ok())
        return 1;
    std::printf("10 curves of %zu points, 1200 x 500, %s platform, %u cores\n", points,
                qPrintable(QGuiApplication::platformName()), std::thread::hardware_concurrency());
    for (const bool smooth : {false, true}) {
        CurvePlot plot(theme);
        plot.resize(1200, 500);
        plot.show();
        plot.setSmoothing(smooth ? 0.9 : 0);
        QElapsedTimer time;
        time.start();
        plot.setCurves(curves(points, smooth));
        plot.setXRange(0, static_cast<double>(points));
        std::printf("%s: made and set in %.1f s\n", smooth ? "smoothed, raw values as a band" : "raw", static_cast<double>(time.elapsed()) / 1000);
        measure(plot, "pan over a tenth", static_cast<double>(points), false);
        measure(plot, "zoom in 10 000 times", static_cast<double>(points), true);
    }
    return 0;
}
