#include "core/bilevel/instance_net.h"

#include "core/base/random.h"

#include <ATen/ATen.h>

#include <cmath>

namespace winnow {

InstanceNet::InstanceNet(RunOptions::Weighting options, const TokenIds &tokens, std::uint64_t seed, std::size_t rows)
    : m_options(options), m_tokens(tokens), m_seed(seed), m_rows(rows)
{
}

at::Tensor InstanceNet::features(const WeightInput &input) const
{
    const at::Tensor pair = at::softmax(input.siteLogits, -1);
    if (m_options.netInput == NetInput::Reference)
        return pair;
    // Column 0 becomes the probability of the label that the row carries.
    const at::Tensor givenIsMinus = (input.siteLabels == m_tokens.minus).unsqueeze(1);
    return at::where(givenIsMinus, pair.flip({1}), pair);
}

at::Tensor InstanceNet::weights(const at::Tensor &upper, const WeightInput &input) const
{
    constexpr double leak = 0.01;
    const std::int64_t hidden = m_options.netHidden;
    const auto parts = upper.split_with_sizes({2 * hidden, hidden, hidden, 1});
    const at::Tensor inner = at::leaky_relu(at::linear(features(input), parts[0].reshape({hidden, 2}), parts[1]), leak);
    const at::Tensor score = at::linear(inner, parts[2].reshape({1, hidden}), parts[3]).squeeze(1);
    const auto rows = static_cast<std::int64_t>(input.rows.size());
    const at::Tensor counts = at::zeros({rows}, score.options())
                                  .index_add(0, input.siteSamples, at::ones_like(score))
                                  .clamp_min(1.0);
    const at::Tensor mean = at::zeros({rows}, score.options()).index_add(0, input.siteSamples, score) / counts;
    return activate(mean, m_options);
}

at::Tensor InstanceNet::initial(at::ScalarType dtype) const
{
    // nn.Linear's: uniform within 1/sqrt(fan in), for weights and biases.
    const std::int64_t hidden = m_options.netHidden;
    Random random(m_seed, RandomStream::NetInit);
    std::vector<double> values;
    const auto append = [&](std::int64_t count, std::int64_t fanIn) {
        const double bound = 1.0 / std::sqrt(static_cast<double>(fanIn));
        for (std::int64_t i = 0; i < count; ++i)
            values.push_back(bound * (2.0 * random.uniform() - 1.0));
    };
    append(2 * hidden, 2);
    append(hidden, 2);
    append(hidden, hidden);
    append(1, hidden);
    return at::tensor(at::ArrayRef<double>(values), at::kDouble).to(dtype);
}

} // namespace winnow
