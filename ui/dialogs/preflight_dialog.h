#pragma once

#include "core/base/stop_flag.h"
#include "core/run/preflight.h"
#include "ui/theme/theme.h"

#include <QDialog>

#include <memory>

class QVBoxLayout;

namespace winnow::ui
{

class Button;
class TextLabel;

/// Looks at the files of a run before it starts, off the GUI thread, and shows what was found. Nothing found: passes at
/// once. Rows that files share have to be confirmed; a problem only leads back. Deletes itself.
class PreflightDialog : public QDialog
{
    Q_OBJECT
public:
    struct Question {
        RunOptions options;
        std::vector<EarlierRun> earlier;
        QString runsFolder;
        bool starting = true; ///< false: only to look; it stays open and cannot start
        QString action; ///< of the button that starts: "Start 3 runs"
    };
    PreflightDialog(const Theme &theme, const Question &question, QWidget *parent);
    ~PreflightDialog() override;

    /// Begins to look; the dialog opens when it takes longer than a moment or finds something to say.
    void begin();
    bool looking() const { return m_looking; }

Q_SIGNALS:
    void passed(); ///< nothing stands in the way, or what does was confirmed

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void finish(const Result<Preflight> &result);
    void showFindings(const Preflight &found);
    void addFinding(PreflightFinding::Severity severity, const QString &key, const QString &text);
    QString verdict(const Preflight &found) const;

    const Theme &m_theme;
    Question m_question;
    std::shared_ptr<StopFlag> m_stop;
    bool m_looking = false;
    TextLabel *m_head;
    TextLabel *m_detail;
    QWidget *m_list;
    QVBoxLayout *m_findings;
    Button *m_back;
    Button *m_start;
};

} // namespace winnow::ui
