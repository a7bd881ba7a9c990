#pragma once

#include "core/run/engine.h"

namespace winnow {

/// Times bi-level table iterations on a model of the requested shape with random weights and synthetic rows, and returns
/// one JSON object: device, shape, sizes, median seconds per iteration, CPU seconds, parts and memory.
Result<std::string> benchStep(const BenchStepRequest &request);

} // namespace winnow
