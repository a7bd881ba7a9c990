#pragma once

#include "ui/models/lineage.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QGridLayout;

namespace winnow::ui {

/// What a correction of the data did: accuracy and detection of known noise before and after, with both runs as links.
class LineageCard : public QWidget {
    Q_OBJECT
public:
    LineageCard(const Theme &theme, const LineagePair &pair, RunId shown, QWidget *parent = nullptr);

Q_SIGNALS:
    void runRequested(winnow::RunId run);
    void compareRequested(winnow::RunId before, winnow::RunId after);

private:
    void addRow(QGridLayout *grid, const QString &name, const QString &before, const QString &after, const QString &tip);
    QWidget *linkTo(const LineageSide &side, bool shown);

    const Theme &m_theme;
};

} // namespace winnow::ui
