#pragma once

#include "core/base/export.h"

#include <array>
#include <span>
#include <string_view>

namespace winnow
{

/// One row of the table in spec tokenizer.md section 2.
struct QwenAddedToken {
    std::string_view text;
    bool special;
};

/// The 31 added tokens of InternVL3 in order of their ids; in the released vocabulary the first has id 151643.
inline constexpr auto qwenAddedTokens = std::to_array<QwenAddedToken>({
    {"<|endoftext|>", true},
    {"<|im_start|>", true},
    {"<|im_end|>", true},
    {"<|object_ref_start|>", true},
    {"<|object_ref_end|>", true},
    {"<|box_start|>", true},
    {"<|box_end|>", true},
    {"<|quad_start|>", true},
    {"<|quad_end|>", true},
    {"<|vision_start|>", true},
    {"<|vision_end|>", true},
    {"<|vision_pad|>", true},
    {"<|image_pad|>", true},
    {"<|video_pad|>", true},
    {"<tool_call>", false},
    {"</tool_call>", false},
    {"<|fim_prefix|>", false},
    {"<|fim_middle|>", false},
    {"<|fim_suffix|>", false},
    {"<|fim_pad|>", false},
    {"<|repo_name|>", false},
    {"<|file_sep|>", false},
    {"<img>", true},
    {"</img>", true},
    {"<IMG_CONTEXT>", true},
    {"<quad>", true},
    {"</quad>", true},
    {"<ref>", true},
    {"</ref>", true},
    {"<box>", true},
    {"</box>", true},
});

/// Whether an added token of this spelling is special; spellings outside the table are.
constexpr bool isSpecialAddedToken(std::string_view text)
{
    for (const QwenAddedToken &token : qwenAddedTokens) {
        if (token.text == text)
            return token.special;
    }
    return true;
}

} // namespace winnow
