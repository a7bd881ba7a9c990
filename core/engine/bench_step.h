#pragma once

#include "core/run/engine.h"

namespace winnow {

/// Times bi-level table iterations on a model of the requested shape with random weights and synthetic rows, and
/// returns one JSON object: device, shape, sizes, median seconds per iteration, CPU seconds, memory; and from further
/// iterations with listeners (step_counts.h), which the timed ones do without: seconds of each part, floating-point
/// operations of the matrix products, operators. TFLOP/s are those operations over the median seconds.
Result<std::string> benchStep(const BenchStepRequest &request);

} // namespace winnow
