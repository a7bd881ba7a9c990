#pragma once

#include "core/base/export.h"

#include <string>
#include <string_view>

namespace winnow
{

/// For comparing texts whatever their case and white space: repaired UTF-8, compatibility-composed and case-folded
/// (Unicode's NFKC_Casefold), every stretch of white space one space, none at the ends.
WINNOW_CORE_API std::string foldedText(std::string_view text);

} // namespace winnow
