#include "core/model/rms_norm.h"

#include "core/kernels/fused_operators.h"
#include "core/kernels/narrow_types.h"

#include <ATen/ATen.h>

namespace winnow {

at::Tensor rmsNorm(const at::Tensor &x, const at::Tensor &weight, double epsilon, ComputeForm form)
{
    if (form == ComputeForm::Fused && x.dim() == 2 && x.device().is_cpu() && x.scalar_type() != at::kHalf)
        return fusedRmsNorm(x, weight, epsilon);
    const at::Tensor wide = widened(x);
    const at::Tensor scaled = wide * at::rsqrt((wide * wide).mean(-1, true) + epsilon);
    return weight * scaled.to(x.scalar_type());
}

} // namespace winnow
