#pragma once

#include <ATen/core/Tensor.h>

namespace winnow {

/// Number formats of 16 bits. Products may be computed in them; sums, norms and losses are not.
constexpr bool isNarrow(at::ScalarType type)
{
    return type == at::kBFloat16 || type == at::kHalf;
}

/// What values of `type` are summed up in.
constexpr at::ScalarType wideType(at::ScalarType type)
{
    return isNarrow(type) ? at::kFloat : type;
}

/// x itself, or a narrow x in float32.
inline at::Tensor widened(const at::Tensor &x)
{
    return x.to(wideType(x.scalar_type()));
}

} // namespace winnow
