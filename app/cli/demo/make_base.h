#pragma once

#include "core/base/result.h"
#include "core/base/stop_flag.h"

#include <cstdint>
#include <string>

namespace winnow::cli {

/// Settings of the demo's base model; the defaults are those of its first stage, base.json has those of each.
struct MakeBaseOptions {
    std::string from;   ///< base to go on from, with harder rows; empty: from random weights, with the easy ones
    std::string folder; ///< gets config.json, tokenizer.json, model.safetensors, loss_curve.csv, base.json
    std::int64_t seed = 7;
    std::int64_t steps = 4000;
    std::int64_t batch = 48;
    std::int64_t threads = 2;
    double rate = 1.5e-3; ///< peak of the one-cycle schedule
};

struct MakeBaseOutcome {
    bool finished = false;
    std::int64_t steps = 0;
    std::string weightsSha256;
    double seconds = 0;
    double judgeAccuracy = 0; ///< on unseen judge turns
};

/// Trains the base model of the demo (design: clean chains, read turns, judge turns). Checkpoints every 100 steps in
/// `folder`/training and goes on from the newest one.
Result<MakeBaseOutcome> makeDemoBase(const MakeBaseOptions &options, StopFlag &stop);

} // namespace winnow::cli
