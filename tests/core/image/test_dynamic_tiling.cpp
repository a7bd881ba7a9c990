#include "core/image/dynamic_tiling.h"

#include "core/base/sha256.h"
#include "core/image/bicubic_resize.h"
#include "core/image/normalize.h"
#include "core/weights/safetensors_file.h"
#include "tests/core/image/picture_fixtures.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <numeric>

namespace winnow {
namespace {

using testing::readJson;
using testing::synthetic;
using testing::tilingPath;

TEST(ChooseGrid, everySizeOfFixture38)
{
    const nlohmann::json cases = readJson(tilingPath("grids.json")).at("cases");
    ASSERT_GE(cases.size(), 60U);
    for (const nlohmann::json &row : cases) {
        const int width = row.at("w").get<int>();
        const int height = row.at("h").get<int>();
        for (const int most : {5, 6, 12}) {
            const nlohmann::json &expected = row.at(std::to_string(most));
            const TileGrid grid = chooseGrid(width, height, most, 448);
            EXPECT_EQ(grid.columns, expected.at("cols").get<int>()) << width << " x " << height << " max " << most;
            EXPECT_EQ(grid.rows, expected.at("rows").get<int>()) << width << " x " << height << " max " << most;
            const int cut = grid.columns * grid.rows;
            EXPECT_EQ(cut > 1 ? cut + 1 : 1, expected.at("tiles").get<int>());
        }
    }
}

// Every allowed ratio is reachable: a picture of exactly that shape, big enough, chooses it.
TEST(ChooseGrid, reachesTheCandidatesOfFixture38)
{
    const nlohmann::json ratios = readJson(tilingPath("ratios.json"));
    for (const auto &[most, list] : ratios.items()) {
        for (const nlohmann::json &ratio : list) {
            const TileGrid exact{ratio.at(0).get<int>(), ratio.at(1).get<int>()};
            const TileGrid grid = chooseGrid(exact.columns * 448, exact.rows * 448, std::stoi(most), 448);
            EXPECT_EQ(grid.columns * exact.rows, grid.rows * exact.columns) << most;
            EXPECT_LE(grid.columns * grid.rows, std::stoi(most));
            EXPECT_GE(grid.columns * grid.rows, exact.columns * exact.rows);
        }
    }
}

TEST(ChooseGrid, areaRuleUsesTheTileSize)
{
    EXPECT_EQ(chooseGrid(634, 634, 4, 448), (TileGrid{2, 2}));
    EXPECT_EQ(chooseGrid(633, 633, 4, 448), (TileGrid{1, 1}));
    EXPECT_EQ(chooseGrid(40, 40, 4, 28), (TileGrid{2, 2}));
    EXPECT_EQ(chooseGrid(39, 39, 4, 28), (TileGrid{1, 1}));
    EXPECT_EQ(chooseGrid(5000, 50, 1, 448), (TileGrid{1, 1}));
}

struct PixelCase {
    int width = 0, height = 0, size = 0, most = 0, columns = 0, rows = 0;
    char kind[8] = {};
};

PixelCase parseKey(const std::string &key)
{
    PixelCase c;
    EXPECT_EQ(std::sscanf(key.c_str(), "%dx%d.size%d.max%d.grid%dx%d.%7s", &c.width, &c.height, &c.size, &c.most,
                          &c.columns, &c.rows, c.kind),
              7)
        << key;
    return c;
}

void expectNormalized(const Tiles &tiles, const TensorView &expected, const std::string &key)
{
    const std::size_t tileValues = static_cast<std::size_t>(tiles.size) * static_cast<std::size_t>(tiles.size) * 3;
    std::vector<float> values(tiles.rgb.size());
    for (std::size_t tile = 0; tile < static_cast<std::size_t>(tiles.count); ++tile)
        normalizeTile(std::span(tiles.rgb).subspan(tile * tileValues, tileValues), tiles.size,
                      std::span(values).subspan(tile * tileValues, tileValues));
    ASSERT_EQ(expected.data.size(), values.size() * sizeof(float)) << key;
    std::vector<float> golden(values.size());
    std::memcpy(golden.data(), expected.data.data(), expected.data.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        ASSERT_NEAR(values[i], golden[i], 1e-6) << key << " value " << i;
}

TEST(TilePicture, everyByteAndFloatOfFixture39)
{
    Result<SafetensorsFile> file = SafetensorsFile::open(tilingPath("pixels.safetensors"));
    ASSERT_TRUE(file.ok()) << file.error().message;
    int bytesCases = 0;
    int floatCases = 0;
    for (const auto &[key, expected] : file->tensors()) {
        const PixelCase c = parseKey(key);
        const Tiles tiles = tilePicture(synthetic(c.width, c.height), c.most, c.size);
        EXPECT_EQ(tiles.columns, c.columns) << key;
        EXPECT_EQ(tiles.rows, c.rows) << key;
        EXPECT_EQ(tiles.count, expected.shape.at(0)) << key;
        if (std::string(c.kind) == "norm") {
            expectNormalized(tiles, expected, key);
            ++floatCases;
            continue;
        }
        ++bytesCases;
        ASSERT_EQ(tiles.rgb.size(), expected.data.size()) << key;
        EXPECT_EQ(std::memcmp(tiles.rgb.data(), expected.data.data(), tiles.rgb.size()), 0) << key;
    }
    EXPECT_EQ(bytesCases, 7);
    EXPECT_EQ(floatCases, 2);
}

TEST(TilePicture, fullSizeTilesOfFixture39)
{
    const nlohmann::json cases = readJson(tilingPath("pixels-448.json")).at("cases");
    ASSERT_EQ(cases.size(), 5U);
    for (const nlohmann::json &row : cases) {
        const Tiles tiles = tilePicture(synthetic(row.at("w").get<int>(), row.at("h").get<int>()),
                                        row.at("max").get<int>(), 448);
        EXPECT_EQ(tiles.columns, row.at("cols").get<int>());
        EXPECT_EQ(tiles.rows, row.at("rows").get<int>());
        ASSERT_EQ(tiles.count, row.at("shape").at(0).get<int>());
        EXPECT_EQ(std::accumulate(tiles.rgb.begin(), tiles.rgb.end(), std::int64_t{0}),
                  row.at("sum").get<std::int64_t>());
        for (const nlohmann::json &sample : row.at("samples")) {
            const std::size_t pixel = (sample.at(0).get<std::size_t>() * 448 + sample.at(1).get<std::size_t>()) * 448 +
                                      sample.at(2).get<std::size_t>();
            for (std::size_t channel = 0; channel < 3; ++channel)
                EXPECT_EQ(tiles.rgb[pixel * 3 + channel], sample.at(3 + channel).get<int>());
        }
        EXPECT_EQ(sha256Hex(std::as_bytes(std::span(tiles.rgb))), row.at("sha256_u8_nhwc").get<std::string>());
    }
}

TEST(ShareOfTiles, isAtLeastOneEach)
{
    EXPECT_EQ(shareOfTiles(6, 1), 6);
    EXPECT_EQ(shareOfTiles(6, 2), 3);
    EXPECT_EQ(shareOfTiles(6, 4), 1);
    EXPECT_EQ(shareOfTiles(12, 7), 1);
    EXPECT_EQ(shareOfTiles(1, 64), 1);
}

TEST(JoinTiles, keepsTheOrderAndSaysWhoseTilesTheyAre)
{
    const std::vector<Tiles> parts{Tiles{1, 1, 1, 1, {1, 2, 3}, {}}, Tiles{2, 1, 2, 1, {4, 5, 6, 7, 8, 9}, {}}};
    const Tiles all = joinTiles(parts);
    EXPECT_EQ(all.count, 3);
    EXPECT_EQ(all.size, 1);
    EXPECT_EQ(all.ofPicture, (std::vector<int>{1, 2}));
    EXPECT_EQ(all.rgb, (std::vector<std::uint8_t>{1, 2, 3, 4, 5, 6, 7, 8, 9}));
}

TEST(ResizeBicubic, sameSizeIsACopy)
{
    const Picture picture = synthetic(23, 17);
    EXPECT_EQ(resizeBicubic(picture, 23, 17).rgb, picture.rgb);
}

// The definition in the specification, word by word, one sum a pixel; the fast code must give its bits at any size.
std::vector<std::uint8_t> resizeAxisPlainly(const Picture &in, int outputs, bool columns)
{
    const int inputs = columns ? in.width : in.height;
    const int lines = columns ? in.height : in.width;
    std::vector<std::uint8_t> out(static_cast<std::size_t>(outputs) * static_cast<std::size_t>(lines) * 3);
    const double scale = static_cast<double>(inputs) / outputs;
    const double f = std::max(scale, 1.0);
    for (int o = 0; o < outputs; ++o) {
        const double c = (o + 0.5) * scale;
        const int lo = std::max(static_cast<int>(c - 2 * f + 0.5), 0);
        const int hi = std::min(static_cast<int>(c + 2 * f + 0.5), inputs);
        std::vector<double> w;
        for (int x = lo; x < hi; ++x) {
            const double t = std::abs((x - c + 0.5) * (1.0 / f));
            w.push_back(t < 1 ? ((-0.5 + 2) * t - (-0.5 + 3)) * t * t + 1
                              : (t < 2 ? (((t - 5) * t + 8) * t - 4) * -0.5 : 0.0));
        }
        const double sum = std::accumulate(w.begin(), w.end(), 0.0);
        for (int line = 0; line < lines; ++line) {
            for (int channel = 0; channel < 3; ++channel) {
                std::int64_t total = 1 << 21;
                for (int x = lo; x < hi; ++x) {
                    const double v = w[static_cast<std::size_t>(x - lo)] / sum;
                    const int pixel = columns ? line * in.width + x : x * in.width + line;
                    total += in.rgb[static_cast<std::size_t>(pixel * 3 + channel)] *
                             static_cast<std::int64_t>(v * (1 << 22) + (v < 0 ? -0.5 : 0.5));
                }
                const int target = columns ? line * outputs + o : o * in.width + line;
                out[static_cast<std::size_t>(target * 3 + channel)] =
                    static_cast<std::uint8_t>(std::clamp<std::int64_t>(total >> 22, 0, 255));
            }
        }
    }
    return out;
}

TEST(ResizeBicubic, equalsThePlainDefinitionOnNoise)
{
    std::uint32_t state = 12345;
    const auto next = [&state] { return state = state * 1664525U + 1013904223U; };
    for (int round = 0; round < 60; ++round) {
        const auto side = [&next] { return static_cast<int>(next() >> 16) % 90 + 1; };
        Picture picture{side(), side(), {}};
        picture.rgb.resize(static_cast<std::size_t>(picture.width * picture.height * 3));
        for (std::uint8_t &value : picture.rgb)
            value = static_cast<std::uint8_t>(round % 2 == 0 ? next() >> 24 : (next() >> 31) * 255);
        const int width = side();
        const int height = side();
        Picture expected = picture;
        if (width != expected.width)
            expected = {width, expected.height, resizeAxisPlainly(expected, width, true)};
        if (height != expected.height)
            expected = {width, height, resizeAxisPlainly(expected, height, false)};
        const Picture actual = resizeBicubic(picture, width, height);
        ASSERT_EQ(actual.width, width);
        ASSERT_EQ(actual.height, height);
        ASSERT_EQ(actual.rgb, expected.rgb) << picture.width << "x" << picture.height << " to " << width << "x" << height;
    }
}

} // namespace
} // namespace winnow
