#include "core/model/projector.h"

#include "core/model/tapped_operators.h"

#include <ATen/ATen.h>

namespace winnow {

at::Tensor pixelUnshuffle(const at::Tensor &x)
{
    const std::int64_t tiles = x.size(0), rows = x.size(1), columns = x.size(2), channels = x.size(3);
    return x.reshape({tiles, rows / 2, 2, columns / 2, 2, channels})
        .permute({0, 1, 3, 2, 4, 5})
        .reshape({tiles, rows / 2, columns / 2, 4 * channels});
}

Projector::Projector(const ParameterLayout &layout)
    : m_normWeight(layout.leafIndex("mlp1.0.weight")), m_normBias(layout.leafIndex("mlp1.0.bias")),
      m_fc1Weight(layout.leafIndex("mlp1.1.weight")), m_fc1Bias(layout.leafIndex("mlp1.1.bias")),
      m_fc2Weight(layout.leafIndex("mlp1.3.weight")), m_fc2Bias(layout.leafIndex("mlp1.3.bias"))
{
}

at::Tensor Projector::forward(const ParameterSet &parameters, const at::Tensor &tokens, std::int64_t rows,
                              std::int64_t columns) const
{
    constexpr double epsilon = 1e-5; // fixed by nn.LayerNorm's default, not by the config
    const at::Tensor patches = tokens.narrow(1, 1, rows * columns).reshape({tokens.size(0), rows, columns, -1});
    at::Tensor x = pixelUnshuffle(patches).flatten(1, 2);
    x = tappedLayerNorm(parameters.tap, x, parameters.leaf(m_normWeight), parameters.leaf(m_normBias), epsilon,
                        {RowSpace::Tiles, m_normWeight, m_normBias});
    x = at::gelu(tappedLinear(parameters.tap, x, parameters.leaf(m_fc1Weight), parameters.leaf(m_fc1Bias),
                              {RowSpace::Tiles, m_fc1Weight, m_fc1Bias}));
    return tappedLinear(parameters.tap, x, parameters.leaf(m_fc2Weight), parameters.leaf(m_fc2Bias),
                        {RowSpace::Tiles, m_fc2Weight, m_fc2Bias});
}

} // namespace winnow
