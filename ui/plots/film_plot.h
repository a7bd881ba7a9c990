#pragma once

#include "ui/plots/plot.h"

#include <vector>

namespace winnow::ui {

/// Weights of all samples over training: x iteration, y weight, colour the log count.
struct FilmData {
    std::vector<double> steps;                    ///< of the snapshots, ascending
    std::vector<std::vector<std::uint32_t>> bins; ///< per snapshot: count in each of `binCount` equal bins
    double low = -0.5;
    double high = 2.0;
    int binCount = 120;
};

/// Counts snapshots (weight of every sample) into a film. Weights outside [low, high] are put into the edge bins.
FilmData makeFilm(const std::vector<double> &steps, const std::vector<std::vector<float>> &weights);

/// QCPColorMap without interpolation, with the selection's median and 10 to 90 % over it.
class FilmPlot : public Plot {
    Q_OBJECT
public:
    explicit FilmPlot(const Theme &theme, QWidget *parent = nullptr);

    void setFilm(const FilmData &film);
    void setXRange(double low, double high);
    /// Median and quantiles of the selected samples per snapshot; empty vectors: none.
    void setSelectionBand(const std::vector<double> &steps, const std::vector<double> &median,
                          const std::vector<double> &low, const std::vector<double> &high);

protected:
    void applyTheme() override;
    void fitAxes() override;

private:
    void styleBand();

    QCPColorMap *m_map;
    QCPGraph *m_rim;
    QCPGraph *m_median;
    QCPGraph *m_low;
    QCPGraph *m_high;
    FilmData m_film;
    double m_xLow = 0;
    double m_xHigh = 1;
};

} // namespace winnow::ui
