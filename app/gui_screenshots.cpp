#include "app/gui_screenshots.h"

#include "ui/bridge/store_session.h"
#include "ui/main_window.h"
#include "ui/pages/data_page.h"
#include "ui/pages/live_page.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/samples_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/tour_card.h"

#include <QDialog>
#include <QDir>
#include <QPainter>
#include <QTimer>

namespace winnow {

namespace {

struct Shot {
    const char *name;
    ui::PageId page;
    const char *dialog = ""; ///< object name of what is opened over the page
    QSize size = QSize(1440, 900);
    bool rows = false; ///< of the data set, instead of its report
};

const Shot shots[] = {
    {"runs", ui::PageId::Runs}, {"live", ui::PageId::Live}, {"samples", ui::PageId::Samples}, {"compare", ui::PageId::Compare},
    {"evaluation", ui::PageId::Evaluation}, {"data", ui::PageId::Data}, {"launch", ui::PageId::Runs, "launch"},
    {"settings", ui::PageId::Runs, "settings"}, {"shortcuts", ui::PageId::Runs, "shortcuts"},
    {"evaluate", ui::PageId::Evaluation, "evaluate"}, {"help", ui::PageId::Samples, "help"},
    {"palette", ui::PageId::Runs, "palette"}, {"tour", ui::PageId::Live, "tour"},
    {"runs-1366x768", ui::PageId::Runs, "", QSize(1366, 768)}, {"live-1366x768", ui::PageId::Live, "", QSize(1366, 768)},
    {"samples-1366x768", ui::PageId::Samples, "", QSize(1366, 768)},
    {"compare-1366x768", ui::PageId::Compare, "", QSize(1366, 768)},
    {"evaluation-1366x768", ui::PageId::Evaluation, "", QSize(1366, 768)},
    {"data-1366x768", ui::PageId::Data, "", QSize(1366, 768)},
    {"data-rows", ui::PageId::Data, "", QSize(1440, 900), true},
    {"data-rows-1366x768", ui::PageId::Data, "", QSize(1366, 768), true},
    {"runs-1920x1080", ui::PageId::Runs, "", QSize(1920, 1080)}, {"live-1920x1080", ui::PageId::Live, "", QSize(1920, 1080)},
    {"samples-1920x1080", ui::PageId::Samples, "", QSize(1920, 1080)},
    {"compare-1920x1080", ui::PageId::Compare, "", QSize(1920, 1080)},
    {"evaluation-1920x1080", ui::PageId::Evaluation, "", QSize(1920, 1080)},
    {"data-1920x1080", ui::PageId::Data, "", QSize(1920, 1080)},
};
constexpr int shotCount = static_cast<int>(std::size(shots));

} // namespace

Screenshots::Screenshots(ui::Theme &theme, ui::StoreSession &session, ui::MainWindow &window, QString folder, QString prefix,
                         std::function<void(Status)> done)
    : QObject(&window), m_theme(theme), m_session(session), m_window(window), m_folder(std::move(folder)),
      m_prefix(std::move(prefix)), m_done(std::move(done))
{
}

void Screenshots::start()
{
    if (!QDir().mkpath(m_folder)) {
        m_done(Error{"Could not make the folder " + m_folder.toStdString() + ". Choose another one."});
        return;
    }
    m_session.freeze(true);
    m_theme.setMode(ui::Theme::Mode::Light);
    settle([this] { next(); });
}

void Screenshots::settle(std::function<void()> then)
{
    // Nothing is read any more for some time: reads start others, plots repaint queued.
    m_quiet = 0;
    auto *timer = new QTimer(this);
    timer->setInterval(40);
    connect(timer, &QTimer::timeout, this, [this, timer, then] {
        const bool still = m_session.pending() == 0 && m_window.haveRuns() && !m_window.dataPage()->busy();
        m_quiet = still ? m_quiet + 1 : 0;
        if (m_quiet < 8)
            return;
        timer->deleteLater();
        timer->stop();
        then();
    });
    timer->start();
}

void Screenshots::next()
{
    // Dialogs and small windows are painted of one store only.
    while (m_step < 2 * shotCount && !m_prefix.isEmpty()
           && (*shots[m_step % shotCount].dialog != '\0' || shots[m_step % shotCount].size != QSize(1440, 900)))
        ++m_step;
    if (m_step >= 2 * shotCount) {
        m_done({});
        return;
    }
    const Shot &shot = shots[m_step % shotCount];
    m_theme.setMode(m_step < shotCount ? ui::Theme::Mode::Light : ui::Theme::Mode::Dark);
    m_window.resize(shot.size);
    m_window.showPage(shot.page);
    settle([this, &shot] {
        if (shot.page == ui::PageId::Samples && m_window.samplesPage()->loaded())
            m_window.samplesPage()->selectBelow(0.45);
        if (shot.page == ui::PageId::Data)
            m_window.dataPage()->setView(shot.rows ? ui::DataPage::View::Rows : ui::DataPage::View::Report);
        if (shot.page == ui::PageId::Live)
            m_window.livePage()->setCursor(m_window.livePage()->run() ? std::optional(280.0) : std::nullopt);
        if (shot.page == ui::PageId::Runs) {
            std::vector<RunId> some;
            for (int row = 0; row < m_window.runsPage()->model().rowCount() && some.size() < 3; row += 2)
                if (const ui::RunRow *run = m_window.runsPage()->model().runAt(row))
                    some.push_back(run->id());
            m_window.runsPage()->selectRuns(some);
        }
        openDialog(QLatin1String(shot.dialog));
        settle([this] { paint(); });
    });
}

void Screenshots::openDialog(const QString &name)
{
    if (name == QLatin1String("launch"))
        m_window.showLaunchDialog(RunId{});
    else if (name == QLatin1String("settings") || name == QLatin1String("shortcuts"))
        m_window.showSettings(name == QLatin1String("shortcuts"));
    else if (name == QLatin1String("evaluate"))
        m_window.showEvaluateDialog(RunId{});
    else if (name == QLatin1String("help"))
        m_window.showHelp();
    else if (name == QLatin1String("palette"))
        m_window.openPalette();
    else if (name == QLatin1String("tour"))
        m_window.startTour();
}

void Screenshots::paint()
{
    const Shot &shot = shots[m_step % shotCount];
    QDialog *dialog = nullptr;
    for (QDialog *open : m_window.findChildren<QDialog *>())
        if (open->isVisible())
            dialog = open;
    QPixmap picture = m_window.grab();
    if (dialog) {
        QPainter painter(&picture);
        const QPixmap front = dialog->grab();
        painter.drawPixmap((m_window.width() - dialog->width()) / 2, (m_window.height() - dialog->height()) / 2, front);
    }
    const QString file = QStringLiteral("%1/%2%3%4.png").arg(m_folder, m_prefix, QLatin1String(shot.name),
                                                            m_step < shotCount ? QString() : QStringLiteral("-dark"));
    if (dialog)
        dialog->reject();
    if (auto *tour = m_window.findChild<ui::TourCard *>())
        tour->hide();
    if (!picture.save(file)) {
        m_done(Error{"Could not write " + file.toStdString() + ". Choose another folder."});
        return;
    }
    ++m_step;
    next();
}

} // namespace winnow
