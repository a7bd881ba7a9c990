#pragma once

#include "core/base/export.h"
#include "core/base/records.h"
#include "core/base/result.h"
#include "core/data/import/import_report.h"

#include <functional>
#include <vector>

namespace winnow
{

/// Takes some rows of a row file; one of the two functions is called, by the file's kind. An Error ends the reading.
struct ImportedRowVisitor {
    std::function<Status(const std::vector<ConversationRow> &rows)> rows;
    std::function<Status(const std::vector<QuestionRow> &questions)> questions;
};

/// Reads the row file of a report again, with the keys that a run gives its rows. Training rows and questions without
/// candidates come in batches of `batch`, so memory stays flat; meta and test files, which are small, at once.
WINNOW_CORE_API Status forEachImportedRow(const ImportReport &report, std::size_t batch,
                                          const ImportedRowVisitor &visitor);

} // namespace winnow
