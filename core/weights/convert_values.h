#pragma once

#include "core/base/export.h"
#include "core/weights/safetensors_file.h"

#include <cstddef>
#include <span>
#include <string_view>

namespace winnow
{

/// Whether convertValues knows the dtype: F64, F32, F16, BF16.
WINNOW_CORE_API bool isFloating(DType dtype);

/// "bfloat16" and the like, as transformers names a floating dtype in config.json.
WINNOW_CORE_API std::string_view transformersDtype(DType dtype);

/// Writes the values of `in` as `to`, rounding to nearest, ties to even, once (F64 to BF16 goes straight, not by way of
/// F32). Both dtypes must be floating, `out` must hold the elements exactly. Neither side needs to be aligned. NaN
/// stays NaN, what is too large becomes infinite. Pure function, any thread.
WINNOW_CORE_API void convertValues(DType from, std::span<const std::byte> in, DType to, std::span<std::byte> out);

} // namespace winnow
