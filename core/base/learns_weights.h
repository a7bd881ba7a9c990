#pragma once

#include "core/base/options.h"

#include <string_view>

namespace winnow {

/// Whether a run has an upper level, which learns weights: every bi-level run but that of the method none.
constexpr bool learnsWeights(Stage stage, Method method)
{
    return stage == Stage::Bilevel && method != Method::None;
}

inline bool learnsWeights(const RunOptions &options)
{
    return learnsWeights(options.stage, options.weighting.method);
}

/// The same from the names that the store keeps; a cold start has no method.
constexpr bool learnsWeights(std::string_view stage, std::string_view method)
{
    return stage != choiceName(Stage::ColdStart) && !method.empty() && method != choiceName(Method::None);
}

} // namespace winnow
