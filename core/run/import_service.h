#pragma once

#include "core/base/ids.h"
#include "core/data/import/import_data.h"
#include "core/store/database.h"
#include "core/store/dataset_store.h"

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

/// Tokens and tiles of every row of a set. Of an imported one, where its report only has those of a sample, it replaces
/// them there; `options` are those of the import. Of one that a run read, it stores a report that holds nothing else and
/// names no source. Streams; any thread that owns `database`. Error: the row file cannot be read or was changed, or it
/// was stopped; the store then stays as it is.
WINNOW_CORE_API Status countAllRows(Database &database, DatasetId dataset, const ImportOptions &options,
                                    const ImportHooks &hooks = {});

/// The identity (core/data/dataset_identity.h) that the set's file and pictures have now; equal to the record's while
/// nothing was changed. Reads every picture; any thread that owns `database`. Error: the row file cannot be read.
WINNOW_CORE_API Result<std::string> identityNow(Database &database, const DatasetRecord &dataset);

} // namespace winnow
