#include "core/data/demo/digit_pose.h"

#include "core/data/demo/digit_sheet.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace winnow {
namespace {

constexpr double cell = DigitSheet::cell;

TEST(DigitPose, AsScannedLeavesEveryPlace)
{
    for (double y = -4.5; y <= 4.5; ++y) {
        for (double x = -4.5; x <= 4.5; ++x) {
            const auto place = DigitPose{}.scanned(x, y, cell);
            EXPECT_EQ(place.x, x);
            EXPECT_EQ(place.y, y);
        }
    }
}

TEST(DigitPose, StretchWidensShearLeansScaleDoesBoth)
{
    const auto wide = DigitPose{.stretch = 2}.scanned(3, 1, cell);
    EXPECT_DOUBLE_EQ(wide.x, 1.5);
    EXPECT_DOUBLE_EQ(wide.y, 1);
    const auto leaning = DigitPose{.shear = 0.5}.scanned(3, -2, cell);
    EXPECT_DOUBLE_EQ(leaning.x, 2);
    EXPECT_DOUBLE_EQ(leaning.y, -2);
    const auto large = DigitPose{.scale = 2}.scanned(3, -2, cell);
    EXPECT_DOUBLE_EQ(large.x, 1.5);
    EXPECT_DOUBLE_EQ(large.y, -1);
}

TEST(DigitPose, ABendMovesItsKnotWhollyAndItsNeighboursNot)
{
    DigitPose pose;
    constexpr std::size_t line = 1, column = 2;
    pose.bend[2 * (line * DigitPose::knots + column)] = 0.4;
    pose.bend[2 * (line * DigitPose::knots + column) + 1] = -0.2;
    // Knots lie 3 pixels apart from -4.5 on.
    const auto there = pose.scanned(1.5, -1.5, cell);
    EXPECT_NEAR(there.x, 1.9, 1e-12);
    EXPECT_NEAR(there.y, -1.7, 1e-12);
    const auto halfway = pose.scanned(0, -1.5, cell);
    EXPECT_NEAR(halfway.x, 0.2, 1e-12);
    EXPECT_NEAR(halfway.y, -1.6, 1e-12);
    for (const double away : {-1.5, 4.5}) {
        EXPECT_NEAR(pose.scanned(away, -1.5, cell).x, away, 1e-12);
        EXPECT_NEAR(pose.scanned(1.5, away == 4.5 ? 1.5 : -4.5, cell).x, 1.5, 1e-12);
    }
    EXPECT_NEAR(pose.scanned(4.5, 4.5, cell).y, 4.5, 1e-12) << "the last pixel has knots on all sides too";
}

TEST(DigitPose, InkThinsAndThickensStrokes)
{
    const DigitSheet sheet = std::move(DigitSheet::load(std::string(WINNOW_SOURCE_DIR) + "/resources/demo")).value();
    const int indices[] = {3};
    const auto brightness = [&](double ink) {
        const Picture picture = sheet.sideBySide(indices, std::vector<DigitPose>{{.ink = ink}});
        return std::accumulate(picture.rgb.begin(), picture.rgb.end(), 0L);
    };
    EXPECT_LT(brightness(0.6), brightness(1.0));
    EXPECT_LT(brightness(1.0), brightness(1.6));
}

TEST(DigitPose, DrawsStayInTheirBoundsAndFillThem)
{
    Random random(3, RandomStream::DemoBase, {0});
    double leastShear = 0, mostShear = 0;
    for (int i = 0; i < 2000; ++i) {
        const DigitPose pose = drawWritersPose(random);
        EXPECT_LE(std::abs(pose.shiftX), 1.0);
        EXPECT_LE(std::abs(pose.shiftY), 1.0);
        EXPECT_LE(std::abs(pose.angle), 0.25);
        EXPECT_NEAR(pose.scale, 1.0, 0.15);
        EXPECT_NEAR(pose.stretch, 1.0, 0.1);
        EXPECT_NEAR(pose.ink, 1.15, 0.55);
        leastShear = std::min(leastShear, pose.shear);
        mostShear = std::max(mostShear, pose.shear);
    }
    EXPECT_NEAR(leastShear, -0.15, 0.005);
    EXPECT_NEAR(mostShear, 0.15, 0.005);
}

} // namespace
} // namespace winnow
