#pragma once

#include <QWidget>

class QDialog;

namespace winnow::ui {

/// Dims a window behind a dialog.
class Scrim : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *event) override;
};

/// Opens a dialog over the dimmed window of its parent; the window is bright again when the dialog ends.
void openOverScrim(QDialog *dialog);

} // namespace winnow::ui
