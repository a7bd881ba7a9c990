#include "core/model/packed_batch.h"

#include "core/kernels/narrow_types.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
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

/// 0..1 in a type that is not narrow: a narrow picture is rounded once, after its normalisation.
at::Tensor unitPixels(const at::Tensor &tiles, at::ScalarType dtype)
{
    return tiles.permute({0, 3, 1, 2}).to(wideType(dtype)).contiguous() / 255.0;
}

at::Tensor normalized(const at::Tensor &unit, const PixelNormalization &normalization, at::ScalarType dtype)
{
    const auto channel = [&](const std::array<double, 3> &values) {
        return at::tensor(at::ArrayRef<double>(values), unit.options()).view({1, 3, 1, 1});
    };
    return ((unit - channel(normalization.mean)) / channel(normalization.deviation)).to(dtype);
}

/// Collects the rows of a packed sequence.
class PackedRows {
public:
    explicit PackedRows(std::int32_t imageContext) : m_imageContext(imageContext) {}

    std::int64_t segments() const { return static_cast<std::int64_t>(m_batch.lengths.size()); }

    /// Tokens [from, to) of a sample; returns the row of the first.
    std::int64_t addSegment(const EncodedSample &sample, std::size_t from, std::size_t to, std::int64_t prefix)
    {
        const auto start = static_cast<std::int64_t>(m_ids.size());
        for (std::size_t i = from; i < to; ++i) {
            if (sample.ids[i] == m_imageContext && sample.tiles.count > 0)
                m_imageRows.push_back(static_cast<std::int64_t>(m_ids.size()));
            m_ids.push_back(sample.ids[i]);
            m_positions.push_back(static_cast<std::int64_t>(i));
        }
        m_batch.lengths.push_back(static_cast<std::int64_t>(to - from));
        m_batch.prefixOf.push_back(prefix);
        return start;
    }
    void endSegmentWithoutSites() { m_batch.segmentSites.push_back(0); }
    /// Sites of the sample whose token 0 is, or would be, at row `origin`.
    void addSites(const EncodedSample &sample, std::int64_t origin)
    {
        const auto index = static_cast<std::int64_t>(m_batch.siteCounts.size());
        for (const Site &site : sample.sites) {
            m_siteRows.push_back(origin + site.position);
            m_siteLabels.push_back(site.label);
            m_siteSamples.push_back(index);
        }
        m_batch.siteCounts.push_back(static_cast<std::int64_t>(sample.sites.size()));
        m_batch.segmentSites.push_back(m_batch.siteCounts.back());
    }
    PackedBatch finish() &&
    {
        m_batch.ids = indexTensor(m_ids);
        m_batch.positions = indexTensor(m_positions);
        m_batch.imageRows = indexTensor(m_imageRows);
        m_batch.siteRows = indexTensor(m_siteRows);
        m_batch.siteLabels = indexTensor(m_siteLabels);
        m_batch.siteSamples = indexTensor(m_siteSamples);
        return std::move(m_batch);
    }

private:
    std::int32_t m_imageContext;
    PackedBatch m_batch;
    std::vector<std::int64_t> m_ids, m_positions, m_imageRows, m_siteRows, m_siteLabels, m_siteSamples;
};

} // namespace

std::int64_t PackedBatch::tokens() const
{
    return std::accumulate(lengths.begin(), lengths.end(), std::int64_t{0});
}

std::size_t sharedPrefix(std::span<const std::shared_ptr<const EncodedSample>> samples)
{
    const EncodedSample &first = *samples.front();
    std::size_t shared = first.ids.size();
    for (const auto &sample : samples) {
        if (sample->tiles.rgb != first.tiles.rgb || sample->sites.empty())
            return 0;
        shared = std::min({shared, sample->ids.size(), static_cast<std::size_t>(sample->sites.front().position)});
        const auto end = first.ids.begin() + static_cast<std::ptrdiff_t>(shared);
        shared = static_cast<std::size_t>(std::mismatch(first.ids.begin(), end, sample->ids.begin()).first
                                          - first.ids.begin());
    }
    return shared;
}

PackedBatch packBatch(std::span<const std::shared_ptr<const EncodedSample>> samples, std::int32_t imageContext,
                      at::ScalarType dtype, const PixelNormalization &normalization,
                      const AugmentedBatch &augmented)
{
    PackedRows rows(imageContext);
    for (const auto &sample : samples) {
        const std::int64_t start = rows.addSegment(*sample, 0, sample->ids.size(), -1);
        rows.addSites(*sample, start);
    }
    PackedBatch batch = std::move(rows).finish();
    if (const at::Tensor tiles = stackTiles(samples); tiles.defined())
        batch.pixels = normalized(augmentPictures(unitPixels(tiles, dtype), samples, augmented), normalization, dtype);
    return batch;
}

PackedBatch packGroups(std::span<const std::shared_ptr<const EncodedSample>> samples, std::span<const std::size_t> groups,
                       std::int32_t imageContext, at::ScalarType dtype, const PixelNormalization &normalization)
{
    PackedRows rows(imageContext);
    SamplePointers pictures;
    std::size_t first = 0;
    for (const std::size_t size : groups) {
        const auto members = samples.subspan(first, size);
        const std::size_t shared = size > 1 ? sharedPrefix(members) : 0;
        std::int64_t prefix = -1;
        if (shared > 0) {
            prefix = rows.segments();
            rows.addSegment(*members.front(), 0, shared, -1);
            rows.endSegmentWithoutSites();
            pictures.push_back(members.front());
        }
        for (const auto &sample : members) {
            const std::int64_t start = rows.addSegment(*sample, shared, sample->ids.size(), prefix);
            rows.addSites(*sample, start - static_cast<std::int64_t>(shared));
            if (shared == 0)
                pictures.push_back(sample);
        }
        first += size;
    }
    PackedBatch batch = std::move(rows).finish();
    if (const at::Tensor tiles = stackTiles(pictures); tiles.defined())
        batch.pixels = normalized(unitPixels(tiles, dtype), normalization, dtype);
    return batch;
}

} // namespace winnow
