#pragma once

#include "core/base/options.h"

namespace winnow {

/// Factor on the peak learning rate at iteration `step` (0-based) of `total`.
/// Cosine: linear warm-up from 0 over `warmup` iterations, then half a cosine to 0 (fixture 31; as the reference).
/// OneCycle: cosine from 1/25 to 1 over `warmup` iterations, then cosine to 1e-5. Constant: 1.
double learningRateFactor(Schedule schedule, double step, double warmup, double total);

} // namespace winnow
