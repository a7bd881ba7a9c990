#pragma once

#include "core/bilevel/instance_weighting.h"

namespace winnow {

/// Instance Net: an MLP 2 -> hidden (LeakyReLU 0.01) -> 1 at each site, mean over the sample's sites, activation.
/// Input `reference`: softmax of the two logits (P(+), P(-)); `label-aware`: (P(given label), P(other label)).
/// Upper parameters, flat: W1 [hidden,2], b1 [hidden], W2 [1,hidden], b2 [1].
class InstanceNet : public InstanceWeighting {
public:
    InstanceNet(RunOptions::Weighting options, const TokenIds &tokens, std::uint64_t seed, std::size_t rows);

    at::Tensor weights(const at::Tensor &upper, const WeightInput &input) const override;
    bool readsSites() const override { return true; }
    at::Tensor initial(at::ScalarType dtype) const override;
    std::int64_t snapshotSize() const override { return static_cast<std::int64_t>(m_rows); }

private:
    at::Tensor features(const WeightInput &input) const;

    RunOptions::Weighting m_options;
    TokenIds m_tokens;
    std::uint64_t m_seed;
    std::size_t m_rows;
};

} // namespace winnow
