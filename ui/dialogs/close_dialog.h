#pragma once

#include "ui/bridge/run_controller.h"
#include "ui/theme/theme.h"

#include <QDialog>

class QVBoxLayout;

namespace winnow::ui {

/// What becomes of the runs of this window when it closes: each choice with what it does. Opened, never executed, so that
/// a log-out is not held up by it.
class CloseDialog : public QDialog {
    Q_OBJECT
public:
    /// `active`: name and place of the run at work, empty when none is; `waiting`: runs in the queue.
    CloseDialog(const Theme &theme, const QString &active, int waiting, QWidget *parent);

Q_SIGNALS:
    void chosen(winnow::ui::ClosingChoice choice);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void addChoice(QVBoxLayout *layout, ClosingChoice choice, const QString &name, const QString &does);

    const Theme &m_theme;
};

} // namespace winnow::ui
