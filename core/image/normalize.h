#pragma once

#include "core/base/export.h"

#include <array>
#include <cstdint>
#include <span>

namespace winnow {

/// Mean and standard deviation of ImageNet, by channel R, G, B (spec preprocessing.md section 1, rule 6).
inline constexpr std::array<float, 3> pictureMean = {0.485F, 0.456F, 0.406F};
inline constexpr std::array<float, 3> pictureStd = {0.229F, 0.224F, 0.225F};

/// (value / 255 - mean) / std in float32. `rgb` is one tile [size, size, 3]; `chw` takes [3, size, size].
WINNOW_CORE_API void normalizeTile(std::span<const std::uint8_t> rgb, int size, std::span<float> chw);

} // namespace winnow
