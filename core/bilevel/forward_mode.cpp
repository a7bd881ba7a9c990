#include "core/bilevel/forward_mode.h"

#include <ATen/ATen.h>

namespace winnow {

at::Tensor ForwardMode::perSample(const HypergradientInput &input)
{
    const ParameterSet &base = m_kind == HypergradientKind::OneStep ? input.before : input.after;
    const std::vector<double> products = m_passes.forwardMode(base, input.samples, input.direction, input.position);
    return -at::tensor(at::ArrayRef<double>(products), at::kDouble).to(m_passes.dtype());
}

} // namespace winnow
