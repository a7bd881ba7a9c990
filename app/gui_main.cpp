#include "app/gui_screenshots.h"
#include "app/services.h"
#include "core/base/resource_path.h"
#include "ui/action_registry.h"
#include "ui/bridge/store_session.h"
#include "ui/main_window.h"
#include "ui/support/generated_store.h"
#include "ui/support/language.h"
#include "ui/support/preferences.h"
#include "ui/support/stall_watch.h"
#include "ui/support/termination_signals.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QMessageBox>
#include <QSessionManager>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdlib>
#include <iostream>
#include <memory>

namespace {

using namespace winnow;

struct Window {
    std::unique_ptr<ui::StoreSession> session;
    std::unique_ptr<ui::MainWindow> window;
};

ui::MainWindow::Programs programs()
{
    return {codeVersion(), environmentJson(), QString::fromStdString(winnow::resourceFolder() + "/presets"),
            QCoreApplication::applicationDirPath() + QStringLiteral("/winnow"), {}};
}

/// Where a person's choices are kept, beside those of other programs.
QString settingsFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + QStringLiteral("/winnow/window.ini");
}

Result<Window> openWindow(ui::Theme &theme, const QString &store, const QString &settings = {})
{
    Window made;
    made.session = std::make_unique<ui::StoreSession>();
    WINNOW_TRY(made.session->open(store));
    ui::MainWindow::Programs own = programs();
    own.settingsFile = settings;
    made.window = std::make_unique<ui::MainWindow>(theme, *made.session, std::move(own));
    return made;
}

int failWith(const std::string &message)
{
    std::cerr << "winnow-gui: " << message << "\n";
    return EXIT_FAILURE;
}

/// Before there is a window.
int failInBox(const std::string &message)
{
    const int status = failWith(message); // at once: the box waits for a person
    QMessageBox box(QMessageBox::Critical, QStringLiteral("Winnow"), QString::fromStdString(message));
    box.setTextFormat(Qt::PlainText);
    box.exec();
    return status;
}

/// One store after another: the person's own, then with --states the generated ones.
struct ScreenshotJob {
    QString store;
    QString prefix;
};

int paintAll(ui::Theme &theme, QApplication &application, std::vector<ScreenshotJob> jobs, const QString &folder)
{
    for (const ScreenshotJob &job : jobs) {
        auto opened = openWindow(theme, job.store);
        if (!opened.ok())
            return failWith(opened.error().message);
        ui::MainWindow &window = *opened.value().window;
        window.show();
        Status outcome;
        Screenshots shots(theme, *opened.value().session, window, folder, job.prefix, [&](const Status &status) {
            outcome = status;
            application.quit();
        });
        QTimer::singleShot(0, &shots, &Screenshots::start);
        application.exec();
        if (!outcome.ok())
            return failWith(outcome.error().message);
    }
    return EXIT_SUCCESS;
}

Result<std::vector<ScreenshotJob>> stateStores(const QTemporaryDir &folder)
{
    using Kind = ui::GeneratedKind;
    const std::string demo = winnow::resourceFolder() + "/demo";
    std::vector<ScreenshotJob> jobs;
    jobs.push_back({folder.filePath(QStringLiteral("empty.db")), QStringLiteral("first-start-")});
    const std::pair<const char *, Kind> kinds[] = {
        {"live", Kind::Full}, {"interrupted", Kind::Interrupted}, {"error", Kind::Error}, {"many", Kind::ManyRuns}};
    for (const auto &[name, kind] : kinds) {
        const QString path = folder.filePath(QStringLiteral("%1.db").arg(QLatin1String(name)));
        WINNOW_TRY(ui::writeGeneratedStore(path.toStdString(), demo, kind));
        jobs.push_back({path, QStringLiteral("%1-").arg(QLatin1String(name))});
    }
    return jobs;
}

} // namespace

int main(int argc, char **argv)
{
    setenv("OMP_WAIT_POLICY", "PASSIVE", 0); // before the engine is opened: spinning threads would starve the window
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("winnow-gui"));
    if (const std::string problem = coreLibraryProblem(); !problem.empty())
        return failInBox(problem);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Winnow: find the training samples that hurt"));
    parser.addHelpOption();
    parser.addOption({QStringLiteral("store"), QStringLiteral("Store file; default in the XDG data folder."), QStringLiteral("FILE")});
    parser.addOption({QStringLiteral("screenshots"), QStringLiteral("Paint every page to PNG files in DIR and exit."), QStringLiteral("DIR")});
    parser.addOption({QStringLiteral("states"), QStringLiteral("With --screenshots: also the states, from generated stores.")});
    parser.addOption({QStringLiteral("theme"), QStringLiteral("system, light or dark; default: as in the settings."), QStringLiteral("NAME")});
    parser.addOption({QStringLiteral("language"), QStringLiteral("system, en or zh_CN; default: as in the settings."), QStringLiteral("NAME")});
    parser.process(application);

    const ui::Preferences chosen(settingsFile());
    ui::installLanguage(application, parser.isSet(QStringLiteral("language")) ? parser.value(QStringLiteral("language"))
                                                                             : chosen.language());
    auto path = storePathOf(parser.value(QStringLiteral("store")).toStdString());
    if (!path.ok())
        return failWith(path.error().message);
    const QString store = QString::fromStdString(path.value());
    ui::Theme theme;
    const QString mode = parser.isSet(QStringLiteral("theme")) ? parser.value(QStringLiteral("theme"))
                                                               : chosen.appearance();
    const Status installed = theme.install(application, ui::Theme::modeOf(mode));
    if (!installed.ok())
        return failWith(installed.error().message);

    if (parser.isSet(QStringLiteral("screenshots"))) {
        QTemporaryDir folder;
        std::vector<ScreenshotJob> jobs{{store, QString()}};
        if (parser.isSet(QStringLiteral("states"))) {
            auto states = stateStores(folder);
            if (!states.ok())
                return failWith(states.error().message);
            jobs.insert(jobs.end(), states.value().begin(), states.value().end());
        }
        return paintAll(theme, application, std::move(jobs), parser.value(QStringLiteral("screenshots")));
    }

    auto opened = openWindow(theme, store, settingsFile());
    if (!opened.ok())
        return failInBox(opened.error().message);
    ui::MainWindow *window = opened.value().window.get();
    ui::StallWatch watch;
    QObject::connect(&window->actions(), &ui::ActionRegistry::chosen, &watch, &ui::StallWatch::setCommand);
    const ui::TerminationSignals signals;
    QObject::connect(&signals, &ui::TerminationSignals::asked, window, &ui::MainWindow::endSession);
    QObject::connect(&application, &QGuiApplication::commitDataRequest, window, [window](QSessionManager &session) {
        session.setRestartHint(QSessionManager::RestartNever);
        window->endSession();
    });
    window->show();
    return QApplication::exec();
}
