#pragma once

#include "core/base/export.h"

#include <cstddef>
#include <span>

namespace winnow {

/// Agreement of two rankings of the same samples (equal lengths). Pairs with a NaN on either side are left out; NaN
/// when fewer than two pairs remain or one side is constant.

/// Pearson's correlation of the ranks, ties at their mean rank.
WINNOW_CORE_API double spearman(std::span<const double> a, std::span<const double> b);
/// Kendall's tau-b in n log n (Knight 1966).
WINNOW_CORE_API double kendallTauB(std::span<const double> a, std::span<const double> b);
/// Share of the k highest of `a` that are among the k highest of `b`; equal scores in order of the samples. k is cut
/// to the number of pairs; NaN for k = 0.
WINNOW_CORE_API double topOverlap(std::span<const double> a, std::span<const double> b, std::size_t k);

} // namespace winnow
