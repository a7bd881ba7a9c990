#include "app/cli/commands.h"
#include "core/image/decode.h"
#include "core/image/dynamic_tiling.h"
#include "core/weights/safetensors_file.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <array>
#include <cstdint>
#include <iostream>
#include <memory>
#include <span>
#include <string>

namespace winnow::cli {
namespace {

struct TileOptions {
    std::string picture;
    std::string out;
    int maxTiles = 6;
    int size = 448;
};

Status writeTiles(const Tiles &tiles, const std::string &path)
{
    const std::array<std::int64_t, 2> grid = {tiles.columns, tiles.rows};
    return writeSafetensors(path, {{"tiles_u8", DType::U8, {tiles.count, tiles.size, tiles.size, 3},
                                    std::as_bytes(std::span(tiles.rgb))},
                                   {"grid", DType::I64, {2}, std::as_bytes(std::span(grid))}});
}

int runTile(const GlobalOptions &global, const TileOptions &options)
{
    const Result<Picture> picture = readPicture(options.picture);
    if (!picture.ok())
        return fail(global, picture.error().message);
    const Tiles tiles = tilePicture(*picture, options.maxTiles, options.size);
    if (const Status written = writeTiles(tiles, options.out); !written.ok())
        return fail(global, written.error().message);
    if (global.json)
        std::cout << nlohmann::json{{"grid", {tiles.columns, tiles.rows}}, {"tiles", tiles.count}, {"size", tiles.size}}
                  << '\n';
    else
        std::cout << options.out << ": " << tiles.count << " tiles of " << tiles.size << " x " << tiles.size << " pixels, "
                  << tiles.columns << " columns x " << tiles.rows << " rows"
                  << (tiles.count > 1 ? " and a thumbnail" : "") << '\n';
    return 0;
}

} // namespace

Command addTile(CLI::App &app, GlobalOptions &global)
{
    auto options = std::make_shared<TileOptions>();
    CLI::App *tile = app.add_subcommand("tile", "Cut a picture into the tiles that the model sees");
    tile->add_option("picture", options->picture, "PNG, JPEG or WebP file")->required()->type_name("PICTURE");
    // The upper limits keep the result under 1 GB; InternVL itself goes to 12 tiles (40 at most) of 448 pixels.
    tile->add_option("--max", options->maxTiles, "Most tiles, without the thumbnail")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    tile->add_option("--size", options->size, "Side of a tile in pixels")->check(CLI::Range(1, 2048))->capture_default_str();
    tile->add_option("--out", options->out, "File to write: tiles_u8 [T,H,W,3] and grid [columns, rows]")
        ->required()
        ->type_name("FILE.safetensors");
    return {tile, [options, &global] { return runTile(global, *options); }};
}

} // namespace winnow::cli
