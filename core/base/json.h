#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace winnow {

/// Parses JSON from outside (a file, a store field, a server). Refuses text that is longer than `maxBytes`, nested
/// deeper than 64 or not UTF-8. Errors name `what`, the line and the column.
WINNOW_CORE_API Result<nlohmann::json> parseJson(std::string_view text, const std::string &what,
                                                 std::size_t maxBytes = std::size_t{64} << 20);

/// Reads a whole file of text. Fails when it is no regular file, cannot be read or is longer than `maxBytes`.
WINNOW_CORE_API Result<std::string> readTextFile(const std::string &path, std::size_t maxBytes = std::size_t{64} << 20);

/// Well-formed UTF-8: no overlong forms, surrogates or code points above U+10FFFF.
WINNOW_CORE_API bool isUtf8(std::string_view text);

} // namespace winnow
