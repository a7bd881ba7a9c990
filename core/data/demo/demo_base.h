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
inline constexpr std::string_view demoBaseJudgeText = "Judge each step with y or n.";

/// Shape of the demo's base model that data must fit (design.md section 7).
inline constexpr int demoTileSize = 28;
inline constexpr int demoTokensPerTile = 4;
inline constexpr int demoMaxTiles = 6; ///< two digits: 2 tiles and a thumbnail; three: 3 and one
inline constexpr double demoRightInBaseJudge = 0.75;

/// Rows on which the demo's base model is trained, made on the fly from (seed, DemoBase stream, row):
/// row % 4 == 0: a clean chain as one assistant turn, every token of it a site (full language-model loss);
/// row % 4 == 1: a read turn, where the assistant says the right value of each step;
/// else: a judge turn, where the assistant says y or n.
/// A site's label may be any token id; a value of two digits gives two sites. get() is pure: any thread.
class WINNOW_CORE_API DemoBaseRows : public EncodedDataset {
public:
    enum class Kind { Chain, Read, Judge };

    /// `rows`: how many before they repeat. `sheet` and `tokenizer` are kept by value.
    /// Error: the tokenizer lacks a chat or picture mark.
    static Result<std::unique_ptr<DemoBaseRows>> create(DigitSheet sheet, Tokenizer tokenizer, std::uint64_t seed,
                                                        std::size_t rows);

    static Kind kindOf(std::size_t row);
    std::size_t size() const override { return m_rows; }
    std::shared_ptr<const EncodedSample> get(std::size_t row) const override;
    /// The conversation and problem of a row, for a look at it and for tests.
    std::vector<Turn> turns(std::size_t row, DemoProblem &problem) const;

private:
    DemoBaseRows(DigitSheet sheet, Tokenizer tokenizer, std::uint64_t seed, std::size_t rows);

    DigitSheet m_sheet;
    Tokenizer m_tokenizer;
    std::uint64_t m_seed;
    std::size_t m_rows;
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
