#pragma once

#include <cstddef>
#include <cstdint>

// The inner loop of resizeBicubic.
namespace winnow {

inline constexpr int blendPrecision = 22; ///< bits after the point of a weight
inline constexpr int blendTapStep = 2;    ///< taps are taken in pairs

/// out[i] = clamp((2^21 + sum over taps of lines[tap][i] * weights[tap]) >> 22, 0, 255) for i < count. `taps` is a
/// multiple of blendTapStep; |weights| below 2^26, and the sum must fit 32 bits.
using BlendLine = void (*)(const std::uint8_t *const *lines, const std::int32_t *weights, int taps, std::size_t count,
                           std::uint8_t *out);

/// The fastest version that this processor runs. All versions give the same bits.
BlendLine chooseBlendLine();

/// The version for any processor.
void blendLinePlain(const std::uint8_t *const *lines, const std::int32_t *weights, int taps, std::size_t count,
                    std::uint8_t *out);

} // namespace winnow
