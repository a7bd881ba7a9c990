#pragma once

#include "core/base/export.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace winnow
{

/// One judged step of a training row, as a model sees it that was not trained on the row's question.
struct JudgedStep {
    bool plus = true; ///< the label that the row gives the step
    double pPlus = 0.5; ///< softmax over + and - only; a step with NaN is left out
};
using JudgedRow = std::vector<JudgedStep>;

/// The confident joint of given and true step labels (Northcutt, Jiang and Chuang 2021, "Confident Learning"), with the
/// labels - (0) and + (1):
///   t_j       = mean over the steps given j of p(j)                                        (threshold of label j)
///   C[i][j]   = number of steps given i with p(j) >= t_j; where both labels pass, the likelier one counts, the given
///               one on a tie; where neither does, the step counts nowhere
///   Q[i][j]   = C[i][j] / sum_j C[i][j] * n_i / n                                          (n_i: steps given i)
/// A label of whose steps none is counted is taken as right: Q[i][i] = n_i / n.
struct WINNOW_CORE_API ConfidentJoint {
    using Table = std::array<std::array<double, 2>, 2>; ///< [given][true]
    std::array<double, 2> thresholds{}; ///< NaN for a label that is never given
    std::array<std::array<std::int64_t, 2>, 2> counts{};
    std::array<std::int64_t, 2> given{}; ///< steps of each label
    Table joint{}; ///< sums to 1 where there is a step

    std::int64_t steps() const { return given[0] + given[1]; }
    /// Estimated share of steps whose label is wrong; NaN without steps.
    double wrongShare() const;
};
WINNOW_CORE_API ConfidentJoint confidentJoint(std::span<const JudgedRow> rows);

/// One figure a row out of its steps. The margin of a step given i, with j the other label, is
///   m = (p(i) - t_i) - (p(j) - t_j),
/// the normalised margin with each label's own confidence taken off (0 for a label without a threshold). Suspicion is
/// minus the mean margin of the row's steps (a row is wrong as a whole), or minus its lowest one (one wrong step is
/// enough); NaN for a row without a usable step.
enum class RowScore { Mean, Lowest };
WINNOW_CORE_API std::vector<double> confidentSuspicion(std::span<const JudgedRow> rows, const ConfidentJoint &joint,
                                                       RowScore score);

} // namespace winnow
