#include "core/bilevel/gradient_dot.h"

#include "core/kernels/flat_sums.h"

#include <ATen/ATen.h>

namespace winnow {

GradientDot::GradientDot(HypergradientKind kind, BatchPasses &passes) : m_kind(kind), m_passes(passes)
{
}

at::Tensor GradientDot::perSample(const HypergradientInput &input)
{
    TORCH_CHECK(input.samples.size() == 1, "the gradient dot needs batch 1, not ", input.samples.size());
    at::Tensor gradient = input.gradientBefore;
    if (m_kind == HypergradientKind::Reference) {
        if (!m_gradient.defined())
            m_gradient = at::empty_like(input.after.flat);
        m_passes.gradient(
            input.after, input.samples,
            [](const SiteReadout &readout, const PackedBatch &batch, std::span<const std::size_t>) {
                const at::Tensor loss = crossEntropyPerSample(readout, batch);
                return Objective{loss.sum(), loss};
            },
            m_gradient, input.position);
        gradient = m_gradient;
    }
    return at::full({1}, -flatDot(gradient, input.direction), m_passes.dtype());
}

} // namespace winnow
