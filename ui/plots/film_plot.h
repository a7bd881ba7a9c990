#pragma once

#include "ui/plots/plot.h"
#include "ui/support/film_data.h"

#include <vector>

namespace winnow::ui {

/// QCPColorMap without interpolation, with the selection's median and 10 to 90 % over it.
class FilmPlot : public Plot {
    Q_OBJECT
public:
    explicit FilmPlot(const Theme &theme, QWidget *parent = nullptr);

    void setFilm(const FilmData &film);
    void setXRange(double low, double high);
    /// Dragging selects a range of weights at one iteration; a click chooses the iteration.
    void setBrushable(bool on) { m_brushable = on; }
    /// Ridges: one outline of counts per snapshot instead of the heat map.
    void setRidges(bool on);
    /// Median and quantiles of the selected samples per snapshot; empty vectors: none.
    void setSelectionBand(const std::vector<double> &steps, const std::vector<double> &median,
                          const std::vector<double> &low, const std::vector<double> &high);
    /// Counts: one line a snapshot in view, one column a range of weights.
    QString tableText() const override;

Q_SIGNALS:
    void regionBrushed(double x, double low, double high, Qt::KeyboardModifiers modifiers);
    void stepClicked(double x);

protected:
    void applyTheme() override;
    void fitAxes() override;
    bool isEmpty() const override { return m_film.steps.empty(); }
    void paintOverlay(QCPPainter &painter) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    void styleBand();
    void paintRidges(QCPPainter &painter);

    QCPColorMap *m_map;
    QCPGraph *m_rim;
    QCPGraph *m_median;
    QCPGraph *m_low;
    QCPGraph *m_high;
    FilmData m_film;
    double m_xLow = 0;
    double m_xHigh = 1;
    bool m_brushable = false;
    bool m_ridges = false;
    std::optional<QPointF> m_dragFrom;
    QPointF m_dragTo;
};

} // namespace winnow::ui
