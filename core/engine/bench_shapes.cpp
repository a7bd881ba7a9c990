#include "core/engine/bench_shapes.h"

#include "core/base/random.h"

namespace winnow {
namespace {

BenchShape demoShape()
{
    BenchShape shape;
    shape.config.vision = {.imageSize = 28, .patchSize = 7, .hidden = 64, .layers = 2, .heads = 4, .mlp = 256};
    auto &language = shape.config.language;
    language.hidden = 128;
    language.layers = 3;
    language.heads = 4;
    language.kvHeads = 2;
    language.headDim = 32;
    language.mlp = 512;
    language.vocab = 400;
    shape.tiles = 3;
    shape.textTokens = 90;
    shape.sites = 4;
    return shape;
}

BenchShape quarterShape()
{
    BenchShape shape;
    shape.config.vision = {.imageSize = 224, .patchSize = 14, .hidden = 256, .layers = 24, .heads = 4, .mlp = 1024};
    auto &language = shape.config.language;
    language.hidden = 224;
    language.layers = 24;
    language.heads = 4;
    language.kvHeads = 2;
    language.headDim = 56;
    language.mlp = 1216;
    language.vocab = 8000;
    shape.tiles = 2;
    shape.textTokens = 200;
    shape.sites = 6;
    return shape;
}

BenchShape fullShape()
{
    BenchShape shape; // the configuration's defaults are InternVL3-1B
    shape.tiles = 7;
    shape.textTokens = 500;
    shape.sites = 8;
    return shape;
}

} // namespace

Result<BenchShape> benchShape(const std::string &name)
{
    BenchShape shape;
    if (name == "demo")
        shape = demoShape();
    else if (name == "quarter")
        shape = quarterShape();
    else if (name == "1b")
        shape = fullShape();
    else
        return Error{"--shape is \"" + name + "\"; it must be demo, quarter or 1b."};
    shape.config.imageToken = shape.config.language.vocab - 1;
    shape.config.vision.dropPathRate = 0;
    shape.tokens = {.plus = 10, .minus = 12, .imageContext = *shape.config.imageToken, .pad = 0};
    return shape;
}

BenchRows::BenchRows(const BenchShape &shape, std::size_t rows, std::uint64_t seed)
{
    for (std::size_t row = 0; row < rows; ++row) {
        Random random(seed, RandomStream::ImportSample, {row});
        auto sample = std::make_shared<EncodedSample>();
        const int imageTokens = shape.tiles * shape.config.tokensPerTile();
        const int head = 4; // a few text tokens stand before the picture
        for (int i = 0; i < shape.tokensPerRow(); ++i) {
            const bool image = i >= head && i < head + imageTokens;
            sample->ids.push_back(image ? shape.tokens.imageContext : static_cast<std::int32_t>(20 + random.below(200)));
        }
        const int text = shape.textTokens - head;
        for (int s = 1; s <= shape.sites; ++s)
            sample->sites.push_back({head + imageTokens + text * s / shape.sites - 1,
                                     random.below(2) == 0 ? shape.tokens.plus : shape.tokens.minus});
        const int size = shape.config.vision.imageSize;
        sample->tiles = {shape.tiles, size, shape.tiles - 1, 1, {}, {}};
        sample->tiles.rgb.resize(static_cast<std::size_t>(shape.tiles) * static_cast<std::size_t>(size * size) * 3);
        for (std::uint8_t &value : sample->tiles.rgb)
            value = static_cast<std::uint8_t>(random.below(256));
        m_rows.push_back(std::move(sample));
    }
}

} // namespace winnow
