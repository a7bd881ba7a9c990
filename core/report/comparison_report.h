#pragma once

#include "core/report/comparison.h"

#include <string>

namespace winnow
{

struct ReportOptions {
    ComparisonOptions comparison;
    std::size_t listed = 50; ///< samples of each quadrant; the rest is counted
    std::string program = "Winnow"; ///< name and version of the program that writes it
    std::int64_t createdMs = 0; ///< 0: now
};

/// The comparison as one HTML page that needs nothing else: charts are inline SVG, and its own content policy forbids
/// it to load anything. Tables and figures are those of compareRuns(); every text from data is escaped.
WINNOW_CORE_API Result<std::string> comparisonReport(Database &database, const std::vector<RunRecord> &runs,
                                                     const ReportOptions &options = {});

/// Writes it to `path`, which is replaced only when all of it could be written.
WINNOW_CORE_API Status writeComparisonReport(Database &database, const std::vector<RunRecord> &runs,
                                             const std::string &path, const ReportOptions &options = {});

} // namespace winnow
