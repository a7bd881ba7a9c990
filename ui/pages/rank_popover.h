#pragma once

#include "ui/models/page_data.h"
#include "ui/support/noise_report.h"
#include "ui/theme/theme.h"

#include <QFrame>

class QGridLayout;

namespace winnow::ui {

class CurvePlot;
class SegmentedControl;
class TextLabel;

/// All rankers side by side, best first, none hidden: AUROC and AP with their intervals and n when the noise is known,
/// else the rank correlation with the learned weight; below, the score at every snapshot. A click ranks by one.
class RankPopover : public QFrame {
    Q_OBJECT
public:
    RankPopover(const Theme &theme, QWidget *parent);

    void show(std::shared_ptr<const SamplesData> samples, int current, QPoint at);
    bool ready() const { return m_report != nullptr || m_failed; }

Q_SIGNALS:
    void chosen(int ranker);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void fillTable();
    QString wordsBelow() const;
    void fillPlot();
    void compute();

    const Theme &m_theme;
    std::shared_ptr<const SamplesData> m_data;
    std::shared_ptr<const NoiseReport> m_report;
    bool m_failed = false;
    int m_current = 0;
    QWidget *m_table = nullptr;
    TextLabel *m_words = nullptr;
    SegmentedControl *m_what = nullptr;
    CurvePlot *m_plot = nullptr;
};

} // namespace winnow::ui
