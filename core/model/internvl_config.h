#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace winnow {

/// How a checkpoint folder lays out its names and its config.json: as OpenGVLab publishes it (`internvl_chat`), or as
/// transformers does (`internvl`, the "-hf" repositories).
enum class CheckpointLayout { Original, Hf };

/// "original" or "hf".
WINNOW_CORE_API std::string_view layoutName(CheckpointLayout layout);

/// All sizes and switches of an InternVL model with a Qwen2 language model, as read from config.json (spec
/// internvl3.md, sections 1, 2 and 5). The defaults are those of InternVL3-1B. A plain value; any thread.
struct WINNOW_CORE_API InternVLConfig {
    struct Vision {
        int imageSize = 448; ///< pixels, side of one square tile
        int patchSize = 14;
        int hidden = 1024;
        int layers = 24;
        int heads = 16;
        int mlp = 4096;
        bool rmsNorm = false; ///< norm1, norm2: RMSNorm without bias instead of LayerNorm
        double eps = 1e-6;
        bool qkvBias = true;
        bool qkNorm = false;       ///< RMSNorm over the whole width of q and of k
        double dropPathRate = 0.1; ///< of the last layer; 0 in the first, linear between

        int headDim() const { return hidden / heads; }
        int grid() const { return imageSize / patchSize; }    ///< patches a side
        int positions() const { return grid() * grid() + 1; } ///< with the class token, which is row 0
        bool operator==(const Vision &) const = default;
    };

    /// Pixel unshuffle "v2" with downsample_ratio 0.5, the only one supported: 2 x 2 patches become one token.
    struct Projector {
        static constexpr int unshuffle = 2;
        static constexpr double eps = 1e-5; ///< of its LayerNorm
    };

    struct Language {
        int hidden = 896;
        int layers = 24;
        int heads = 14;
        int kvHeads = 2;
        int headDim = 64;
        int mlp = 4864;
        double rmsEps = 1e-6;
        int vocab = 151674;
        double ropeTheta = 1e6;
        std::optional<double> dynamicRopeFactor; ///< "dynamic" scaling: changes nothing up to maxPositions
        int maxPositions = 32768;
        /// What the configuration says. A checkpoint decides by whether lm_head is there; CheckpointFiles sets this so.
        bool tied = false;
        bool operator==(const Language &) const = default;
    };

    /// Limits of the picture tiling that the original layout carries.
    struct Tiling {
        int minTiles = 1;
        int maxTiles = 12;
        bool thumbnail = true;
        bool operator==(const Tiling &) const = default;
    };

    Vision vision;
    Language language;
    Tiling tiling;
    std::optional<int> imageToken; ///< absent: the tokenizer's id of <IMG_CONTEXT>
    std::string dtype = "bfloat16"; ///< of the stored weights, as transformers names it

    bool operator==(const InternVLConfig &) const = default;

    /// Channels of one unshuffled token, the projector's input: 4 x vision.hidden.
    int projectorInput() const { return vision.hidden * Projector::unshuffle * Projector::unshuffle; }
    /// Language tokens of one tile: 256 for 448 pixels.
    int tokensPerTile() const;
    /// Parameters of all tensors; the head is counted unless `tied`.
    std::int64_t parameterCount(bool tied) const;

    /// Reads either layout; `path` names the file in errors. Refuses what the model code does not compute, and a file
    /// without a rope theta.
    static Result<InternVLConfig> fromJson(std::string_view json, const std::string &path);
    /// The same for a file.
    static Result<InternVLConfig> fromFile(const std::string &path);

    /// config.json of the -hf layout. transformers 4.52 to 5.x load it; drop_path_rate and tiling, which that layout
    /// does not have, are added as keys that transformers passes over.
    std::string toHfJson() const;
    /// config.json of the original layout.
    std::string toOriginalJson() const;
};

/// The layout that a config.json is written in, by its model_type.
WINNOW_CORE_API Result<CheckpointLayout> configLayout(std::string_view json, const std::string &path);

} // namespace winnow
