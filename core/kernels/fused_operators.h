#pragma once

#include <ATen/core/Tensor.h>

namespace winnow {

// Operators of the decoder block that LibTorch would run as chains of elementwise passes. Each has one pass forward and one
// backward on the CPU in float32 and float64, differentiable once; bf16 is computed in float32 and rounded once. Other
// devices and dtypes take the elementary form. Tests hold both forms against each other, values and gradients.

/// weight * x / sqrt(mean(x^2) + epsilon) over the last dimension. x [N,D], weight [D].
at::Tensor fusedRmsNorm(const at::Tensor &x, const at::Tensor &weight, double epsilon);

/// Rotary embedding, "rotate half": x [N,H,d], cosine and sine [N,1,d] with equal halves.
at::Tensor fusedRotate(const at::Tensor &x, const at::Tensor &cosine, const at::Tensor &sine);

/// silu(gate) * up with gateUp [N,2M] = (gate, up) -> [N,M].
at::Tensor fusedSwiGlu(const at::Tensor &gateUp);

} // namespace winnow
