#pragma once

#include "core/bilevel/hypergradient.h"
#include "core/bilevel/sample_products.h"

namespace winnow {

/// h_i = -<v, g_i> for a batch of any size, exact, by per-sample products (sample_products.h).
///   one-step     the lower pass at phi keeps the inputs and output gradients of every layer until v = grad M(phi') is
///                known: no second forward pass over the batch. Memory: about the activations once more.
///   reference    training and meta rows go through the model together at phi'; the meta rows' part is the meta gradient,
///                and the training rows' uses are kept until v is known.
///   before-step  the same at phi, and that pass is the lower pass too.
/// At batch 1 the roles change: product() takes <grad M, D o g> with the training row's gradient as the direction, so that
/// the meta gradient never exists whole.
/// Without a pass before it, perSample() makes one of its own, and forms each layer's products as the backward pass comes
/// to it: nothing is kept.
class StreamedDot : public HypergradientEstimator {
public:
    StreamedDot(HypergradientKind kind, BatchPasses &passes) : m_kind(kind), m_passes(passes) { }

    at::Tensor perSample(const HypergradientInput &input) override;

    /// The gradient sum_i weight_i grad L_i into `gradient` [P]. A lower objective gives the sum of the unweighted losses
    /// and the weights.
    SampleResults lowerPass(const ParameterSet &parameters, const SamplePointers &samples,
                            const ObjectiveFunction &lower, at::Tensor &gradient, std::uint64_t position);

    /// Results of the training rows and then the meta rows; the meta gradient, and with a `lower` objective the lower
    /// gradient too, [P] each. Each objective sees its own rows only.
    struct Together {
        const SamplePointers &train;
        const SamplePointers &meta;
        ObjectiveFunction lower; ///< empty: no lower gradient
        ObjectiveFunction upper;
    };
    SampleResults togetherPass(const ParameterSet &parameters, const Together &rows, at::Tensor lowerGradient,
                               at::Tensor metaGradient, std::uint64_t position);

    /// <gradient of the objective, direction> at `parameters`, layer by layer in the backward pass.
    double product(const ParameterSet &parameters, const SamplePointers &samples, const ObjectiveFunction &objective,
                   const at::Tensor &direction, std::uint64_t position, SampleResults &results);

    /// Frees what a pass kept, where no products are wanted.
    void release() { m_parts.clear(); }

private:
    struct Gradients {
        std::vector<ParameterSet> workers; ///< [P] each
        void zero(const ParameterSet &parameters, int count);
        void sumInto(at::Tensor &total) const;
    };
    at::Tensor collect(std::size_t samples) const;

    HypergradientKind m_kind;
    BatchPasses &m_passes;
    std::vector<TappedPart> m_parts; ///< of the last pass, uses kept
    Gradients m_lower, m_meta;
    at::Tensor m_direction; ///< the direction's leaves in a narrow type, reused
};

} // namespace winnow
