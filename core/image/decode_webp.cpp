#include "core/image/decode_formats.h"

#include <webp/decode.h>

#include <algorithm>
#include <cstring>
#include <optional>

namespace winnow::image {
namespace {

/// Where a frame lies on its canvas; `data` is what libwebp decodes alone.
struct Frame {
    std::int64_t x = 0;
    std::int64_t y = 0;
    std::int64_t canvasWidth = 0;
    std::int64_t canvasHeight = 0;
    std::span<const std::byte> data;
};

std::uint32_t littleEndian(std::span<const std::byte> bytes, std::size_t offset, int count)
{
    std::uint32_t value = 0;
    for (int i = count - 1; i >= 0; --i)
        value = value << 8 | std::to_integer<std::uint32_t>(bytes[offset + static_cast<std::size_t>(i)]);
    return value;
}

/// First frame of an animated file: RIFF, VP8X with the canvas, chunks, the first ANMF (WebP container specification).
std::optional<Frame> firstFrame(std::span<const std::byte> bytes)
{
    constexpr std::size_t riffHeader = 12;
    constexpr std::size_t chunkHeader = 8;
    constexpr std::size_t frameHeader = 16;
    Frame frame;
    std::size_t offset = riffHeader;
    while (bytes.size() - offset >= chunkHeader) {
        const std::size_t size = littleEndian(bytes, offset + 4, 4);
        const std::size_t start = offset + chunkHeader;
        if (size > bytes.size() - start)
            return std::nullopt;
        if (std::memcmp(bytes.data() + offset, "VP8X", 4) == 0 && size >= 10) {
            frame.canvasWidth = littleEndian(bytes, start + 4, 3) + std::int64_t{1};
            frame.canvasHeight = littleEndian(bytes, start + 7, 3) + std::int64_t{1};
        } else if (std::memcmp(bytes.data() + offset, "ANMF", 4) == 0 && size > frameHeader) {
            frame.x = std::int64_t{2} * littleEndian(bytes, start, 3);
            frame.y = std::int64_t{2} * littleEndian(bytes, start + 3, 3);
            frame.data = bytes.subspan(start + frameHeader, size - frameHeader);
            return frame;
        }
        const std::size_t padded = size + size % 2;
        if (padded > bytes.size() - start)
            return std::nullopt;
        offset = start + padded;
    }
    return std::nullopt;
}

const char *reasonOf(VP8StatusCode status)
{
    switch (status) {
    case VP8_STATUS_NOT_ENOUGH_DATA:
    case VP8_STATUS_SUSPENDED:
        return "the file ends too early";
    case VP8_STATUS_UNSUPPORTED_FEATURE:
        return "it uses a feature that libwebp does not know";
    case VP8_STATUS_OUT_OF_MEMORY:
        return "there is no memory to decode it";
    default:
        return "its data are not valid";
    }
}

} // namespace

Result<Picture> decodeWebp(std::span<const std::byte> bytes, const std::string &name)
{
    WebPBitstreamFeatures features;
    const auto *start = reinterpret_cast<const std::uint8_t *>(bytes.data());
    VP8StatusCode status = WebPGetFeatures(start, bytes.size(), &features);
    if (status != VP8_STATUS_OK)
        return damagedPicture(name, "WebP", reasonOf(status));
    Frame frame{0, 0, features.width, features.height, bytes};
    if (features.has_animation != 0) {
        const std::optional<Frame> first = firstFrame(bytes);
        if (!first)
            return damagedPicture(name, "WebP", "its first frame is not whole");
        frame = *first;
        start = reinterpret_cast<const std::uint8_t *>(frame.data.data());
        status = WebPGetFeatures(start, frame.data.size(), &features);
        if (status != VP8_STATUS_OK)
            return damagedPicture(name, "WebP", reasonOf(status));
    }
    WINNOW_TRY(checkPictureSize(frame.canvasWidth, frame.canvasHeight, name));
    if (features.has_animation != 0 || frame.x + features.width > frame.canvasWidth ||
        frame.y + features.height > frame.canvasHeight)
        return damagedPicture(name, "WebP", "its first frame does not fit its canvas");

    // Where the first frame leaves the canvas free, Pillow gives transparent black, so black.
    Picture picture{static_cast<int>(frame.canvasWidth), static_cast<int>(frame.canvasHeight), {}};
    picture.rgb.resize(static_cast<std::size_t>(frame.canvasWidth * frame.canvasHeight * 3));
    WebPDecoderConfig config;
    if (WebPInitDecoderConfig(&config) == 0)
        return Error{"libwebp does not fit this build of Winnow; install the version it was built with"};
    const std::size_t skip = static_cast<std::size_t>((frame.y * frame.canvasWidth + frame.x) * 3);
    config.output.colorspace = MODE_RGB;
    config.output.is_external_memory = 1;
    config.output.u.RGBA.rgba = picture.rgb.data() + skip;
    config.output.u.RGBA.stride = picture.width * 3;
    config.output.u.RGBA.size = picture.rgb.size() - skip;
    status = WebPDecode(start, frame.data.size(), &config);
    if (status != VP8_STATUS_OK)
        return damagedPicture(name, "WebP", reasonOf(status));
    return picture;
}

} // namespace winnow::image
