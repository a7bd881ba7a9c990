#include "ui/pages/plot_menu.h"

#include "ui/plots/curve_plot.h"
#include "ui/plots/plot_export.h"
#include "ui/support/number_format.h"
#include "ui/support/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panel.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>

namespace winnow::ui {

PlotMenu::PlotMenu(const Theme &theme, Panel *panel, Plot *plot)
    : QObject(plot), m_plot(plot), m_curves(qobject_cast<CurvePlot *>(plot)), m_menu(new QMenu(plot))
{
    if (m_curves)
        addScales();
    connect(m_menu->addAction(tr("Show all of it")), &QAction::triggered, m_plot, [this] {
        m_plot->fit();
        Q_EMIT m_plot->viewFitted();
    });
    m_menu->addSeparator();
    addExports();
    if (panel)
        addButton(theme, panel);
    m_plot->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_plot, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &point) { m_menu->popup(m_plot->mapToGlobal(point)); });
    connect(m_plot, &Plot::exportRequested, this, [this] { m_menu->popup(m_plot->mapToGlobal(QPoint(m_plot->width() / 2, 8))); });
}

void PlotMenu::addButton(const Theme &theme, Panel *panel)
{
    auto *more = new Button(theme, {}, Button::Kind::Flat);
    more->setSmall(true);
    more->setIconName(QStringLiteral("more"));
    more->setAccessibleName(tr("Scale and export of %1").arg(m_plot->accessibleName()));
    more->setToolTip(m_curves ? tr("Log scale, export (E)") : tr("Export (E)"));
    more->setMenu(m_menu);
    more->setMenuArrow(false);
    panel->addTool(more);
}

void PlotMenu::addScales()
{
    m_logX = m_menu->addAction(tr("Log scale on x"));
    m_logY = m_menu->addAction(tr("Log scale on y"));
    for (QAction *action : {m_logX, m_logY}) {
        action->setCheckable(true);
        connect(action, &QAction::toggled, this, &PlotMenu::setScale);
    }
}

void PlotMenu::addExports()
{
    QAction *copy = m_menu->addAction(tr("Copy data as table"), this, &PlotMenu::copyTable);
    copy->setObjectName(QStringLiteral("copyTable"));
    copy->setToolTip(tr("What is in view, fields apart by tabs, for a spreadsheet"));
    const auto add = [this](const QString &words, const QString &suffix, bool visibleOnly) {
        connect(m_menu->addAction(words), &QAction::triggered, this, [=, this] { ask(words, suffix, visibleOnly); });
    };
    if (m_curves) {
        add(tr("All values as CSV…"), QStringLiteral("csv"), false);
        add(tr("Values in view as CSV…"), QStringLiteral("csv"), true);
    }
    add(tr("Picture as PNG…"), QStringLiteral("png"), false);
    add(tr("Drawing as SVG…"), QStringLiteral("svg"), false);
    add(tr("Drawing as PDF…"), QStringLiteral("pdf"), false);
}

void PlotMenu::setScale()
{
    m_plot->setLogScale(m_logX->isChecked(), m_logY->isChecked());
}

void PlotMenu::copyTable()
{
    const QString text = m_plot->tableText();
    if (text.isEmpty()) {
        Q_EMIT message(tr("There is nothing in view to copy."));
        return;
    }
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT message(tr("Copied %1 rows").arg(thousands(text.count(QLatin1Char('\n')) - 1)));
}

Status PlotMenu::write(const QString &path, bool visibleOnly)
{
    return m_curves && path.endsWith(QLatin1String(".csv")) ? writeValues(*m_curves, path, visibleOnly)
                                                            : writePicture(*m_plot, path);
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
        Q_EMIT message(written.ok() ? tr("Wrote %1").arg(path) : coreWords(written.error().message));
    });
    dialog->open();
}

} // namespace winnow::ui
