#pragma once

#include "core/base/result.h"

#include <QObject>
#include <QString>

#include <functional>

namespace winnow::ui {
class MainWindow;
class StoreSession;
class Theme;
} // namespace winnow::ui

namespace winnow {

/// Paints every page of the open store, light and dark, to PNG files, then calls `done`. Waits for the session to be
/// idle between the steps, so that each picture shows what was read. Lives on the GUI thread.
class Screenshots : public QObject {
    Q_OBJECT
public:
    Screenshots(ui::Theme &theme, ui::StoreSession &session, ui::MainWindow &window, QString folder, QString prefix,
                std::function<void(Status)> done);
    void start();

private:
    void next();
    void settle(std::function<void()> then);
    void paint();
    void openDialog(const QString &name);

    ui::Theme &m_theme;
    ui::StoreSession &m_session;
    ui::MainWindow &m_window;
    QString m_folder;
    QString m_prefix;
    std::function<void(Status)> m_done;
    int m_step = 0;
    int m_quiet = 0;
};

} // namespace winnow
