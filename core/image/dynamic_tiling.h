#pragma once

#include "core/base/export.h"
#include "core/base/records.h"
#include "core/image/picture.h"

#include <cstddef>
#include <span>

namespace winnow {

/// How a picture is cut: `columns` x `rows` square tiles.
struct TileGrid {
    int columns = 1;
    int rows = 1;
    bool operator==(const TileGrid &) const = default;
};

/// The grid of at most `maxTiles` tiles whose shape is nearest to width / height; between equally near ones the later
/// (larger) wins if the picture has more than half its pixels (spec preprocessing.md section 1, rule 2, with tileSize in
/// place of 448). All arguments must be at least 1.
WINNOW_CORE_API TileGrid chooseGrid(int width, int height, int maxTiles, int tileSize);

/// Resizes the picture to its grid, cuts it row by row, and appends a thumbnail of the whole picture if there is more
/// than one tile. Result: [columns*rows (+ 1), tileSize, tileSize, 3] bytes. `maxTiles` and `tileSize` at least 1.
/// Pure function, any thread.
WINNOW_CORE_API Tiles tilePicture(const Picture &picture, int maxTiles, int tileSize);

/// The most tiles of each of a row's pictures, when they share `maxTiles`: equal parts rounded down, at least 1 (without
/// thumbnails, as everywhere). `pictures` at least 1.
WINNOW_CORE_API int shareOfTiles(int maxTiles, std::size_t pictures);

/// Tiles of several pictures one after the other.
WINNOW_CORE_API Tiles joinTiles(std::span<const Tiles> parts);

} // namespace winnow
