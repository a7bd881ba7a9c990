#pragma once

#include "ui/plots/plot.h"

#include <vector>

namespace winnow::ui {

/// Horizontal histogram of weights that shares its y axis with a film. Dragging selects a weight range; the handle's
/// label is the limit.
class HistogramPlot : public Plot {
    Q_OBJECT
public:
    explicit HistogramPlot(const Theme &theme, QWidget *parent = nullptr);

    /// Counts per bin over [low, high]; `selected` are those of the bins' samples that are selected.
    void setCounts(double low, double high, const std::vector<std::uint32_t> &all,
                   const std::vector<std::uint32_t> &selected);
    void setWeightRange(double low, double high);
    void setLimit(std::optional<double> limit);
    QString tableText() const override;

Q_SIGNALS:
    void rangeBrushed(double low, double high, Qt::KeyboardModifiers modifiers);

protected:
    void applyTheme() override;
    void paintOverlay(QCPPainter &painter) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    QCPBars *m_all;
    QCPBars *m_selected;
    std::optional<double> m_limit;
    std::optional<double> m_dragFrom;
    double m_dragTo = 0;
    double m_most = 1;
};

} // namespace winnow::ui
