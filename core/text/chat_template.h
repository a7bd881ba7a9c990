#pragma once

#include "core/base/export.h"
#include "core/base/records.h"
#include "core/base/result.h"

#include <span>
#include <string>

namespace winnow
{

/// The prompt of a conversation in the internvl2_5 template (spec preprocessing.md section 2). A system turn, wherever
/// it stands, sets the system text (the last one wins); without one the system text is empty. A user or assistant turn
/// without text writes its role alone, without the end mark, as the reference does.
WINNOW_CORE_API std::string renderChat(std::span<const Turn> turns);

/// Puts the picture into a rendered prompt: where `<image>` is missing it goes right after the first user mark (at the
/// end when there is none), then it becomes <img>, `imageTokens` times <IMG_CONTEXT>, </img>. More than one `<image>`
/// or less than one image token is an error; the caller adds the row's name to it.
WINNOW_CORE_API Result<std::string> placePicture(std::string prompt, int imageTokens);

/// The same for several pictures, of `imageTokens[i]` tokens each: either the prompt has one `<image>` for each of them,
/// in order, or none; then all go right after the first user mark. Another number of `<image>` is an error.
WINNOW_CORE_API Result<std::string> placePictures(std::string prompt, std::span<const int> imageTokens);

/// The prompt of a row that goes without its picture: every `<image>` is taken out, nothing is put in.
WINNOW_CORE_API std::string withoutPicture(std::string prompt);

} // namespace winnow
