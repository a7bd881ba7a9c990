#pragma once

#include "ui/models/run_query.h"
#include "ui/theme/theme.h"

#include <QLineEdit>

class QListWidget;

namespace winnow::ui
{

/// The line that filters runs: names, values and signs in their colours, the wrong part underlined, a list of what may
/// come next below the cursor.
class RunsQueryLine : public QLineEdit
{
    Q_OBJECT
public:
    explicit RunsQueryLine(const Theme &theme, QWidget *parent = nullptr);

    void setRuns(const RunRows &rows) { m_rows = rows; }
    const std::optional<RunQuery::Problem> &problem() const { return m_problem; }
    bool listIsOpen() const;
    QStringList listed() const;

Q_SIGNALS:
    void queryChanged(const winnow::ui::RunQuery &query);
    /// An empty message: the query is right.
    void problemChanged(const QString &message);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void read();
    void paintParts();
    void openList();
    void take(const QString &word);

    const Theme &m_theme;
    RunRows m_rows;
    std::optional<RunQuery::Problem> m_problem;
    RunQuery::Completion m_completion;
    QListWidget *m_list = nullptr;
};

} // namespace winnow::ui
