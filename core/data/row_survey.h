#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/base/stop_flag.h"
#include "core/data/conversation_reader.h"
#include "core/data/read_report.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow
{

/// What one pass over a file of rows tells about it.
struct RowSurvey {
    ReadReport report; ///< rows read, kept and left out; notes on ids
    MetaForm form = MetaForm::AnswerLevel; ///< of a meta file
    std::int64_t withPicture = 0; ///< kept rows that name one
    std::int64_t picturesMissing = 0; ///< of them: rows whose picture cannot be opened
    std::int64_t firstMissingRow = -1;
    std::string firstMissing; ///< and its path
};

struct RowSurveyHooks {
    const StopFlag *stop = nullptr;
    std::function<void(std::int64_t row)> progress; ///< every few hundred rows, on the calling thread
    /// Each kept row: its place, its id as the file has it, its question, its picture's path and those of further ones.
    std::function<void(std::int64_t fileRow, const std::string &id, std::string_view question,
                       const std::string &picture, const std::vector<std::string> &further)>
        row;
};

/// Reads every row of a file and looks whether each picture opens, without keeping a row: memory grows by the ids and
/// the distinct pictures only. Error: the file cannot be read, no row is left, or it was stopped.
WINNOW_CORE_API Result<RowSurvey> surveyRows(const std::string &path, RowKind kind, const RowSurveyHooks &hooks = {});

} // namespace winnow
