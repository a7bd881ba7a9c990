#pragma once

#include "core/base/export.h"
#include "core/base/records.h"
#include "core/base/result.h"
#include "core/data/read_report.h"

#include <string>
#include <string_view>
#include <vector>

namespace winnow {

/// Files of rows with a conversation (spec data-formats.md section 1), as JSON array or JSONL.
enum class RowKind { Train, Meta, Test };

/// Where the truth of a meta file stands: in `true_false` only (all labels `+`), or in the step labels.
enum class MetaForm { AnswerLevel, StepLevel, Mixed };
WINNOW_CORE_API std::string_view metaFormName(MetaForm form); ///< "answer-level", "step-level", "mixed"

struct ConversationReadOptions {
    /// Off: a repeated id is replaced by `<file>#<row>`, so each row has its own weight. On: rows with one id share a
    /// weight, as the reference's instance table does.
    bool shareRepeatedIds = false;
};

struct ConversationFile {
    std::vector<ConversationRow> rows;
    ReadReport report;
    MetaForm form = MetaForm::AnswerLevel; ///< of a meta file
};

/// Rows that break the format are dropped and counted; rows without a usable id get `<file>#<row>` and a note.
/// Error: the file cannot be read, or no row is left (names the first row and field at fault).
WINNOW_CORE_API Result<ConversationFile> readConversations(const std::string &path, RowKind kind,
                                                           const ConversationReadOptions &options = {});

/// Train, meta or test, by the keys of the first row that is an object: `candidates`, `true_false`, `conversations`.
WINNOW_CORE_API Result<RowKind> detectRowKind(const std::string &path);

/// Subject in an MMMU id such as `test_Art_Theory_12`; empty when it is none.
WINNOW_CORE_API std::string subjectOfMmmuId(std::string_view id);

} // namespace winnow
