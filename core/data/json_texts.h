#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace winnow
{

/// The walk of forEachJsonRow() without reading what stands there: the text of each entry (empty for one over the
/// limit) and where it begins in the file. Entries have the numbers that forEachJsonRow() gives them. The walk ends
/// when `visit` returns false.
using JsonTextVisit = std::function<bool(std::string_view text, std::uint64_t offset)>;
Status forEachJsonText(const std::string &path, const JsonTextVisit &visit);

} // namespace winnow
