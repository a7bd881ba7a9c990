#pragma once

#include "core/base/options.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace winnow {

/// With few meta rows the sign of h_i mostly says whether row i carries the label that the meta rows ask for. So, among the
/// rows of a batch whose label is the same,
///   label         h_i - mean of h
///   label-scaled  the same, divided by the standard deviation of the centred h over the whole batch, cut to [-3, 3]
/// `labels` has one entry a row: the label of its last step. A row that is alone with its label gets 0.
at::Tensor centredByLabel(const at::Tensor &h, const std::vector<std::int32_t> &labels, Centering centering);

} // namespace winnow
