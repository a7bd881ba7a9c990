#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace winnow {

/// zlib-compressed arrays, little-endian, as they stand in BLOB columns.
std::string packFloats(std::span<const float> values);
std::string packInts(std::span<const std::int32_t> values);
/// `count` is what the row says; a BLOB that does not hold exactly that many values is an error.
Result<std::vector<float>> unpackFloats(const void *data, std::size_t bytes, std::size_t count);
Result<std::vector<std::int32_t>> unpackInts(const void *data, std::size_t bytes, std::size_t count);

} // namespace winnow
