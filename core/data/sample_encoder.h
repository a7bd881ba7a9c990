#pragma once

#include "core/base/export.h"
#include "core/base/options.h"
#include "core/base/records.h"
#include "core/base/result.h"
#include "core/text/step_prompt.h"
#include "core/text/tokenizer.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

/// How rows become token ids and tiles; the first two come from the checkpoint's config.json.
struct SampleEncoderOptions {
    int tileSize = 448;
    int tokensPerTile = 256;
    int maxTiles = 6;
    std::int64_t tokenLimit = 12288; ///< a longer row is refused, never cut
    MissingPicture missingPicture = MissingPicture::Drop;
    StepSplitter splitter = StepSplitter::KeepNumbers;
    std::string systemText; ///< of questions without their own; empty: the VisualPRM prompt
};

/// Reasons for which a row cannot be used, as they stand in reports.
namespace drop_reason {
inline constexpr std::string_view picture = "picture cannot be opened";
inline constexpr std::string_view severalPlaces = "more than one <image> in the text";
inline constexpr std::string_view otherPlaces = "another number of <image> in the text than pictures";
inline constexpr std::string_view noSite = "no step with + or -";
inline constexpr std::string_view tooLong = "longer than the token limit";
} // namespace drop_reason

/// A row's sample, or why there is none.
struct EncodeOutcome {
    std::optional<EncodedSample> sample;
    std::string reason;        ///< one of drop_reason; empty with a sample
    std::string message;       ///< reason with the row's name
    int unsupervisedTurns = 0; ///< assistant turns with another text than + or -
    bool hasAddedToken = false; ///< the data spells one of the tokenizer's marks, which may add turns or sites
};

/// Turns a conversation and its picture into what the engine takes (spec preprocessing.md sections 1 to 5).
/// Immutable; all functions may be called from many threads.
class WINNOW_CORE_API SampleEncoder {
public:
    /// Error: the tokenizer lacks the chat marks or the picture marks, or an option is out of range.
    static Result<SampleEncoder> create(Tokenizer tokenizer, SampleEncoderOptions options);

    EncodeOutcome examine(const ConversationRow &row) const;
    /// Candidate `candidate` of a question, `+` at every step. `tiles`: the question's picture, loaded once.
    EncodeOutcome examine(const QuestionRow &question, std::size_t candidate, const Result<Tiles> &tiles) const;

    /// The same with the reason as an Error.
    Result<EncodedSample> encode(const ConversationRow &row) const;
    Result<EncodedSample> encode(const QuestionRow &question, std::size_t candidate) const;

    /// Reads and cuts the pictures of a row, which share the largest number of tiles; without a path there are none.
    /// Error: one of them cannot be read.
    Result<Tiles> loadTiles(std::span<const std::string> paths) const;
    /// The conversation that examine() encodes for a candidate.
    std::vector<Turn> candidateTurns(const QuestionRow &question, std::size_t candidate) const;

    const Tokenizer &tokenizer() const { return m_tokenizer; }
    const SampleEncoderOptions &options() const { return m_options; }
    const SitePattern &sitePattern() const { return m_pattern; }
    std::int32_t imageContextId() const { return m_imageContext; }
    std::int32_t padId() const { return m_pad; }

private:
    SampleEncoder(Tokenizer tokenizer, SampleEncoderOptions options, SitePattern pattern);
    EncodeOutcome examineTurns(std::span<const Turn> turns, const Result<Tiles> &tiles, const std::string &name) const;

    Tokenizer m_tokenizer;
    SampleEncoderOptions m_options;
    SitePattern m_pattern;
    std::int32_t m_imageContext = -1;
    std::int32_t m_pad = 0;
};

/// All pictures of a row, in order; empty for text only.
WINNOW_CORE_API std::vector<std::string> picturesOf(const ConversationRow &row);
WINNOW_CORE_API std::vector<std::string> picturesOf(const QuestionRow &question);

/// Tiles of each picture, in order; empty for text only.
WINNOW_CORE_API std::vector<int> tileCounts(const Tiles &tiles);

/// Token ids of a conversation with so many tiles in each of its pictures (none: text only) in the PRM template; shared
/// by every kind of row. Error: more than one <image>, or with several pictures another number of them.
WINNOW_CORE_API Result<std::vector<std::int32_t>> encodeTurns(const Tokenizer &tokenizer, std::span<const Turn> turns,
                                                              std::span<const int> tileCounts, int tokensPerTile);

} // namespace winnow
