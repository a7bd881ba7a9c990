// Prints what the Samples page takes at a million samples: a store of that size is made, opened in a window, and every way of
// looking at it is timed, with the longest time that the GUI thread did not turn. Figures, no limits: machines differ.
// bench_samples [SAMPLES [SNAPSHOTS [STORE]]]: STORE is made where it is not there yet, and kept.
#include "tests/support/large_store.h"
#include "ui/bridge/store_session.h"
#include "ui/main_window.h"
#include "ui/pages/samples_page.h"
#include "ui/plots/film_plot.h"
#include "ui/plots/histogram_plot.h"
#include "ui/plots/scatter_plot.h"
#include "ui/theme/theme.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <functional>

namespace winnow::ui {
namespace {

/// Longest time between two turns of the event loop.
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

void printMemory(const char *when)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return;
    for (const QByteArray &line : status.readAll().split('\n'))
        if (line.startsWith("VmRSS") || line.startsWith("VmHWM"))
            std::printf("memory %-39s %s\n", when, line.simplified().constData());
}

class Bench {
public:
    Bench(MainWindow &window, StoreSession &session) : m_window(window), m_session(session) {}

    bool open(RunId run);
    void run();

private:
    SamplesPage &page() { return *m_window.samplesPage(); }
    SamplesModel &model() { return page().model(); }
    /// Until the table shows what `change` asked for; then until everything is painted.
    void measure(const char *what, const std::function<void()> &change, bool rebuilds = true);
    void settle();
    void brushes();
    void looks();

