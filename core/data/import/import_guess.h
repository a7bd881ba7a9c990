#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/data/import/import_report.h"

#include <string>

namespace winnow
{

/// What a file or folder seems to hold, by the names of its files and the first row of a JSON file; a proposal for a
/// person to correct. Any thread; walks through a folder. Error: nothing there can be imported.
WINNOW_CORE_API Result<ImportKind> guessImportKind(const std::string &source);

} // namespace winnow
