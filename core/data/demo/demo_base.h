#pragma once

#include "core/base/export.h"
#include "core/data/demo/digit_steps.h"
#include "core/data/encoded_dataset.h"
#include "core/text/tokenizer.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace winnow {

inline constexpr std::string_view demoChainText = "Solve step by step.";
inline constexpr std::string_view demoReadText = "Read each step.";

/// Shape of the demo's base model that data must fit (design.md section 7).
inline constexpr int demoTileSize = 28;
inline constexpr int demoTokensPerTile = 4;
inline constexpr int demoMaxTiles = 6; ///< two digits: 2 tiles and a thumbnail; three: 3 and one
inline constexpr double demoRightInBaseJudge = 0.75;

/// Rows on which the demo's base model is trained, made on the fly from (seed, DemoBase stream, row):
/// row % 4 == 0: a clean chain as one assistant turn, every token of it a site (full language-model loss);
/// row % 4 == 1: a read turn, where the assistant says the right value of each step;
/// row % 4 == 2: a judge turn, where the assistant says y or n;
/// row % 4 == 3: a judge turn; at full level in one of sixteen pairs of words, which the system text names ("Judge each
/// step with T or F."), so that judging does not hang on two words. + and - are never among them.
/// At full level, too, the answers that the model *reads* are all the word for right in half of the judge turns, as in
/// scoring, while each site still expects the truth: later steps cannot be judged by copying earlier answers. And half
/// of the digits stand in a slight pose of their own (digit_pose.h), so that unseen ones can be read too; at the level of
/// writers three of four stand in a wide one.
/// The easy level comes first: a model that meets everything at once goes on guessing (judge accuracy 0.68 after 2,500
/// steps of 48). Rows of every kind come before those of writers: 6,000 steps of 48 from the easy level straight to it taught
/// judging in y and n (0.958), but no cold start could take it over to + and - (best-of-8 accuracy 0.15 to 0.23).
/// Sums are left to be learned from the demo's own rows: most wrong sums of three digits escape the base. One that was
/// taught sums, too, leaves a run less to gain from clean labels (table over no selection, seeds 13 and 16, best-of-8 of
/// 2,000 questions: 1.9 and 2.0 points; without them 1.6 and 6.0).
/// A site's label may be any token id; a value of two digits gives two sites. get() is pure: any thread.
class WINNOW_CORE_API DemoBaseRows : public EncodedDataset {
public:
    enum class Kind { Chain, Read, Judge, JudgeInWords };

    enum class Level { Easy, Full, Writers };

    /// `rows`: how many before they repeat. `sheet` and `tokenizer` are kept by value.
    /// Error: the tokenizer lacks a chat or picture mark.
    static Result<std::unique_ptr<DemoBaseRows>> create(DigitSheet sheet, Tokenizer tokenizer, std::uint64_t seed,
                                                        std::size_t rows, Level level);

    static Kind kindOf(std::size_t row);
    std::size_t size() const override { return m_rows; }
    std::shared_ptr<const EncodedSample> get(std::size_t row) const override;

    /// What a row says, for a look at it and for tests.
    struct Row {
        Kind kind = Kind::Chain;
        DemoProblem problem;
        std::vector<Turn> turns;       ///< the assistant says the truth
        std::vector<Turn> read;        ///< what the model reads; as `turns` but for judge turns that are all right
        std::vector<DigitPose> poses;
    };
    Row row(std::size_t index) const;

private:
    DemoBaseRows(DigitSheet sheet, Tokenizer tokenizer, std::uint64_t seed, std::size_t rows, Level level);

    DigitSheet m_sheet;
    Tokenizer m_tokenizer;
    std::uint64_t m_seed;
    std::size_t m_rows;
    Level m_level;
    std::vector<std::int32_t> m_head; ///< ids of "<|im_start|>assistant\n"
    std::int32_t m_turnEnd = -1;      ///< id of <|im_end|>
};

/// The demo's own byte-level BPE: 256 bytes, merges learned from the demo's text, the 31 added tokens; system, user,
/// assistant and Answer are one token each.
WINNOW_CORE_API Result<Tokenizer> makeDemoTokenizer();

/// config.json of the base in the -hf layout: ViT 2 x 64, 4 heads, MLP 256, patch 7, picture 28; LLM 4 x 128, 4/2
/// heads, MLP 512, untied.
WINNOW_CORE_API std::string demoBaseConfigJson(const Tokenizer &tokenizer);

/// Writes tokenizer.json and config.json into `folder` (made if missing).
WINNOW_CORE_API Status writeDemoBaseFiles(const Tokenizer &tokenizer, const std::string &folder);

} // namespace winnow
