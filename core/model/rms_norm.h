#pragma once

#include "core/model/compute_form.h"

#include <ATen/core/Tensor.h>

namespace winnow {

/// w * x / sqrt(mean(x^2) + eps) over the last dimension, the mean in float32 or wider (spec internvl3.md step 7).
at::Tensor rmsNorm(const at::Tensor &x, const at::Tensor &weight, double epsilon,
                   ComputeForm form = ComputeForm::Fused);

} // namespace winnow
