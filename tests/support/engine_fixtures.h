#pragma once

#include "core/train/batch_passes.h"
#include "core/model/model_loader.h"
#include "core/weights/tensor_io.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>

namespace winnow::test {

inline std::string goldenModel(const std::string &name)
{
    return std::string(WINNOW_GOLDEN_DIR) + "/model/" + name;
}

inline nlohmann::json goldenJson(const std::string &name)
{
    std::ifstream file(goldenModel(name));
    return nlohmann::json::parse(file);
}

inline std::map<std::string, at::Tensor> goldenTensors(const std::string &name)
{
    auto tensors = readTensors(goldenModel(name));
    EXPECT_TRUE(tensors.ok()) << (tensors.ok() ? "" : tensors.error().message);
    return tensors.ok() ? *tensors : std::map<std::string, at::Tensor>{};
}

/// Ids of the tiny vocabulary (spec README).
inline TokenIds tinyTokens()
{
    return {.plus = 10, .minus = 12, .imageContext = 394, .pad = 389};
}

/// The fixtures' pixels: exact in float32.
inline at::Tensor fixturePixels(const at::Tensor &u8, at::ScalarType dtype)
{
    return u8.to(dtype) / 64 - 2;
}

inline LoadedModel loadTiny(const std::string &folder, at::ScalarType dtype)
{
    auto loaded = loadModel(goldenModel(folder), dtype);
    EXPECT_TRUE(loaded.ok()) << (loaded.ok() ? "" : loaded.error().message);
    LoadedModel model = std::move(loaded).value();
    // The original layout names no image token; the tokenizer does.
    InternVLConfig config = model.model->config();
    config.imageToken = tinyTokens().imageContext;
    model.model = std::make_unique<InternVL>(config, model.model->layout()->tied());
    model.parameters = ParameterSet::fromFlat(model.model->layout(), model.parameters.flat);
    return model;
}

/// A packed batch of one sequence whose sites are all its rows, or the given ones.
inline PackedBatch packIds(const at::Tensor &ids, const at::Tensor &pixels, const std::vector<Site> *sites = nullptr)
{
    EncodedSample sample;
    const at::Tensor flat = ids.reshape({-1}).to(at::kLong).contiguous();
    for (std::int64_t i = 0; i < flat.numel(); ++i)
        sample.ids.push_back(static_cast<std::int32_t>(flat.const_data_ptr<std::int64_t>()[i]));
    if (sites) {
        sample.sites = *sites;
    } else {
        for (std::int32_t i = 0; i < static_cast<std::int32_t>(sample.ids.size()); ++i)
            sample.sites.push_back({i, 0});
    }
    sample.tiles.count = pixels.defined() ? static_cast<int>(pixels.size(0)) : 0;
    sample.tiles.size = 1;
    sample.tiles.rgb.assign(static_cast<std::size_t>(sample.tiles.count) * 3, 0);
    const SamplePointers samples{std::make_shared<EncodedSample>(sample)};
    PackedBatch batch = packBatch(samples, tinyTokens().imageContext,
                                  pixels.defined() ? pixels.scalar_type() : at::kFloat);
    batch.pixels = pixels;
    return batch;
}

inline std::vector<Site> fixtureSites(const at::Tensor &sites)
{
    std::vector<Site> list;
    const at::Tensor t = sites.to(at::kLong).contiguous();
    for (std::int64_t i = 0; i < t.size(0); ++i)
        list.push_back({static_cast<std::int32_t>(t[i][0].item<std::int64_t>()),
                        static_cast<std::int32_t>(t[i][1].item<std::int64_t>())});
    return list;
}

inline void expectClose(const at::Tensor &actual, const at::Tensor &expected, double tolerance, const std::string &what)
{
    ASSERT_EQ(actual.numel(), expected.numel()) << what;
    const double error = (actual.to(at::kDouble).reshape({-1}) - expected.to(at::kDouble).reshape({-1}))
                             .abs()
                             .max()
                             .item<double>();
    EXPECT_LE(error, tolerance) << what;
}

} // namespace winnow::test
