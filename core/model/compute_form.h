#pragma once

namespace winnow {

/// Fused: scaled_dot_product_attention and the fused operators of core/kernels. Plain: everything in LibTorch's elementary
/// operators, twice differentiable (oracle tests, forward-mode checks).
enum class ComputeForm { Fused, Plain };

} // namespace winnow
