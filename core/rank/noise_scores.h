#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/run/run_events.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace winnow {

/// How well one ranker finds the known noise at one snapshot; NaN where it is not defined (a class is empty).
struct NoiseScore {
    double auroc = 0;
    double aurocLow = 0; ///< 95 %, DeLong
    double aurocHigh = 0;
    double averagePrecision = 0;
    double precisionAtK = 0;
    std::int64_t samples = 0; ///< with a score and a known truth
};

struct NoiseScoreSeries {
    std::string ranker; ///< "weight", or rankerName()
    std::vector<NoiseScore> scores; ///< one a snapshot
};

struct NoiseScores {
    std::vector<std::int64_t> steps; ///< of the snapshots
    std::size_t k = 0;               ///< of precision at k
    std::vector<NoiseScoreSeries> series;
};

/// What noiseScores() reads. Visits are in order of their steps; those up to a snapshot's step count for it.
struct NoiseScoreInput {
    std::span<const std::int64_t> snapshotSteps;
    std::span<const std::vector<float>> snapshotWeights; ///< [snapshot][sample]
    std::span<const std::int64_t> visitSteps;
    std::span<const SampleVisit> visits;
    std::span<const std::int8_t> noise; ///< 1 noise, 0 clean, -1 unknown
    double lossEmaKeep = 0.9;
    std::size_t k = 0; ///< 0: the number of noisy samples
};

/// Noise score of the learned weight and of every free ranker at every snapshot. Any thread.
WINNOW_CORE_API Result<NoiseScores> noiseScores(const NoiseScoreInput &input);

} // namespace winnow
