#pragma once

#include "core/base/result.h"
#include "core/image/picture.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

// The decoders behind decodePicture. Each expects the right signature and returns a sentence that begins with `name`.
namespace winnow::image {

Result<Picture> decodePng(std::span<const std::byte> bytes, const std::string &name);
Result<Picture> decodeJpeg(std::span<const std::byte> bytes, const std::string &name);
Result<Picture> decodeWebp(std::span<const std::byte> bytes, const std::string &name);

/// Checks a declared size against the limits of decode.h.
Status checkPictureSize(std::int64_t width, std::int64_t height, const std::string &name);

/// Refuses a file that cannot hold its pixels even at the best packing of its format, before memory is taken for them.
Status checkDataForPixels(std::int64_t bitsOfPixels, std::size_t fileBytes, std::int64_t mostBitsPerByte,
                          const std::string &name, const char *format);

/// The sentence for a file that starts right and then goes wrong; `detail` is the library's own wording.
Error damagedPicture(const std::string &name, const char *format, const std::string &detail);

} // namespace winnow::image
