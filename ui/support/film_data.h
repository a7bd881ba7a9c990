#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace winnow::ui {

/// Least and most weight that a film must hold.
struct FilmRange {
    float low = 0.9F;
    float high = 1.1F;

    void add(std::span<const float> weights);
};

/// Weights of all samples over training: x iteration, y weight, colour the log count.
struct FilmData {
    FilmData() = default;
    /// Without snapshots, with limits around the range that stay the same when it grows a little.
    explicit FilmData(const FilmRange &range);
    /// Counts the weights of the next snapshot. Those outside [low, high] are put into the edge bins.
    void add(double step, std::span<const float> weights);

    std::vector<double> steps;                    ///< of the snapshots, ascending
    std::vector<std::vector<std::uint32_t>> bins; ///< per snapshot: count in each of `binCount` equal bins
    double low = -0.5;
    double high = 2.0;
    int binCount = 120;
};

} // namespace winnow::ui
