#include "core/image/dynamic_tiling.h"

#include "core/image/bicubic_resize.h"

#include <cassert>
#include <cmath>
#include <limits>

namespace winnow {
namespace {

void appendTile(const Picture &whole, int column, int row, Tiles &tiles)
{
    const auto size = static_cast<std::size_t>(tiles.size);
    const std::size_t stride = static_cast<std::size_t>(whole.width) * 3;
    const std::uint8_t *line = whole.rgb.data() + static_cast<std::size_t>(row) * size * stride +
                               static_cast<std::size_t>(column) * size * 3;
    for (int y = 0; y < tiles.size; ++y, line += stride)
        tiles.rgb.insert(tiles.rgb.end(), line, line + size * 3);
    ++tiles.count;
}

} // namespace

TileGrid chooseGrid(int width, int height, int maxTiles, int tileSize)
{
    assert(width > 0 && height > 0 && maxTiles > 0 && tileSize > 0);
    const double ratio = static_cast<double>(width) / height;
    const double pixels = static_cast<double>(width) * height;
    const double halfTile = 0.5 * tileSize * tileSize;
    TileGrid best;
    double bestDistance = std::numeric_limits<double>::infinity();
    for (int count = 1; count <= maxTiles; ++count) {
        for (int columns = 1; columns <= count; ++columns) {
            if (count % columns != 0)
                continue;
            const TileGrid grid{columns, count / columns};
            const double distance = std::abs(ratio - static_cast<double>(grid.columns) / grid.rows);
            // The exact comparison of doubles is the reference's rule.
            if (distance < bestDistance || (distance == bestDistance && pixels > halfTile * count)) {
                bestDistance = distance;
                best = grid;
            }
        }
    }
    return best;
}

Tiles tilePicture(const Picture &picture, int maxTiles, int tileSize)
{
    const TileGrid grid = chooseGrid(picture.width, picture.height, maxTiles, tileSize);
    const int cut = grid.columns * grid.rows;
    Tiles tiles;
    tiles.size = tileSize;
    tiles.columns = grid.columns;
    tiles.rows = grid.rows;
    const std::size_t tileBytes = static_cast<std::size_t>(tileSize) * static_cast<std::size_t>(tileSize) * 3;
    tiles.rgb.reserve(tileBytes * static_cast<std::size_t>(cut > 1 ? cut + 1 : 1));
    const Picture whole = resizeBicubic(picture, grid.columns * tileSize, grid.rows * tileSize);
    for (int row = 0; row < grid.rows; ++row) {
        for (int column = 0; column < grid.columns; ++column)
            appendTile(whole, column, row, tiles);
    }
    if (cut > 1)
        appendTile(resizeBicubic(picture, tileSize, tileSize), 0, 0, tiles);
    return tiles;
}

int shareOfTiles(int maxTiles, std::size_t pictures)
{
    assert(maxTiles > 0 && pictures > 0);
    return pictures >= static_cast<std::size_t>(maxTiles) ? 1 : maxTiles / static_cast<int>(pictures);
}

Tiles joinTiles(std::span<const Tiles> parts)
{
    Tiles all;
    for (const Tiles &part : parts) {
        assert(all.size == 0 || all.size == part.size);
        all.size = part.size;
        all.count += part.count;
        all.rgb.insert(all.rgb.end(), part.rgb.begin(), part.rgb.end());
        all.ofPicture.push_back(part.count);
    }
    return all;
}

} // namespace winnow
