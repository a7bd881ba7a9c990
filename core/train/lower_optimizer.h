#pragma once

#include "core/train/adamw.h"
#include "core/train/trainer.h"

namespace winnow {

/// The model's optimiser with its schedule, and its place in the checkpoint (names "lower.*").
class LowerOptimizer {
public:
    LowerOptimizer(const OptimizerOptions &options, std::int64_t iterations, const at::Tensor &parameters);

    double learningRate(std::int64_t t) const;
    /// Clips by `norm` of the gradient, multiplies by `factor`, steps; returns the share that clipping kept.
    double step(std::int64_t t, at::Tensor parameters, const at::Tensor &gradient, double norm, double factor = 1.0);
    const AdamW &adamW() const { return m_adamW; }

    void save(StateTensors &state, const std::string &prefix = "lower.") const;
    void restore(const StateTensors &state, const std::string &prefix = "lower.");

private:
    OptimizerOptions m_options;
    std::int64_t m_iterations;
    AdamW m_adamW;
};

} // namespace winnow
