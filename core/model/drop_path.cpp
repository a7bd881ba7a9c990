#include "core/model/drop_path.h"

#include "core/base/random.h"

#include <ATen/ATen.h>

namespace winnow {

double dropPathRate(double last, std::int64_t layer, std::int64_t layers)
{
    return layers > 1 ? last * static_cast<double>(layer) / static_cast<double>(layers - 1) : 0.0;
}

at::Tensor drawBranchFactors(const DropPath &drop, std::int64_t layers,
                             std::span<const std::shared_ptr<const EncodedSample>> samples, std::uint64_t position,
                             std::span<const std::size_t> members)
{
    std::int64_t tiles = 0;
    for (const auto &sample : samples)
        tiles += sample->tiles.count;
    if (drop.rate <= 0 || layers < 2 || tiles == 0)
        return {};
    constexpr std::int64_t branches = 2;
    at::Tensor factors = at::empty({layers, branches, tiles}, at::kDouble);
    double *next = factors.data_ptr<double>();
    for (std::int64_t layer = 0; layer < layers; ++layer) {
        const double rate = dropPathRate(drop.rate, layer, layers);
        for (std::int64_t branch = 0; branch < branches; ++branch) {
            for (std::size_t i = 0; i < samples.size(); ++i) {
                for (int tile = 0; tile < samples[i]->tiles.count; ++tile) {
                    Random random(drop.seed, RandomStream::DropPath,
                                  {position, members[i], static_cast<std::uint64_t>(layer),
                                   static_cast<std::uint64_t>(branch), static_cast<std::uint64_t>(tile)});
                    *next++ = random.uniform() < rate ? 0.0 : 1.0 / (1.0 - rate);
                }
            }
        }
    }
    return factors;
}

} // namespace winnow
