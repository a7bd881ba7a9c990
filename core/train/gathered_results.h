#pragma once

#include "core/train/batch_passes.h"

namespace winnow
{

/// Completes the results of a pass over `samples`, of which this rank knows its own share, by those of the other ranks:
/// the same bits on every rank. With `shortHere` this rank's part is worth nothing. True if any rank says so, and then
/// the results are worth nothing anywhere. `logitType`: of siteLogits. For all ranks together.
bool gatherResults(ProcessGroup &group, const SamplePointers &samples, bool shortHere, at::ScalarType logitType,
                   SampleResults &results);

} // namespace winnow
