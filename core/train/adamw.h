#pragma once

#include "core/base/options.h"

#include <ATen/core/Tensor.h>

namespace winnow {

/// AdamW on one flat vector [P], in both forms that matter (spec reference-hyperparameters.md):
///   Transformers (<= 4.49): p -= lr sqrt(1-b2^t)/(1-b1^t) m / (sqrt(v) + eps), then p -= lr wd p;
///   Torch: p *= 1 - lr wd, then p -= lr/(1-b1^t) m / (sqrt(v/(1-b2^t)) + eps);
///   Sgd: p *= 1 - lr wd, then p -= lr g, for which the moments stay 0.
/// Decay applies to everything, as the reference does. On the CPU one pass over memory, else tensor operations.
/// Parameters in bf16 have moments in bf16, and each operation of the step is rounded to it, as torch does a tensor operation
/// at a time: an update below half a bf16 step is lost, and 0.999 v is v.
class AdamW {
public:
    AdamW(const OptimizerOptions &options, const at::Tensor &parameters);

    /// One step in place. `gradient` [P] is not changed; it counts as scale * gradient (clipping, instance weight).
    void step(at::Tensor parameters, const at::Tensor &gradient, double learningRate, double scale = 1.0);

    /// sqrt(vhat) + eps [P], the diagonal that the next step divides by (before it has seen the next gradient).
    at::Tensor diagonal() const;

    /// v o D in place, D = -(1/lr) dp'/dg~ of the last step at g~ = scale * gradient, elementwise and exact
    /// (with r = sqrt(v_t), f = 1/sqrt(1-b2^t) or 1, and c the form's step without lr and with decay after it):
    ///   D = c [ (1-b1) / (r f + eps) - m_t (1-b2) g~ f / (r (r f + eps)^2) ],  second term 0 where r = 0;  Sgd: D = 1.
    void multiplyByDerivative(at::Tensor v, const at::Tensor &gradient, double learningRate, double scale) const;

    const at::Tensor &firstMoment() const { return m_first; }
    const at::Tensor &secondMoment() const { return m_second; }
    std::int64_t steps() const { return m_steps; }
    void restore(const at::Tensor &first, const at::Tensor &second, std::int64_t steps);

private:
    OptimizerOptions m_options;
    at::Tensor m_first, m_second;
    std::int64_t m_steps = 0;
};

/// Euclidean norm accumulated in float64.
double flatNorm(const at::Tensor &flat);
/// Factor that brings a vector of this norm to at most `maxNorm`; 1 when maxNorm is 0 (off). As torch: max/(norm+1e-6).
double clipFactor(double norm, double maxNorm);

} // namespace winnow
