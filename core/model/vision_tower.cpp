#include "core/model/vision_tower.h"

#include "core/model/tapped_operators.h"

#include <ATen/ATen.h>

#include <cmath>

namespace winnow {
namespace {

/// What a branch adds, [T,n,D], times each tile's factor of it.
at::Tensor scaledBranch(const at::Tensor &added, const at::Tensor &factors, std::int64_t branch)
{
    return factors.defined() ? added * factors.select(0, branch).view({-1, 1, 1}) : added;
}

} // namespace

VisionTower::VisionTower(const InternVLConfig &config, const ParameterLayout &layout) : m_config(config.vision)
{
    const std::string root = "vision_model.embeddings.";
    m_classEmbedding = layout.leafIndex(root + "class_embedding");
    m_positionEmbedding = layout.leafIndex(root + "position_embedding");
    m_patchWeight = layout.leafIndex(root + "patch_embedding.weight");
    m_patchBias = layout.leafIndex(root + "patch_embedding.bias");
    for (std::int64_t i = 0; i < m_config.layers; ++i) {
        const std::string p = "vision_model.encoder.layers." + std::to_string(i) + ".";
        const auto find = [&](const char *name) { return layout.leafIndex(p + name); };
        const auto findIf = [&](bool present, const char *name) { return present ? find(name) : absent; };
        Block block{};
        block.qkvWeight = find("attn.qkv.weight");
        block.qkvBias = findIf(m_config.qkvBias, "attn.qkv.bias");
        block.qNorm = findIf(m_config.qkNorm, "attn.q_norm.weight");
        block.kNorm = findIf(m_config.qkNorm, "attn.k_norm.weight");
        block.projWeight = find("attn.proj.weight");
        block.projBias = find("attn.proj.bias");
        block.fc1Weight = find("mlp.fc1.weight");
        block.fc1Bias = find("mlp.fc1.bias");
        block.fc2Weight = find("mlp.fc2.weight");
        block.fc2Bias = find("mlp.fc2.bias");
        block.norm1Weight = find("norm1.weight");
        block.norm1Bias = findIf(!m_config.rmsNorm, "norm1.bias");
        block.norm2Weight = find("norm2.weight");
        block.norm2Bias = findIf(!m_config.rmsNorm, "norm2.bias");
        block.ls1 = find("ls1");
        block.ls2 = find("ls2");
        m_blocks.push_back(block);
    }
}

at::Tensor VisionTower::norm(const ParameterSet &parameters, std::size_t weight, std::size_t bias,
                             const at::Tensor &x) const
{
    const LeafUse use{RowSpace::Tiles, weight, bias};
    if (m_config.rmsNorm)
        return tappedRmsNorm(parameters.tap, x, parameters.leaf(weight), m_config.eps, ComputeForm::Fused, use);
    return tappedLayerNorm(parameters.tap, x, parameters.leaf(weight), parameters.leaf(bias), m_config.eps, use);
}

at::Tensor VisionTower::positions(const ParameterSet &parameters, std::int64_t rows, std::int64_t columns) const
{
    const at::Tensor &all = parameters.leaf(m_positionEmbedding);
    const std::int64_t grid = m_config.imageSize / m_config.patchSize;
    if (rows == grid && columns == grid)
        return all;
    // The original interpolates in float32, whatever the model's dtype.
    at::Tensor patches = all.narrow(1, 1, grid * grid).to(at::kFloat).reshape({1, grid, grid, -1}).permute({0, 3, 1, 2});
    patches = at::upsample_bicubic2d(patches, {rows, columns}, false);
    patches = patches.reshape({1, -1, rows * columns}).permute({0, 2, 1}).to(all.scalar_type());
    return at::cat({all.narrow(1, 0, 1), patches}, 1);
}

at::Tensor VisionTower::embed(const ParameterSet &parameters, const at::Tensor &pixels) const
{
    const std::int64_t patch = m_config.patchSize;
    const std::int64_t tiles = pixels.size(0);
    const std::int64_t rows = pixels.size(2) / patch;
    const std::int64_t columns = pixels.size(3) / patch;
    // Stride = kernel: the convolution is one product over unfolded patches.
    const at::Tensor unfolded = pixels.reshape({tiles, 3, rows, patch, columns, patch})
                                    .permute({0, 2, 4, 1, 3, 5})
                                    .reshape({tiles, rows * columns, 3 * patch * patch});
    const at::Tensor weight = parameters.leaf(m_patchWeight).reshape({m_config.hidden, -1});
    const at::Tensor patches = tappedLinear(parameters.tap, unfolded, weight, parameters.leaf(m_patchBias),
                                            {RowSpace::Tiles, m_patchWeight, m_patchBias});
    const at::Tensor all = positions(parameters, rows, columns);
    TORCH_CHECK(parameters.tap == nullptr || all.size(1) == parameters.leaf(m_positionEmbedding).size(1),
                "per-sample products need tiles of the configured size, ", m_config.imageSize, " pixels");
    return tappedPositions(parameters.tap, patches, parameters.leaf(m_classEmbedding), all,
                           {RowSpace::Tiles, m_positionEmbedding, m_classEmbedding});
}

at::Tensor VisionTower::attend(const ParameterSet &parameters, const Block &block, const at::Tensor &x,
                               ComputeForm form) const
{
    const std::int64_t tiles = x.size(0), tokens = x.size(1), width = m_config.hidden, heads = m_config.heads;
    const at::Tensor bias = block.qkvBias == absent ? at::Tensor() : parameters.leaf(block.qkvBias);
    auto parts = tappedLinear(parameters.tap, x, parameters.leaf(block.qkvWeight), bias,
                              {RowSpace::Tiles, block.qkvWeight, block.qkvBias})
                     .split(width, -1);
    if (block.qNorm != absent) { // over the full width, before the split in heads
        parts[0] = tappedRmsNorm(parameters.tap, parts[0], parameters.leaf(block.qNorm), m_config.eps,
                                 ComputeForm::Fused, {RowSpace::Tiles, block.qNorm});
        parts[1] = tappedRmsNorm(parameters.tap, parts[1], parameters.leaf(block.kNorm), m_config.eps,
                                 ComputeForm::Fused, {RowSpace::Tiles, block.kNorm});
    }
    for (at::Tensor &part : parts)
        part = part.reshape({tiles, tokens, heads, width / heads}).transpose(1, 2);
    at::Tensor out;
    if (form == ComputeForm::Fused) {
        out = at::scaled_dot_product_attention(parts[0], parts[1], parts[2]);
    } else {
        const double scale = 1.0 / std::sqrt(static_cast<double>(width / heads));
        out = at::matmul(at::softmax(at::matmul(parts[0], parts[1].transpose(-1, -2)) * scale, -1), parts[2]);
    }
    out = out.transpose(1, 2).reshape({tiles, tokens, width});
    return tappedLinear(parameters.tap, out, parameters.leaf(block.projWeight), parameters.leaf(block.projBias),
                        {RowSpace::Tiles, block.projWeight, block.projBias});
}

at::Tensor VisionTower::block(const ParameterSet &parameters, std::int64_t layer, const at::Tensor &x,
                              ComputeForm attention, const at::Tensor &factors) const
{
    const Block &b = m_blocks[static_cast<std::size_t>(layer)];
    const at::Tensor attended = attend(parameters, b, norm(parameters, b.norm1Weight, b.norm1Bias, x), attention);
    ParameterTap *tap = parameters.tap;
    // The factor before the layer scale: the same product, and the scale's tap sees the input that its gradient has.
    const at::Tensor middle = tappedLayerScale(tap, x, parameters.leaf(b.ls1), scaledBranch(attended, factors, 0),
                                               {RowSpace::Tiles, b.ls1});
    const at::Tensor normed = norm(parameters, b.norm2Weight, b.norm2Bias, middle);
    const at::Tensor inner = at::gelu(tappedLinear(tap, normed, parameters.leaf(b.fc1Weight),
                                                   parameters.leaf(b.fc1Bias), {RowSpace::Tiles, b.fc1Weight, b.fc1Bias}));
    const at::Tensor outer = tappedLinear(tap, inner, parameters.leaf(b.fc2Weight), parameters.leaf(b.fc2Bias),
                                          {RowSpace::Tiles, b.fc2Weight, b.fc2Bias});
    return tappedLayerScale(tap, middle, parameters.leaf(b.ls2), scaledBranch(outer, factors, 1),
                            {RowSpace::Tiles, b.ls2});
}

at::Tensor VisionTower::forward(const ParameterSet &parameters, const at::Tensor &pixels, ComputeForm attention,
                                const at::Tensor &branchFactors) const
{
    at::Tensor x = embed(parameters, pixels);
    for (std::int64_t layer = 0; layer < layers(); ++layer)
        x = block(parameters, layer, x, attention, branchFactors.defined() ? branchFactors[layer] : at::Tensor());
    return x;
}

} // namespace winnow
