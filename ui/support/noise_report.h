#pragma once

#include "core/rank/average_precision_interval.h"
#include "core/rank/noise_scores.h"
#include "ui/models/page_data.h"

namespace winnow::ui {

/// How well each ranker finds the known noise: over training, and now with intervals.
struct NoiseReport {
    NoiseScores scores; ///< at every snapshot
    std::vector<std::optional<AveragePrecisionInterval>> precision; ///< one a ranker of SamplesData
    int resamples = 0;
};

/// Takes a while for large sets: for a worker thread. Error: the data set has no mask of known noise.
Result<NoiseReport> makeNoiseReport(const SamplesData &data);

} // namespace winnow::ui
