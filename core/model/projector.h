#pragma once

#include "core/model/parameters.h"

namespace winnow {

/// Pixel unshuffle v2 (spec internvl3.md step 4): [T,h,w,C] -> [T,h/2,w/2,4C],
/// V[t,i,j,(2a+b)C+k] = X[t,2i+a,2j+b,k].
at::Tensor pixelUnshuffle(const at::Tensor &x);

/// From ViT tokens to language-model rows: drop the class token, unshuffle, LayerNorm (eps 1e-5), two linear layers.
class Projector {
public:
    explicit Projector(const ParameterLayout &layout);

    /// [T, 1 + rows*columns, D] -> [T, rows*columns/4, H].
    at::Tensor forward(const ParameterSet &parameters, const at::Tensor &tokens, std::int64_t rows,
                       std::int64_t columns) const;

private:
    std::size_t m_normWeight, m_normBias, m_fc1Weight, m_fc1Bias, m_fc2Weight, m_fc2Bias;
};

} // namespace winnow
