#pragma once

#include "ui/models/runs_model.h"
#include "ui/pages/page.h"
#include "ui/theme/theme.h"

#include <QMap>

class QVBoxLayout;

namespace winnow::ui
{

class ChoiceField;
class TextLabel;

/// The views at the left of the runs page: name and count, one current.
class ViewList : public QWidget
{
    Q_OBJECT
public:
    explicit ViewList(const Theme &theme, QWidget *parent = nullptr);
    void setEntries(const QVector<std::pair<QString, int>> &entries);
    void setCurrent(int index);

Q_SIGNALS:
    void chosen(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    const Theme &m_theme;
    QVector<std::pair<QString, int>> m_entries;
    int m_current = 0;
};

/// Left of the runs table: views, saved queries, grouping.
class RunsSide : public Ground
{
    Q_OBJECT
public:
    RunsSide(const Theme &theme, RunsModel &model, QWidget *parent = nullptr);

    /// Counts, queries and the settings that may be grouped by, of the model's runs.
    void refresh(const std::vector<SavedQuery> &queries);
    void setGroupBy(const QString &key);
    void setSpread(int index);

Q_SIGNALS:
    void viewChosen(int view);
    void queryChosen(const QString &text);
    void queryRemoved(const QString &name);
    void groupByChosen(const QString &key);
    void spreadChosen(int index);

private:
    void heading(QVBoxLayout *layout, const QString &text);
    void fillQueries(const std::vector<SavedQuery> &queries);
    void fillGroups();

    const Theme &m_theme;
    RunsModel &m_model;
    ViewList *m_views;
    QWidget *m_queries;
    ChoiceField *m_group;
    ChoiceField *m_spread;
    TextLabel *m_drawn;
    QVector<std::pair<QString, QString>> m_known; ///< queries that are shown
    QString m_groupBy = QStringLiteral("weighting");
};

} // namespace winnow::ui
