#include "core/image/decode.h"
#include "core/image/dynamic_tiling.h"
#include "tests/fuzz/fuzz_target.h"

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const Result<Picture> picture = decodePicture(std::as_bytes(std::span(data, size)), "input");
    if (!picture) {
        fuzz::require(picture.error().message.starts_with("input "), "an error must begin with the picture's name");
        return 0;
    }
    fuzz::require(picture->width >= 1 && picture->width <= maxPictureSide, "a width within the limits");
    fuzz::require(picture->height >= 1 && picture->height <= maxPictureSide, "a height within the limits");
    fuzz::require(picture->rgb.size()
                      == static_cast<std::size_t>(picture->width) * static_cast<std::size_t>(picture->height) * 3,
                  "every pixel must be there");
    if (picture->rgb.size() < 100'000) {
        const Tiles tiles = tilePicture(*picture, 6, 28);
        fuzz::require(tiles.rgb.size() == static_cast<std::size_t>(tiles.count) * 28 * 28 * 3, "every tile whole");
    }
    return 0;
}
