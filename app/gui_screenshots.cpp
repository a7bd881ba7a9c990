#include "app/gui_screenshots.h"

#include "ui/bridge/store_session.h"
#include "ui/main_window.h"
#include "ui/pages/live_page.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/samples_page.h"
#include "ui/theme/theme.h"

#include <QDialog>
#include <QDir>
#include <QPainter>
#include <QTimer>

namespace winnow {

namespace {

struct Shot {
    const char *name;
    ui::PageId page;
    bool launch = false;
    QSize size = QSize(1440, 900);
};

const Shot shots[] = {
    {"runs", ui::PageId::Runs}, {"live", ui::PageId::Live}, {"samples", ui::PageId::Samples}, {"compare", ui::PageId::Compare},
    {"evaluation", ui::PageId::Evaluation}, {"data", ui::PageId::Data}, {"launch", ui::PageId::Runs, true},
    {"samples-1366x768", ui::PageId::Samples, false, QSize(1366, 768)},
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
        m_quiet = m_session.pending() == 0 && m_window.haveRuns() ? m_quiet + 1 : 0;
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
        if (shot.page == ui::PageId::Live)
            m_window.livePage()->setCursor(m_window.livePage()->run() ? std::optional(280.0) : std::nullopt);
        if (shot.page == ui::PageId::Runs) {
            std::vector<RunId> some;
            for (int row = 0; row < m_window.runsPage()->model().rowCount() && some.size() < 3; row += 2)
                if (const ui::RunRow *run = m_window.runsPage()->model().runAt(row))
                    some.push_back(run->id());
            m_window.runsPage()->selectRuns(some);
        }
        if (shot.launch)
            m_window.showLaunchDialog(RunId{});
        settle([this] { paint(); });
    });
}

void Screenshots::paint()
{
    const Shot &shot = shots[m_step % shotCount];
    auto *dialog = m_window.findChild<QDialog *>(QStringLiteral("launch"));
    QPixmap picture = m_window.grab();
    if (shot.launch && dialog) {
        QPainter painter(&picture);
        const QPixmap front = dialog->grab();
        painter.drawPixmap((m_window.width() - front.width()) / 2, (m_window.height() - front.height()) / 2, front);
    }
    const QString file = QStringLiteral("%1/%2%3%4.png").arg(m_folder, m_prefix, QLatin1String(shot.name),
                                                            m_step < shotCount ? QString() : QStringLiteral("-dark"));
    if (dialog)
        dialog->reject();
    if (!picture.save(file)) {
        m_done(Error{"Could not write " + file.toStdString() + ". Choose another folder."});
        return;
    }
    ++m_step;
    next();
}

} // namespace winnow
