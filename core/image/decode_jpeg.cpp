#include "core/image/decode_formats.h"

#include <cstdio> // jpeglib.h needs FILE

#include <jpeglib.h>

#include <jerror.h>

#include <algorithm>
#include <csetjmp>
#include <vector>

namespace winnow::image {
namespace {

/// A progressive file may ask for any number of passes over the picture; real ones have about ten.
constexpr int maxScans = 100;

struct JpegReader {
    jpeg_decompress_struct info = {};
    jpeg_error_mgr errors = {};
    jpeg_source_mgr source = {};
    jpeg_progress_mgr progress = {};
    std::jmp_buf jump = {};
    std::span<const std::byte> bytes;
    Picture picture;
    std::vector<JSAMPLE> cmykRow;
    char message[JMSG_LENGTH_MAX] = {};

    JpegReader() = default;
    JpegReader(const JpegReader &) = delete;
    JpegReader &operator=(const JpegReader &) = delete;
    ~JpegReader() { jpeg_destroy_decompress(&info); }
};

JpegReader &readerOf(j_common_ptr info)
{
    return *static_cast<JpegReader *>(info->client_data);
}

[[noreturn]] void onError(j_common_ptr info)
{
    JpegReader &reader = readerOf(info);
    info->err->format_message(info, reader.message);
    std::longjmp(reader.jump, 1);
}

void onMessage(j_common_ptr info, int level)
{
    if (level >= 0)
        return;
    switch (info->err->msg_code) {
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_MUST_RESYNC:
        // libjpeg would go on with invented pixels.
        onError(info);
    default:
        ++info->err->num_warnings;
    }
}

void onOutput(j_common_ptr) {}

void onProgress(j_common_ptr info)
{
    const auto *decompress = reinterpret_cast<j_decompress_ptr>(info);
    if (decompress->input_scan_number > maxScans)
        ERREXIT(info, JERR_BAD_PROGRESSION);
}

void onSourceStart(j_decompress_ptr) {}

boolean onSourceEmpty(j_decompress_ptr info)
{
    ERREXIT(info, JERR_INPUT_EOF);
    return FALSE;
}

void onSourceSkip(j_decompress_ptr info, long count)
{
    if (count <= 0)
        return;
    if (static_cast<std::size_t>(count) > info->src->bytes_in_buffer)
        ERREXIT(info, JERR_INPUT_EOF);
    info->src->next_input_byte += count;
    info->src->bytes_in_buffer -= static_cast<std::size_t>(count);
}

/// Runs `step` with libjpeg's errors landing here. The steps own no object with a destructor, so that nothing leaks
/// when libjpeg jumps out of them.
bool guarded(JpegReader &reader, void (*step)(JpegReader &))
{
    if (setjmp(reader.jump) != 0)
        return false;
    step(reader);
    return true;
}

void readHeader(JpegReader &reader)
{
    jpeg_create_decompress(&reader.info);
    reader.info.client_data = &reader;
    reader.info.progress = &reader.progress;
    reader.progress.progress_monitor = onProgress;
    reader.info.src = &reader.source;
    reader.source.init_source = onSourceStart;
    reader.source.fill_input_buffer = onSourceEmpty;
    reader.source.skip_input_data = onSourceSkip;
    reader.source.resync_to_restart = jpeg_resync_to_restart;
    reader.source.term_source = onSourceStart;
    reader.source.next_input_byte = reinterpret_cast<const JOCTET *>(reader.bytes.data());
    reader.source.bytes_in_buffer = reader.bytes.size();
    jpeg_read_header(&reader.info, TRUE);
}

/// Pillow's CMYK to RGB: all four samples inverted, with or without an Adobe marker.
void cmykToRgb(const JSAMPLE *cmyk, JDIMENSION width, std::uint8_t *rgb)
{
    for (JDIMENSION x = 0; x < width; ++x, cmyk += 4, rgb += 3) {
        const int notBlack = cmyk[3]; // 255 - (255 - sample)
        for (int channel = 0; channel < 3; ++channel) {
            const int product = (255 - cmyk[channel]) * notBlack + 128;
            const int ink = ((product >> 8) + product) >> 8;
            rgb[channel] = static_cast<std::uint8_t>(std::clamp(notBlack - ink, 0, 255));
        }
    }
}

void readRows(JpegReader &reader)
{
    jpeg_decompress_struct &info = reader.info;
    const bool cmyk = info.num_components == 4;
    info.out_color_space = cmyk ? JCS_CMYK : JCS_RGB;
    // What Pillow decodes with; written down because the pixels depend on it.
    info.dct_method = JDCT_ISLOW;
    info.do_fancy_upsampling = TRUE;
    jpeg_start_decompress(&info);
    const std::size_t rowBytes = static_cast<std::size_t>(info.output_width) * 3;
    while (info.output_scanline < info.output_height) {
        std::uint8_t *target = reader.picture.rgb.data() + info.output_scanline * rowBytes;
        JSAMPROW row = cmyk ? reader.cmykRow.data() : target;
        if (jpeg_read_scanlines(&info, &row, 1) != 1)
            ERREXIT(&info, JERR_INPUT_EOF);
        if (cmyk)
            cmykToRgb(row, info.output_width, target);
    }
    jpeg_finish_decompress(&info);
}

} // namespace

Result<Picture> decodeJpeg(std::span<const std::byte> bytes, const std::string &name)
{
    JpegReader reader;
    reader.bytes = bytes;
    reader.info.err = jpeg_std_error(&reader.errors);
    reader.errors.error_exit = onError;
    reader.errors.emit_message = onMessage;
    reader.errors.output_message = onOutput;
    reader.info.client_data = &reader;
    if (!guarded(reader, readHeader))
        return damagedPicture(name, "JPEG", reader.message);
    const std::int64_t width = reader.info.image_width;
    const std::int64_t height = reader.info.image_height;
    WINNOW_TRY(checkPictureSize(width, height, name));
    // A progressive file needs a bit for each block of 64 samples; with the coarsest chroma, 455 pixels take a byte.
    constexpr std::int64_t mostPixelsPerByte = 2048;
    WINNOW_TRY(checkDataForPixels(width * height, bytes.size(), mostPixelsPerByte, name, "JPEG"));
    const int components = reader.info.num_components;
    if (components != 1 && components != 3 && components != 4)
        return Error{name + " is a JPEG file with " + std::to_string(components) +
                     " colour components; convert it to grey, RGB or CMYK"};
    reader.picture.width = static_cast<int>(width);
    reader.picture.height = static_cast<int>(height);
    reader.picture.rgb.resize(static_cast<std::size_t>(width * height * 3));
    if (components == 4)
        reader.cmykRow.resize(static_cast<std::size_t>(width) * 4);
    if (!guarded(reader, readRows))
        return damagedPicture(name, "JPEG", reader.message);
    return std::move(reader.picture);
}

} // namespace winnow::image
