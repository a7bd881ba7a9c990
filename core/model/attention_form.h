#pragma once

namespace winnow {

/// Fused: LibTorch's scaled_dot_product_attention. Plain: products and softmax written out, twice differentiable
/// (oracle tests, forward-mode checks).
enum class AttentionForm { Fused, Plain };

} // namespace winnow
