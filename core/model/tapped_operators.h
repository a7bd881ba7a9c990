#pragma once

#include "core/model/compute_form.h"
#include "core/model/parameter_tap.h"

namespace winnow {

// The operators through which the model uses its parameters. Without a tap they are LibTorch's own, bit for bit. With one,
// the backward pass hands (input, gradient at the output) to the tap and gives the parameters no gradient.

/// x W^T + bias over the last dimension; `bias` may be undefined.
at::Tensor tappedLinear(ParameterTap *tap, const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias,
                        const LeafUse &use);
at::Tensor tappedRmsNorm(ParameterTap *tap, const at::Tensor &x, const at::Tensor &weight, double epsilon,
                         ComputeForm form, const LeafUse &use);
at::Tensor tappedLayerNorm(ParameterTap *tap, const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias,
                           double epsilon, const LeafUse &use);
/// x + scale o y.
at::Tensor tappedLayerScale(ParameterTap *tap, const at::Tensor &x, const at::Tensor &scale, const at::Tensor &y,
                            const LeafUse &use);
/// Rows of `ids`; those of `padding` get no gradient.
at::Tensor tappedEmbedding(ParameterTap *tap, const at::Tensor &weight, const at::Tensor &ids, std::int64_t padding,
                           const LeafUse &use);
/// (class token, patches) + positions: patches [T,n,D], classToken [1,1,D], positions [1,1+n,D].
at::Tensor tappedPositions(ParameterTap *tap, const at::Tensor &patches, const at::Tensor &classToken,
                           const at::Tensor &positions, const LeafUse &use);

} // namespace winnow
