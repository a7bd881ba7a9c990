#include "core/bilevel/finite_difference.h"

#include "core/train/adamw.h"

#include <ATen/ATen.h>

namespace winnow {

FiniteDifference::FiniteDifference(HypergradientKind kind, double step, BatchPasses &passes)
    : m_kind(kind), m_step(step), m_passes(passes)
{
}

FiniteDifference::BothSides FiniteDifference::evaluate(const HypergradientInput &input)
{
    const ParameterSet &base = m_kind == HypergradientKind::OneStep ? input.before : input.after;
    constexpr double tiny = 1e-15; // a zero meta gradient gives a zero difference, not a division by zero
    BothSides sides;
    sides.epsilon = m_step / (flatNorm(input.direction) + tiny);
    if (!m_shifted.defined())
        m_shifted = at::empty_like(base.flat);
    const ParameterSet shifted = ParameterSet::fromFlat(base.layout, m_shifted);
    at::add_out(m_shifted, base.flat, input.direction, sides.epsilon);
    PackedForward packed; // both sides see the same pictures
    sides.plus = m_passes.forwardAsHeld(shifted, input.samples, input.position, &packed);
    at::add_out(m_shifted, base.flat, input.direction, -sides.epsilon);
    sides.minus = m_passes.forwardAsHeld(shifted, input.samples, input.position, &packed);
    return sides;
}

at::Tensor FiniteDifference::perSample(const HypergradientInput &input)
{
    const BothSides sides = evaluate(input);
    std::vector<double> h(input.rows.size());
    for (std::size_t i = 0; i < h.size(); ++i)
        h[i] = -(sides.plus.loss[i] - sides.minus.loss[i]) / (2.0 * sides.epsilon);
    return at::tensor(at::ArrayRef<double>(h), at::kDouble).to(m_passes.dtype());
}

at::Tensor FiniteDifference::throughInput(const HypergradientInput &input, const InstanceWeighting &weighting,
                                          const at::Tensor &upper)
{
    const BothSides sides = evaluate(input);
    const auto side = [&](const SampleResults &results) {
        const at::Tensor losses = at::tensor(at::ArrayRef<double>(results.loss), at::kDouble).to(upper.scalar_type());
        return weighting.gradient(upper, weightInputOf(input.rows, results), losses);
    };
    return -(side(sides.plus) - side(sides.minus)) / (2.0 * sides.epsilon);
}

} // namespace winnow
