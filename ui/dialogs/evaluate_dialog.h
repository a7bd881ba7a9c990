#pragma once

#include "ui/bridge/evaluation_runner.h"
#include "ui/models/page_data.h"
#include "ui/theme/theme.h"

#include <QDialog>

class QGridLayout;
class QLineEdit;
class QVBoxLayout;

namespace winnow::ui {

class Button;
class ChoiceField;
class ProgressBar;
class TextLabel;

/// Scores a checkpoint on a test file: run, file, candidates, score; then progress with "Cancel". Closing it lets the work go
/// on; opened again it shows where it stands.
class EvaluateDialog : public QDialog {
    Q_OBJECT
public:
    EvaluateDialog(const Theme &theme, EvaluationRunner &runner, const RunRows &runs, RunId chosen, const QString &store,
                   QWidget *parent);
    EvaluationRunner::Job job() const;

Q_SIGNALS:
    /// It has ended well; the person wants to look at it.
    void showRequested(winnow::RunId run);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void buildFields(QVBoxLayout *layout);
    void buildFoot(QVBoxLayout *layout);
    void addField(QGridLayout *grid, int row, const QString &name, QWidget *editor, const QString &hint);
    void browse();
    void runChosen();
    QString problem() const; ///< why it cannot start; empty: it can
    void judge();
    void showState();
    const RunRow *run() const;

    const Theme &m_theme;
    EvaluationRunner &m_runner;
    std::vector<RunRow> m_rows; ///< with a checkpoint
    QString m_store;
    ChoiceField *m_run = nullptr;
    TextLabel *m_checkpoint = nullptr;
    QLineEdit *m_test = nullptr;
    Button *m_browse = nullptr;
    QLineEdit *m_candidates = nullptr;
    ChoiceField *m_aggregate = nullptr;
    TextLabel *m_words = nullptr;
    ProgressBar *m_progress = nullptr;
    Button *m_start = nullptr;
    Button *m_cancel = nullptr;
    Button *m_show = nullptr;
};

} // namespace winnow::ui
