#pragma once

#include "core/base/export.h"
#include "core/image/picture.h"

namespace winnow {

/// Resizes with Pillow's bicubic filter (versions up to 12.2), bit for bit: columns first, then rows, 22-bit fixed
/// point, each pass rounded to 8 bits and left out when its size stays (spec preprocessing.md section 1).
/// Width and height, also of `picture`, must be at least 1. Pure function, any thread.
WINNOW_CORE_API Picture resizeBicubic(const Picture &picture, int width, int height);

} // namespace winnow
