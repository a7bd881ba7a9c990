#pragma once

#include "core/data/import/import_report.h"
#include "core/store/derivation_store.h"
#include "ui/models/page_data.h"

#include <optional>
#include <vector>

namespace winnow::ui
{

/// A data set as the Data page shows it. Plain; crosses threads by value.
struct DatasetInfo : DatasetSummary {
    std::optional<ImportReport> import; ///< of the import that made the set; none: a run read it
    std::optional<ImportReport> counted; ///< where the tokens and tiles are: that report, or a count that was asked for
    std::vector<DerivationRecord> derived; ///< sets made from it by decisions
};

} // namespace winnow::ui
