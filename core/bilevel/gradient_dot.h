#pragma once

#include "core/bilevel/hypergradient.h"

namespace winnow {

/// h = -<v, g> with the sample's own gradient, batch 1. `one-step` uses the gradient that the lower step has just
/// computed and costs one pass over memory; `reference` computes it again at phi'.
class GradientDot : public HypergradientEstimator {
public:
    GradientDot(HypergradientKind kind, BatchPasses &passes);

    at::Tensor perSample(const HypergradientInput &input) override;

private:
    HypergradientKind m_kind;
    BatchPasses &m_passes;
    at::Tensor m_gradient; ///< [P], reused
};

} // namespace winnow
