#pragma once

#include "core/weights/safetensors_file.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What the reader checks and the writer keeps to.
namespace winnow::safetensors
{

inline constexpr std::uint64_t headerLengthBytes = 8;
inline constexpr std::uint64_t maxHeaderBytes = 100'000'000; // the limit of the reference reader
inline constexpr std::size_t maxRank = 16;
inline constexpr std::size_t maxNameBytes = 1024;

/// Bytes of a tensor; nothing when the product does not fit in 64 bits.
std::optional<std::uint64_t> byteCount(const std::vector<std::int64_t> &shape, DType dtype);
/// What is wrong with a tensor's name; empty when nothing is.
std::string nameProblem(std::string_view name);
/// "FILE: tensor 'NAME'", the beginning of a sentence.
std::string tensorPlace(const std::string &path, const std::string &name);

} // namespace winnow::safetensors
