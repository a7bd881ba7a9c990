// Prints how long the Samples page's models take at a million samples. Figures, no limits: machines differ.
#include "ui/models/samples_model.h"
#include "ui/models/thumbnails.h"
#include "ui/plots/histogram_plot.h"
#include "ui/plots/scatter_plot.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <random>

namespace winnow::ui {
namespace {

std::shared_ptr<SamplesData> manySamples(std::size_t n, int snapshots)
{
    auto data = std::make_shared<SamplesData>();
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    data->samples.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        data->samples[i].key = "train#" + std::to_string(i);
        data->samples[i].subject = i % 3 ? "Sum" : "Largest";
        data->samples[i].labels = {true, i % 4 != 0, true};
        data->samples[i].steps = {"a=1", "b=2", "1+2=3"};
        data->lossEma.push_back(std::abs(normal(random)));
        data->minPGiven.push_back(0.5F);
        data->visitCount.push_back(static_cast<std::int32_t>(i % 9));
        data->lastVisit.push_back(static_cast<std::int32_t>(i % 600));
    }
    for (int s = 0; s < snapshots; ++s) {
        data->snapshotSteps.push_back(s * 10);
        std::vector<float> weights(n);
        for (float &w : weights)
            w = 1 + 0.02F * static_cast<float>(s) * normal(random);
        data->snapshots.push_back(std::move(weights));
    }
    data->film = makeFilm(data->snapshotSteps, data->snapshots);
    std::vector<float> suspicion;
    for (const float w : data->snapshots.back())
        suspicion.push_back(-w);
    data->rankers.push_back({QStringLiteral("Learned weight"), std::move(suspicion), {}, {}, {}});
    return data;
}

/// Longest time between two turns of the event loop while `wait` runs.
class Watchdog {
public:
    Watchdog()
    {
        m_clock.start();
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { m_longest = std::max(m_longest, m_clock.restart()); });
        m_timer.start(1);
    }
    qint64 longest() const { return std::max(m_longest, m_clock.elapsed()); }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_longest = 0;
};

void measure(const char *what, SamplesModel &model, const std::function<void()> &change)
{
    QSignalSpy rebuilt(&model, &SamplesModel::rebuilt);
    Watchdog dog;
    QElapsedTimer clock;
    clock.start();
    change();
    const qint64 handler = clock.elapsed();
    if (rebuilt.isEmpty())
        rebuilt.wait(60000);
    QTest::qWait(1);
    std::printf("%-46s %6lld ms, handler %lld ms, longest stall %lld ms\n", what, clock.elapsed(), handler, dog.longest());
}

void scatter(const Theme &theme, const SamplesData &data)
{
    ScatterPlot plot(theme);
    plot.resize(520, 300);
    plot.show();
    plot.setPoints(data.snapshots.back(), data.lossEma, {});
    plot.grab();
    QElapsedTimer clock;
    clock.start();
    plot.setSelected(std::vector<std::uint8_t>(data.samples.size(), 1));
    plot.replot(QCustomPlot::rpImmediateRefresh);
    std::printf("%-46s %6lld ms\n", "scatter: repaint of a changed selection", clock.elapsed());
    QSignalSpy brushed(&plot, &ScatterPlot::brushed);
    plot.setBrush(ScatterPlot::Brush::Lasso);
    clock.restart();
    QTest::mousePress(&plot, Qt::LeftButton, {}, QPoint(60, 20));
    for (int i = 0; i < 200; ++i)
        QTest::mouseMove(&plot, QPoint(60 + 2 * i, 20 + (i * 37) % 240));
    QTest::mouseRelease(&plot, Qt::LeftButton, {}, QPoint(200, 250));
    if (brushed.isEmpty())
        brushed.wait(60000);
    std::printf("%-46s %6lld ms\n", "scatter: lasso of 200 corners", clock.elapsed());
}

void bench()
{
    constexpr std::size_t n = 1000000;
    Theme theme;
    if (!theme.install(*qApp, Theme::Mode::Light).ok())
        return;
    const auto data = manySamples(n, 30);
    std::printf("1 000 000 samples, 30 snapshots, %d threads\n", QThread::idealThreadCount());
    SelectionModel selection;
    Thumbnails thumbnails;
    SamplesModel model(selection, thumbnails, nullptr);
    selection.reset(n);
    selection.setIteration(290, nullptr);
    measure("open, ranked by weight", model, [&] { model.setSamples(data); });
    measure("sort by loss EMA", model, [&] { model.sort(SamplesModel::LossEma, Qt::DescendingOrder); });
    measure("sort by key (text)", model, [&] { model.sort(SamplesModel::Key, Qt::AscendingOrder); });
    measure("sort by weight", model, [&] { model.sort(SamplesModel::Weight, Qt::AscendingOrder); });
    measure("brush half of them: table, slice, film band", model, [&] {
        std::vector<std::uint32_t> low;
        for (std::uint32_t i = 0; i < n; ++i)
            if (data->snapshots.back()[i] <= 1)
                low.push_back(i);
        selection.select(low, SelectionModel::How::Replace, nullptr);
        model.setScope(SamplesModel::Scope::Selection);
    });
    measure("brush 1 of 1000", model, [&] {
        std::vector<std::uint32_t> low;
        for (std::uint32_t i = 0; i < n; i += 1000)
            low.push_back(i);
        selection.select(low, SelectionModel::How::Replace, nullptr);
        model.rebuild();
    });
    measure("filter by subject", model, [&] {
        selection.setFilters({{QStringLiteral("Sum"), QStringLiteral("subject"), QStringLiteral("Sum")}}, nullptr);
        model.rebuild();
    });
    measure("decide on all that match", model, [&] {
        model.triage().decide(model.order(), Decision::Keep);
        model.rebuild();
    });
    measure("move the scrubber by one snapshot", model, [&] {
        selection.setIteration(280, nullptr);
        model.rebuild();
    });
    scatter(theme, *data);
    QFile status(QStringLiteral("/proc/self/status"));
    if (status.open(QIODevice::ReadOnly))
        for (const QByteArray &line : status.readAll().split('\n'))
            if (line.startsWith("VmRSS"))
                std::printf("%s\n", line.constData());
}

} // namespace
} // namespace winnow::ui

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    winnow::ui::bench();
    return 0;
}
