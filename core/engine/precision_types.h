#pragma once

#include "core/base/options.h"

#include <ATen/core/Tensor.h>

namespace winnow {

/// What a precision means for tensors.
struct PrecisionTypes {
    at::ScalarType held;    ///< weights, gradients and optimiser state
    at::ScalarType compute; ///< the products of forward and backward passes
};

inline PrecisionTypes typesOf(Precision precision)
{
    switch (precision) {
    case Precision::Fp64: return {at::kDouble, at::kDouble};
    case Precision::Fp32: return {at::kFloat, at::kFloat};
    case Precision::Bf16: return {at::kFloat, at::kBFloat16};
    case Precision::Bf16Pure: break;
    }
    return {at::kBFloat16, at::kBFloat16};
}

} // namespace winnow
