#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <span>
#include <string>

namespace winnow {

/// Identity of a data set: SHA-256 over the row file's SHA-256 and, in row order, the SHA-256 of each row's picture
/// (`-` for a row without one, `missing` for a file that cannot be read), one hex digest a line; of a row with several
/// pictures that is the first one. Each distinct picture is read once. Error: the row file cannot be read.
WINNOW_CORE_API Result<std::string> datasetIdentity(const std::string &rowFile, std::span<const std::string> pictures);

} // namespace winnow
