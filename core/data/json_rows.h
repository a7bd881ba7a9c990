#pragma once

// Private to core/data: simdjson stays out of public headers.

#include "core/base/result.h"
#include "core/data/read_report.h"

#include <simdjson.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace winnow {

/// Walks over the objects of a JSON array file, or of a JSONL file line by line (told apart by the first character).
/// Both are read entry by entry, so memory does not grow with the file. An entry that is no JSON or no object, or is over
/// 64 MiB, is dropped and counted in `report`. Error: the file cannot be read, is empty, is neither form, or an array has
/// no end; rows before that place were visited. The walk ends when `visit` returns false.
using JsonRowVisit = std::function<bool(std::int64_t row, const simdjson::dom::object &object)>;
Status forEachJsonRow(const std::string &path, ReadReport &report, const JsonRowVisit &visit);

/// A member as text; nothing when it is absent, null or another type.
std::optional<std::string> textMember(const simdjson::dom::object &object, std::string_view name);
std::optional<bool> boolMember(const simdjson::dom::object &object, std::string_view name);
/// A row's id of any type as Python's str() writes it; nothing when it is absent, null, empty, -1 or no scalar.
std::optional<std::string> idMember(const simdjson::dom::object &object, std::string_view name);
bool hasMember(const simdjson::dom::object &object, std::string_view name);

} // namespace winnow
