#pragma once

#include "core/base/export.h"

#include <string>

namespace winnow {

/// Where a row's picture is: relative paths are tried in the row file's folder first, then in the working directory.
/// A meta file's `../data/x` means `./data/x` (the reference drops the first character, spec data-formats.md section
/// 1), so that form is tried before the path as written. When no file is found, the first place tried is returned.
WINNOW_CORE_API std::string resolvePicturePath(const std::string &written, const std::string &rowFile, bool metaFile);

} // namespace winnow
