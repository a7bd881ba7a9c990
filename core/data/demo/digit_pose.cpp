#include "core/data/demo/digit_pose.h"

#include <algorithm>
#include <cmath>

namespace winnow {

DigitPose::Place DigitPose::scanned(double x, double y, double cell) const
{
    const double dx = (x - shiftX) / (scale * stretch);
    const double dy = (y - shiftY) / scale;
    const double cosine = std::cos(angle), sine = std::sin(angle);
    Place place{cosine * dx + sine * dy + shear * dy, cosine * dy - sine * dx};
    // The outermost knots lie on the middles of the outermost pixels.
    const double column = std::clamp(x / (cell - 1) + 0.5, 0.0, 1.0) * (knots - 1);
    const double line = std::clamp(y / (cell - 1) + 0.5, 0.0, 1.0) * (knots - 1);
    const int left = std::min(static_cast<int>(column), knots - 2);
    const int top = std::min(static_cast<int>(line), knots - 2);
    for (const int down : {0, 1}) {
        for (const int right : {0, 1}) {
            const double share = (right ? column - left : left + 1 - column) * (down ? line - top : top + 1 - line);
            const auto knot = static_cast<std::size_t>(2 * ((top + down) * knots + left + right));
            place.x += share * bend[knot];
            place.y += share * bend[knot + 1];
        }
    }
    return place;
}

namespace {

double around(Random &random, double span)
{
    return span * (2.0 * random.uniform() - 1.0);
}

DigitPose placed(Random &random, double shift, double angle, double zoom)
{
    DigitPose pose;
    pose.shiftX = around(random, shift);
    pose.shiftY = around(random, shift);
    pose.angle = around(random, angle);
    pose.scale = 1.0 + around(random, zoom);
    return pose;
}

} // namespace

DigitPose drawSlightPose(Random &random)
{
    return placed(random, 0.6, 0.15, 0.08);
}

DigitPose drawWritersPose(Random &random)
{
    DigitPose pose = placed(random, 1.0, 0.25, 0.15);
    pose.stretch = 1.0 + around(random, 0.1);
    pose.shear = around(random, 0.15);
    pose.ink = std::exp(around(random, 0.5));
    for (double &move : pose.bend)
        move = 0.5 * random.normal();
    return pose;
}

} // namespace winnow
