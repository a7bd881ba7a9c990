#pragma once

#include "core/base/export.h"
#include "core/base/records.h"

#include <string_view>
#include <vector>

namespace winnow
{

/// Stands between question and first step in the first user turn of most data sets.
inline constexpr std::string_view solutionMark = "### Solution Process:";

/// The question of a conversation: its first user turn, up to the first step where that turn holds it too.
WINNOW_CORE_API std::string_view questionOf(const std::vector<Turn> &turns);

} // namespace winnow
