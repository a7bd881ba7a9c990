#include "core/image/png_encode.h"

#include "core/image/decode_formats.h"

#include <png.h>

#include <csetjmp>
#include <cstring>
#include <new>

namespace winnow {
namespace {

struct PngWriter {
    png_structp png = nullptr;
    png_infop info = nullptr;
    const Picture &picture;
    std::vector<std::byte> bytes;
    bool outOfMemory = false;
    char message[160] = {};

    explicit PngWriter(const Picture &source) : picture(source) {}
    PngWriter(const PngWriter &) = delete;
    PngWriter &operator=(const PngWriter &) = delete;
    ~PngWriter() { png_destroy_write_struct(&png, &info); }
};

[[noreturn]] void onError(png_structp png, png_const_charp text)
{
    auto *writer = static_cast<PngWriter *>(png_get_error_ptr(png));
    std::strncpy(writer->message, text, sizeof writer->message - 1);
    png_longjmp(png, 1);
}

void onWarning(png_structp, png_const_charp) {}

void onWrite(png_structp png, png_bytep data, std::size_t count)
{
    auto *writer = static_cast<PngWriter *>(png_get_io_ptr(png));
    const auto *start = reinterpret_cast<const std::byte *>(data);
    // An exception must not fly through libpng's C frames.
    try {
        writer->bytes.insert(writer->bytes.end(), start, start + count);
    } catch (const std::bad_alloc &) {
        writer->outOfMemory = true;
    }
    if (writer->outOfMemory)
        png_error(png, "no memory");
}

void onFlush(png_structp) {}

/// Owns no object with a destructor: libpng may jump out of it.
void writeAll(PngWriter &writer)
{
    const Picture &picture = writer.picture;
    png_set_IHDR(writer.png, writer.info, static_cast<png_uint_32>(picture.width),
                 static_cast<png_uint_32>(picture.height), 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
    // Fixed settings instead of the library's defaults: the bytes shall not change with them.
    png_set_compression_level(writer.png, 6);
    png_set_filter(writer.png, PNG_FILTER_TYPE_BASE, PNG_FILTER_SUB);
    png_write_info(writer.png, writer.info);
    const std::uint8_t *row = picture.rgb.data();
    for (int y = 0; y < picture.height; ++y, row += static_cast<std::size_t>(picture.width) * 3)
        png_write_row(writer.png, row);
    png_write_end(writer.png, writer.info);
}

bool guarded(PngWriter &writer)
{
    if (setjmp(png_jmpbuf(writer.png)) != 0)
        return false;
    writeAll(writer);
    return true;
}

} // namespace

Result<std::vector<std::byte>> encodePng(const Picture &picture)
{
    WINNOW_TRY(image::checkPictureSize(picture.width, picture.height, "the picture to be written"));
    if (picture.rgb.size() !=
        static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * 3)
        return Error{"the picture to be written does not hold width x height x 3 bytes"};
    PngWriter writer(picture);
    writer.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &writer, onError, onWarning);
    writer.info = writer.png != nullptr ? png_create_info_struct(writer.png) : nullptr;
    if (writer.info == nullptr)
        return Error{"there is no memory to write a PNG file; close other programs"};
    png_set_write_fn(writer.png, &writer, onWrite, onFlush);
    if (!guarded(writer))
        return Error{std::string("writing a PNG file failed: ") + writer.message};
    return std::move(writer.bytes);
}

} // namespace winnow
