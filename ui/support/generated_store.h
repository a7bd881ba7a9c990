#pragma once

#include "core/base/result.h"

#include <string>

namespace winnow::ui {

/// What the generated store shows; the states of the pages are painted from such stores.
enum class GeneratedKind {
    Full,        ///< finished, running, interrupted, queued and failed runs of every method
    Interrupted, ///< the newest run was interrupted
    Error,       ///< the newest run failed
    ManyRuns,    ///< 10 000 runs
};

/// Writes a store with plausible, invented figures through core/store, and its pictures beside it: for screenshots and
/// tests only, never shown as measurements. `demoFolder` holds the digit sheet. The same arguments give the same store.
Status writeGeneratedStore(const std::string &path, const std::string &demoFolder, GeneratedKind kind, int trainRows = 2000,
                           int questions = 400);

} // namespace winnow::ui
