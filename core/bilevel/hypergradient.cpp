#include "core/bilevel/hypergradient.h"

#include "core/bilevel/finite_difference.h"
#include "core/bilevel/gradient_dot.h"

namespace winnow {

std::unique_ptr<HypergradientEstimator> makeEstimator(const RunOptions::Meta &options, BatchPasses &passes)
{
    if (options.estimator == Estimator::GradientDot)
        return std::make_unique<GradientDot>(options.hypergradient, passes);
    return std::make_unique<FiniteDifference>(options.hypergradient, options.finiteDifferenceStep, passes);
}

} // namespace winnow
