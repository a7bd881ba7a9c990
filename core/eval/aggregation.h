#pragma once

#include "core/base/export.h"
#include "core/base/options.h"

#include <span>

namespace winnow {

/// One score of a candidate from p(+) at each of its steps (spec preprocessing.md section 6, step 4). log_mean is the
/// mean of ln p, sum_log their sum; both are -infinity when a step has p = 0. NaN when there is no step or when any
/// step is NaN: such a candidate never wins.
WINNOW_CORE_API double aggregate(std::span<const float> pPlus, Aggregation how);

} // namespace winnow
