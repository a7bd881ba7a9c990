#pragma once

#include "core/base/options.h"

#include <string>

namespace winnow::cli
{

/// One `--set key=value`.
Status applySetting(RunOptions &options, const std::string &setting);

/// A run may be resumed from any folder, so it keeps no relative path.
Status makePathsAbsolute(RunOptions &options);

} // namespace winnow::cli
