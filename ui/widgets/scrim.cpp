#include "ui/widgets/scrim.h"

#include <QDialog>
#include <QPainter>

namespace winnow::ui {

void Scrim::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), QColor(0, 0, 0, 90));
}

void openOverScrim(QDialog *dialog)
{
    if (const QWidget *parent = dialog->parentWidget()) {
        auto *scrim = new Scrim(parent->window());
        scrim->setGeometry(parent->window()->rect());
        scrim->show();
        QObject::connect(dialog, &QDialog::finished, scrim, &QObject::deleteLater);
    }
    dialog->open();
}

} // namespace winnow::ui
