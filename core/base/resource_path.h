#pragma once

#include "core/base/export.h"

#include <string>

namespace winnow {

/// Folder that holds presets/, demo/, themes/: $WINNOW_RESOURCES, else ../share/winnow beside the program, else the
/// source tree that this build came from. Empty when none exists.
WINNOW_CORE_API std::string resourceFolder();

} // namespace winnow
