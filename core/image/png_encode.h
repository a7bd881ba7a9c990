#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/image/picture.h"

#include <cstddef>
#include <vector>

namespace winnow {

/// An 8-bit RGB PNG file of the picture, without time stamps or other chunks: equal pictures give equal bytes with one
/// version of libpng and zlib. Fails if `rgb` does not hold width * height * 3 bytes or a side is not positive.
WINNOW_CORE_API Result<std::vector<std::byte>> encodePng(const Picture &picture);

} // namespace winnow
