#include "core/image/decode_formats.h"

#include <png.h>

#include <algorithm>
#include <csetjmp>
#include <cstring>
#include <vector>

namespace winnow::image {
namespace {

/// How the rows that libpng delivers become RGB.
enum class RowKind {
    Rgb,      ///< ready: three bytes a pixel
    Indexed,  ///< one byte a pixel, an index into the palette
    Grey16,   ///< two bytes a pixel, high byte first
};

struct PngReader {
    png_structp png = nullptr;
    png_infop info = nullptr;
    std::span<const std::byte> rest;
    RowKind kind = RowKind::Rgb;
    std::size_t rowBytes = 0;
    std::vector<png_bytep> rows;
    char message[160] = {};

    PngReader() = default;
    PngReader(const PngReader &) = delete;
    PngReader &operator=(const PngReader &) = delete;
    ~PngReader() { png_destroy_read_struct(&png, &info, nullptr); }
};

[[noreturn]] void onError(png_structp png, png_const_charp text)
{
    auto *reader = static_cast<PngReader *>(png_get_error_ptr(png));
    std::strncpy(reader->message, text, sizeof reader->message - 1);
    png_longjmp(png, 1);
}

void onWarning(png_structp, png_const_charp) {}

void onRead(png_structp png, png_bytep target, std::size_t count)
{
    auto *reader = static_cast<PngReader *>(png_get_io_ptr(png));
    if (count > reader->rest.size())
        png_error(png, "the file ends too early");
    std::memcpy(target, reader->rest.data(), count);
    reader->rest = reader->rest.subspan(count);
}

/// Runs `step` with libpng's longjmp landing here. The steps own no object with a destructor, so that nothing leaks
/// when libpng jumps out of them.
bool guarded(PngReader &reader, void (*step)(PngReader &))
{
    if (setjmp(png_jmpbuf(reader.png)) != 0)
        return false;
    step(reader);
    return true;
}

void readHeader(PngReader &reader)
{
    // Only IHDR, PLTE, tRNS, IDAT and IEND matter: the others (colour profiles, texts, EXIF) change no pixel here and
    // could each unpack to megabytes.
    png_set_keep_unknown_chunks(reader.png, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
    png_read_info(reader.png, reader.info);
}

void chooseTransforms(PngReader &reader)
{
    const png_byte type = png_get_color_type(reader.png, reader.info);
    const png_byte depth = png_get_bit_depth(reader.png, reader.info);
    if (type == PNG_COLOR_TYPE_PALETTE) {
        reader.kind = RowKind::Indexed;
        png_set_packing(reader.png);
    } else if (type == PNG_COLOR_TYPE_GRAY && depth == 16) {
        reader.kind = RowKind::Grey16;
    } else {
        if (depth == 16)
            png_set_strip_16(reader.png);
        if ((type & PNG_COLOR_MASK_ALPHA) != 0)
            png_set_strip_alpha(reader.png);
        if ((type & PNG_COLOR_MASK_COLOR) == 0)
            png_set_gray_to_rgb(reader.png);
    }
    png_set_interlace_handling(reader.png);
    png_read_update_info(reader.png, reader.info);
    reader.rowBytes = png_get_rowbytes(reader.png, reader.info);
}

void readRows(PngReader &reader)
{
    png_read_image(reader.png, reader.rows.data());
    png_read_end(reader.png, nullptr);
}

void indexedToRgb(PngReader &reader, const std::vector<png_byte> &raw, Picture &picture)
{
    // Pillow starts from a grey ramp, so an index past the end of the palette is that grey.
    png_color table[256];
    for (int i = 0; i < 256; ++i)
        table[i] = {static_cast<png_byte>(i), static_cast<png_byte>(i), static_cast<png_byte>(i)};
    png_colorp palette = nullptr;
    int count = 0;
    if (png_get_PLTE(reader.png, reader.info, &palette, &count) != 0)
        std::copy(palette, palette + std::min(count, 256), table);
    std::uint8_t *out = picture.rgb.data();
    for (const png_byte index : raw) {
        *out++ = table[index].red;
        *out++ = table[index].green;
        *out++ = table[index].blue;
    }
}

void grey16ToRgb(const std::vector<png_byte> &raw, Picture &picture)
{
    std::uint8_t *out = picture.rgb.data();
    for (std::size_t i = 0; i + 1 < raw.size(); i += 2) {
        const std::uint8_t grey = raw[i] == 0 ? raw[i + 1] : 255;
        out = std::fill_n(out, 3, grey);
    }
}

} // namespace

Result<Picture> decodePng(std::span<const std::byte> bytes, const std::string &name)
{
    PngReader reader;
    reader.rest = bytes;
    reader.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reader, onError, onWarning);
    reader.info = reader.png != nullptr ? png_create_info_struct(reader.png) : nullptr;
    if (reader.info == nullptr)
        return Error{"there is no memory to decode " + name + "; close other programs"};
    png_set_read_fn(reader.png, &reader, onRead);

    if (!guarded(reader, readHeader))
        return damagedPicture(name, "PNG", reader.message);
    Picture picture;
    const std::int64_t width = png_get_image_width(reader.png, reader.info);
    const std::int64_t height = png_get_image_height(reader.png, reader.info);
    WINNOW_TRY(checkPictureSize(width, height, name));
    // Deflate packs at most 1032 bytes into one.
    const std::int64_t bits = std::int64_t{png_get_channels(reader.png, reader.info)}
                              * png_get_bit_depth(reader.png, reader.info);
    WINNOW_TRY(checkDataForPixels(width * height * bits, bytes.size(), 8 * 1032, name, "PNG"));
    if (!guarded(reader, chooseTransforms))
        return damagedPicture(name, "PNG", reader.message);

    picture.width = static_cast<int>(width);
    picture.height = static_cast<int>(height);
    picture.rgb.resize(static_cast<std::size_t>(width * height * 3));
    std::vector<png_byte> raw;
    if (reader.kind != RowKind::Rgb)
        raw.resize(reader.rowBytes * static_cast<std::size_t>(height));
    png_bytep target = reader.kind == RowKind::Rgb ? picture.rgb.data() : raw.data();
    for (std::int64_t y = 0; y < height; ++y)
        reader.rows.push_back(target + static_cast<std::size_t>(y) * reader.rowBytes);
    if (!guarded(reader, readRows))
        return damagedPicture(name, "PNG", reader.message);
    if (reader.kind == RowKind::Indexed)
        indexedToRgb(reader, raw, picture);
    else if (reader.kind == RowKind::Grey16)
        grey16ToRgb(raw, picture);
    return picture;
}

} // namespace winnow::image
