#pragma once

#include "core/bilevel/hypergradient.h"

namespace winnow {

/// <v, g_i> = (L_i(phi + eps v) - L_i(phi - eps v)) / (2 eps), eps = step / ||v||: two forward passes for the whole
/// batch, whatever its size. They compute in the type that the parameters are held in (with bf16 over a float32 master, in
/// float32): the shift is far below a bf16 step.
class FiniteDifference : public HypergradientEstimator {
public:
    FiniteDifference(HypergradientKind kind, double step, BatchPasses &passes);

    at::Tensor perSample(const HypergradientInput &input) override;

    /// The same difference of the whole weighted loss in the upper parameters, through the net's input as well
    /// (`reference` path; fixture 33): -(d(sum w_i L_i)/dupper(+) - (-)) / (2 eps).
    at::Tensor throughInput(const HypergradientInput &input, const InstanceWeighting &weighting,
                            const at::Tensor &upper);

private:
    struct BothSides {
        SampleResults plus, minus;
        double epsilon = 0;
    };
    BothSides evaluate(const HypergradientInput &input);

    HypergradientKind m_kind;
    double m_step;
    BatchPasses &m_passes;
    at::Tensor m_shifted; ///< [P], reused
};

} // namespace winnow
