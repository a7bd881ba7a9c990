// Behaviour 15: 10 curves of 1 000 000 points, panned and zoomed; prints frames a second. Not a test: it has no limit.
#include "ui/plots/curve_plot.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QElapsedTimer>

#include <cmath>
#include <cstdio>
#include <functional>
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

void measure(CurvePlot &plot, const char *what, const std::function<void(double)> &change)
{
    constexpr int frames = 120;
    constexpr qint64 patience = 20000; // ms; where it is reached, the figure is of the frames so far
    QElapsedTimer time;
    time.start();
    qint64 worst = 0;
    int frame = 0;
    for (; frame < frames && time.elapsed() < patience; ++frame) {
        const qint64 before = time.nsecsElapsed();
        change(static_cast<double>(frame) / frames);
        plot.replot(QCustomPlot::rpImmediateRefresh);
        worst = std::max(worst, time.nsecsElapsed() - before);
    }
    const double seconds = static_cast<double>(time.nsecsElapsed()) / 1e9;
    std::printf("%-28s %7.1f frames/s, slowest frame %6.1f ms\n", what, frame / seconds,
                static_cast<double>(worst) / 1e6);
}

/// Moves of the reading cursor, each painted on the screen.
void measureCursor(CurvePlot &plot, double points)
{
    constexpr int moves = 120;
    QElapsedTimer time;
    time.start();
    for (int move = 0; move < moves; ++move) {
        plot.Plot::setCursor(points * move / moves);
        plot.repaint();
    }
    std::printf("%-28s %7.1f frames/s\n", "move the cursor", moves * 1e3 / static_cast<double>(time.elapsed()));
    plot.Plot::setCursor(std::nullopt);
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
    std::printf("10 curves of %zu points, 1440 x 900, %s platform, %u cores\n", points,
                qPrintable(QGuiApplication::platformName()), std::thread::hardware_concurrency());
    for (const bool smooth : {false, true}) {
        CurvePlot plot(theme);
        plot.resize(1440, 900);
        plot.show();
        plot.setSmoothing(smooth ? 0.9 : 0);
        QElapsedTimer time;
        time.start();
        plot.setCurves(curves(points, smooth));
        plot.setXRange(0, static_cast<double>(points));
        std::printf("%s: made and set in %.1f s\n", smooth ? "smoothed, raw values as a band" : "raw", static_cast<double>(time.elapsed()) / 1000);
        constexpr auto all = static_cast<double>(points);
        measure(plot, "pan over a tenth", [&](double share) {
            plot.showX(all * 0.9 * share, all * (0.9 * share + 0.1));
        });
        measure(plot, "zoom in 10 000 times", [&](double share) {
            const double low = all * 0.4 * share;
            plot.showX(low, low + all * std::pow(1e-4, share));
        });
        for (const double wide : {1e6, 1e4, 3e3, 1.4e3, 700.0, 300.0, 100.0})
            measure(plot, qPrintable(QStringLiteral("pan, %1 points in view").arg(wide)), [&](double share) {
                const double low = (all - wide) * 0.5 + wide * share;
                plot.showX(low, low + wide);
            });
        plot.showX(0, all);
        plot.replot(QCustomPlot::rpImmediateRefresh);
        measureCursor(plot, all);
    }
    return 0;
}
