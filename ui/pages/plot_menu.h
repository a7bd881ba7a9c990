#pragma once

#include "ui/plots/curve_plot.h"

#include <functional>

class QMenu;

namespace winnow::ui {

class Button;
class Panel;

/// The "more" button of a panel with curves: log axes, and export of picture and values. E in the plot opens it.
class PlotMenu : public QObject {
    Q_OBJECT
public:
    PlotMenu(const Theme &theme, Panel *panel, CurvePlot *plot);
    /// Without a dialog; the suffix says what is written.
    Status write(const QString &path, bool visibleOnly = false);

Q_SIGNALS:
    void message(const QString &text);

private:
    void ask(const QString &title, const QString &suffix, bool visibleOnly);
    void setScale();

    CurvePlot *m_plot;
    QMenu *m_menu;
    QAction *m_logX;
    QAction *m_logY;
};

} // namespace winnow::ui
