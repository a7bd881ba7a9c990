#include "core/model/rms_norm.h"

#include <ATen/ATen.h>

namespace winnow {

at::Tensor rmsNorm(const at::Tensor &x, const at::Tensor &weight, double epsilon)
{
    const bool narrow = x.scalar_type() == at::kBFloat16 || x.scalar_type() == at::kHalf;
    const at::Tensor wide = narrow ? x.to(at::kFloat) : x;
    const at::Tensor scaled = wide * at::rsqrt((wide * wide).mean(-1, true) + epsilon);
    return weight * (narrow ? scaled.to(x.scalar_type()) : scaled);
}

} // namespace winnow
