#include "app/cli/bench/bench_parts.h"
#include "core/image/dynamic_tiling.h"

#include <CLI/CLI.hpp>

#include <charconv>
#include <memory>

namespace winnow::cli
{

namespace
{

struct TileBench {
    std::vector<std::string> sizes{"640x480"};
    int maxTiles = 6;
    int size = 448;
    int repeats = 5;
};

/// A picture of noise in a size like "640x480".
Result<Picture> madePicture(const std::string &size)
{
    Picture picture;
    const char *end = size.data() + size.size();
    const auto width = std::from_chars(size.data(), end, picture.width);
    const bool cross = width.ec == std::errc() && width.ptr != end && *width.ptr == 'x';
    const auto height = cross ? std::from_chars(width.ptr + 1, end, picture.height) : width;
    if (!cross || height.ec != std::errc() || height.ptr != end || picture.width < 1 || picture.height < 1
        || picture.width > 16384 || picture.height > 16384)
        return Error{"The size \"" + size + "\" is not WIDTHxHEIGHT with sides from 1 to 16384."};
    picture.rgb.resize(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * 3);
    std::uint64_t state = 1;
    for (std::uint8_t &value : picture.rgb) {
        state = state * 6364136223846793005U + 1442695040888963407U; // any noise will do
        value = static_cast<std::uint8_t>(state >> 56);
    }
    return picture;
}

int benchTile(const GlobalOptions &global, const TileBench &options)
{
    std::vector<Picture> pictures;
    for (const std::string &size : options.sizes) {
        Result<Picture> picture = madePicture(size);
        if (!picture.ok())
            return fail(global, picture.error().message);
        pictures.push_back(std::move(*picture));
    }
    std::vector<double> seconds;
    std::int64_t tiles = 0;
    for (int i = 0; i <= options.repeats; ++i) { // the first pass warms up
        tiles = 0;
        const Stopwatch watch;
        for (const Picture &picture : pictures)
            tiles += tilePicture(picture, options.maxTiles, options.size).count;
        if (i > 0)
            seconds.push_back(watch.seconds());
    }
    const double median = quantile(seconds, 0.5);
    return printFigures(global,
                        {{"device", processorName()},
                         {"threads", 1},
                         {"pictures", pictures.size()},
                         {"max_tiles", options.maxTiles},
                         {"tile_size", options.size},
                         {"tiles", tiles},
                         {"seconds", median},
                         {"pictures_per_second", static_cast<double>(pictures.size()) / median},
                         {"winnow", WINNOW_VERSION}});
}

} // namespace

Command addBenchTile(CLI::App &bench, GlobalOptions &global)
{
    auto options = std::make_shared<TileBench>();
    CLI::App *command = bench.add_subcommand("tile", "Seconds to resize and tile pictures of noise, on one thread");
    command->add_option("--sizes", options->sizes, "Sizes of the pictures, separated by commas")
        ->delimiter(',')
        ->type_name("WxH,..")
        ->capture_default_str();
    command->add_option("--max", options->maxTiles, "Most tiles, without the thumbnail")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    command->add_option("--size", options->size, "Side of a tile in pixels")
        ->check(CLI::Range(1, 2048))
        ->capture_default_str();
    command->add_option("--repeats", options->repeats, "Measured passes")
        ->check(CLI::Range(1, 1000000))
        ->capture_default_str();
    return {command, [options, &global] { return benchTile(global, *options); }};
}

} // namespace winnow::cli
