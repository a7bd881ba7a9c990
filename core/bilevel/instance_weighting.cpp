#include "core/bilevel/instance_weighting.h"

#include "core/bilevel/instance_net.h"
#include "core/bilevel/instance_table.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

namespace winnow {

WeightInput weightInputOf(const std::vector<std::size_t> &rows, const SampleResults &results)
{
    std::vector<std::int64_t> samples;
    for (std::size_t i = 0; i < rows.size(); ++i)
        samples.insert(samples.end(), static_cast<std::size_t>(results.siteLogits[i].size(0)),
                       static_cast<std::int64_t>(i));
    return {rows, at::cat(results.siteLogits), at::cat(results.siteLabels),
            at::tensor(at::ArrayRef<std::int64_t>(samples), at::kLong)};
}

at::Tensor InstanceWeighting::evaluate(const at::Tensor &upper, const WeightInput &input) const
{
    const c10::NoGradGuard noGrad;
    return weights(upper, input);
}

at::Tensor InstanceWeighting::gradient(const at::Tensor &upper, const WeightInput &input, const at::Tensor &h) const
{
    const c10::AutoGradMode enable(true);
    const at::Tensor leaf = upper.detach().requires_grad_(true);
    const at::Tensor total = (weights(leaf, input) * h).sum();
    return torch::autograd::grad({total}, {leaf})[0];
}

std::unique_ptr<InstanceWeighting> makeWeighting(const RunOptions &options, const TokenIds &tokens,
                                                 std::vector<std::uint32_t> unitOfSample, std::size_t units)
{
    switch (options.weighting.method) {
    case Method::None: return nullptr;
    case Method::Domain:
    case Method::Table: return std::make_unique<InstanceTable>(options.weighting, std::move(unitOfSample), units);
    case Method::Net:
        return std::make_unique<InstanceNet>(options.weighting, tokens, static_cast<std::uint64_t>(options.seed), units);
    }
    return nullptr;
}

at::Tensor activate(const at::Tensor &raw, const RunOptions::Weighting &options)
{
    constexpr double leak = 0.01;
    switch (options.activation) {
    case WeightActivation::Clip: return at::clamp(raw, options.clipLow, options.clipHigh);
    case WeightActivation::Sigmoid: return at::sigmoid(raw);
    case WeightActivation::LeakyReLU: return at::leaky_relu(raw, leak);
    case WeightActivation::ReLU: return at::relu(raw);
    case WeightActivation::No: return raw;
    }
    return raw;
}

} // namespace winnow
