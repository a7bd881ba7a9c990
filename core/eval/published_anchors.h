#pragma once

#include "core/base/export.h"

#include <optional>
#include <string_view>
#include <vector>

namespace winnow {

/// A number that others published; shown apart from measured rows (spec reference-hyperparameters.md).
struct PublishedAnchor {
    std::string_view group;
    std::string_view method;
    double accuracy = 0; ///< percent, MMMU validation
    std::optional<double> change; ///< points against the group's base, where published
    std::string_view source;
};

WINNOW_CORE_API const std::vector<PublishedAnchor> &publishedAnchors();
/// Sentence to stand above such rows.
WINNOW_CORE_API std::string_view publishedAnchorsNote();

} // namespace winnow
