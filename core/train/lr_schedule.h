#pragma once

#include "core/base/options.h"

namespace winnow {

/// Factor on the peak learning rate at iteration `step` (0-based) of `total`.
/// Cosine: linear warm-up from 0 over `warmup` iterations, then half a cosine to 0 (fixture 31; as the reference).
/// OneCycle: cosine from 1/25 to 1 over `warmup` iterations, then cosine to 1e-5. Constant: 1.
/// StableDecay: linear warm-up, 1, and a line to 0 over the last `decay` iterations.
double learningRateFactor(Schedule schedule, double step, double warmup, double total, double decay = 0.0);

/// Learning rate of a level at iteration `t` (0-based) of `iterations`.
double scheduledRate(const OptimizerOptions &options, std::int64_t t, std::int64_t iterations);

} // namespace winnow
