#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"
#include "ui/support/number_format.h"

#include <cstdint>
#include <optional>

namespace winnow::ui {

class StoreReader;
struct RunRow;

/// How far the accuracy of a run is from that of another one on the same questions, as Compare has it: the difference of
/// its paired test.
struct PairedDifference {
    Interval interval; ///< share of questions; 95% bootstrap interval
    std::int64_t questions = 0;
    std::size_t candidates = 0; ///< best of so many
};

/// `run` minus `reference`, candidates picked as the reference was told to; nothing where they share no questions.
/// On the store's reading thread.
Result<std::optional<PairedDifference>> pairedDifference(StoreReader &reader, const RunRow &reference, const RunRow &run);
Result<std::optional<PairedDifference>> pairedDifference(StoreReader &reader, RunId reference, RunId run);

/// "+1.3 pts [+0.2, +2.4]"
QString differenceText(const Interval &difference);

} // namespace winnow::ui
