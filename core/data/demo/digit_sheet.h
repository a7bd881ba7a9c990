#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/data/demo/digit_pose.h"
#include "core/image/picture.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace winnow {

/// The 1,797 handwritten digits of UCI optdigits (scikit-learn's copy, CC BY 4.0): 8x8 grey bytes, white paper.
/// Read from `optdigits.png` (40 digits a line of the sheet) and `optdigits_labels.txt`. Immutable after loading, so
/// any thread may read it.
class WINNOW_CORE_API DigitSheet {
public:
    static constexpr int side = 8;
    static constexpr int count = 1797;
    static constexpr int perLine = 40;
    static constexpr int trainPictures = 1400; ///< 0 .. 1399 for base, train and meta; the rest for test
    static constexpr int cell = 10;            ///< a digit with one white pixel around it

    static Result<DigitSheet> load(const std::string &folder);

    int label(int index) const { return m_labels[static_cast<std::size_t>(index)]; }
    /// 64 grey bytes, row-major.
    std::span<const std::uint8_t> pixels(int index) const;
    /// The digits side by side, each in its white cell: 10 * digits wide, 10 high. Two digits make a grid of 2x1 tiles,
    /// three one of 3x1.
    Picture sideBySide(std::span<const int> indices) const;
    /// The same with each digit in a pose of its own, read between the pixels (bilinear); paper is white.
    Picture sideBySide(std::span<const int> indices, std::span<const DigitPose> poses) const;

private:
    /// Grey of a digit at a place of its 8x8 pixels; white outside.
    double greyAt(int index, double x, double y) const;

    std::vector<std::uint8_t> m_pixels;
    std::vector<std::uint8_t> m_labels;
};

} // namespace winnow
