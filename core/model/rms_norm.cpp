#include "core/model/rms_norm.h"

#include "core/kernels/fused_operators.h"

#include <ATen/ATen.h>

namespace winnow {
namespace {

bool narrowType(const at::Tensor &x)
{
    return x.scalar_type() == at::kBFloat16 || x.scalar_type() == at::kHalf;
}

} // namespace

at::Tensor rmsNorm(const at::Tensor &x, const at::Tensor &weight, double epsilon, ComputeForm form)
{
    if (form == ComputeForm::Fused && x.dim() == 2 && x.device().is_cpu() && !narrowType(x))
        return fusedRmsNorm(x, weight, epsilon);
    const bool narrow = narrowType(x);
    const at::Tensor wide = narrow ? x.to(at::kFloat) : x;
    const at::Tensor scaled = wide * at::rsqrt((wide * wide).mean(-1, true) + epsilon);
    return weight * (narrow ? scaled.to(x.scalar_type()) : scaled);
}

} // namespace winnow
