#pragma once

#include "ui/support/number_format.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace winnow::ui {

/// Area under the ROC curve of "larger suspicion = noise", ties count one half, with the 95 % interval of
/// DeLong (core/rank). Samples with NaN or an unknown mask (-1) are left out; nothing when a class is empty.
std::optional<Interval> aurocOf(std::span<const float> suspicion, std::span<const std::int8_t> noise);
/// Mean precision at the places of the noisy samples, most suspicious first.
std::optional<double> averagePrecisionOf(std::span<const float> suspicion, std::span<const std::int8_t> noise);
/// Spearman's rank correlation with mid-ranks; nothing below three common finite values.
std::optional<double> spearmanOf(std::span<const float> a, std::span<const float> b);
/// Ranks from 1 (largest value first), mid-ranks at ties; NaN stays NaN.
std::vector<float> ranksDescending(std::span<const float> values);
/// (sum w)^2 / sum w^2 of the positive parts.
double effectiveSampleSize(std::span<const float> weights);

} // namespace winnow::ui
