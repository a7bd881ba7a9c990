#include "core/model/packed_batch.h"

#include "core/base/random.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <numeric>

namespace winnow {
namespace {

at::Tensor indexTensor(const std::vector<std::int64_t> &values)
{
    return at::tensor(at::ArrayRef<std::int64_t>(values), at::kLong);
}

at::Tensor stackTiles(std::span<const std::shared_ptr<const EncodedSample>> samples)
{
    std::vector<at::Tensor> tiles;
    for (const auto &sample : samples) {
        if (sample->tiles.count == 0)
            continue;
        const Tiles &t = sample->tiles;
        // from_blob only reads; the sample outlives the concatenation below.
        tiles.push_back(at::from_blob(const_cast<std::uint8_t *>(t.rgb.data()), {t.count, t.size, t.size, 3}, at::kByte));
    }
    return tiles.empty() ? at::Tensor() : at::cat(tiles);
}

void addPixelNoise(at::Tensor &unit, const PixelNoise &noise)
{
    at::Tensor values = unit.to(at::kFloat).contiguous();
    Random random(noise.seed, RandomStream::PixelNoise, {noise.position});
    float *data = values.data_ptr<float>();
    for (std::int64_t i = 0; i < values.numel(); ++i)
        data[i] += static_cast<float>(noise.deviation * random.normal());
    unit = values.to(unit.scalar_type());
}

at::Tensor normalizedPixels(const at::Tensor &tiles, at::ScalarType dtype, const PixelNormalization &normalization,
                            const PixelNoise &noise)
{
    at::Tensor unit = tiles.permute({0, 3, 1, 2}).to(dtype).contiguous() / 255.0;
    if (noise.deviation > 0)
        addPixelNoise(unit, noise);
    const auto channel = [&](const std::array<double, 3> &values) {
        return at::tensor(at::ArrayRef<double>(values), unit.options()).view({1, 3, 1, 1});
    };
    return (unit - channel(normalization.mean)) / channel(normalization.deviation);
}

} // namespace

std::int64_t PackedBatch::tokens() const
{
    return std::accumulate(lengths.begin(), lengths.end(), std::int64_t{0});
}

PackedBatch packBatch(std::span<const std::shared_ptr<const EncodedSample>> samples, std::int32_t imageContext,
                      at::ScalarType dtype, const PixelNormalization &normalization, const PixelNoise &noise)
{
    PackedBatch batch;
    std::vector<std::int64_t> ids, positions, imageRows, siteRows, siteLabels, siteSamples;
    for (std::size_t s = 0; s < samples.size(); ++s) {
        const EncodedSample &sample = *samples[s];
        const auto start = static_cast<std::int64_t>(ids.size());
        for (std::size_t i = 0; i < sample.ids.size(); ++i) {
            if (sample.ids[i] == imageContext && sample.tiles.count > 0)
                imageRows.push_back(start + static_cast<std::int64_t>(i));
            ids.push_back(sample.ids[i]);
            positions.push_back(static_cast<std::int64_t>(i));
        }
        for (const Site &site : sample.sites) {
            siteRows.push_back(start + site.position);
            siteLabels.push_back(site.label);
            siteSamples.push_back(static_cast<std::int64_t>(s));
            batch.sitePositions.push_back(site.position);
        }
        batch.lengths.push_back(static_cast<std::int64_t>(sample.ids.size()));
        batch.siteCounts.push_back(static_cast<std::int64_t>(sample.sites.size()));
    }
    batch.ids = indexTensor(ids);
    batch.positions = indexTensor(positions);
    batch.imageRows = indexTensor(imageRows);
    batch.siteRows = indexTensor(siteRows);
    batch.siteLabels = indexTensor(siteLabels);
    batch.siteSamples = indexTensor(siteSamples);
    if (const at::Tensor tiles = stackTiles(samples); tiles.defined())
        batch.pixels = normalizedPixels(tiles, dtype, normalization, noise);
    return batch;
}

} // namespace winnow
