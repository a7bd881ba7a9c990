#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/image/picture.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace winnow {

/// What a picture may cost at most; larger ones are refused before memory is taken for their pixels.
inline constexpr std::size_t maxPictureFileBytes = 100'000'000;
inline constexpr int maxPictureSide = 16384;
inline constexpr std::int64_t maxPicturePixels = 100'000'000;

/// Decodes a PNG, JPEG or WebP file, told apart by content, to the RGB bytes that Pillow 11.2.1's `convert("RGB")`
/// gives (spec preprocessing.md section 1): alpha is dropped, EXIF rotation is ignored, of an animation the first frame
/// is taken. Truncated and damaged files are refused. Pure function, any thread. Errors name `nameForErrors`.
WINNOW_CORE_API Result<Picture> decodePicture(std::span<const std::byte> bytes, const std::string &nameForErrors);

/// Reads and decodes one file.
WINNOW_CORE_API Result<Picture> readPicture(const std::string &path);

} // namespace winnow
