#include "core/bilevel/hypergradient.h"

#include "core/bilevel/finite_difference.h"
#include "core/bilevel/forward_mode.h"
#include "core/bilevel/gradient_dot.h"
#include "core/bilevel/streamed_dot.h"

namespace winnow {

std::unique_ptr<HypergradientEstimator> makeEstimator(const RunOptions::Meta &options, BatchPasses &passes)
{
    switch (options.estimator) {
    case Estimator::GradientDot: return std::make_unique<GradientDot>(options.hypergradient, passes);
    case Estimator::Streamed: return std::make_unique<StreamedDot>(options.hypergradient, passes);
    case Estimator::ForwardMode: return std::make_unique<ForwardMode>(options.hypergradient, passes);
    case Estimator::FiniteDifference: break;
    }
    return std::make_unique<FiniteDifference>(options.hypergradient, options.finiteDifferenceStep, passes);
}

} // namespace winnow
