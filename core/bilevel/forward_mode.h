#pragma once

#include "core/bilevel/hypergradient.h"

namespace winnow {

/// h_i = -<v, g_i> as the derivative of each loss along v, by forward differentiation: exact like the products, by another
/// way, so that the two can be held against each other. Plain operators: slow.
class ForwardMode : public HypergradientEstimator {
public:
    ForwardMode(HypergradientKind kind, BatchPasses &passes) : m_kind(kind), m_passes(passes) { }

    at::Tensor perSample(const HypergradientInput &input) override;

private:
    HypergradientKind m_kind;
    BatchPasses &m_passes;
};

} // namespace winnow
