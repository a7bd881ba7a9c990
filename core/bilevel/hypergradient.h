#pragma once

#include "core/bilevel/instance_weighting.h"

namespace winnow {

/// What an estimator may use for one iteration.
struct HypergradientInput {
    const SamplePointers &samples;          ///< the lower batch, B samples
    const std::vector<std::size_t> &rows;
    const ParameterSet &before;             ///< phi; valid for `one-step` by estimators that compute at it again
    const ParameterSet &after;              ///< phi'
    const at::Tensor &direction;            ///< [P] v = grad M(phi'), after EMA and preconditioning
    const at::Tensor &gradientBefore;       ///< [P] unweighted grad L_i(phi); batch 1 with the gradient dot only
    DrawPosition position = {};             ///< of the lower batch: its pictures are augmented as in its own step
};

/// h_i = dM/dw_i without the learning rate (design: two hypergradients). With g_i the gradient of sample i's loss:
///   one-step:  h_i = -<v, g_i(phi)>      exact derivative through one SGD step, divided by eta
///   reference: h_i = -<v, g_i(phi')>     what Betty's `darts` estimates
///   before-step: h_i = -<grad M(phi), g_i(phi)>   equal to one-step up to O(eta); both gradients come from one pass
/// Each h_i counts whole (no 1/B).
class HypergradientEstimator {
public:
    virtual ~HypergradientEstimator() = default;
    /// h [B] on the CPU, in BatchPasses::dtype.
    virtual at::Tensor perSample(const HypergradientInput &input) = 0;
};

std::unique_ptr<HypergradientEstimator> makeEstimator(const RunOptions::Meta &options, BatchPasses &passes);

} // namespace winnow
