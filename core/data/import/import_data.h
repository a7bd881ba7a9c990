#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/base/stop_flag.h"
#include "core/data/import/import_report.h"

#include <functional>
#include <string_view>
#include <vector>

namespace winnow
{

/// How the outside follows and ends an import. Called on the thread that imports.
struct ImportHooks {
    const StopFlag *stop = nullptr;
    /// File that is being read, rows of it so far, and how many it has (-1: not known before its end).
    std::function<void(std::string_view file, std::int64_t row, std::int64_t rows)> progress;
};

/// Reads data sets of others and writes Winnow's row files (JSONL, spec data-formats.md), pictures that came inside a
/// file, and beside each row file a `<name>.report.json`. Row files that belong together become one: all JSONL files of
/// a VisualPRM folder, all files of a split (mmmu) or of a configuration (mmmu-pro); DreamPRM files stay apart. A row
/// or file that cannot be used is counted and named, and the others are imported. Streams: memory does not grow with
/// the files but for about 100 bytes a row. Any thread. Error: nothing could be imported, or it was stopped; then the
/// row file that was being written is removed.
WINNOW_CORE_API Result<std::vector<ImportReport>> importData(const ImportOptions &options,
                                                             const ImportHooks &hooks = {});

} // namespace winnow
