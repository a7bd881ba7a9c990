#include "core/model/rope.h"

#include "core/kernels/fused_operators.h"

#include <ATen/ATen.h>

#include <cmath>

namespace winnow {

double rotaryBase(double theta, double factor, std::int64_t positions, std::int64_t maxPositions, std::int64_t headDim)
{
    if (positions <= maxPositions)
        return theta;
    const double stretch = factor * static_cast<double>(positions) / static_cast<double>(maxPositions) - (factor - 1.0);
    const auto d = static_cast<double>(headDim);
    return theta * std::pow(stretch, d / (d - 2.0));
}

at::Tensor inverseFrequencies(double base, std::int64_t headDim)
{
    const at::Tensor exponents = at::arange(0, headDim, 2, at::kDouble) / static_cast<double>(headDim);
    return 1.0 / at::pow(at::Scalar(base), exponents);
}

RotaryTable rotaryTable(const InternVLConfig::Language &config, std::int64_t positions, at::ScalarType dtype)
{
    const double base = config.dynamicRopeFactor
        ? rotaryBase(config.ropeTheta, *config.dynamicRopeFactor, positions, config.maxPositions, config.headDim)
        : config.ropeTheta;
    const at::Tensor angles
        = at::arange(positions, at::kDouble).unsqueeze(1) * inverseFrequencies(base, config.headDim).unsqueeze(0);
    const at::Tensor both = at::cat({angles, angles}, -1);
    return {both.cos().to(dtype), both.sin().to(dtype)};
}

at::Tensor rotate(const at::Tensor &x, const at::Tensor &cosine, const at::Tensor &sine, ComputeForm form)
{
    if (form == ComputeForm::Fused)
        return fusedRotate(x, cosine, sine);
    const auto halves = x.chunk(2, -1);
    return x * cosine + at::cat({-halves[1], halves[0]}, -1) * sine;
}

} // namespace winnow
