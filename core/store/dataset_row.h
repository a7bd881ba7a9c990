#pragma once

// For core/store only: how a row of a data set stands in the store.

#include "core/store/dataset_store.h"
#include "core/store/sql.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow
{

inline constexpr const char *sampleColumns = "idx, file_row, key, unit_key, subject, known_noise, picture_path, question, "
                                             "steps, labels, answer_is_right, further_pictures";

std::optional<bool> readFlag(const SQLite::Column &column);
Error damagedRow(const std::string &path, std::int64_t index);
Error noSample(const Database &database, DatasetId dataset, std::int64_t index);
/// "[1,0,1]", the only form that is written; nothing when it is another.
std::optional<std::vector<bool>> readLabels(std::string_view json);
/// A JSON list of texts; nothing when it is none.
std::optional<std::vector<std::string>> readTexts(const std::string &json);
Result<SampleRecord> readSample(const std::string &path, SQLite::Statement &row); ///< of sampleColumns

} // namespace winnow
