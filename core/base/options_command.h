#pragma once

#include "core/base/options.h"

namespace winnow
{

/// A word as a POSIX shell reads it back.
WINNOW_CORE_API std::string shellWord(const std::string &text);

/// The command that carries a run with these settings out without a window: `winnow run` with every setting that
/// differs from the defaults, and the store. Numbers are written so that they are read back bit for bit.
WINNOW_CORE_API std::string optionsToCommand(const RunOptions &options, const std::string &store);

} // namespace winnow
