#pragma once

#include "core/base/export.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace winnow {

/// Answer parsing as MMMU's own eval_utils does it (spec data-formats.md section 4). All text is UTF-8; "lower case",
/// "white space" and "digit" are Python's, that is Unicode's.
enum class AnswerForm { Mmmu, MmmuPro };

/// Index of the option that `response` names; option i has the letter 'A' + i. None where the official code would draw
/// at random. At most 26 options are looked at: there are no more letters.
WINNOW_CORE_API std::optional<std::size_t>
parseChoice(std::string_view response, const std::vector<std::string> &optionTexts, AnswerForm form = AnswerForm::Mmmu);

/// The official code's random option, but the same at every call: for responses that name none, when so wished.
WINNOW_CORE_API std::size_t randomChoice(std::uint64_t seed, std::uint64_t question, std::uint64_t candidate,
                                         std::size_t optionCount);

using OpenAnswer = std::variant<std::string, double>;

/// A number rounded to two decimals, or lower-case text (one character becomes " x" and "x ").
WINNOW_CORE_API std::vector<OpenAnswer> normalizeAnswer(std::string_view text);
/// What an open response may mean, in the order of the official code, without repetitions.
WINNOW_CORE_API std::vector<OpenAnswer> parseOpenResponse(std::string_view response);
/// A text gold occurs in a text prediction, or a number prediction equals a number gold.
WINNOW_CORE_API bool openAnswerIsRight(const std::vector<std::string> &golds,
                                       const std::vector<OpenAnswer> &predictions);

/// What a candidate is compared to.
struct AnswerKey {
    std::vector<std::string> options; ///< option texts; empty: an open question
    std::vector<std::string> golds; ///< one letter, or the accepted strings of an open question
};
struct JudgedAnswer {
    bool parsed = false; ///< open answers always parse
    bool right = false; ///< an unparsed answer is wrong
    std::optional<std::string> normalized; ///< for self-consistency: the letter, or the first prediction as text
};
/// Judges the text after the first `Answer:`, or the whole candidate where there is none; white space around it is
/// taken away first, because a line end after a letter hides it from the official parser.
WINNOW_CORE_API JudgedAnswer judgeCandidate(std::string_view candidate, const AnswerKey &key,
                                            AnswerForm form = AnswerForm::Mmmu);

/// The candidate's final answer in the form in which equal ones are equal, for self-consistency; nothing without an
/// `Answer:`.
WINNOW_CORE_API std::optional<std::string> finalAnswer(std::string_view candidate);

} // namespace winnow
