#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <cstddef>
#include <span>
#include <string>

namespace winnow
{

struct PictureSize {
    int width = 0;
    int height = 0;
    std::string format; ///< "png", "jpg" or "webp"
};

/// Format and size from the header of a PNG, JPEG or WebP file, within the limits of decode.h; the pixels are not
/// decoded, so a file that is damaged further on passes. `bytes` may be only the beginning of the file.
WINNOW_CORE_API Result<PictureSize> pictureSize(std::span<const std::byte> bytes, const std::string &nameForErrors);

/// Reads as much of the file as its header needs (at most 1 MiB).
WINNOW_CORE_API Result<PictureSize> pictureSizeOfFile(const std::string &path);

} // namespace winnow
