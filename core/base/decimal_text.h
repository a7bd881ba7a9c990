#pragma once

#include "core/base/export.h"

#include <string>

namespace winnow {

/// The one rounding of every figure that people read: "1.3" of 1.25, "-1.3" of -1.25, "0.0" of -0.04. Halves go away
/// from zero, and a half is a half as it is written: 1.15 counts as one, though the double lies a hair below. `value` is
/// finite.
WINNOW_CORE_API std::string decimalText(double value, int decimals);

} // namespace winnow
