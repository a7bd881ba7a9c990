#include "core/model/packed_batch.h"

#include <ATen/ATen.h>

#include <gtest/gtest.h>

#include <cmath>

namespace winnow {
namespace {

constexpr std::int32_t imageToken = 7;
constexpr int side = 14;

/// `count` tiles of noise-free ramps, one image token a tile.
std::shared_ptr<const EncodedSample> sampleOf(int count, std::uint8_t slope)
{
    auto sample = std::make_shared<EncodedSample>();
    sample->tiles.count = count;
    sample->tiles.size = side;
    for (int i = 0; i < count * side * side * 3; ++i)
        sample->tiles.rgb.push_back(static_cast<std::uint8_t>(50 + i / 3 % side * slope));
    sample->ids.assign(static_cast<std::size_t>(count), imageToken);
    return sample;
}

at::Tensor pixelsOf(const SamplePointers &samples, const PictureAugmentation &augmentation, std::uint64_t position,
                    const std::vector<std::size_t> &members)
{
    const PixelNormalization none{{0, 0, 0}, {1, 1, 1}};
    return packBatch(samples, imageToken, at::kDouble, none, {augmentation, position, members}).pixels;
}

TEST(PictureAugmentation, NothingChangesWithoutNoiseAndJitter)
{
    const SamplePointers one{sampleOf(2, 3)};
    EXPECT_TRUE(at::equal(pixelsOf(one, {}, 1, {0}), packBatch(one, imageToken, at::kDouble, {{0, 0, 0}, {1, 1, 1}}).pixels));
}

TEST(PictureAugmentation, ADrawDependsOnThePositionAndThePlaceInTheBatchAlone)
{
    const PictureAugmentation both{0.1, 0.1, 5};
    const auto first = sampleOf(2, 3), second = sampleOf(1, 5), text = sampleOf(0, 0);
    const at::Tensor together = pixelsOf({first, text, second}, both, 9, {0, 1, 2});
    EXPECT_TRUE(at::equal(together.narrow(0, 0, 2), pixelsOf({first}, both, 9, {0})));
    EXPECT_TRUE(at::equal(together.narrow(0, 2, 1), pixelsOf({second}, both, 9, {2})));
    EXPECT_FALSE(at::equal(pixelsOf({second}, both, 9, {2}), pixelsOf({second}, both, 10, {2})));
    EXPECT_FALSE(at::equal(pixelsOf({second}, both, 9, {2}), pixelsOf({second}, both, 9, {1})));
    EXPECT_FALSE(at::equal(pixelsOf({second}, both, 9, {2}), pixelsOf({second}, {0.1, 0.1, 6}, 9, {2})));
    EXPECT_FALSE(at::equal(together[0], together[1])) << "tiles of one picture have poses of their own";
}

TEST(PictureAugmentation, NoiseHasItsDeviation)
{
    const SamplePointers one{sampleOf(6, 3)};
    const at::Tensor difference = pixelsOf(one, {0.1, 0, 1}, 0, {0}) - pixelsOf(one, {}, 0, {0});
    EXPECT_NEAR(difference.std().item<double>(), 0.1, 0.01); // 3,528 values
    EXPECT_NEAR(difference.mean().item<double>(), 0.0, 0.01);
}

TEST(PictureAugmentation, JitterKeepsFlatTilesAndMovesAtMostItsShare)
{
    const PictureAugmentation jitter{0, 0.1, 3};
    const SamplePointers flat{sampleOf(3, 0)};
    EXPECT_TRUE(at::allclose(pixelsOf(flat, jitter, 2, {0}), pixelsOf(flat, {}, 2, {0})));

    // On a ramp a change of value is a change of place. At most: a shift of 0.1 sides, and at a corner, half a diagonal
    // from the centre, a zoom by 0.1 and a turn by 0.1 quarter turns.
    const SamplePointers ramp{sampleOf(3, 4)};
    const double most = side * (0.1 + std::sqrt(0.5) * (0.1 + 0.1 * 1.5708));
    const at::Tensor moved = (pixelsOf(ramp, jitter, 2, {0}) - pixelsOf(ramp, {}, 2, {0})).abs() * 255.0 / 4.0;
    EXPECT_LT(moved.max().item<double>(), most);
    EXPECT_GT(moved.max().item<double>(), 0.1);
}

} // namespace
} // namespace winnow
