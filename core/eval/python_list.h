#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace winnow {

/// Reads the text of a Python list of strings, as the columns `options`, `img_type` and `answer` of MMMU hold it
/// (spec data-formats.md section 3): both quotes, Python's escapes, adjacent strings joined, trailing comma. Nothing is
/// evaluated; anything else is an error that names the column in the text.
WINNOW_CORE_API Result<std::vector<std::string>> parsePythonStringList(std::string_view text);

} // namespace winnow
