#pragma once

#include "core/base/export.h"
#include "core/data/demo/digit_steps.h"

#include <string>
#include <string_view>

namespace winnow {

/// System texts of the demo's rows; its PRM rows carry their own short one, so that a row stays near 110 tokens.
inline constexpr std::string_view demoJudgeText = "Judge each step with + or -.";

/// First human turn of a row, in the form of the meta file (spec data-formats.md section 1).
WINNOW_CORE_API std::string demoQuestionTurn(const DemoProblem &problem);

/// Writes the task into `folder` (made if missing) in the real file formats:
///   train.json, meta.json and holdout.json (clean step labels, true_false true), meta_answer_level.json (the rows of
///   meta.json with `+` everywhere and the truth in true_false), test.json, pictures/*.png, and task.json (seed, noise
///   rates, counts, random and oracle accuracy).
/// Files of the same name are replaced; equal tasks give equal bytes. Error: a file cannot be written.
WINNOW_CORE_API Status writeDemoTask(const DemoTask &task, const DigitSheet &sheet, const std::string &folder);

} // namespace winnow
