#pragma once

#include "ui/bridge/import_job.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace winnow::ui
{

class Button;
class ProgressBar;
class TextLabel;

/// How far an import is, with a way to end it, and afterwards why it failed. Hidden when there is nothing to say. Lives
/// on the GUI thread.
class ImportStrip : public QWidget
{
    Q_OBJECT
public:
    ImportStrip(const Theme &theme, ImportJob &job, QWidget *parent = nullptr);

Q_SIGNALS:
    void againRequested(); ///< after a failure: open the dialog with what had been chosen

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showProgress(const QString &file, qint64 row, qint64 rows);
    void showFailure(const QString &message);
    void hideWhenDone();

    const Theme &m_theme;
    ImportJob &m_job;
    bool m_failed = false;
    TextLabel *m_text;
    ProgressBar *m_bar;
    Button *m_cancel;
    Button *m_again;
    Button *m_close;
};

} // namespace winnow::ui
