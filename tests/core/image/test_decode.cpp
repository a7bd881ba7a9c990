#include "core/image/decode.h"

#include "core/image/png_encode.h"
#include "core/weights/safetensors_file.h"
#include "tests/core/image/picture_fixtures.h"

#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace winnow {
namespace {

using testing::readBytes;
using testing::sampleFiles;
using testing::synthetic;
using testing::tilingPath;

std::vector<std::byte> sample(const std::string &name)
{
    return readBytes(tilingPath("decode/" + name));
}

void put(std::vector<std::byte> &bytes, std::size_t offset, std::initializer_list<int> values)
{
    for (const int value : values)
        bytes.at(offset++) = static_cast<std::byte>(value);
}

void put32(std::vector<std::byte> &bytes, std::size_t offset, std::uint32_t value)
{
    put(bytes, offset, {static_cast<int>(value >> 24), static_cast<int>(value >> 16 & 255),
                        static_cast<int>(value >> 8 & 255), static_cast<int>(value & 255)});
}

/// A refusal is one sentence that names the file.
void expectRefused(std::span<const std::byte> bytes, const std::string &what, const std::string &wanted = "")
{
    const Result<Picture> result = decodePicture(bytes, "photo.bin");
    ASSERT_FALSE(result.ok()) << what;
    EXPECT_EQ(result.error().message.rfind("photo.bin ", 0), 0U) << result.error().message;
    EXPECT_EQ(result.error().message.find('\n'), std::string::npos);
    EXPECT_NE(result.error().message.find(wanted), std::string::npos) << result.error().message;
}

TEST(DecodePicture, fifteenFilesOfFixture39)
{
    Result<SafetensorsFile> golden = SafetensorsFile::open(tilingPath("decode-rgb.safetensors"));
    ASSERT_TRUE(golden.ok()) << golden.error().message;
    EXPECT_EQ(golden->tensors().size(), sampleFiles.size());
    for (const char *name : sampleFiles) {
        const TensorView *expected = golden->find(name);
        ASSERT_NE(expected, nullptr) << name;
        const Result<Picture> picture = readPicture(tilingPath("decode/") + name);
        ASSERT_TRUE(picture.ok()) << picture.error().message;
        EXPECT_EQ(picture->height, expected->shape.at(0)) << name;
        EXPECT_EQ(picture->width, expected->shape.at(1)) << name;
        ASSERT_EQ(picture->rgb.size(), expected->data.size()) << name;
        EXPECT_EQ(std::memcmp(picture->rgb.data(), expected->data.data(), picture->rgb.size()), 0) << name;
    }
}

TEST(DecodePicture, everyTruncationIsRefused)
{
    for (const char *name : sampleFiles) {
        const std::vector<std::byte> bytes = sample(name);
        for (std::size_t length = 0; length < bytes.size(); ++length) {
            // A copy of its own size, so that AddressSanitizer sees any read past the end.
            const std::vector<std::byte> cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
            expectRefused(cut, std::string(name) + " cut at " + std::to_string(length));
        }
    }
}

// A changed byte may still give a picture; it must never crash, and a picture must be whole.
TEST(DecodePicture, changedBytesNeverCrash)
{
    std::uint32_t state = 99;
    const auto next = [&state] { return (state = state * 1664525U + 1013904223U) >> 8; };
    for (const char *name : sampleFiles) {
        const std::vector<std::byte> bytes = sample(name);
        for (int round = 0; round < 400; ++round) {
            std::vector<std::byte> changed = bytes;
            for (std::uint32_t i = 0; i <= next() % 4; ++i)
                changed[next() % changed.size()] = static_cast<std::byte>(next());
            const Result<Picture> result = decodePicture(changed, "photo.bin");
            if (!result.ok()) {
                EXPECT_EQ(result.error().message.rfind("photo.bin ", 0), 0U) << result.error().message;
                continue;
            }
            EXPECT_EQ(result->rgb.size(),
                      static_cast<std::size_t>(result->width) * static_cast<std::size_t>(result->height) * 3);
        }
    }
}

TEST(DecodePicture, randomBytesAfterEachSignatureAreRefused)
{
    std::uint32_t state = 7;
    const auto next = [&state] { return (state = state * 1664525U + 1013904223U) >> 24; };
    for (const char *name : {"rgb.png", "rgb.jpg", "rgb.webp"}) {
        const std::vector<std::byte> bytes = sample(name);
        for (int round = 0; round < 200; ++round) {
            std::vector<std::byte> noise(bytes.begin(), bytes.begin() + 16);
            for (int i = 0; i < 300; ++i)
                noise.push_back(static_cast<std::byte>(next()));
            expectRefused(noise, name);
        }
    }
    expectRefused({}, "nothing", "is empty");
    const std::vector<std::byte> text(40, std::byte{'x'});
    expectRefused(text, "text", "not a PNG, JPEG or WebP");
}

std::vector<std::byte> pngOfDeclaredSize(std::uint32_t width, std::uint32_t height)
{
    std::vector<std::byte> bytes = sample("rgb.png");
    put32(bytes, 16, width);
    put32(bytes, 20, height);
    put32(bytes, 29, static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef *>(bytes.data()) + 12, 17)));
    return bytes;
}

