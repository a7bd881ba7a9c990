#pragma once

#include "core/base/export.h"
#include "core/base/records.h"
#include "core/base/result.h"
#include "core/data/read_report.h"

#include <string>
#include <vector>

namespace winnow {

struct QuestionFile {
    std::vector<QuestionRow> questions;
    ReadReport report;
};

/// Reads a test file (spec data-formats.md section 1), JSON array or JSONL: `question`, `image_path`, `candidates`,
/// `true_false` of the same length; optional `system`, `subject`, `question_id` or `id`. Broken rows are dropped and
/// counted. Error: the file cannot be read, or no row is left.
WINNOW_CORE_API Result<QuestionFile> readQuestions(const std::string &path);

} // namespace winnow
