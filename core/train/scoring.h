#pragma once

#include "core/base/stop_flag.h"
#include "core/data/encoded_dataset.h"
#include "core/run/run_events.h"
#include "core/train/batch_passes.h"

namespace winnow {

/// p(+) at every site of every sample, in the data set's order, and the mean cross-entropy over all sites against the
/// samples' own labels. Samples of like length are scored together. A requested stop ends early: `complete` is false.
struct Scoring {
    StepScores scores;
    std::size_t computed = 0; ///< samples that went through the model; equal ones of a group go once
    bool complete = true;
};
Scoring scoreSamples(BatchPasses &passes, const ParameterSet &parameters, const EncodedDataset &data,
                     StepScores::Purpose purpose, std::int64_t step, RunEvents &events, const StopFlag &stop);

} // namespace winnow