TEST(DecodePicture, hugeDeclaredSizesAreRefused)
{
    expectRefused(pngOfDeclaredSize(16385, 1), "png", "at most 16384 pixels a side");
    expectRefused(pngOfDeclaredSize(1, 900000), "png", "at most 16384 pixels a side");
    expectRefused(pngOfDeclaredSize(0x7fffffff, 0x7fffffff), "png");
    expectRefused(pngOfDeclaredSize(0, 5), "png");
    expectRefused(pngOfDeclaredSize(10001, 10000), "png", "at most 100 million pixels");
    // Within the limits, but the data end early.
    expectRefused(pngOfDeclaredSize(23, 18), "png", "truncated or damaged");

    std::vector<std::byte> jpeg = sample("rgb.jpg");
    const std::array<std::byte, 2> startOfFrame = {std::byte{0xff}, std::byte{0xc0}};
    const auto frame = std::search(jpeg.begin(), jpeg.end(), startOfFrame.begin(), startOfFrame.end());
    ASSERT_NE(frame, jpeg.end());
    put(jpeg, static_cast<std::size_t>(frame - jpeg.begin()) + 5, {0xfd, 0xe8, 0xfd, 0xe8});
    expectRefused(jpeg, "jpeg", "at most 16384 pixels a side");
    put(jpeg, static_cast<std::size_t>(frame - jpeg.begin()) + 5, {0x3a, 0x98, 0x3a, 0x98});
    expectRefused(jpeg, "jpeg", "at most 100 million pixels");
    put(jpeg, static_cast<std::size_t>(frame - jpeg.begin()) + 5, {0x01, 0x00, 0x00, 0x17});
    expectRefused(jpeg, "jpeg", "truncated or damaged");
}

std::vector<std::byte> animation(int canvas, int offset)
{
    const std::vector<std::byte> still = sample("rgb.webp");
    std::vector<std::byte> bytes(12 + 18 + 14 + 8 + 16);
    std::memcpy(bytes.data(), "RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0", 24);
    put(bytes, 24, {canvas - 1, 0, 0, canvas - 1, 0, 0});
    std::memcpy(bytes.data() + 30, "ANIM\x06\0\0\0\0\0\0\0\0\0", 14);
    const auto frameBytes = static_cast<int>(16 + still.size() - 12);
    std::memcpy(bytes.data() + 44, "ANMF", 4);
    put(bytes, 48, {frameBytes, 0, 0, 0, offset / 2, 0, 0, offset / 2, 0, 0, 22, 0, 0, 16, 0, 0, 100, 0, 0, 0});
    bytes.insert(bytes.end(), still.begin() + 12, still.end());
    put(bytes, 4, {static_cast<int>(bytes.size() - 8), 0, 0, 0});
    return bytes;
}

TEST(DecodePicture, firstFrameOfAnAnimatedWebp)
{
    const Result<Picture> still = decodePicture(sample("rgb.webp"), "still");
    const Result<Picture> picture = decodePicture(animation(40, 4), "moving");
    ASSERT_TRUE(picture.ok()) << picture.error().message;
    ASSERT_EQ(picture->width, 40);
    ASSERT_EQ(picture->height, 40);
    for (int y = 0; y < 40; ++y) {
        for (int x = 0; x < 40; ++x) {
            const bool inside = x >= 4 && x < 27 && y >= 4 && y < 21;
            for (int channel = 0; channel < 3; ++channel) {
                const int expected = inside ? still->rgb[static_cast<std::size_t>(((y - 4) * 23 + x - 4) * 3 + channel)] : 0;
                ASSERT_EQ(picture->rgb[static_cast<std::size_t>((y * 40 + x) * 3 + channel)], expected);
            }
        }
    }
    expectRefused(animation(24, 4), "frame outside its canvas", "does not fit its canvas");
    std::vector<std::byte> bytes = animation(40, 4);
    for (std::size_t length = 0; length < bytes.size(); ++length)
        expectRefused(std::vector<std::byte>(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length)), "cut");
}

TEST(ReadPicture, missingFileAndFolder)
{
    const Result<Picture> missing = readPicture("no/such/picture.png");
    ASSERT_FALSE(missing.ok());
    EXPECT_NE(missing.error().message.find("no/such/picture.png"), std::string::npos);
    EXPECT_FALSE(readPicture(WINNOW_GOLDEN_DIR).ok());
}

TEST(EncodePng, comesBackUnchangedAndIsDeterministic)
{
    for (const auto &[width, height] : {std::pair{1, 1}, {23, 17}, {200, 3}, {3, 200}}) {
        const Picture picture = synthetic(width, height);
        const Result<std::vector<std::byte>> bytes = encodePng(picture);
        ASSERT_TRUE(bytes.ok()) << bytes.error().message;
        EXPECT_EQ(*bytes, *encodePng(picture));
        const Result<Picture> back = decodePicture(*bytes, "own.png");
        ASSERT_TRUE(back.ok()) << back.error().message;
        EXPECT_EQ(back->width, width);
        EXPECT_EQ(back->height, height);
        EXPECT_EQ(back->rgb, picture.rgb);
    }
    EXPECT_FALSE(encodePng(Picture{}).ok());
    EXPECT_FALSE(encodePng(Picture{2, 2, std::vector<std::uint8_t>(11)}).ok());
}

} // namespace
} // namespace winnow
