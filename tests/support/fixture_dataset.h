#pragma once

#include "core/data/encoded_dataset.h"
#include "tests/support/engine_fixtures.h"

namespace winnow::test {

/// The fixtures' pixels are u8/64 - 2, which as a normalisation of u8/255 is:
inline PixelNormalization fixtureNormalization()
{
    constexpr double mean = 128.0 / 255.0, deviation = 64.0 / 255.0;
    return {{mean, mean, mean}, {deviation, deviation, deviation}};
}

/// Rows of bilevel-table.json and bilevel-net.json with their pictures.
class FixtureDataset : public EncodedDataset {
public:
    static FixtureDataset train(const nlohmann::json &golden)
    {
        FixtureDataset data;
        for (std::size_t i = 0; i < golden["train_ids"].size(); ++i)
            data.add(golden["train_ids"][i], i, true);
        return data;
    }
    static FixtureDataset meta(const nlohmann::json &golden)
    {
        FixtureDataset data;
        for (std::size_t i = 0; i < golden["meta"].size(); ++i)
            data.add(golden["meta"][i]["ids"], i, golden["meta"][i]["label"].get<int>() == 1);
        return data;
    }
    std::size_t size() const override { return m_samples.size(); }
    std::shared_ptr<const EncodedSample> get(std::size_t row) const override { return m_samples[row]; }

private:
    void add(const std::vector<std::int32_t> &ids, std::size_t picture, bool right)
    {
        auto sample = std::make_shared<EncodedSample>();
        sample->ids = ids;
        sample->answerIsRight = right;
        for (std::size_t i = 0; i + 5 < ids.size(); ++i) {
            if (ids[i] == 390 && ids[i + 1] == 300 && ids[i + 2] == 198 && (ids[i + 3] == 10 || ids[i + 3] == 12)
                && ids[i + 4] == 391 && ids[i + 5] == 198)
                sample->sites.push_back({static_cast<std::int32_t>(i + 2), ids[i + 3]});
        }
        const at::Tensor u8 = goldenTensors("bilevel-pixels.safetensors")["bilevel.u8"]
                                  .select(0, static_cast<std::int64_t>(picture))
                                  .permute({1, 2, 0})
                                  .contiguous();
        sample->tiles.count = 1;
        sample->tiles.size = static_cast<int>(u8.size(0));
        const auto *bytes = u8.const_data_ptr<std::uint8_t>();
        sample->tiles.rgb.assign(bytes, bytes + u8.numel());
        m_samples.push_back(std::move(sample));
    }

    std::vector<std::shared_ptr<const EncodedSample>> m_samples;
};

} // namespace winnow::test