    MainWindow &m_window;
    StoreSession &m_session;
};

void Bench::settle()
{
    const auto settled = [this] { return !model().rebuilding() && model().rows().idle() && m_session.pending() == 0; };
    if (!QTest::qWaitFor(settled, 60000))
        std::printf("not settled after a minute\n");
}

void Bench::measure(const char *what, const std::function<void()> &change, bool rebuilds)
{
    settle();
    QTest::qWait(200);
    QSignalSpy rebuilt(&model(), &SamplesModel::rebuilt);
    Watchdog dog;
    QElapsedTimer clock;
    clock.start();
    change();
    const qint64 handler = clock.elapsed();
    if (rebuilds && rebuilt.isEmpty())
        rebuilt.wait(60000);
    const qint64 shown = clock.elapsed();
    settle();
    QTest::qWait(100); // what is painted by a worker
    std::printf("%-46s %6lld ms, handler %lld ms, longest stall %lld ms\n", what, shown, handler, dog.longest());
}

bool Bench::open(RunId run)
{
    Watchdog dog;
    QElapsedTimer clock;
    clock.start();
    page().showRun(run);
    m_window.showPage(PageId::Samples);
    const bool opened = QTest::qWaitFor([this] { return page().loaded() && model().rowCount() > 0; }, 600000);
    const qint64 shown = clock.elapsed();
    QTest::qWait(500);
    std::printf("%-46s %6lld ms, longest stall %lld ms\n", "open: rows in the table", shown, dog.longest());
    return opened;
}

void Bench::brushes()
{
    auto *histogram = page().findChild<HistogramPlot *>();
    auto *scatter = page().findChild<ScatterPlot *>();
    auto *film = page().findChild<FilmPlot *>();
    const auto drag = [](QWidget *plot, QPoint from, QPoint to) {
        QTest::mousePress(plot, Qt::LeftButton, {}, from);
        QTest::mouseMove(plot, to);
        QTest::mouseRelease(plot, Qt::LeftButton, {}, to);
    };
    measure("brush the histogram: some 40 %", [&] {
        drag(histogram, QPoint(histogram->width() / 2, static_cast<int>(histogram->yAxis->coordToPixel(histogram->yAxis->range().lower)) - 1),
             QPoint(histogram->width() / 2, static_cast<int>(histogram->yAxis->coordToPixel(1.0))));
    });
    measure("brush the film at an earlier snapshot", [&] {
        drag(film, QPoint(static_cast<int>(film->xAxis->coordToPixel(155)), static_cast<int>(film->yAxis->coordToPixel(0.2))),
             QPoint(static_cast<int>(film->xAxis->coordToPixel(155)), static_cast<int>(film->yAxis->coordToPixel(0.9))));
    });
    measure("clear the selection", [&] { page().selection().clearSelection(nullptr); });
    scatter->setBrush(ScatterPlot::Brush::Lasso);
    const QRect area = scatter->axisRect()->rect();
    measure("scatter: lasso of 200 corners", [&] {
        QTest::mousePress(scatter, Qt::LeftButton, {}, area.topLeft() + QPoint(5, 5));
        for (int i = 0; i < 200; ++i)
            QTest::mouseMove(scatter, area.topLeft() + QPoint(5 + i * (area.width() - 10) / 200, 5 + (i * 37) % (area.height() - 10)));
        QTest::mouseRelease(scatter, Qt::LeftButton, {}, area.bottomLeft() + QPoint(100, -5));
    });
    scatter->setBrush(ScatterPlot::Brush::Rectangle);
    measure("scatter: rectangle", [&] { drag(scatter, area.topLeft() + QPoint(5, 5), area.center()); });
}

void Bench::looks()
{
    auto *table = page().findChild<DataTable *>();
    measure("next sample, 20 times", [&] {
        page().setFocus();
        for (int i = 0; i < 20; ++i) {
            QTest::keyClick(&page(), Qt::Key_Right, Qt::ControlModifier);
            QTest::qWait(20);
        }
    }, false);
    measure("scroll over the whole table in 40 steps", [&] {
        for (int i = 0; i <= 40; ++i) {
            table->verticalScrollBar()->setValue(static_cast<int>(static_cast<qint64>(table->verticalScrollBar()->maximum()) * i / 40));
            QTest::qWait(5);
        }
    }, false);
}

void Bench::run()
{
    auto &selection = page().selection();
    const auto scrub = [&](double step) { selection.setIteration(step, nullptr); };
    const double last = model().samples()->snapshotSteps.back();
    measure("sort by loss EMA", [&] { model().sort(SamplesModel::LossEma, Qt::DescendingOrder); });
    measure("sort by key (text)", [&] { model().sort(SamplesModel::Key, Qt::AscendingOrder); });
    measure("sort by subject (text)", [&] { model().sort(SamplesModel::Subject, Qt::DescendingOrder); });
    measure("sort by weight", [&] { model().sort(SamplesModel::Weight, Qt::AscendingOrder); });
    brushes();
    measure("scrub to the snapshot before", [&] { scrub(last - 10); });
    measure("scrub to one that was not seen", [&] { scrub(last / 2); });
    measure("scrub back", [&] { scrub(last - 10); });
    measure("filter by subject", [&] { selection.setFilters({{QStringLiteral("Sum"), QStringLiteral("subject"), QStringLiteral("Sum")}}, nullptr); });
    measure("decide on all that match", [&] { page().decideAll(Decision::Keep); }, false);
    measure("filter by decision", [&] { selection.setFilters({{QStringLiteral("keep"), QStringLiteral("decision"), QStringLiteral("keep")}}, nullptr); });
    measure("undo twice", [&] {
        page().undo();
        page().undo();
    });
    measure("no filter", [&] { selection.setFilters({}, nullptr); });
    looks();
}

int bench(const QStringList &arguments)
{
    test::LargeRun large;
    large.samples = arguments.value(1, QStringLiteral("1000000")).toLongLong();
    large.snapshots = arguments.value(2, QStringLiteral("30")).toInt();
    QTemporaryDir folder;
    const QString path = arguments.value(3, folder.filePath(QStringLiteral("large.db")));
    if (!QFileInfo::exists(path)) {
        QElapsedTimer clock;
        clock.start();
        const auto made = test::writeLargeStore(path.toStdString(), large);
        if (!made.ok()) {
            std::fprintf(stderr, "%s\n", made.error().message.c_str());
            return 1;
        }
        std::printf("store made in %lld ms\n", clock.elapsed());
    }
    std::printf("%lld samples, %d snapshots, %d threads\n", static_cast<long long>(large.samples), large.snapshots, QThread::idealThreadCount());
    Theme theme;
    StoreSession session;
    if (!theme.install(*qApp, Theme::Mode::Light).ok() || !session.open(path).ok())
        return 1;
    MainWindow window(theme, session, MainWindow::Programs{"bench", "{}", {}, {}});
    window.resize(1440, 900);
    window.show();
    if (!QTest::qWaitFor([&] { return window.haveRuns() && session.pending() == 0; }, 600000))
        return 1;
    printMemory("before the page is opened");
    Bench all(window, session);
    if (!all.open(RunId{1}))
        return 1;
    printMemory("with the page open");
    all.run();
    printMemory("at the end");
    return 0;
}

} // namespace
} // namespace winnow::ui

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    std::setvbuf(stdout, nullptr, _IOLBF, 0); // each figure is seen as soon as it is known
    return winnow::ui::bench(QApplication::arguments());
}
