#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace winnow {

/// One message of a conversation as it stands in a data file (spec data-formats.md section 1).
struct Turn {
    enum class Role { System, User, Assistant };
    Role role = Role::User;
    std::string text;
};

/// A row that is trained on: a train row, or a meta row (which also carries `trueFalse`).
struct ConversationRow {
    std::string key;         ///< unique in its file; `<file>#<row>` where the file's id was missing or repeated
    std::string unitKey;     ///< key of the weight unit: the file's id as text
    std::string subject;     ///< domain label; empty when the file has none
    std::string picturePath; ///< resolved path; empty for text only
    std::vector<std::string> furtherPictures; ///< seen too, where the row says so; all share the row's tiles
    std::vector<Turn> turns;
    std::optional<bool> trueFalse;  ///< meta rows: is the final answer right
    std::optional<bool> knownNoise; ///< true if a label was flipped on purpose; absent when unknown
    std::int64_t fileRow = 0;       ///< 0-based row in its file
};

/// One question with its candidates (test file, spec data-formats.md section 1).
struct QuestionRow {
    std::string key;
    std::string subject;
    std::string question;
    std::string picturePath;
    std::vector<std::string> furtherPictures; ///< as those of a ConversationRow
    std::string systemText; ///< empty: the caller's default system text is used
    std::vector<std::string> candidates;
    std::vector<bool> trueFalse;
    std::int64_t fileRow = 0;
};

/// Square tiles cut from the pictures of a row, row-major RGB bytes [count, size, size, 3].
struct Tiles {
    int count = 0;
    int size = 0;
    int columns = 1; ///< of the grid, where they are of one picture
    int rows = 1;
    std::vector<std::uint8_t> rgb;
    std::vector<int> ofPicture; ///< tiles of each picture, in order, where they are of several; else empty
};

/// A supervised position: the logits at `position` predict `label` (spec preprocessing.md section 4).
struct Site {
    std::int32_t position = 0;
    std::int32_t label = 0; ///< token id of `+` or `-`
    bool operator==(const Site &) const = default;
};

/// A row as the engine sees it: token ids, supervised sites, tiles. Holds no tensor type, so it crosses threads and
/// the engine boundary as a plain struct.
struct EncodedSample {
    std::vector<std::int32_t> ids; ///< [N]
    std::vector<Site> sites;       ///< in sequence order; target ids of the row's own labels
    Tiles tiles;                   ///< count 0: text only
    bool answerIsRight = true;     ///< meta rows: `true_false`
    bool pictureMissing = false;
};

/// Ids that the model and the losses need of the tokenizer.
struct TokenIds {
    std::int32_t plus = 10;
    std::int32_t minus = 12;
    std::int32_t imageContext = -1; ///< <IMG_CONTEXT>
    std::int32_t pad = 0;
};

} // namespace winnow
