#pragma once

#include "core/base/options.h"
#include "core/rank/metrics.h"
#include "core/rank/rankers.h"
#include "core/store/dataset_store.h"
#include "core/store/evaluation_store.h"
#include "core/store/run_store.h"
#include "core/store/weight_store.h"

#include <optional>
#include <string>
#include <vector>

namespace winnow
{

// Figures of one run that several commands and pages read from the store in the same way. Thread: the Database's.

/// The two moments of a run at which its accuracy is claimed.
enum class Moment { Selected, Last };

/// The step of that moment: of a run that ended, what its hold-out chose, or its last; -1: the newest there is.
WINNOW_CORE_API std::int64_t stepOf(const RunRecord &run, Moment moment);

/// The run's own evaluation at that moment; nothing when there is none (yet).
WINNOW_CORE_API Result<std::optional<EvaluationRecord>> evaluationAt(Database &database, const RunRecord &run,
                                                                     Moment moment);

/// The training rows of a run with what is known of each.
struct TrainingRows {
    std::string sha256;
    std::vector<SampleRecord> samples;
    std::vector<std::int8_t> noise; ///< 1 noise, 0 clean, -1 unknown; empty when no row is marked
};
/// Error: the run has no training data in the store yet.
WINNOW_CORE_API Result<TrainingRows> trainingRows(Database &database, const RunRecord &run);

/// Learned weights of every training row at `step`, or the latest earlier one; -1: the step that the hold-out chose,
/// or the latest. Nothing for a run that learns none or has not come so far.
struct RowWeights {
    std::int64_t step = 0;
    WeightUnits units;
    StoredSnapshot snapshot;
    std::vector<float> ofRow;
};
WINNOW_CORE_API Result<std::optional<RowWeights>> rowWeights(Database &database, const RunRecord &run,
                                                             std::int64_t step = -1);

/// The running figures of all training rows from the run's visits up to `throughStep`.
WINNOW_CORE_API Result<Rankers> rankersOf(Database &database, const RunRecord &run, std::size_t rows,
                                          std::int64_t throughStep);

/// How well a ranking finds the known noise.
struct Detection {
    Auroc area;
    double averagePrecision = 0;
    double precision = 0; ///< among as many rows as there is noise
};
/// Nothing when no row is marked, or only one kind of rows is there.
WINNOW_CORE_API Result<std::optional<Detection>> detectionOf(const std::vector<double> &suspicion,
                                                             const std::vector<std::int8_t> &noise);

} // namespace winnow
