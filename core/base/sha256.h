#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace winnow {

/// SHA-256 (FIPS 180-4) of a stream of bytes. Depends on nothing, so the engine-only build has it too.
class WINNOW_CORE_API Sha256 {
public:
    Sha256();
    void update(std::span<const std::byte> bytes);
    void update(std::string_view text) { update(std::as_bytes(std::span(text.data(), text.size()))); }
    /// Digest of all bytes so far as 64 lower-case hex digits. More bytes may follow.
    std::string hex() const;

private:
    void compress(const std::byte *block);

    std::array<std::uint32_t, 8> m_state;
    std::array<std::byte, 64> m_block;
    std::size_t m_blockUsed = 0;
    std::uint64_t m_byteCount = 0;
};

WINNOW_CORE_API std::string sha256Hex(std::span<const std::byte> bytes);
WINNOW_CORE_API std::string sha256Hex(std::string_view text);
/// Digest of a regular file, read in pieces. Fails when the file cannot be opened or read to its end.
WINNOW_CORE_API Result<std::string> sha256OfFile(const std::string &path);

} // namespace winnow
