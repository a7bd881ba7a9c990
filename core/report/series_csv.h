#pragma once

#include "core/store/database.h"
#include "core/store/run_store.h"

#include <string>
#include <vector>

namespace winnow {

/// Every curve of the runs as one CSV file, a line a point: run, name, series, iteration, value, utc_ms. Values read back
/// as the same numbers; NaN is "nan". `series`: names to take; empty: all. The file is replaced only when all of it could
/// be written.
WINNOW_CORE_API Status writeSeriesCsv(Database &database, const std::vector<RunRecord> &runs, const std::string &path,
                                      const std::vector<std::string> &series = {});

} // namespace winnow
