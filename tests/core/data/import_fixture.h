#pragma once

#include "core/data/import/import_data.h"
#include "core/image/png_encode.h"
#include "tests/core/data/temp_folder.h"

#include <string>
#include <vector>

namespace winnow {

/// A grey picture as the bytes of a file.
inline std::string pngBytes(int width, int height)
{
    const Picture picture{width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width * height * 3), 9)};
    const auto bytes = encodePng(picture).value();
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

/// Into the folder "out".
inline ImportOptions importOptions(ImportKind kind, const std::string &source, const TempFolder &folder)
{
    ImportOptions options;
    options.kind = kind;
    options.source = source;
    options.out = folder.file("out");
    return options;
}

} // namespace winnow
