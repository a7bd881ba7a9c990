#include "core/image/decode.h"
#include "tests/core/image/picture_fixtures.h"

#include <zlib.h>

#include <sys/resource.h>

#include <algorithm>
#include <cstring>
#include <string>

// Pictures made to break a decoder or to take all memory: refused, or harmless, and cheap.
namespace winnow
{
namespace
{

using testing::readBytes;
using testing::tilingPath;
using Bytes = std::string;

Bytes big32(std::uint32_t value)
{
    Bytes bytes;
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes.push_back(static_cast<char>(value >> shift & 255));
    return bytes;
}

Bytes chunk(const Bytes &kind, const Bytes &data)
{
    const Bytes body = kind + data;
    const auto crc = crc32(0, reinterpret_cast<const Bytef *>(body.data()), static_cast<uInt>(body.size()));
    return big32(static_cast<std::uint32_t>(data.size())) + body + big32(static_cast<std::uint32_t>(crc));
}

Bytes packed(const Bytes &data)
{
    uLongf size = compressBound(data.size());
    Bytes out(size, '\0');
    compress2(reinterpret_cast<Bytef *>(out.data()), &size, reinterpret_cast<const Bytef *>(data.data()), data.size(),
              9);
    out.resize(size);
    return out;
}

const Bytes signature("\x89PNG\r\n\x1a\n", 8);
const Bytes end = chunk("IEND", "");

Bytes header(std::uint32_t width, std::uint32_t height, int depth = 8, int type = 2, int packing = 0, int filter = 0,
             int interlace = 0)
{
    Bytes data = big32(width) + big32(height);
    for (const int value : {depth, type, packing, filter, interlace})
        data.push_back(static_cast<char>(value));
    return chunk("IHDR", data);
}

/// Black RGB rows with their filter bytes.
Bytes blackRows(std::uint32_t width, std::uint32_t height)
{
    return chunk("IDAT", packed(Bytes((width * 3 + 1) * height, '\0')));
}

Bytes fixture(const std::string &name)
{
    const std::vector<std::byte> bytes = readBytes(tilingPath("decode/" + name));
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

Bytes with(Bytes bytes, std::size_t place, const Bytes &value)
{
    return bytes.replace(place, value.size(), value);
}

/// `bytes` behind the first place of `mark`, which must be there, replaced.
Bytes behind(const Bytes &bytes, const Bytes &mark, std::size_t distance, const Bytes &value)
{
    const std::size_t place = bytes.find(mark);
    EXPECT_NE(place, Bytes::npos);
    return with(bytes, place + distance, value);
}

struct Case {
    const char *what;
    Bytes bytes;
};

std::vector<Case> brokenPngs()
{
    const Bytes good = signature + header(4, 4) + blackRows(4, 4) + end;
    Bytes wrongCrc = good;
    wrongCrc[signature.size() + 20] ^= 1;
    Bytes wrongData = good;
    wrongData[wrongData.size() - end.size() - 6] ^= 1;
    return {
        {"30,000 a side", signature + header(30000, 30000) + blackRows(1, 1) + end},
        {"16,384 a side", signature + header(16384, 16384) + blackRows(1, 1) + end},
        {"9,999 a side with a few bytes", signature + header(9999, 9999) + blackRows(4, 4) + end},
        {"wide palette with a few bytes",
         signature + header(16000, 6000, 1, 3) + chunk("PLTE", "abc") + blackRows(4, 4) + end},
        {"2^31 - 1 a side", signature + header(0x7fffffff, 0x7fffffff) + blackRows(1, 1) + end},
        {"2^32 - 1 wide", signature + header(0xffffffff, 1) + blackRows(1, 1) + end},
        {"no width", signature + header(0, 4) + blackRows(4, 4) + end},
        {"no height", signature + header(4, 0) + blackRows(4, 4) + end},
        {"colour type 5", signature + header(4, 4, 8, 5) + blackRows(4, 4) + end},
        {"depth 3", signature + header(4, 4, 3) + blackRows(4, 4) + end},
        {"unknown packing", signature + header(4, 4, 8, 2, 1) + blackRows(4, 4) + end},
        {"unknown filter method", signature + header(4, 4, 8, 2, 0, 9) + blackRows(4, 4) + end},
        {"unknown interlacing", signature + header(4, 4, 8, 2, 0, 0, 7) + blackRows(4, 4) + end},
        {"wrong sum of the header", wrongCrc},
        {"wrong sum of the data", wrongData},
        {"no header", signature + blackRows(4, 4) + end},
        {"no data", signature + header(4, 4) + end},
        {"palette without one", signature + header(4, 4, 8, 3) + blackRows(4, 4) + end},
        {"rows missing", signature + header(4, 400) + blackRows(4, 4) + end},
        {"filter byte 9", signature + header(4, 1) + chunk("IDAT", packed("\x09" + Bytes(12, '\0'))) + end},
        {"data not deflated", signature + header(4, 4) + chunk("IDAT", Bytes(60, 'x')) + end},
        {"chunk of 2^31 - 1", signature + big32(0x7fffffff) + "IHDR" + Bytes(30, 'x')},
        {"ends in a chunk", good.substr(0, good.size() - end.size() - 5)},
        {"signature alone", signature},
    };
}

std::vector<Case> brokenOthers()
{
    const Bytes jpeg = fixture("rgb.jpg");
    const Bytes webp = fixture("rgb.webp");
    const Bytes frame("\xff\xc0", 2);
    return {
        {"JPEG of 65,535 a side", behind(jpeg, frame, 5, Bytes(4, '\xff'))},
        {"JPEG of 9,999 a side with a few bytes", behind(jpeg, frame, 5, Bytes("\x27\x0f\x27\x0f", 4))},
        {"JPEG without height", behind(jpeg, frame, 5, Bytes(2, '\0'))},
        {"JPEG without width", behind(jpeg, frame, 7, Bytes(2, '\0'))},
        {"JPEG of 12 bits", behind(jpeg, frame, 4, "\x0c")},
        {"JPEG with 9 components", behind(jpeg, frame, 9, "\x09")},
        {"JPEG with sampling 0", behind(jpeg, frame, 11, Bytes(1, '\0'))},
        {"JPEG cut in its scan", jpeg.substr(0, jpeg.size() * 3 / 4)},
        {"JPEG without a scan", jpeg.substr(0, jpeg.find(Bytes("\xff\xda", 2))) + Bytes("\xff\xd9", 2)},
        {"JPEG of one mark", Bytes("\xff\xd8\xff", 3)},
        {"WebP cut", webp.substr(0, webp.size() - 9)},
        {"WebP of one length", webp.substr(0, 20)},
        {"WebP with another signature", with(webp, 20, "\x55")},
        {"WebP canvas of 2^24", Bytes("RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff", 30)},
        {"empty", ""},
        {"text", "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>"},
        {"GIF", Bytes("GIF89a\1\0\1\0\0\0\0;", 14)},
        {"BMP", Bytes("BM", 2) + Bytes(60, '\0')},
        {"TIFF", Bytes("II*\0\x08\0\0\0", 8) + Bytes(20, '\0')},
    };
}

long peakKilobytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

TEST(PictureBombs, EachIsRefusedWithASentenceAndWithoutItsMemory)
{
    const long before = peakKilobytes();
    std::size_t count = 0;
    for (const auto &list : {brokenPngs(), brokenOthers()}) {
        for (const Case &bad : list) {
            const Result<Picture> picture = decodePicture(std::as_bytes(std::span(bad.bytes)), "photo.bin");
            ++count;
            ASSERT_FALSE(picture.ok()) << bad.what;
            EXPECT_EQ(picture.error().message.rfind("photo.bin ", 0), 0U)
                << bad.what << ": " << picture.error().message;
        }
    }
    EXPECT_GE(count, 30U);
    EXPECT_LT(peakKilobytes() - before, 200 * 1024);
}

TEST(PictureBombs, WhatUnpacksBesideThePixelsIsLeftPacked)
{
    const Bytes megabytes = packed(Bytes(50'000'000, 'x'));
    const long before = peakKilobytes();
    for (const Bytes &extra :
         {chunk("zTXt", Bytes("key\0\0", 5) + megabytes), chunk("iCCP", Bytes("name\0\0", 6) + megabytes),
          chunk("iTXt", Bytes("key\0\1\0\0\0", 8) + megabytes)}) {
        const Bytes bytes = signature + header(4, 4) + extra + blackRows(4, 4) + end;
        const Result<Picture> picture = decodePicture(std::as_bytes(std::span(bytes)), "photo.bin");
        ASSERT_TRUE(picture.ok()) << picture.error().message;
        EXPECT_EQ(picture->rgb, std::vector<std::uint8_t>(48));
    }
    EXPECT_LT(peakKilobytes() - before, 20 * 1024);
}

TEST(PictureBombs, AFileOverTheLimitIsRefusedUnread)
{
    const std::vector<std::byte> large(maxPictureFileBytes + 1);
    const Result<Picture> picture = decodePicture(large, "photo.bin");
    ASSERT_FALSE(picture.ok());
    EXPECT_NE(picture.error().message.find("100 MB"), std::string::npos);
}

TEST(PictureBombs, TheBestPackingIsStillAccepted)
{
    // One colour packs near deflate's limit, and is no bomb.
    const Bytes bytes = signature + header(3000, 2000) + blackRows(3000, 2000) + end;
    const Result<Picture> picture = decodePicture(std::as_bytes(std::span(bytes)), "photo.bin");
    ASSERT_TRUE(picture.ok()) << picture.error().message;
    EXPECT_EQ(picture->width, 3000);
}

} // namespace
} // namespace winnow
