#pragma once

#include <ATen/core/Tensor.h>

namespace winnow {

/// <a, b> of two flat vectors of one type, accumulated in float64 over fixed blocks, so that the result does not depend
/// on the thread count. Of fp64, fp32 and bf16 on the CPU no copy is made.
double flatDot(const at::Tensor &a, const at::Tensor &b);

} // namespace winnow
