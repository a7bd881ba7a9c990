#pragma once

#include "core/image/picture.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace winnow::testing {

inline std::string tilingPath(const std::string &name)
{
    return std::string(WINNOW_GOLDEN_DIR) + "/tiling/" + name;
}

inline std::vector<std::byte> readBytes(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file.is_open()) << path;
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto *start = reinterpret_cast<const std::byte *>(text.data());
    return {start, start + text.size()};
}

inline nlohmann::json readJson(const std::string &path)
{
    std::ifstream file(path);
    EXPECT_TRUE(file.is_open()) << path;
    return nlohmann::json::parse(file);
}

/// The integer pattern of the fixtures.
inline Picture synthetic(int width, int height)
{
    Picture picture{width, height, {}};
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            picture.rgb.push_back(static_cast<std::uint8_t>((7 * x + 13 * y) % 256));
            picture.rgb.push_back(static_cast<std::uint8_t>((x * x / 5 + 3 * y) % 256));
            picture.rgb.push_back(static_cast<std::uint8_t>((x / 9 + y / 7) % 2 * 200 + (x + y) % 50));
        }
    }
    return picture;
}

/// The small files of tiling/decode.
inline constexpr std::array<const char *, 15> sampleFiles = {
    "bilevel.png", "cmyk.jpg",         "exif6.jpg", "gray.jpg", "gray.png", "gray16.png", "gray_alpha.png", "palette.png",
    "palette_trns.png", "rgb.jpg", "rgb.png",  "rgb.webp", "rgb16.png",  "rgba.png",       "rgba.webp"};

} // namespace winnow::testing
