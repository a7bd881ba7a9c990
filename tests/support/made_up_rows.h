#pragma once

#include "core/base/random.h"
#include "core/data/encoded_dataset.h"
#include "core/run/train_request.h"
#include "tests/support/engine_fixtures.h"

namespace winnow::test {

/// Rows of random tokens for a tiny model: with 0, 1 or 2 tiles, of different lengths, with sites of both labels.
class MadeUpRows : public EncodedDataset {
public:
    struct Shape {
        bool pictures = true;
        std::uint64_t seed = 1;
    };
    MadeUpRows(const InternVLConfig &config, std::size_t rows, Shape shape)
    {
        for (std::size_t row = 0; row < rows; ++row)
            m_rows.push_back(make(config, row, shape.pictures ? static_cast<int>((row + 1) % 3) : 0, shape.seed));
    }
    MadeUpRows(const InternVLConfig &config, std::size_t rows) : MadeUpRows(config, rows, Shape{}) { }

    std::size_t size() const override { return m_rows.size(); }
    std::shared_ptr<const EncodedSample> get(std::size_t row) const override { return m_rows[row]; }
    /// Takes the row's pictures from another set (to put one row with a picture among rows without).
    void setRow(std::size_t row, std::shared_ptr<const EncodedSample> sample) { m_rows[row] = std::move(sample); }
    SamplePointers all() const { return m_rows; }

private:
    static std::shared_ptr<const EncodedSample> make(const InternVLConfig &config, std::size_t row, int tiles,
                                                     std::uint64_t seed)
    {
        Random random(seed, RandomStream::ImportSample, {row});
        auto sample = std::make_shared<EncodedSample>();
        sample->answerIsRight = random.below(2) == 0;
        const auto text = [&](int count) {
            for (int i = 0; i < count; ++i)
                sample->ids.push_back(static_cast<std::int32_t>(20 + random.below(200)));
        };
        text(3);
        sample->ids.insert(sample->ids.end(), static_cast<std::size_t>(tiles * config.tokensPerTile()),
                           tinyTokens().imageContext);
        const int sites = 1 + static_cast<int>(random.below(3));
        for (int s = 0; s < sites; ++s) {
            text(2 + static_cast<int>(random.below(4)));
            sample->sites.push_back({static_cast<std::int32_t>(sample->ids.size()) - 1,
                                     random.below(2) == 0 ? tinyTokens().plus : tinyTokens().minus});
        }
        text(1);
        const int size = config.vision.imageSize;
        sample->tiles = {tiles, size, tiles, 1, {}, {}};
        sample->tiles.rgb.resize(static_cast<std::size_t>(tiles * size * size * 3));
        for (std::uint8_t &value : sample->tiles.rgb)
            value = static_cast<std::uint8_t>(random.below(256));
        return sample;
    }

    SamplePointers m_rows;
};

/// Gives a request the tiny models' tokens and rows, each training row a unit of its own. They must outlive it.
inline void giveRows(TrainRequest &request, const MadeUpRows &train, const MadeUpRows &meta)
{
    request.tokens = tinyTokens();
    request.train = &train;
    request.meta = &meta;
    for (std::uint32_t i = 0; i < train.size(); ++i) {
        request.unitOfSample.push_back(i);
        request.unitKeys.push_back(std::to_string(i));
    }
}

} // namespace winnow::test
