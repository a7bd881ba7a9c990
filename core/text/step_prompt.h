#pragma once

#include "core/base/export.h"
#include "core/base/records.h"
#include "core/base/result.h"
#include "core/text/tokenizer.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow
{

/// The token sequence around a step label: head, label, tail (spec preprocessing.md section 4).
struct SitePattern {
    std::vector<std::int32_t> head; ///< ids of "<|im_start|>assistant\n"
    std::vector<std::int32_t> tail; ///< ids of "<|im_end|>\n"
    std::int32_t plus = 0; ///< id of "+"
    std::int32_t minus = 0; ///< id of "-"
    bool operator==(const SitePattern &) const = default;
};

/// Encodes the pattern with `tokenizer`; fails when its chat marks are no single tokens or a label is more than one
/// token.
WINNOW_CORE_API Result<SitePattern> makeSitePattern(const Tokenizer &tokenizer);

/// Every head + label + tail in `ids`, in order. A site's position is that of the head's last token.
WINNOW_CORE_API std::vector<Site> findSites(std::span<const std::int32_t> ids, const SitePattern &pattern);

/// Assistant turns in `ids` that carry another text than a label, so that they are not supervised; to be reported.
WINNOW_CORE_API int countUnsupervisedTurns(std::span<const std::int32_t> ids, const SitePattern &pattern);

/// The system text of VisualPRM in the form that all meta rows carry.
WINNOW_CORE_API std::string_view visualPrmSystemText();

/// The conversation of one candidate: system, question, then each step with the placeholder label `+`.
/// An empty `systemText` stands for visualPrmSystemText().
WINNOW_CORE_API std::vector<Turn> buildCandidateTurns(std::string_view systemText, std::string_view question,
                                                      std::span<const std::string> steps);

} // namespace winnow
