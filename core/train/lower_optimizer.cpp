#include "core/train/lower_optimizer.h"

#include "core/model/step_part.h"
#include "core/train/lr_schedule.h"

#include <ATen/ATen.h>

namespace winnow {

LowerOptimizer::LowerOptimizer(const OptimizerOptions &options, std::int64_t iterations, const at::Tensor &parameters)
    : m_options(options), m_iterations(iterations), m_adamW(options, parameters)
{
}

double LowerOptimizer::learningRate(std::int64_t t) const
{
    return scheduledRate(m_options, t, m_iterations);
}

double LowerOptimizer::step(std::int64_t t, at::Tensor parameters, const at::Tensor &gradient, double norm,
                            double factor)
{
    const StepPart part(StepPart::optimizer);
    const double kept = clipFactor(norm, m_options.clipNorm);
    m_adamW.step(std::move(parameters), gradient, learningRate(t), kept * factor);
    return kept;
}

void LowerOptimizer::save(StateTensors &state, const std::string &prefix) const
{
    state[prefix + "first_moment"] = m_adamW.firstMoment();
    state[prefix + "second_moment"] = m_adamW.secondMoment();
    state[prefix + "steps"] = at::full({1}, m_adamW.steps(), at::kLong);
}

void LowerOptimizer::restore(const StateTensors &state, const std::string &prefix)
{
    m_adamW.restore(state.at(prefix + "first_moment"), state.at(prefix + "second_moment"),
                    state.at(prefix + "steps").item<std::int64_t>());
}

} // namespace winnow
