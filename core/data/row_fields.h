#pragma once

// Private to core/data: what the readers of rows and of questions share.

#include "core/base/records.h"
#include "core/data/conversation_reader.h"
#include "core/data/json_rows.h"

#include <cstddef>
#include <initializer_list>
#include <string>
#include <vector>

namespace winnow {

/// The picture of a row: the first of `names` that is there. A list of one counts as its entry; absent, null and empty
/// give an empty path. The Error is the reason for dropping the row.
Result<std::string> pictureField(const simdjson::dom::object &object, std::initializer_list<std::string_view> names);

inline constexpr std::size_t maxPicturesOfRow = 64;

/// The pictures that a row is seen with, resolved.
struct RowPictures {
    std::string first; ///< empty: text only
    std::vector<std::string> further;
};
/// The picture of pictureField(); where `several_pictures` is "all" those of field `images`. The Error is the reason for
/// dropping the row.
Result<RowPictures> rowPictures(const simdjson::dom::object &object, std::initializer_list<std::string_view> names,
                                const std::string &path, bool metaFile);

/// The turns of field `conversations`. The Error is the reason for dropping the row.
Result<std::vector<Turn>> readConversationTurns(const simdjson::dom::object &object);

/// One row of a train or meta file, unitKey and key still the file's own id. The Error is the reason for dropping it.
Result<ConversationRow> readConversationRow(const simdjson::dom::object &object, const std::string &path, RowKind kind);
/// One row of a test file. `needsCandidates` false: a question that waits for candidates is taken too.
Result<QuestionRow> readQuestionRow(const simdjson::dom::object &object, const std::string &path,
                                    bool needsCandidates = true);

struct KeyedRow {
    std::string id; ///< empty: none usable
    std::int64_t fileRow = 0;
};

/// One key a row: its id, or `<file>#<row>` where the id is missing or repeated; how often is noted in `report`.
/// `repeatsAreOdd`: also say that repeated ids do not share a weight.
std::vector<std::string> uniqueKeys(const std::vector<KeyedRow> &rows, const std::string &path, bool repeatsAreOdd,
                                    ReadReport &report);

/// The error of a file in which no row can be used.
Error noRowLeft(const std::string &path, const ReadReport &report);

} // namespace winnow
