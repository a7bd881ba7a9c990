#pragma once

#include "core/base/export.h"

#include <string_view>

namespace winnow
{

/// The discipline of one of MMMU's thirty subjects ("Art_Theory", "Art Theory", "art theory"), as its paper groups
/// them; empty for any other word.
WINNOW_CORE_API std::string_view disciplineOf(std::string_view subject);

} // namespace winnow
