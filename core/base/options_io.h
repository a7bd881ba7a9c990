#pragma once

#include "core/base/options.h"

namespace winnow {

/// Canonical JSON: every setting, in schema order, nested by the dots of the keys, no white space.
WINNOW_CORE_API std::string optionsToJson(const RunOptions &options);
/// Reads such JSON; unknown keys and wrong types are errors that name the key. Missing keys keep their defaults.
WINNOW_CORE_API Result<RunOptions> optionsFromJson(std::string_view json);

/// TOML with the same nesting. Only settings that differ from the defaults are written.
WINNOW_CORE_API std::string optionsToToml(const RunOptions &options);
/// `path` is named in errors; relative data paths are resolved against `baseFolder`.
WINNOW_CORE_API Result<RunOptions> optionsFromToml(std::string_view toml, const std::string &path,
                                                   const std::string &baseFolder);
WINNOW_CORE_API Result<RunOptions> readOptionsFile(const std::string &path);

} // namespace winnow
