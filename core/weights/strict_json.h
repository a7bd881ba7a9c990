#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace winnow {

/// Parses JSON from a file that nobody vouches for: nesting at most `maxDepth`, no key twice in one object (the usual
/// parser keeps one of them silently), valid UTF-8. `where` begins every error: the file, or a place inside it.
WINNOW_CORE_API Result<nlohmann::json> parseStrictJson(std::string_view text, const std::string &where,
                                                       std::size_t maxDepth);

/// Reads a regular file of at most `maxBytes`. The error names the path.
WINNOW_CORE_API Result<std::string> readSmallFile(const std::string &path, std::size_t maxBytes);

} // namespace winnow
