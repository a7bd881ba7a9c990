#pragma once

#include "core/base/ids.h"
#include "core/data/import/import_data.h"
#include "core/store/database.h"

#include <vector>

namespace winnow
{

struct StoredImport {
    DatasetId dataset;
    ImportReport report;
};

/// Imports (core/data/import/import_data.h) and puts each row file with its rows and its report into the store, some
/// thousand rows a transaction, so that a run which writes to the same store goes on. Blocks; any thread that owns
/// `database`. Error: nothing could be imported, the store cannot be written, or it was stopped; row files that were
/// complete by then stay, and importing again goes on with the store where it ended.
WINNOW_CORE_API Result<std::vector<StoredImport>> importIntoStore(Database &database, const ImportOptions &options,
                                                                  const ImportHooks &hooks = {});

} // namespace winnow
