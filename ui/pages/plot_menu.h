#pragma once

#include "core/base/result.h"

#include <QObject>

class QAction;
class QMenu;

namespace winnow::ui {

class CurvePlot;
class Panel;
class Plot;
class Theme;

/// The menu of a plot: log axes and values of curves, pictures, and what is in view as a table. It opens by the "more" button
/// of the panel (where there is one), by a right click and by E in the plot.
class PlotMenu : public QObject {
    Q_OBJECT
public:
    PlotMenu(const Theme &theme, Panel *panel, Plot *plot);
    /// Without a dialog; the suffix says what is written.
    Status write(const QString &path, bool visibleOnly = false);
    void copyTable();

Q_SIGNALS:
    void message(const QString &text);

private:
    void addButton(const Theme &theme, Panel *panel);
    void addScales();
    void addExports();
    void ask(const QString &title, const QString &suffix, bool visibleOnly);
    void setScale();

    Plot *m_plot;
    CurvePlot *m_curves; ///< the same, where it shows curves
    QMenu *m_menu;
    QAction *m_logX = nullptr;
    QAction *m_logY = nullptr;
};

} // namespace winnow::ui
