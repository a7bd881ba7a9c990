#include "ui/pages/plot_menu.h"

#include "ui/plots/plot_export.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panel.h"

#include <QFileDialog>
#include <QMenu>

namespace winnow::ui {

PlotMenu::PlotMenu(const Theme &theme, Panel *panel, CurvePlot *plot) : QObject(plot), m_plot(plot)
{
    auto *more = new Button(theme, {}, Button::Kind::Flat);
    more->setSmall(true);
    more->setIconName(QStringLiteral("more"));
    more->setAccessibleName(tr("Scale and export"));
    more->setToolTip(tr("Log scale, export (E)"));
    m_menu = new QMenu(more);
    more->setMenu(m_menu);
    more->setMenuArrow(false);
    panel->addTool(more);
    m_logX = m_menu->addAction(tr("Log scale on x"));
    m_logY = m_menu->addAction(tr("Log scale on y"));
    for (QAction *action : {m_logX, m_logY}) {
        action->setCheckable(true);
        connect(action, &QAction::toggled, this, &PlotMenu::setScale);
    }
    connect(m_menu->addAction(tr("Show all of it")), &QAction::triggered, m_plot, [this] {
        m_plot->fit();
        Q_EMIT m_plot->viewFitted();
    });
    m_menu->addSeparator();
    const auto add = [this](const QString &words, const QString &suffix, bool visibleOnly) {
        connect(m_menu->addAction(words), &QAction::triggered, this, [=, this] { ask(words, suffix, visibleOnly); });
    };
    add(tr("All values as CSV…"), QStringLiteral("csv"), false);
    add(tr("Values in view as CSV…"), QStringLiteral("csv"), true);
    add(tr("Picture as PNG…"), QStringLiteral("png"), false);
    add(tr("Drawing as SVG…"), QStringLiteral("svg"), false);
    add(tr("Drawing as PDF…"), QStringLiteral("pdf"), false);
    connect(m_plot, &Plot::exportRequested, this, [this, more] { m_menu->popup(more->mapToGlobal(QPoint(0, more->height()))); });
}

void PlotMenu::setScale()
{
    m_plot->setLogScale(m_logX->isChecked(), m_logY->isChecked());
}

Status PlotMenu::write(const QString &path, bool visibleOnly)
{
    return path.endsWith(QLatin1String(".csv")) ? writeValues(*m_plot, path, visibleOnly) : writePicture(*m_plot, path);
}

void PlotMenu::ask(const QString &title, const QString &suffix, bool visibleOnly)
{
    const QString name = m_plot->accessibleName().simplified().replace(QLatin1Char(' '), QLatin1Char('-')).toLower();
    auto *dialog = new QFileDialog(m_plot->window(), title, name + QLatin1Char('.') + suffix,
                                   QStringLiteral("%1 (*.%1)").arg(suffix));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    connect(dialog, &QFileDialog::fileSelected, this, [this, visibleOnly](const QString &path) {
        const Status written = write(path, visibleOnly);
        Q_EMIT message(written.ok() ? tr("Wrote %1").arg(path) : QString::fromStdString(written.error().message));
    });
    dialog->open();
}

} // namespace winnow::ui
