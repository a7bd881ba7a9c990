#pragma once

#include <cstdint>
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

} // namespace winnow::ui
