#pragma once

#include "core/base/export.h"
#include "core/base/random.h"

#include <array>

namespace winnow {

/// How a digit stands in its cell, about the cell's middle, as another writer might have put it. Default: as scanned.
struct WINNOW_CORE_API DigitPose {
    static constexpr int knots = 4; ///< of the bend, along each side of the cell

    double shiftX = 0, shiftY = 0; ///< pixels of the sheet
    double angle = 0;              ///< radians
    double scale = 1;
    double stretch = 1; ///< width over height, beside `scale`
    double shear = 0;   ///< pixels to the side a pixel of height
    double ink = 1;     ///< exponent on the darkness in 0..1; above 1 strokes grow thin
    /// Pixels by which the knots of a grid over the cell are moved (x and y of each, line by line), linear between.
    std::array<double, 2 * knots * knots> bend{};

    bool operator==(const DigitPose &) const = default;

    struct Place {
        double x, y;
    };
    /// Place of the scanned digit that is seen at (x, y) of a cell of `cell` pixels; both from the middle.
    Place scanned(double x, double y, double cell) const;
};

/// A little shifted, turned and scaled.
WINNOW_CORE_API DigitPose drawSlightPose(Random &random);

/// As another writer might have put it: wider, and stretched, leaning, bent, thick or thin as well. Of 1,150 scanned
/// digits for training and 250 later ones, by other writers, a net of the base's vision shape read 98.4 %
/// (cross-entropy 0.072) with slight poses on half of the digits, 98.8 % (0.052) with shift, angle and scale as wide as
/// here on all, 99.2 % (0.028) with the rest too, 98.8 % (0.055) with stronger bends.
WINNOW_CORE_API DigitPose drawWritersPose(Random &random);

} // namespace winnow
