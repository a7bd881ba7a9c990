#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <cstdint>

namespace winnow {

/// What the rows of a use are: tokens of the packed sequence [N,.], site rows [S,.], or tiles [T,n,.].
enum class RowSpace { Tokens, Sites, Tiles };

/// How a parameter enters the forward pass, rows t:
///   Linear     y_t = W x_t + b          W: rows [firstRow, firstRow + size of y_t) of the leaf, flattened to two dimensions
///   Gain       y_t = g o x_t + b        norms (x normalised) and layer scale
///   Embedding  y_t = W[id_t]            input: ids [N]
///   Positions  y = (class, x) + P       vision input; weight: P, bias: the class token; input: none
enum class UseKind { Linear, Gain, Embedding, Positions };

/// Which leaves a use takes (ParameterLayout::leaves).
struct LeafUse {
    static constexpr std::size_t absent = static_cast<std::size_t>(-1);
    RowSpace rows = RowSpace::Tokens;
    std::size_t weight = 0;
    std::size_t bias = absent;
    std::int64_t firstRow = 0;
};

/// A use as a backward pass comes to it: what went in, and the gradient of the objective at what came out.
struct ParameterUse {
    UseKind kind = UseKind::Linear;
    LeafUse leaf;
    at::Tensor input;
    at::Tensor outputGradient;
};

/// Takes the place of the parameters' own gradients in a backward pass: it sees every use instead, and what it does not
/// keep is freed at once. Called on the thread of the pass.
class ParameterTap {
public:
    virtual ~ParameterTap() = default;
    /// Before the backward pass: a factor for each sample's gradient [b]; undefined counts as 1.
    virtual void setSampleWeights(const at::Tensor &weights) = 0;
    virtual void use(ParameterUse use) = 0;
};

} // namespace winnow
