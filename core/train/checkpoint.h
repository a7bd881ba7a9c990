#pragma once

#include "core/model/internvl.h"
#include "core/run/train_request.h"
#include "core/train/trainer.h"

#include "core/base/result.h"

namespace winnow {

/// Where a run stands; state.json of a checkpoint. Everything random is a function of (seed, iteration), so no generator
/// state is needed.
struct TrainingProgress {
    std::int64_t step = 0;          ///< finished iterations
    std::int64_t selectedStep = -1; ///< of the lowest hold-out loss so far
    double selectedLoss = 0;
    double seconds = 0;             ///< training and scoring so far
    bool evaluationPending = false; ///< stopped before this step's evaluation ended; a resumed run evaluates first
    std::int64_t skipped = 0;       ///< iterations that changed nothing, because a gradient was no number
    std::int64_t rollBacks = 0;
    std::int64_t microBatch = 0;    ///< BatchPasses::microBatch, lowered when memory was short
};

/// Writes step-XXXXXXXX: model.safetensors and config.json (-hf layout), tokenizer files, optimizer.safetensors,
/// instance_weights.safetensors, state.json, and manifest.json last. Returns its folder and size.
Result<CheckpointInfo> saveCheckpoint(const TrainRequest &request, const InternVL &model, const Trainer &trainer,
                                      const TrainingProgress &progress);

struct RestoredState {
    TrainingProgress progress;
    StateTensors optimizer;
    StateTensors instance;
};
/// Verifies the folder's manifest and reads everything but the model.
Result<RestoredState> readCheckpointState(const std::string &folder);
/// Optimiser state alone, for the run that goes on from a cold start.
Result<StateTensors> readOptimizerState(const std::string &folder);

} // namespace winnow
