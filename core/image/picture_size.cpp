#include "core/image/picture_size.h"

#include "core/image/decode.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>
#include <vector>

namespace winnow
{

namespace
{

constexpr std::size_t headerBytes = std::size_t{1} << 20;

std::uint32_t at(std::span<const std::byte> bytes, std::size_t place)
{
    return std::to_integer<std::uint32_t>(bytes[place]);
}

std::string_view textAt(std::span<const std::byte> bytes, std::size_t place, std::size_t length)
{
    return {reinterpret_cast<const char *>(bytes.data()) + place, length};
}

std::optional<PictureSize> pngSize(std::span<const std::byte> bytes)
{
    if (bytes.size() < 24 || textAt(bytes, 0, 8) != "\x89PNG\r\n\x1A\n" || textAt(bytes, 12, 4) != "IHDR")
        return std::nullopt;
    const auto number = [&](std::size_t p) {
        return static_cast<int>(std::min<std::uint32_t>(
            (at(bytes, p) << 24) | (at(bytes, p + 1) << 16) | (at(bytes, p + 2) << 8) | at(bytes, p + 3), 0x7FFFFFFF));
    };
    return PictureSize{number(16), number(20), "png"};
}

/// Walks over the segments to the frame header (SOF).
std::optional<PictureSize> jpegSize(std::span<const std::byte> bytes)
{
    if (bytes.size() < 4 || at(bytes, 0) != 0xFF || at(bytes, 1) != 0xD8)
        return std::nullopt;
    std::size_t place = 2;
    while (place + 9 < bytes.size()) {
        if (at(bytes, place) != 0xFF)
            return std::nullopt;
        const std::uint32_t marker = at(bytes, place + 1);
        if (marker == 0xFF) { // fill byte
            ++place;
            continue;
        }
        const bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame)
            return PictureSize{static_cast<int>((at(bytes, place + 7) << 8) | at(bytes, place + 8)),
                               static_cast<int>((at(bytes, place + 5) << 8) | at(bytes, place + 6)), "jpg"};
        place += 2 + ((at(bytes, place + 2) << 8) | at(bytes, place + 3));
    }
    return std::nullopt;
}

std::optional<PictureSize> webpSize(std::span<const std::byte> bytes)
{
    if (bytes.size() < 30 || textAt(bytes, 0, 4) != "RIFF" || textAt(bytes, 8, 4) != "WEBP")
        return std::nullopt;
    const std::string_view kind = textAt(bytes, 12, 4);
    const auto little = [&](std::size_t p, int count) {
        std::uint32_t value = 0;
        for (int i = count - 1; i >= 0; --i)
            value = (value << 8) | at(bytes, p + static_cast<std::size_t>(i));
        return value;
    };
    if (kind == "VP8X")
        return PictureSize{static_cast<int>(little(24, 3)) + 1, static_cast<int>(little(27, 3)) + 1, "webp"};
    if (kind == "VP8L") {
        const std::uint32_t bits = little(21, 4);
        return PictureSize{static_cast<int>(bits & 0x3FFF) + 1, static_cast<int>((bits >> 14) & 0x3FFF) + 1, "webp"};
    }
    if (kind == "VP8 ")
        return PictureSize{static_cast<int>(little(26, 2) & 0x3FFF), static_cast<int>(little(28, 2) & 0x3FFF), "webp"};
    return std::nullopt;
}

} // namespace

Result<PictureSize> pictureSize(std::span<const std::byte> bytes, const std::string &nameForErrors)
{
    std::optional<PictureSize> size = pngSize(bytes);
    if (!size)
        size = jpegSize(bytes);
    if (!size)
        size = webpSize(bytes);
    if (!size)
        return Error{nameForErrors + ": it is no PNG, JPEG or WebP picture, or its header is damaged."};
    if (size->width < 1 || size->height < 1 || size->width > maxPictureSide || size->height > maxPictureSide
        || std::int64_t{size->width} * size->height > maxPicturePixels)
        return Error{nameForErrors + ": a picture of " + std::to_string(size->width) + " x "
                     + std::to_string(size->height) + " pixels is outside the limits."};
    return *size;
}

Result<PictureSize> pictureSizeOfFile(const std::string &path)
{
    std::error_code ec;
    const auto fileBytes = std::filesystem::file_size(path, ec);
    std::ifstream file(path, std::ios::binary);
    if (ec || !file)
        return Error{path + ": the picture cannot be read."};
    if (fileBytes > maxPictureFileBytes)
        return Error{path + ": the picture file is larger than 100 MB."};
    std::vector<std::byte> bytes(std::min<std::size_t>(4096, fileBytes));
    const auto fill = [&](std::size_t from) {
        file.read(reinterpret_cast<char *>(bytes.data()) + from, static_cast<std::streamsize>(bytes.size() - from));
        return static_cast<bool>(file);
    };
    if (!fill(0))
        return Error{path + ": the picture cannot be read."};
    Result<PictureSize> size = pictureSize(bytes, path);
    // A JPEG may have profiles and thumbnails before its frame header.
    if (!size.ok() && fileBytes > bytes.size()) {
        const std::size_t had = bytes.size();
        bytes.resize(std::min<std::size_t>(headerBytes, fileBytes));
        if (fill(had))
            size = pictureSize(bytes, path);
    }
    return size;
}

} // namespace winnow
