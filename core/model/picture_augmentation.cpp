#include "core/model/picture_augmentation.h"

#include "core/base/random.h"

#include <ATen/ATen.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace winnow {
namespace {

/// Rows of the matrix from places of the new tile to places of the old one, both in -1..1.
void drawPose(Random &random, double largest, double *pose)
{
    const auto between = [&] { return largest * (2.0 * random.uniform() - 1.0); };
    const double angle = between() * std::numbers::pi / 2.0;
    const double zoom = 1.0 + between();
    const double right = 2.0 * between(), down = 2.0 * between(); // a side is 2 long
    pose[0] = zoom * std::cos(angle);
    pose[1] = -zoom * std::sin(angle);
    pose[2] = right;
    pose[3] = zoom * std::sin(angle);
    pose[4] = zoom * std::cos(angle);
    pose[5] = down;
}

at::Tensor jittered(const at::Tensor &tiles, double largest, Random random)
{
    at::Tensor poses = at::empty({tiles.size(0), 2, 3}, at::kDouble);
    for (std::int64_t tile = 0; tile < tiles.size(0); ++tile)
        drawPose(random, largest, poses.data_ptr<double>() + tile * 6);
    const auto dtype = tiles.scalar_type() == at::kDouble ? at::kDouble : at::kFloat; // no narrower form everywhere
    const at::Tensor grid = at::affine_grid_generator(poses.to(dtype), tiles.sizes(), false);
    constexpr std::int64_t bilinear = 0, border = 1;
    return at::grid_sampler(tiles.to(dtype), grid, bilinear, border, false).to(tiles.scalar_type());
}

at::Tensor noisy(const at::Tensor &tiles, double deviation, Random random)
{
    at::Tensor values = tiles.to(at::kFloat).contiguous().clone();
    float *data = values.data_ptr<float>();
    for (std::int64_t i = 0; i < values.numel(); ++i)
        data[i] += static_cast<float>(deviation * random.normal());
    return values.to(tiles.scalar_type());
}

} // namespace

at::Tensor augmentPictures(at::Tensor unit, std::span<const std::shared_ptr<const EncodedSample>> samples,
                           const AugmentedBatch &batch)
{
    const PictureAugmentation &augmentation = batch.augmentation;
    if (!augmentation.active())
        return unit;
    std::vector<at::Tensor> parts;
    std::int64_t first = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const std::int64_t count = samples[i]->tiles.count;
        if (count == 0)
            continue;
        at::Tensor tiles = unit.narrow(0, first, count);
        const auto drawsOf = [&](RandomStream stream) {
            return Random(augmentation.seed, stream, {batch.position, batch.members[i]});
        };
        if (augmentation.jitter > 0)
            tiles = jittered(tiles, augmentation.jitter, drawsOf(RandomStream::PictureJitter));
        if (augmentation.noise > 0)
            tiles = noisy(tiles, augmentation.noise, drawsOf(RandomStream::PixelNoise));
        parts.push_back(tiles);
        first += count;
    }
    return parts.empty() ? unit : at::cat(parts);
}

} // namespace winnow
