#pragma once

#include "core/base/export.h"
#include "core/base/records.h"
#include "core/text/tokenizer.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace winnow
{

/// A stretch of PromptView::text that is more than plain text.
struct PromptMark {
    enum class Kind {
        Special, ///< a token of the tokenizer's own, cut out by its spelling
        Picture, ///< stands for all tokens of the picture's tiles
        Plus, ///< a label that is supervised
        Minus,
        Unsupervised, ///< what an assistant says that is no label
    };
    Kind kind = Kind::Special;
    std::size_t begin = 0; ///< bytes
    std::size_t length = 0;
    bool operator==(const PromptMark &) const = default;
};

struct PromptViewOptions {
    const Tokenizer *tokenizer = nullptr; ///< null: tokens are not counted, and Qwen's marks stand for its own
    int maxTiles = 6;
    int tileSize = 448; ///< the last two come from the checkpoint's config.json
    int tokensPerTile = 256;
};

/// A row as the model sees it: the rendered prompt, what of it is special, and how large it is.
struct PromptView {
    std::string text; ///< the tokens of a picture are written once: "<IMG_CONTEXT> x 1792"
    std::vector<PromptMark> marks; ///< in order, none over another
    std::vector<bool> labels; ///< of the supervised turns
    std::optional<std::int64_t> tokens;
    int tiles = 0; ///< of all pictures, with the thumbnails; 0: text only
    int pictures = 0; ///< that the model sees
    int columns = 0; ///< of the grid of the first picture's tiles
    int rows = 0;
    int width = 0; ///< of the first picture, in pixels
    int height = 0;
    std::string pictureProblem; ///< why the picture cannot be used; it is then shown as text only
    std::string problem; ///< why a run leaves the row out; empty: it does not
};

/// Reads the headers of the pictures only; `further` are those that are seen beside `picture`. Any thread.
WINNOW_CORE_API PromptView viewPrompt(const std::vector<Turn> &turns, const std::string &picture,
                                      const PromptViewOptions &options = {},
                                      std::span<const std::string> further = {});

} // namespace winnow
