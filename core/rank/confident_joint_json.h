#pragma once

#include "core/base/export.h"
#include "core/rank/confident_learning.h"

#include <nlohmann/json_fwd.hpp>

namespace winnow
{

/// {"thresholds", "counts", "joint", "wrong_share"}: by given label "+" and "-", the tables by true label below that.
/// What is not known (NaN) is null. A run's stored report and the program's output are both made of it.
WINNOW_CORE_API nlohmann::ordered_json confidentJointJson(const ConfidentJoint &joint);

} // namespace winnow
