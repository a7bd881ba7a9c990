#pragma once

#include "core/base/export.h"
#include "core/base/options.h"

#include <string>
#include <string_view>
#include <vector>

namespace winnow
{

/// Cuts one answer of a policy into the steps that are judged (spec preprocessing.md section 6); never empty.
/// Reference: as the reference does, which takes a number at a sentence's end for a list marker and deletes it.
/// KeepNumbers: the same, but a number and its full stop are a marker only at the start of a line or after a finished
/// sentence, never inside a decimal number, and never when nothing follows.
WINNOW_CORE_API std::vector<std::string> candidateSteps(std::string_view candidate, StepSplitter kind);

} // namespace winnow
